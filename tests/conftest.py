"""How many examples hypothesis tries: ``pytest --hypothesis-profile=nightly`` tries ten times as many."""

import os

from hypothesis import settings

os.environ.pop("COLUMNS", None)  # answers are as wide as on a machine that does not say, also in parallel workers

settings.register_profile("default", deadline=None, max_examples=100)
settings.register_profile("nightly", deadline=None, max_examples=1_000)
settings.load_profile("default")
