# The contents page: what one does with this repository. `just` lists it.

set positional-arguments

# List what can be done
default:
    @just --list --unsorted

# Everything that must pass before a change goes in
check: lint types test docs

# Style and formatting
lint:
    uv run --group test ruff check
    uv run --group test ruff format --check
    bash -n .ci/run

# Types, strictly
types:
    uv run --group test mypy

# The tests (arguments go to pytest)
test *arguments:
    uv run --group test pytest "$@"

# The tests with ten times as many random cases
nightly:
    uv run --group test pytest --hypothesis-profile=nightly

# How long the engines take
bench:
    uv run --group test pytest benchmarks -n 0 --benchmark-only --benchmark-columns=min,median,rounds

# What the documentation prints brought up to date (look at the difference), then built, warnings being errors
docs:
    uv run python tools/reference.py
    uv run python tools/examples.py
    uv run --group docs sphinx-build -W --keep-going -q -b html docs docs/_build/html

# Pin the versions of all dependencies to the newest that fit together
pin:
    uv run python tools/pin.py

# What continuous integration runs, from nothing
ci:
    .ci/run
