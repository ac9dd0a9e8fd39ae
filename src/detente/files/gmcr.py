"""This module owns ``.gmcr`` files, the JSON that GMCR+ and gmcr-py save conflicts in: what they mean, and how to read
them. `gmcr_check` finds their faults, `gmcr_export` writes them.

What the keys mean::

    options             name, and permittedDirection: both | fwd (no to yes only) | back (yes to no only)
    decisionMakers      name, the numbers (from 0) of their options, and
      preferences         statements, most important first: a pattern, or {compound, members} for one of several
      preferenceRanking   numbers of states from best to worst, ties as lists; counts if useManualPreferenceRanking
      misperceptions      patterns of states that the decision maker cannot leave or enter
    infeasibles         patterns of states that cannot be
    coalitions          decision makers by number, those that act together as a list

A pattern is a list of [option number, "Y" or "N"]. Option k has weight 2^k; the possible states, in the order of their
weights, are numbered from 1. Older files say "Vector" for "Ranking".
"""

import json
import re
import unicodedata
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import PurePath
from typing import Any

from detente.errors import CaseError, Fault, TooLargeError
from detente.files.gmcr_check import Maker, Saved, checked
from detente.files.gmcr_export import write_gmcr
from detente.files.patterns import Pattern, excluding, matching, states_without
from detente.model.case import Case
from detente.model.items import Concern, Mark, Option, Party, Rule
from detente.model.parser import WORDS
from detente.model.statements import Or, Tree, made
from detente.model.states import word

__all__ = ["read_gmcr", "write_gmcr"]
LARGEST = 50_000_000
DIRECTIONS = {"both": "", "fwd": "on", "back": "off"}


def read_gmcr(text: str, source: str = "") -> tuple[Case, tuple[str, ...]]:
    """Read a conflict that GMCR+ saved.

    Parameters
    ----------
    text : str
        The file's content.
    source : str
        The file's name, for messages and as the title where the file has none.

    Returns
    -------
    case : Case
        The same possible states, moves and rankings.
    losses : tuple of str
        What the file says beyond that, and the case does not: one sentence each.

    Raises
    ------
    CaseError
        With every fault of the file.
    """
    saved, faults = checked(_json(text, source))
    if faults:
        raise CaseError(faults, source)
    numbers = _states(saved, source)
    faults = [fault for maker in saved.makers if saved.manual for fault in _misranked(maker, len(numbers))]
    if faults:
        raise CaseError(faults, source)
    options, parties = _options(saved)
    rules = tuple(Rule(made(excluding(_named(pattern, options)))) for pattern in saved.infeasible)
    losses = list(saved.losses)
    filled = tuple(
        _party(party, maker, options, saved, numbers, losses)
        for party, maker in zip(parties, saved.makers, strict=True)
    )
    title = saved.title or PurePath(source).stem or "Conflict saved by GMCR+"
    sources = (("gmcr", f"GMCR+ file {PurePath(source).name}"),) if source else ()
    return Case(title, filled, rules=rules, sources=sources), tuple(losses)


def _json(text: str, source: str) -> Any:
    """Return the JSON value, or one fault that says where it cannot be read."""
    if len(text) > LARGEST:
        raise CaseError([Fault(f"the file has {len(text):,} characters", f"{LARGEST:,} are the most")], source)
    remedy = "a .gmcr file is JSON, as GMCR+ saves it"
    try:
        return json.loads(text.removeprefix("\ufeff"))
    except json.JSONDecodeError as error:
        raise CaseError([Fault(f"not JSON: {error.msg}", remedy, error.lineno, error.colno)], source) from error
    except (ValueError, RecursionError) as error:  # a number of thousands of digits, thousands of brackets
        raise CaseError([Fault("not JSON that can be read: too long a number, or too deeply nested", remedy)],
                        source) from error  # fmt: skip


def _options(saved: Saved) -> tuple[dict[int, Option], list[Party]]:
    """Return every option by its number in the file, and the parties with what they own."""
    options: dict[int, Option] = {}
    parties = []
    wanted = [maker.id for maker in saved.makers]
    for id, maker in zip(_ids([m.name for m in saved.makers], wanted, "party"), saved.makers, strict=True):
        own = [saved.options[number] for number in maker.options]
        names, kept = [option.name for option in own], [option.id for option in own]
        for number, option, key in zip(maker.options, own, _ids(names, kept, "option"), strict=True):
            options[number] = Option(id, key, direction=DIRECTIONS[option.direction], mark=_mark(option.name, key))
        parties.append(Party(id, tuple(options[number] for number in maker.options), mark=_mark(maker.name, id)))
    return options, parties


