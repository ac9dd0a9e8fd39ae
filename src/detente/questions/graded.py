"""This module owns a case's graded issues as numbers: who takes part with what weight, and what the case does not say.

A party takes part in an issue if it has a position there. Nothing is made up: an issue on which somebody who takes part
has no salience, or has no clout where others do, is not decided. Where nobody has clout, all count alike.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

from detente.bargaining.compromise import mean, median
from detente.bargaining.exchange import Row, Stands
from detente.bargaining.influence import competitiveness
from detente.look.summary import listed
from detente.model.case import Case
from detente.model.items import Issue
from detente.model.statements import Statement, holds

GIVEN, EQUAL, INFLUENCE = "given", "equal", "influence"
STRENGTHS = {"weak": Fraction(1), "strong": Fraction(2)}


@dataclass(frozen=True)
class Graded:
    """One issue: the weights behind it, and the compromise.

    Parameters
    ----------
    issue : Issue
    positions, salience, clout : mapping from party to Fraction
        Of those who take part; as far as the case gives them.
    clout_from : str
        given: by the case; equal: the case gives none; influence: worked out from who has clout over whom.
    missing : str
        Why nothing is decided, "" where it is.
    compromise : Fraction or None
        The mean of positions by clout times salience; None where it is not decided.
    middle : pair of Fraction, or None
        The median, by the same weights: the same position twice, unless half of the weight stands on either side.
    idle : tuple of str
        Parties with a salience or clout and no position.
    """

    issue: Issue
    positions: Mapping[str, Fraction]
    salience: Mapping[str, Fraction]
    clout: Mapping[str, Fraction]
    clout_from: str
    missing: str
    compromise: Fraction | None
    middle: tuple[Fraction, Fraction] | None
    idle: tuple[str, ...]

    def distance(self, party: str) -> Fraction:
        """Return how far a party that takes part is from the compromise."""
        assert self.compromise is not None
        return abs(self.positions[party] - self.compromise)


def graded(case: Case, issue: Issue, influence: Mapping[str, Fraction] | None = None) -> Graded:
    """Return an issue of a case as numbers.

    Parameters
    ----------
    influence : mapping from party to Fraction, or None
        The clout of each party where the issue gives none; all alike where this is None.
    """
    positions = dict(_ordered(case, issue.positions))
    salience = {id: value for id, value in _ordered(case, issue.salience) if id in positions}
    clout = {id: value for id, value in _ordered(case, issue.clout) if id in positions}
    origin = GIVEN
    if not clout:
        origin = EQUAL if influence is None else INFLUENCE
        clout = {id: Fraction(1) if influence is None else influence[id] for id in positions}
    idle = tuple(id for id in case.party_ids if id in {*dict(issue.salience), *dict(issue.clout)} - {*positions})
    missing = _missing(case, positions, salience, clout)
    weights = [] if missing else [salience[id] * clout[id] for id in positions]
    stands = list(positions.values())
    found, middle = (None, None) if missing else (mean(stands, weights), median(stands, weights))
    if not missing and found is None:
        missing = "nobody who takes part has both clout and salience above 0"
    return Graded(issue, positions, salience, clout, origin, missing, found, middle, idle)


def _ordered(case: Case, table: tuple[tuple[str, Fraction], ...]) -> list[tuple[str, Fraction]]:
    return sorted(table, key=lambda item: case.party_ids.index(item[0]))


def _missing(
    case: Case, positions: Mapping[str, Fraction], salience: Mapping[str, Fraction], clout: Mapping[str, Fraction]
) -> str:
    if not positions:
        return "the case gives no positions"
    gaps = []
    for name, known in (("salience", salience), ("clout", clout)):
        without = [case.party(id).label for id in positions if id not in known]
        if without:
            gaps.append(f"the {name} of {listed(without)}")
    return f"the case does not give {listed(gaps)}" if gaps else ""


def stands_of(case: Case, issues: tuple[Graded, ...]) -> Stands:
    """Return where all parties stand on issues that are decided."""

    def row(table: Mapping[str, Fraction]) -> Row:
        return tuple(table.get(id) for id in case.party_ids)

    return Stands(
        tuple(row(each.positions) for each in issues),
        tuple(row(each.salience) for each in issues),
        tuple(row(each.clout) for each in issues),
    )


def influence_of(case: Case) -> Mapping[str, Fraction] | None:
    """Return each party's clout from who influences whom, directly and through others; None where nobody does.

    The case's `influence` says it; without that its `clout` does, weak counting 1 and strong 2, the stronger of two,
    and clout with a condition only where that holds today.
    """
    place = {id: index for index, id in enumerate(case.party_ids)}
    direct = [[Fraction(0)] * len(place) for _ in place]
    for row in case.influence:
        for id, value in row.on:
            direct[place[row.of]][place[id]] = value
    for each in case.clout if not case.influence else ():
        if _now(case, each.condition):
            by_it, over = direct[place[each.of]], place[each.over]
            by_it[over] = max(by_it[over], STRENGTHS[each.strength])
    found = competitiveness(direct)
    return None if found is None else dict(zip(case.party_ids, found, strict=True))


def _now(case: Case, condition: Statement | None) -> bool:
    """Return whether a condition is known to hold today; where there is none, it does."""
    if condition is None:
        return True
    today = case.today
    return isinstance(today, tuple) and bool(holds(condition.tree, lambda key: today[case.position[key]]))
