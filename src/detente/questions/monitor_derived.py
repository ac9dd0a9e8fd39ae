"""This module owns comparing a printed answer about a scenario with what follows from its proofs, number by number.

An answer that follows is built anew in the same shape, from proofs that have been multiplied out and from definitions;
`OPEN` stands where nothing follows, and what that is, is said. Then every number, name and verdict is compared.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import isfinite
from typing import Any

from detente.errors import DetenteError
from detente.monitoring.arrays import Floats
from detente.monitoring.check import GAP
from detente.monitoring.compiling import Compiled
from detente.monitoring.problem import Problem
from detente.monitoring.proofs import proven
from detente.questions.monitored import ILLUSTRATION, exponent

CLOSE = 2e-6  # by how much numbers may differ that rest on sums with rounding, relative to their size or 1


NEAR = 1e-5  # of a value: how far from it a claimed one may be


@dataclass(frozen=True, slots=True)
class Open:
    """What is not derived again; it is there, and may be anything."""


OPEN = Open()


@dataclass(frozen=True, slots=True)
class Claim:
    """One claim, what is wrong with it ("" for nothing), and whether it could not be decided."""

    text: str
    fault: str = ""
    undecided: bool = False


@dataclass(frozen=True, slots=True)
class Derived:
    """What follows for an answer.

    Parameters
    ----------
    data : mapping
        The answer as it must be, without its head; `OPEN` where nothing follows.
    claims : tuple of Claim
        What was proven on the way.
    open : tuple of str
        What is not derived again, in a few words each.
    whole : bool
        Whether nothing else may stand in the answer.
    """

    data: Mapping[str, Any]
    claims: tuple[Claim, ...]
    open: tuple[str, ...] = ()
    whole: bool = True


def head(numbered: Compiled) -> dict[str, Any]:
    """Return the head that an answer about a scenario must have."""
    scenario = numbered.scenario
    return {
        "scenario": {"title": scenario.title, "fingerprint": scenario.fingerprint},
        "kind": ILLUSTRATION,
        "protections removed": list(scenario.removed),
        "method": OPEN,
        "parameters": OPEN,
        "synthetic numbers": {"synthetic": scenario.synthetic, "of": len(scenario.quantities)},
    }


def best(numbered: Compiled, problem: Problem, printed: Any, what: str, claims: list[Claim]) -> tuple[float, Floats]:
    """Return what a printed proof shows to be the best, and its plan; what it proves, and does not, joins the claims.

    Raises
    ------
    DetenteError
        If there is no such proof, or it cannot be read.
    """
    if not isinstance(printed, Mapping):
        raise DetenteError(f"the proof is missing of {what}")
    found = proven(numbered, problem, printed)
    text = f"no plan is better: {what}"
    size = max(1.0, abs(found.primal))
    gap = abs(found.dual - found.primal)
    if found.faults:
        claims.append(Claim(text, "; ".join(found.faults[:3])))
    elif any(abs(printed[end] - found.primal) > NEAR * size for end in ("primal", *(() if found.whole else ("dual",)))):
        claims.append(Claim(text, f"it reaches {exponent(found.primal)}, and other values are claimed"))
    elif not isfinite(found.dual) or gap > GAP * size:
        claims.append(Claim(text, f"prices prove a bound of {exponent(found.dual)}"))
    elif found.whole:
        claims.append(Claim(f"{text}, with its whole units in place"))
        claims.append(Claim(f"no other number of whole units is better: {what}", "prices do not decide it", True))
    else:
        claims.append(Claim(text))
    return found.primal, found.effort


def differences(told: Any, due: Any, where: str = "", whole: bool = True) -> Iterator[str]:
    """Yield where a printed answer is not what follows, with what does.

    Parameters
    ----------
    told, due
        What is printed, and what follows.
    where : str
        What it is about.
    whole : bool
        Whether nothing else may stand in the answer.
    """
    if isinstance(due, Open):
        return
    if isinstance(due, Mapping):
        if not isinstance(told, Mapping):
            yield f"{where or 'the answer'}: {told!r} is no mapping"
            return
        for key in due:
            if key not in told:
                yield f"{_at(where, key)}: it is missing"
            else:
                yield from differences(told[key], due[key], _at(where, key), whole)
        yield from (f"{_at(where, key)}: nothing of it follows" for key in told if whole and key not in due)
    elif isinstance(due, str) or due is None or isinstance(due, bool):
        if told is not due and (told != due or isinstance(told, bool) != isinstance(due, bool)):
            yield f"{where}: {told!r}, and it follows {due!r}"
    elif isinstance(due, Sequence):
        if not is_list(told) or len(told) != len(due):
            yield f"{where}: it has not the {len(due)} entries that follow"
            return
        for place, (one, other) in enumerate(zip(told, due, strict=True)):
            yield from differences(one, other, f"{where}, {_called(other, place)}", whole)
    elif not _near(told, due):
        yield f"{where}: {told!r}, and it follows {_said(due)}"


def is_list(told: Any) -> bool:
    """Return whether something is a list, of JSON or of an answer itself."""
    return isinstance(told, Sequence) and not isinstance(told, str)


def _at(where: str, key: str) -> str:
    return f"{where}, {key}" if where else str(key)


def _called(due: Any, place: int) -> str:
    """Return how an entry of a list is called: by its first name, else by its number."""
    if isinstance(due, Mapping):
        name = next((value for value in due.values() if isinstance(value, str)), "")
        return name or f"entry {place + 1}"
    return f"entry {place + 1}"


def _near(told: Any, due: float | Fraction) -> bool:
    if isinstance(told, bool) or not isinstance(told, int | float):
        return False
    return abs(told - float(due)) <= CLOSE * max(1.0, abs(float(due)))


def _said(value: float | Fraction) -> str:
    return f"{float(value):.6g}"
