"""This module owns what follows for who carries what and gains what, from the proofs of what sets of parties reach."""

from collections.abc import Iterable, Mapping, Sequence
from itertools import combinations
from math import factorial
from typing import Any

import numpy as np

from detente.errors import DetenteError
from detente.monitoring.arrays import Floats
from detente.monitoring.balance import balanced, most_content
from detente.monitoring.compiling import Compiled
from detente.monitoring.faults import ContradictionError
from detente.monitoring.joint import joint_value
from detente.monitoring.problem import Problem
from detente.monitoring.proofs import proven
from detente.monitoring.routes import evaluate
from detente.questions.monitor_derived import OPEN, Claim, Derived, best, is_list

Set = frozenset[int]
CLOSE = 1e-6


class _Sets:
    """What sets of parties reach, by their printed proofs."""

    def __init__(self, numbered: Compiled, printed: Mapping[str, Any]) -> None:
        self.numbered, self.problem = numbered, numbered.problem
        self.count = len(numbered.players)
        self.claims: list[Claim] = []
        self.alone = [self._alone(place, printed) for place in range(self.count)]
        self.values: dict[tuple[Set, Set], float] = {}
        self.plans: dict[tuple[Set, Set], Floats] = {}
        for each in (*_listed(printed, "sets"), *_listed(printed, "others")):
            key = self._places(each.get("parties")), self._places(each.get("beside"))
            self.values[key], self.plans[key] = self._reached(*key, each)

    def value(self, inside: Iterable[int], beside: Iterable[int] = ()) -> float:
        """Return what a set gains over nothing being done, beside what others do alone."""
        key = frozenset(inside), frozenset(beside)
        if not key[0]:
            return evaluate(self.problem, self._beside(key[1])).worst
        if key not in self.values:
            raise DetenteError(f"the proof is missing of what {self.called(key[0])} reach")
        return self.values[key]

    def called(self, inside: Iterable[int]) -> str:
        return " and ".join(self.numbered.players[place] for place in sorted(inside))

    def _places(self, names: Any) -> Set:
        if not is_list(names):
            raise DetenteError("a certificate names no parties")
        return frozenset(self.numbered.coalition([str(name) for name in names]))

    def _beside(self, others: Set) -> Floats:
        return sum((self.alone[place] for place in others), np.zeros(self.problem.measures.count))

    def _alone(self, place: int, printed: Mapping[str, Any]) -> Floats:
        """Return what a party plans by itself; without a proof it does nothing, which must be all that it can do."""
        party = self.numbered.players[place]
        told = printed.get("alone")
        if not isinstance(told, Mapping) or party not in told:
            raise DetenteError(f"the plan of {party} alone is missing")
        own = self.problem.restricted((place,))
        if told[party] is not None:
            return best(self.numbered, own, told[party], f"{party} alone", self.claims)[1]
        poor = np.logical_or.reduce(own.measures.use[own.resources.budget == 0] > 0, axis=0)
        if ((own.measures.cap > 0) & (own.measures.exponent > 0) & ~poor).any() and not _contradictory(own):
            self.claims.append(Claim(f"{party} alone does nothing", "it has means of its own"))
        return np.zeros(self.problem.measures.count)

    def _reached(self, inside: Set, beside: Set, printed: Mapping[str, Any]) -> tuple[float, Floats]:
        there = self.problem.beside(self._beside(beside)) if beside else self.problem
        own = there.restricted(tuple(sorted(inside)))
        if not printed.get("impossible"):
            what = f"{self.called(inside)}{f' beside {self.called(beside)}' if beside else ''}"
            return best(self.numbered, own, printed, what, self.claims)
        nothing = np.zeros(self.problem.measures.count)
        if not _contradictory(own):
            self.claims.append(Claim(f"{self.called(inside)} cannot keep all limits", "some plan of theirs does"))
        return evaluate(there, nothing).worst, nothing


