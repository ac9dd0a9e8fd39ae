"""This module owns the question what can be traded on graded issues: compromises, exchanges, and what two can settle.

How the answer is said in sentences and tables is `detente.questions.trading`.
"""

from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any

from detente.bargaining.exchange import Exchange, exchanges, pairs
from detente.bargaining.partners import among_partners
from detente.bargaining.turns import Turns, in_turn
from detente.errors import UnknownNameError
from detente.look.summary import Summary, counted
from detente.model.case import Case
from detente.questions.between import Between, between
from detente.questions.graded import Graded, graded, influence_of, stands_of
from detente.questions.result import Made, Result

SHOWN = 5
EVERYBODY, PARTNERS = KNOWN = ("everybody", "partners")
MOST_IN_TURN = 2_000  # pairs of parties and issues beyond which exchanges are not followed one after the other


@dataclass(frozen=True, repr=False)
class Trades(Result):
    """What can be traded: the compromise on each issue, the best exchanges and whom they hurt, what two can settle.

    Parameters
    ----------
    issues : tuple of Graded
    candidates : int
        How many pairs of parties stand on opposite sides of two decided issues.
    exchanges : tuple of Exchange
        All that bring both the same gain, each taken alone, the best first. Parties and issues are indices: of the
        case's parties, and of `decided`.
    limit : int
        How many of them are listed.
    turns : Turns or None
        What happens if always the best exchange is made next; None where there are none, or too many.
    two : Between or None
        What exactly two parties can settle between them.
    not_applicable : mapping from method to str
        What cannot be asked of this case, and why.
    """

    made: Made
    case: Case = field(compare=False)
    issues: tuple[Graded, ...]
    candidates: int
    exchanges: tuple[Exchange, ...]
    limit: int
    turns: Turns | None
    two: Between | None
    not_applicable: dict[str, str]

    @property
    def decided(self) -> tuple[Graded, ...]:
        """The issues that have a compromise."""
        return tuple(each for each in self.issues if each.compromise is not None)

    @property
    def listed(self) -> tuple[Exchange, ...]:
        """The exchanges that are listed."""
        return self.exchanges[: self.limit]

    def losers(self, exchange: Exchange) -> dict[str, Fraction]:
        """Return who loses by an exchange and how much, the greatest loss first."""
        lost = {id: -effect for id, effect in self.by_party(exchange.effects).items() if effect < 0}
        return dict(sorted(lost.items(), key=lambda item: -item[1]))

    def by_party(self, effects: tuple[Fraction, ...]) -> dict[str, Fraction]:
        """Return effects under the ids of the parties that take part in some decided issue."""
        taking = {id for each in self.decided for id in each.positions}
        return {id: effect for id, effect in zip(self.case.party_ids, effects, strict=True) if id in taking}

    def data(self) -> dict[str, Any]:
        return self.made.data() | {
            "issues": [self._issue(each) for each in self.issues],
            "exchanges": {
                "candidates": self.candidates,
                "open": len(self.exchanges),
                "listed": [self._exchange(each) for each in self.listed],
                "in turn": self._turns(),
            },
            "two parties": self._two(),
            "not applicable": dict(self.not_applicable),
            "text": self._sentences(),
        }

    columns = ("issue", "compromise", "party")

    def rows(self) -> list[dict[str, Any]]:
        """Return one row for each party on each issue."""
        return [
            {"issue": each.issue.id, "compromise": _float(each.compromise), **party, "clout is": each.clout_from}
            for each in self.issues
            for party in self._parties(each)
        ]

    def summary(self) -> Summary:
        from detente.questions.trading import summary

        return summary(self)

    def _sentences(self) -> list[str]:
        lines = [line for block in self.summary().blocks if block.heading for line in block.lines]
        return [line.strip() for line in lines if isinstance(line, str)]

    def _issue(self, each: Graded) -> dict[str, Any]:
        return {
            "issue": each.issue.id,
            "name": each.issue.label,
            "source": each.issue.mark.source,
            "standing": each.issue.mark.standing,
            "compromise": _float(each.compromise),
            "median": None if each.middle is None else [float(place) for place in each.middle],
            "clout": each.clout_from,
            "undecided": each.missing or None,
            "parties": self._parties(each),
        }

    def _parties(self, each: Graded) -> list[dict[str, Any]]:
        return [
            {
                "party": id,
                "position": float(position),
                "salience": _float(each.salience.get(id)),
                "clout": _float(each.clout.get(id)),
                "distance": None if each.compromise is None else float(each.distance(id)),
            }
            for id, position in each.positions.items()
        ]

    def _exchange(self, exchange: Exchange) -> dict[str, Any]:
        return {
            "concessions": [
                {
                    "party": self.case.party_ids[each.party],
                    "issue": self.decided[each.issue].issue.id,
                    "from": float(each.start),
                    "to": float(each.end),
                    "outcome from": float(each.outcome_before),
                    "outcome to": float(each.outcome_after),
                }
                for each in exchange.concessions
            ],
            "gain of each": float(exchange.gain),
            "effects": {id: float(effect) for id, effect in self.by_party(exchange.effects).items()},
            "losers": list(self.losers(exchange)),
            "all together": float(exchange.sum),
        }

    def _turns(self) -> dict[str, Any] | None:
        if self.turns is None:
            return None
        outcomes = zip(self.decided, self.turns.outcomes, strict=True)
        return {
            "known to": self.made.parameters["known"],
            "made": len(self.turns.exchanges),
            "tied": sum(1 for tied in self.turns.tied if tied),
            "outcomes": {each.issue.id: float(outcome) for each, outcome in outcomes},
            "effects": {id: float(effect) for id, effect in self.by_party(self.turns.effects).items()},
        }

    def _two(self) -> dict[str, Any] | None:
        two = self.two
        if two is None:
            return None
        ids = [each.issue.id for each in two.issues]
        items = [
            {
                "issue": id,
                "points": dict(zip(two.parties, (float(a), float(b)), strict=True)),
                "share": str(share),
                "settled at": float(level),
            }
            for id, a, b, share, level in zip(ids, *two.points, two.division.shares, two.levels, strict=True)
        ]
        return {
            "parties": list(two.parties),
            "adjusted winner": {
                "issues": items,
                "share of": two.parties[0],
                "points of each": float(two.division.totals[0]),
                "gains": None if two.division_gains is None else self._pair(two.division_gains),
                "weighed alike": [ids[item] for item in two.alike],
            },
            "bargaining points": [
                {
                    "point": point.name,
                    "gains": self._pair(point.gains),
                    "settled at": dict(zip(ids, map(float, point.levels), strict=True)),
                }
                for point in two.bargains
            ],
        }

    def _pair(self, gains: tuple[Fraction, ...]) -> dict[str, float]:
        assert self.two is not None
        return dict(zip(self.two.parties, map(float, gains), strict=True))


