"""This module owns the check of compromises on graded issues: who weighs how much there, and the mean and the median.

The compromise on an issue is the mean of positions by clout times salience (Stokman & Van Oosten 1994). Where an issue
gives no clout, all count alike, or by influence as MACTOR has it (Godet 1991): with I and D what a party exerts on the
others and depends on them, directly and through one other by the weaker link, and B what comes back on itself, its
weight is (I - B) I / (I + D), over the average.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from detente.model.case import Case, Issue
from detente.verification.needs import as_told
from detente.verification.packages import differing
from detente.verification.statements import understand

GIVEN, EQUAL, INFLUENCE = "given", "equal", "influence"
STRENGTH = {"weak": Fraction(1), "strong": Fraction(2)}
ZERO = Fraction(0)
Numbers = Mapping[str, Fraction]
Told = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Graded:
    """An issue by those who have a position there: where they stand, how much they care and count.

    Parameters
    ----------
    outcome : Fraction or None
        The compromise; None where the case does not say enough.
    """

    id: str
    positions: Numbers
    salience: Numbers
    clout: Numbers
    outcome: Fraction | None

    def weight(self, party: str) -> Fraction:
        """Return what a party weighs there: clout times salience."""
        return self.clout[party] * self.salience[party]


def graded(case: Case, issue: Issue, instead: Numbers | None) -> Graded:
    """Return an issue as numbers.

    Parameters
    ----------
    instead : mapping from party to Fraction, or None
        What counts for clout where the issue gives none; None: all alike.
    """
    there = dict(issue.positions)
    positions = {id: there[id] for id in case.party_ids if id in there}
    salience = {id: value for id, value in issue.salience if id in positions}
    clout = {id: value for id, value in issue.clout if id in positions}
    if not clout:
        clout = {id: Fraction(1) if instead is None else instead[id] for id in positions}
    found = Graded(issue.id, positions, salience, clout, None)
    if not positions or set(salience) != set(positions) or set(clout) != set(positions):
        return found
    whole = sum(map(found.weight, positions), ZERO)
    if not whole:
        return found
    outcome = sum((found.weight(id) * place for id, place in positions.items()), ZERO) / whole
    return Graded(issue.id, positions, salience, clout, outcome)


def influence(case: Case) -> Numbers | None:
    """Return what each party weighs by who influences whom; None where nobody influences anybody."""
    ids, direct = case.party_ids, _direct(case)

    def exerts(one: str, other: str) -> Fraction:
        through = (min(direct.get((one, third), ZERO), direct.get((third, other), ZERO)) for third in ids)
        return direct.get((one, other), ZERO) + sum(through, ZERO)

    weights = {}
    for id in ids:
        out = sum((exerts(id, other) for other in ids if other != id), ZERO)
        in_ = sum((exerts(other, id) for other in ids if other != id), ZERO)
        weights[id] = (out - exerts(id, id)) * out / (out + in_) if out + in_ else ZERO
    whole = sum(weights.values(), ZERO)
    return {id: weight * len(ids) / whole for id, weight in weights.items()} if whole else None


def _direct(case: Case) -> dict[tuple[str, str], Fraction]:
    """Return direct influence: as the case says it, else from its clout as far as that counts today."""
    if case.influence:
        return {(row.of, id): value for row in case.influence for id, value in row.on}
    direct: dict[tuple[str, str], Fraction] = {}
    for clout in case.clout:
        condition = clout.condition
        if condition is not None:
            if not isinstance(case.today, tuple):
                continue
            now = {option.key: level for option, level in zip(case.options, case.today, strict=True)}
            if not understand(condition.text, case, condition.party)(now):
                continue
        key = clout.of, clout.over
        direct[key] = max(direct.get(key, ZERO), STRENGTH[clout.strength])
    return direct


def issues_as_told(case: Case, told: Sequence[Told]) -> list[Graded] | str:
    """Return the issues by the clout that an answer says it takes, or why that cannot be."""
    if [each["issue"] for each in told] != [issue.id for issue in case.issues]:
        return f"the issues are {', '.join(issue.id for issue in case.issues) or 'none'}"
    sources = {each["clout"] for each, issue in zip(told, case.issues, strict=True) if not _given(issue)}
    worked = influence(case)
    if len(sources) > 1 or not sources <= {EQUAL, INFLUENCE} or (worked is None and INFLUENCE in sources):
        return "where issues give no clout, it is said to come from what it does not come from"
    if case.influence and worked is not None and EQUAL in sources:
        return "the case says who influences whom, and that is not counted"
    instead = worked if INFLUENCE in sources else None
    return [graded(case, issue, instead) for issue in case.issues]


def _given(issue: Issue) -> bool:
    positions = dict(issue.positions)
    return any(id in positions for id, _ in issue.clout)


def fault_in_issue(issue: Issue, found: Graded, told: Told) -> str:
    """Return what is wrong with what is told of an issue; "" if nothing is."""
    outcome = found.outcome
    derived = {
        "name": issue.label,
        "source": issue.mark.source,
        "standing": issue.mark.standing,
        "compromise": as_told(outcome),
        "median": None if outcome is None else [float(place) for place in _median(found)],
        "clout": GIVEN if _given(issue) else told["clout"],
        "parties": [
            {
                "party": id,
                "position": float(place),
                "salience": as_told(found.salience.get(id)),
                "clout": as_told(found.clout.get(id)),
                "distance": None if outcome is None else float(abs(place - outcome)),
            }
            for id, place in found.positions.items()
        ],
    }
    if (told["undecided"] is None) is not (outcome is not None):
        return "it is decided" if outcome is not None else "it does not say why it is not decided"
    return differing({key: told[key] for key in derived}, derived)


def _median(found: Graded) -> tuple[Fraction, Fraction]:
    """Return the lowest and highest position with half of the weight or more at or below it, and at or above it."""
    weights = {id: found.weight(id) for id in found.positions}
    half = sum(weights.values(), ZERO) / 2
    middle = [
        place
        for id, place in found.positions.items()
        if weights[id]
        and sum(w for other, w in weights.items() if found.positions[other] <= place) >= half
        and sum(w for other, w in weights.items() if found.positions[other] >= place) >= half
    ]
    return min(middle), max(middle)