def shared(numbered: Compiled, told: Mapping[str, Any]) -> Derived:
    """Return what follows for an answer of `share`.

    Parameters
    ----------
    numbered : Compiled
    told : mapping
        The answer's JSON data.
    """
    printed = told.get("certificates")
    if not isinstance(printed, Mapping):
        raise DetenteError("the answer has no certificates")
    acting = told.get("parameters", {}).get("outsiders") == "status-quo"
    sets = _Sets(numbered, printed)
    places = range(sets.count)
    everybody = frozenset(places)
    floor = sets.value((), everybody if acting else ())
    groups = [frozenset(group) for size in range(1, sets.count) for group in combinations(places, size)]
    game = {group: sets.value(group, everybody - group if acting else ()) - floor for group in (*groups, everybody)}
    game[frozenset()] = 0.0
    rules: dict[str, list[float]] = {}
    owen = None if "prices" not in printed else _owen(sets, printed["prices"])
    total = game[everybody]
    if owen is not None:
        own = [share if share > 1e-7 else 0.0 for share in owen[0]]
        rules["Owen"] = [one + more for one, more in zip(owen[0], _parts(total - sum(owen[0]), own), strict=True)]
    rules["Shapley"] = shapley(game, sets.count)
    rules["nucleolus"] = _nucleolus(sets, game, told)
    rules["SCRB"] = _separable(game, sets.count)
    means = [numbered.scenario.party(id).means for id in numbered.players]
    if all(each is not None for each in means):
        rules["means"] = _parts(total, [float(each) for each in means if each is not None])
    needs = None if owen is None else _needs(sets, owen[1], everybody)
    paid, gap = (None, None) if needs is None else _transfers(needs)
    labels = [numbered.scenario.party(id).label for id in numbered.players]
    budget, owner = sets.problem.resources.budget, sets.problem.resources.owner
    data = {
        "parameters": {"outsiders": "status-quo" if acting else "passive"},
        "total": total,
        "parties": [
            {
                "party": labels[place],
                "contribution": float(budget[owner == place].sum()),
                "alone": game[frozenset((place,))],
                "shares": {rule: shares[place] for rule, shares in rules.items()},
                "owen range": None if owen is None else OPEN,
                "transfer": None if paid is None else paid[place],
                "kept doing nothing": _kept(sets, place, everybody),
            }
            for place in places
        ],
        "coalitions": [_coalition(group, game[group], rules, labels) for group in groups],
        "least core excess": _least(sets, game),
        "missing for transfers": gap,
        "due to nobody": 0.0 if owen is None else total - sum(owen[0]),
        "certificates": OPEN,
    }
    _ranges(sets, owen, told)
    open_ = ("the ends of Owen ranges beyond that the point lies between them",) if owen is not None else ()
    return Derived(data, tuple(sets.claims), open_)


def _coalition(group: Set, value: float, rules: Mapping[str, Sequence[float]], labels: Sequence[str]) -> dict[str, Any]:
    gets = {rule: sum(shares[place] for place in group) for rule, shares in rules.items()}
    return {
        "members": [labels[place] for place in sorted(group)],
        "by itself": value,
        "gets": gets,
        "excess": {rule: value - amount for rule, amount in gets.items()},
        "content": {
            # on the border rounding decides
            rule: OPEN if abs(amount - value) < 2e-6 * max(1.0, abs(value)) else amount >= value
            for rule, amount in gets.items()
        },
    }


def _kept(sets: _Sets, place: int, everybody: Set) -> float:
    idle, staying = sets.value(everybody - {place}), sets.value(everybody)
    return idle / staying if staying else 1.0


def _owen(sets: _Sets, printed: Any) -> tuple[list[float], Floats]:
    """Return what each party is owed by its budgets, and by caps that need it, at prices that prove the joint plan."""
    everybody = frozenset(range(sets.count)), frozenset[int]()
    if not isinstance(printed, Mapping) or everybody not in sets.plans:
        raise DetenteError("the prices by which the Owen point divides cannot be read")
    numbered, problem = sets.numbered, sets.problem
    value = sets.values[everybody]
    levels = numbered.levels(sets.plans[everybody])
    found = proven(numbered, problem, {**printed, "primal": value, "dual": value, "levels": levels})
    sets.claims.append(Claim("the prices of the Owen point prove the joint plan best", "; ".join(found.faults[:3])))
    price = printed["budget prices"]
    prices = np.array([float(price.get(budget.key, 0.0)) for budget in numbered.scenario.budgets])
    owed = [
        float((prices * problem.resources.budget)[problem.resources.owner == place].sum())
        for place in range(sets.count)
    ]
    for column, each in enumerate(numbered.deployments):
        price_of = float(printed["cap prices"].get(each.key, 0.0))
        rent = price_of * float(problem.measures.cap[column]) if price_of else 0.0  # a cap may be infinite
        for party in each.consent if rent else ():
            owed[numbered.players.index(party)] += rent / len(each.consent)
    return owed, prices