def trades(
    case: Case,
    *,
    limit: int = SHOWN,
    influence: bool = False,
    turns: bool = True,
    known: str = EVERYBODY,
) -> Trades:
    """Return what can be traded on graded issues, and who is better or worse off by it.

    Parameters
    ----------
    case : Case
        With `issues`: positions from 0 to 100, salience and clout from 0 to 1.
    limit : int
        How many exchanges are listed.
    influence : bool
        Whether parties' clout on issues that give none is worked out, as MACTOR does, from who has clout over whom (the
        case's `clout`, weak 1 and strong 2); otherwise all parties count alike there. A case that says who influences
        whom (its `influence`) is always taken at its word.
    turns : bool
        Whether exchanges are followed one after the other as well.
    known : {"everybody", "partners"}
        Who knows of the exchanges made so far, where they are followed: everybody, or only whoever takes part in them,
        as in the program DECIDE (Stokman & Van Oosten 1994), whose totals come out then.

    Returns
    -------
    Trades
        Exact fractions inside; decimals only of what the case gives as numbers.

    Raises
    ------
    UnknownNameError
        Exchanges are known to everybody, or to partners.
    """
    if known not in KNOWN:
        raise UnknownNameError("choice of who knows of exchanges", known, KNOWN)
    follow = among_partners if known == PARTNERS else in_turn
    influences = influence_of(case) if influence or case.influence else None
    issues = tuple(graded(case, issue, influences) for issue in case.issues)
    decided = tuple(each for each in issues if each.compromise is not None)
    unable: dict[str, str] = {}
    if (influence or case.influence) and influences is None:
        unable["influence"] = "nobody in the case influences anybody today, so that all parties count alike"
    if not issues:
        unable |= dict.fromkeys(("compromise", "exchange", "two parties"), "the case lists no graded issues")
    stands = stands_of(case, decided)
    candidates = pairs(stands)
    found = exchanges(stands)
    followed = follow(stands) if turns and found and len(candidates) <= MOST_IN_TURN else None
    if found and turns and followed is None:
        unable["exchanges in turn"] = f"{counted(len(candidates), 'pairing')}, too many to follow"
    if issues and not found:
        unable["exchange"] = _no_exchange(case, decided, len(candidates))
    two = _two(case, issues) if issues else None
    if isinstance(two, str):
        unable["two parties"] = two
    parameters = {"limit": limit, "influence": influence, "known": known}
    made = Made(case.title, case.fingerprint, "none", case.conventions.data(), "", parameters)
    settled = two if isinstance(two, Between) else None
    return Trades(made, case, issues, len(candidates), found, limit, followed, settled, unable)


def _no_exchange(case: Case, decided: tuple[Graded, ...], candidates: int) -> str:
    if len(decided) < 2:
        told = f"only {counted(len(decided), 'issue')} is decided" if decided else "no issue is decided"
        return f"{told}, and an exchange needs two"
    if not candidates:
        return "no two parties stand on opposite sides of two compromises"
    return (
        "those who stand on opposite sides of two compromises weigh the two issues alike, or cannot move their outcomes"
    )


def _two(case: Case, issues: tuple[Graded, ...]) -> Between | str:
    """Return what two parties can settle: the only two that take part, else the only two that are counted."""
    taking = [id for id in case.party_ids if any(id in each.positions for each in issues)]
    chosen = taking if len(taking) == 2 else [id for id in taking if id in case.accommodate]
    if len(chosen) != 2:
        if len(taking) < 2:
            return f"only {case.party(taking[0]).label} takes a position" if taking else "nobody takes a position"
        return f"{len(taking)} parties take part, and the case does not count just two of them under ‘accommodate’"
    return between((chosen[0], chosen[1]), issues)


def _float(value: Fraction | None) -> float | None:
    return None if value is None else float(value)
