"""This module owns mappings that cannot be changed: the tables inside answers, which are values."""

from collections.abc import Mapping
from typing import Any, NoReturn, TypeVar

Key = TypeVar("Key")
Value = TypeVar("Value")


class Fixed(dict[Key, Value]):
    """A dictionary that cannot be changed; ``dict(...)`` of it can."""

    __slots__ = ()

    def _refused(self, *_: Any, **__: Any) -> NoReturn:
        raise TypeError("an answer cannot be changed; change a copy: dict(...)")

    __setitem__ = __delitem__ = __ior__ = _refused
    clear = pop = popitem = setdefault = update = _refused

    def __reduce__(self) -> tuple[Any, ...]:
        return Fixed, (dict(self),)

    def __copy__(self) -> "dict[Key, Value]":
        return dict(self)

    def __deepcopy__(self, memo: dict[int, Any]) -> Any:
        return thawed(self)


def fixed(value: Any) -> Any:
    """Return plain data as a value: dictionaries that cannot be changed, tuples for lists, all the way down."""
    if isinstance(value, Mapping):
        return Fixed({key: fixed(inner) for key, inner in value.items()})
    return tuple(map(fixed, value)) if isinstance(value, list | tuple) else value


def thawed(value: Any) -> Any:
    """Return plain data that anybody may change, and that JSON is written from: dictionaries and lists."""
    if isinstance(value, Mapping):
        return {key: thawed(inner) for key, inner in value.items()}
    return [thawed(inner) for inner in value] if isinstance(value, list | tuple) else value