def _ranges(sets: _Sets, owen: tuple[list[float], Floats] | None, told: Mapping[str, Any]) -> None:
    if owen is None:
        return
    wrong = []
    for own, each, player in zip(owen[0], told.get("parties", ()), sets.numbered.players, strict=False):
        low, high = each["owen range"]
        if not low - CLOSE <= own <= high + CLOSE:
            wrong.append(f"{player} is owed {own:.6g}")
    sets.claims.append(Claim("every Owen point lies in its range", "; ".join(wrong)))


def _parts(total: float, weights: Sequence[float]) -> list[float]:
    """Return a total in proportion to weights; in equal parts where they add up to nothing."""
    whole = sum(weights)
    return [total * weight / whole if whole else total / len(weights) for weight in weights]


def shapley(game: Mapping[Set, float], count: int) -> list[float]:
    """Return the mean of what each adds over all orders, counted by who came before (Shapley 1953)."""
    found = []
    for party in range(count):
        others = [place for place in range(count) if place != party]
        added = 0.0
        for size in range(count):
            orders = factorial(size) * factorial(count - size - 1)
            for before in combinations(others, size):
                added += orders * (game[frozenset((*before, party))] - game[frozenset(before)])
        found.append(added / factorial(count))
    return found


def _separable(game: Mapping[Set, float], count: int) -> list[float]:
    """Return what all would lose without each, and the rest by how far that is from what it reaches alone."""
    everybody = frozenset(range(count))
    lost = [game[everybody] - game[everybody - {place}] for place in range(count)]
    far = [game[frozenset((place,))] - lost[place] for place in range(count)]
    rest = _parts(game[everybody] - sum(lost), far)
    return [one + more for one, more in zip(lost, rest, strict=True)]


def _nucleolus(sets: _Sets, game: Mapping[Set, float], told: Mapping[str, Any]) -> list[float]:
    """Return the printed nucleolus where the criterion of Kohlberg (1971) holds for it; else complain of it."""
    try:
        shares = [float(each["shares"]["nucleolus"]) for each in told["parties"]]
    except (LookupError, TypeError, ValueError):
        raise DetenteError("the nucleolus cannot be read") from None
    fault = "" if len(shares) == sets.count else "it has not one share a party"
    if not fault and abs(sum(shares) - game[frozenset(range(sets.count))]) > CLOSE * max(1.0, abs(sum(shares))):
        fault = f"its shares add up to {sum(shares):.6g}"
    sets.claims.append(Claim("the nucleolus is the one division that leaves nobody more content to ask of others",
                             fault or balanced(game, shares)))  # fmt: skip
    return shares


def _least(sets: _Sets, game: Mapping[Set, float]) -> float:
    """Return the least greatest excess of any division, shown by a division and by weights of sets."""
    low, high = most_content(game, sets.count)
    if high - low > CLOSE * max(1.0, abs(high)):
        sets.claims.append(Claim("the least core", "weights of sets do not prove it", True))
    return high


def _needs(sets: _Sets, prices: Floats, everybody: Set) -> list[float]:
    """Return what each needs to stay, effort counted at prices; who leaves plans alone, or does nothing."""
    use, owner = sets.problem.measures.use, sets.problem.resources.owner
    joint = use @ sets.plans[everybody, frozenset[int]()]
    found = []
    for place in range(sets.count):
        own, others = owner == place, everybody - {place}
        staying = sets.value(everybody) - float(prices[own] @ joint[own])
        apart = float(prices[own] @ (use @ sets.alone[place])[own])
        found.append(max(sets.value(others, {place}) - apart, sets.value(others)) - staying)
    return [need if need > 1e-7 else min(need, 0.0) for need in found]


def _transfers(needs: Sequence[float]) -> tuple[list[float] | None, float]:
    """Return the least payments that meet all needs, each giving in proportion to what it can; or what is missing."""
    wanted, spare = sum(need for need in needs if need > 0), -sum(need for need in needs if need < 0)
    if wanted > spare:
        return None, wanted - spare
    return [need if need >= 0 else need * wanted / spare for need in needs], 0.0


def _contradictory(problem: Problem) -> bool:
    try:
        joint_value(problem)
    except ContradictionError:
        return True
    return False


def _listed(printed: Mapping[str, Any], key: str) -> list[Mapping[str, Any]]:
    told = printed.get(key)
    if not is_list(told) or not all(isinstance(each, Mapping) for each in told or ()):
        raise DetenteError(f"the certificates have no {key}")
    return list(told or ())
