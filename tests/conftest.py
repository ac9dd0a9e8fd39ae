"""How many examples hypothesis tries, and where tests find what they share.

``pytest --hypothesis-profile=nightly`` tries ten times as many.
"""

import os
import sys
from pathlib import Path

from hypothesis import settings

HERE = Path(__file__).parent
sys.path[:0] = [str(folder) for folder in (*sorted(HERE.iterdir()), HERE.parent / "benchmarks") if folder.is_dir()]

os.environ.pop("COLUMNS", None)  # answers are as wide as on a machine that does not say, also in parallel workers

settings.register_profile("default", deadline=None, max_examples=100)
settings.register_profile("nightly", deadline=None, max_examples=1_000)
settings.load_profile("default")
