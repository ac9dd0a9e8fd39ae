"""This module owns how the two sides of a comparison are named: by what they are, in sentences and above columns."""

from pathlib import Path

from detente.game import Setting
from detente.model.case import Case
from detente.questions import wording

PLACES = "the first", "the second"
"""What the sides are called where nothing in their titles tells them apart."""


def told_apart(first: Case, second: Case) -> tuple[str, str]:
    """Return what tells two cases apart: their titles, without the words that both begin with."""
    one, other = first.title.split(" "), second.title.split(" ")
    if one == other:
        return PLACES
    pairs = list(zip(one, other, strict=False))
    same = next((n for n, pair in enumerate(pairs) if len({word.rstrip(",:;") for word in pair}) > 1), len(pairs))
    rests = [" ".join(words[same:]) for words in (one, other)]
    return rests[0] or first.title, rests[1] or second.title


def called(first: str, second: str) -> tuple[str, str]:
    """Return what tells two cases apart that were asked for by file or shipped name: ``washington``."""
    names = [_last(Path(asked)) for asked in (first, second)]
    return (names[0], names[1]) if names[0] != names[1] else (first, second)


def _last(path: Path) -> str:
    """Return what a file is called; a ``case.yaml`` by the folder that it stands in."""
    return path.parent.name if path.stem == "case" and path.parent.name else path.stem


def within(name: str, side: Setting, approaches: tuple[str, str]) -> str:
    """Return how a case is named in sentences: ``in ‘elmira’``; with its approach, where the sides stand under
    different ones."""
    said = f"in {name}" if name in PLACES else f"in ‘{name}’"
    return said if approaches[0] == approaches[1] else f"{said} {under(side)}"


def under(side: Setting) -> str:
    """Return how an approach is named in sentences: ``as things stand``, ``under ‘shared’``."""
    return wording.approach(side).replace("the approach ", "")


def plainly(side: Setting) -> str:
    """Return how an approach is named above a column: ``as things stand``, ``shared``."""
    return under(side).removeprefix("under ").strip("‘’")