def _mark(name: str, id: str) -> Mark:
    return Mark(name=name if name != id else "")


def _ids(names: Sequence[str], wanted: Sequence[str], kind: str) -> list[str]:
    """Return an id for every name: the wanted one where it is given and free, else made of the name's letters."""
    taken: dict[str, None] = {}
    for number, (name, id) in enumerate(zip(names, wanted, strict=True), 1):
        first = id or _identifier(name, kind) or f"{kind}-{number}"
        free, more = first, 1
        while free in taken:
            more += 1
            free = f"{first}-{more}"
        taken[free] = None
    return list(taken)


def _identifier(name: str, kind: str) -> str:
    """Return a name as an id: plain letters, digits, - and _; option ids in lower case."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode()
    id = re.sub(r"[^A-Za-z0-9_]+", "-", plain).strip("-_")[:40].strip("-_")
    if kind == "option":
        id = id.lower()
    if not id:
        return ""
    return id if id[0].isalpha() and id not in WORDS else f"{kind}-{id}"


def _named(pattern: Pattern, options: Mapping[int, Option]) -> Pattern:
    return {options[number].key: value for number, value in pattern.items()}


def _states(saved: Saved, source: str) -> list[int]:
    """Return the possible states in the file's numbering where rankings need them; a fault where there are none."""
    if saved.manual:
        try:
            numbers = states_without(len(saved.options), saved.infeasible)
        except TooLargeError as error:
            raise CaseError([Fault(f"the rankings cannot be read: {error}")], source) from error
        possible = bool(numbers)
    else:
        numbers, possible = [], _possible(saved.infeasible)
    if not possible:
        raise CaseError([Fault("the infeasibles leave no state", "take out the pattern that goes too far")], source)
    return numbers


def _possible(infeasible: Sequence[Pattern]) -> bool:
    """Return whether some state matches none of the patterns."""
    from pysat.solvers import Minisat22  # type: ignore[import-untyped] # python-sat ships no types

    clauses = [[-(number + 1) if value else number + 1 for number, value in pattern.items()] for pattern in infeasible]
    if not all(clauses):
        return False
    with Minisat22(bootstrap_with=clauses) as solver:
        return bool(solver.solve())


def _party(
    party: Party, maker: Maker, options: Mapping[int, Option], saved: Saved, numbers: list[int], losses: list[str]
) -> Party:
    """Return a party with what it wants: its ranking where the file uses rankings, else its statements."""
    if saved.manual:
        if maker.statements:
            losses.append(
                f"The file ranks states by hand; the {len(maker.statements)} statements it keeps for {party.label} are "
                "not in use, and were left out."
            )
        order = [number for other in saved.makers for number in other.options]
        in_order = [options[number] for number in order]
        ranking = tuple(
            tuple(word([numbers[state - 1] >> number & 1 for number in order], in_order) for state in group)
            for group in maker.ranking
        )
        return replace(party, ranking=ranking)
    concerns = []
    for place, members in enumerate(maker.statements, 1):
        if not members or not all(members):
            losses.append(
                f"Statement {place} of {party.label} is {'true' if members else 'false'} in every state; "
                "it ranks nothing, and was left out."
            )
            continue
        parts: tuple[Tree, ...] = tuple(matching(_named(pattern, options)) for pattern in members)
        concerns.append(Concern(made(parts[0] if len(parts) == 1 else Or(parts))))
    return replace(party, concerns=tuple(concerns))


def _misranked(maker: Maker, states: int) -> list[Fault]:
    """Return what is wrong with a ranking that should number every possible state once."""
    seen = Counter(number for group in maker.ranking for number in group)
    said = {
        "names states that are not there": [number for number in seen if not 1 <= number <= states],
        "leaves out states": [number for number in range(1, states + 1) if number not in seen],
        "repeats states": [number for number, times in seen.items() if times > 1],
    }
    return [
        Fault(
            f"the ranking of {maker.name!r} {what}: {', '.join(map(str, some[:10]))}"
            + (f" and {len(some) - 10} more" if len(some) > 10 else ""),
            f"rank every state from 1 to {states} once",
        )
        for what, some in said.items()
        if some
    ]
