"""This module owns reading today: the options taken now, in any of the ways a file may say it."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Any

from detente.errors import CaseError, did_you_mean
from detente.files.findings import Findings
from detente.files.nodes import Bare, Path, kind_of, shorten
from detente.model.document import UNKNOWN
from detente.model.items import Option
from detente.model.statements import Statement
from detente.model.states import conjunction, values, word

TODAY: Path = ("today",)
TAKEN = {"true": 1, "yes": 1, "Y": 1, "false": 0, "no": 0, "N": 0}


def today(
    findings: Findings,
    said: Any,
    options: Sequence[Option],
    names: Collection[str] | None,
    coalesce: Sequence[Statement],
) -> tuple[int, ...] | str | None:
    """Return the state that the file says is today's.

    Parameters
    ----------
    findings : Findings
        Where faults go.
    said : Any
        What stands under ``today``: a list of option names and ``{option: level}`` items, a mapping, ``{levels: ...}``,
        a state word, a plain state's name; ``unknown``; None for nothing.
    options : sequence of Option
        In the order of state words.
    names : collection of str, or None
        The listed states, if any.
    coalesce : sequence of Statement
        The merged states.

    Returns
    -------
    tuple of int, str or None
        The level of every option, what is not said at its lowest; a plain name; None where it is not known.
    """
    if not options:
        return _plain(findings, said, names or ())
    if said is None:
        return (0,) * len(options)
    if said == UNKNOWN:
        return None
    if isinstance(said, str) and not _named(said, options):
        return _word(findings, said, options, names or (), coalesce)
    if isinstance(said, Bare):
        what = f"the state {said.text} is read as {kind_of(said)}"
        findings.fault(TODAY, what, f'quote it: "{said.text}"')
        return None
    taken: dict[str, int] = {}
    by_key = {option.key: option for option in options}
    for path, name, value in _items(findings, said):
        if findings.known("option", name, by_key, path):
            level = _level(findings, path, by_key[name], value)
            if name in taken:
                findings.fault(path, f"{name} stands in today twice", "keep one of the two")
            taken[name] = level
    return tuple(taken.get(option.key, 0) for option in options)


def _named(text: str, options: Sequence[Option]) -> bool:
    return "." in text or any(text == option.id for option in options)


def _plain(findings: Findings, said: Any, names: Collection[str]) -> str | None:
    if said is None or said == []:
        return None
    if isinstance(said, Bare):
        findings.fault(TODAY, f"the state {said.text} is read as {kind_of(said)}", f'quote it: "{said.text}"')
    elif not isinstance(said, str):
        findings.fault(TODAY, f"the name of a state is expected here, not {kind_of(said)}", "the case has no options")
    elif findings.known("state", said, names, TODAY):
        return said
    return None


def _word(
    findings: Findings, text: str, options: Sequence[Option], names: Collection[str], coalesce: Sequence[Statement]
) -> tuple[int, ...] | None:
    """Read a state word; one with ``-`` is a state only where the case merges states so, and stands for its lowest."""
    if " " in text.strip() and not set(text) <= set("YN0123456789- "):
        remedy = "list the options taken now, as in `today: [Party.option]`"
        findings.fault(TODAY, f"{shorten(text)!r} is no state", remedy)
        return None
    try:
        found = values(text, options)
    except CaseError as error:
        for fault in error.faults:
            findings.fault(TODAY, fault.what, fault.remedy)
        return None
    if None in found:
        by_key = {option.key: option for option in options}
        patterns = [conjunction(statement.tree, by_key) or {} for statement in coalesce]
        merged = {word([pattern.get(option.key) for option in options], options) for pattern in patterns}
        if text.replace(" ", "") not in {*merged, *names}:
            what = f"{text!r} stands for several states, and today is one"
            findings.fault(TODAY, what, "write a value for each -, or list the options taken now")
            return None
    return tuple(value or 0 for value in found)


def _items(findings: Findings, said: Any, path: Path = TODAY) -> Iterator[tuple[Path, str, Any]]:
    """Yield every option that today speaks of, with its place and its value; None where it is just named."""
    if isinstance(said, str):
        yield path, said, None
    elif isinstance(said, Mapping):
        for name, value in said.items():
            here: Path = (*path, name)
            if name == "levels" and isinstance(value, Mapping):
                yield from _items(findings, value, here)
            else:
                yield here, name, "" if value is None else value
    elif isinstance(said, list):
        for place, item in enumerate(said):
            yield from _items(findings, item, (*path, place))
    else:
        findings.fault(path, f"an option's name is expected here, not {kind_of(said)}", "write it as Party.option")


def _level(findings: Findings, path: Path, option: Option, value: Any) -> int:
    """Return the level that today says an option has."""
    known: Sequence[str] = option.levels or ("yes", "no")
    if value is None and len(option.levels) <= 2:
        return 1
    if value is None:
        what = f"{option.key} has {len(option.levels)} levels, and today does not say which"
        findings.fault(path, what, f"write {{{option.key}: {option.levels[-1]}}}")
        return 0
    text = value.text if isinstance(value, Bare) else str(value).lower() if isinstance(value, bool) else value
    if isinstance(text, str) and not option.levels and text in TAKEN:
        return TAKEN[text]
    if isinstance(text, str) and text in option.levels:
        return option.levels.index(text)
    shown = text if isinstance(text, str) else ""
    what = (
        f"{option.key} has no level {shorten(shown)!r}" if shown else f"a level is expected here, not {kind_of(value)}"
    )
    findings.fault(path, what, did_you_mean(shown, known))
    return 0
