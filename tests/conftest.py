"""How many examples hypothesis tries: ``pytest --hypothesis-profile=nightly`` tries ten times as many."""

from hypothesis import settings

settings.register_profile("default", deadline=None, max_examples=100)
settings.register_profile("nightly", deadline=None, max_examples=1_000)
settings.load_profile("default")
