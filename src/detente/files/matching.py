"""This module owns what became of the items of a list: which new one is which old one, moved or changed."""

from collections.abc import Sequence
from typing import Any

TELLING = (("id",), ("want",), ("that",), ("by", "with"), ("of", "over", "on"), ("party", "needs", "from"))
ALSO_TELLING = (("client", "patron"), ("parties",), ("name",))


def matched(old: Sequence[Any], new: Sequence[Any]) -> list[int | None]:
    """Return for every new item the place of the old one it continues; None for an item that is new.

    Equal items first, wherever they stand; then items that tell the same (an id, a statement); then items at the same
    place.
    """
    free = dict.fromkeys(range(len(old)))
    found: list[int | None] = [None] * len(new)
    for telling in (_exactly, _told):
        by_telling: dict[str, list[int]] = {}
        for place in free:
            by_telling.setdefault(telling(old[place]), []).append(place)
        for place, item in enumerate(new):
            there = by_telling.get(telling(item), []) if found[place] is None else []
            if there:
                source = there.pop(0)
                found[place] = source
                del free[source]
    for place, kept in enumerate(found):
        if kept is None and place in free:
            found[place] = place
            del free[place]
    return found


def same(old: Any, new: Any) -> bool:
    """Whether two pieces of data say the same, keys in the same order: that of options is the order of state words."""
    return repr(old) == repr(new)


def _exactly(item: Any) -> str:
    return repr(item)


def _told(item: Any) -> str:
    if not isinstance(item, dict):
        return repr([str(item)])
    keys = next((keys for keys in (*TELLING, *ALSO_TELLING) if all(key in item for key in keys)), ())
    return repr([str(item[key]) for key in keys] or item)
