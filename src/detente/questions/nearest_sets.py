"""This module owns the search for the smallest changes: level by level of cost, and by a proof where that ends."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from detente.model.edits import FormCoalition
from detente.questions.nearest import MOST_LOOKED, Candidate, Effort, World, preferred
from detente.questions.nearest_aim import Aim
from detente.questions.nearest_bench import PLAIN
from detente.questions.nearest_checks import Checker, Nearest
from detente.questions.nearest_kinds import Atom, Kinds, coalitions
from detente.questions.nearest_lasting import ANYONE, at_stake
from detente.questions.nearest_proof import MOST_MOVES, MOST_OUTCOMES, Proof, Scope
from detente.questions.nearest_question import Question
from detente.questions.nearest_shared import encodable
from detente.questions.nearest_solving import Solver
from detente.questions.nearest_worlds import ANY, contract_worlds, first_world, rule_worlds

MOST_TRIED = 100  # so many candidates are checked at one cost
MOST_LEVELS = 4  # so many levels of cost are looked at where nothing else is asked for
QUICK = 4_000  # so much is looked at before a proof is tried, which does more in less time
MOST_STATES = 2**21  # of a case with more, nothing is tried
FIRST_BOUND = 3
FARTHER = 2  # how much more than the nearest change those of other parties may cost
TRYING, PROVING = "every set tried", "MaxSAT"


@dataclass(frozen=True, slots=True, eq=False)
class Search:
    """What a search found.

    Parameters
    ----------
    found : tuple of Nearest
        The cheapest first.
    searched : int or None
        Up to which total cost it is known which sets of edits of the kinds considered do; None: at any cost.
    exact : bool
        Whether nothing cheaper than the first one is possible by the kinds considered.
    already : int
        How many states pass as things stand; then nothing has to change.
    more : bool
        Whether sets as cheap as the last one listed were left out.
    proof : str
        By what `searched` is known: `TRYING` or `PROVING`.
    late : bool
        Whether the search ended because its time was up.
    """

    found: tuple[Nearest, ...]
    searched: int | None
    exact: bool
    already: int
    more: bool
    proof: str = TRYING
    late: bool = False


@dataclass(eq=False)
class Progress:
    """How far a search has come."""

    checker: Checker
    effort: Effort
    found: list[Nearest] = field(default_factory=list)
    searched: int | None = 0
    more: bool = False
    proof: str = TRYING
    partly: bool = False  # whether sets that are tried are not all that could do
    allied: bool = False  # whether coalitions were looked at
    waiting: list[Nearest] = field(default_factory=list)

    def known(self, cost: int) -> None:
        """Note that it is known of every set up to a cost whether it does."""
        if self.searched is not None:
            self.searched = max(self.searched, cost)

    def join(self, cost: int | None, limit: int) -> bool:
        """List the coalitions that do and cost no more than the change that is next; return whether that is enough."""
        while self.waiting and (cost is None or self.waiting[0].cost <= cost) and len(self.found) < limit:
            self.found.append(self.waiting.pop(0))
        return len(self.found) >= limit


def allied(world: World) -> Iterator[Candidate]:
    """Yield the coalitions that are considered, each a set of edits by itself."""
    kinds = world.kinds
    for edit in coalitions(kinds.case, kinds.assuring):
        atoms = frozenset({("coalition", *edit.members)})
        yield Candidate((edit,), (), atoms, kinds.costs["coalition"], kinds.assuring, world, 0, 0)


def wider(nearest: Nearest, others: Sequence[Nearest]) -> bool:
    """Return whether a change is a coalition in which a smaller one, that does as well, has its place."""
    first = nearest.edits[0]
    if not isinstance(first, FormCoalition):
        return False
    formed = [each.edits[0] for each in others]
    return any(isinstance(edit, FormCoalition) and set(edit.members) < set(first.members) for edit in formed)


def search(aim: Aim, kinds: Kinds, limit: int, most: int | None, seconds: float) -> Search:
    """Return the cheapest sets of edits after which something passes.

    Parameters
    ----------
    aim : Aim
    kinds : Kinds
    limit : int
        How many are returned.
    most : int or None
        The largest total cost that is looked at; None: any where it can be proven, else `MOST_LEVELS`.
    seconds : float
        How much CPU time it may take.
    """
    about = aim.setting(kinds.case, aim.approach)
    already = aim.passing(about).count()
    if already:
        return Search((), 0, True, already, False)
    if about.game.feasible().count() > MOST_STATES:
        return Search((), 0, False, 0, False)
    levels = MOST_LEVELS if most is None else most
    effort = Effort(seconds=seconds)
    everywhere = lru_cache(maxsize=1)(lambda: first_world(aim, kinds, ANY, effort))
    approach = next((each for each in kinds.case.approaches if each.id == aim.approach), PLAIN)
    provable = encodable(approach) and bool(kinds.costs)
    if provable:
        effort.most = QUICK
    staked = at_stake(aim, kinds.case)
    now = Progress(Checker(aim, kinds), effort, partly=staked)
    if not (staked and provable):  # which edits make something last, no party's concerns alone can tell
        _by_levels(now, aim, kinds, limit, levels, everywhere)
    wanted = most is None or (now.searched or 0) < most
    if provable and len(now.found) < limit and wanted and not (now.found and now.searched == levels):
        effort.most = ANY
        if "coalition" in kinds.costs and not now.allied and not effort.late:
            listed = len(now.checker.minimal)
            for each in allied(everywhere()):
                checked = now.checker.check(each)
                if checked is not None and not wider(checked, now.waiting):
                    now.waiting.append(checked)
            del now.checker.minimal[listed:]  # what else these parties could do is found by the proof
        _by_proof(now, Proof(aim, kinds, everywhere()), limit, most)
        now.join(None, limit)
        if staked and not now.found and now.searched is not None and not effort.late:
            effort.most = effort.looked + MOST_LOOKED
            _by_levels(now, aim, kinds, limit, levels, everywhere)
    first = now.found[0].cost - 1 if now.found else levels if most is None else most
    exact = now.searched is None or now.searched >= first
    return Search(tuple(now.found), now.searched, exact, 0, now.more, now.proof, effort.late)


def _by_levels(now: Progress, aim: Aim, kinds: Kinds, limit: int, levels: int, everywhere: Callable[[], World]) -> None:
    """Look at every set of edits of one cost after the other, as long as that takes little."""
    effort = now.effort
    base = first_world(aim, kinds, levels, effort)
    worlds: list[World] = [base]
    for total in range(1, levels + 1):
        if total == kinds.costs.get("contract"):
            worlds += contract_worlds(base, levels, everywhere())
        if total == kinds.costs.get("rule"):
            worlds += rule_worlds(base, levels)
        candidates: dict[Any, Candidate] = {}
        complete = True
        if total == kinds.costs.get("coalition"):
            candidates |= {each.atoms: each for each in allied(base)}
        for world in worlds:
            for candidate in world.candidates(total):
                known = candidates.get(candidate.atoms)
                if known is None or candidate.liking > known.liking:
                    candidates[candidate.atoms] = candidate
            complete = complete and world.complete
            if effort.spent:
                complete = False
                break
        if effort.spent and effort.most == QUICK:
            return
        now.allied = now.allied or total == kinds.costs.get("coalition")
        fresh = {a: each for a, each in candidates.items() if not any(old < a for old in now.checker.minimal)}
        tried = 0
        for candidate in preferred(fresh):
            if len(now.found) >= limit or tried >= MOST_TRIED or effort.late:
                now.more = True
                break
            tried += 1
            checked = now.checker.check(candidate)
            if checked is not None and not wider(checked, now.found):
                now.found.append(checked)
        if complete and tried < MOST_TRIED and now.searched == total - 1 and not (effort.late or now.partly):
            now.searched = total
        if len(now.found) >= limit or effort.spent:
            return


def _by_proof(now: Progress, proof: Proof, limit: int, most: int | None) -> None:
    """Add the cheapest change of each group of parties, none of which holds another, by MaxSAT."""
    proof.blocked += now.checker.minimal
    proof.listed += [movers(atoms) for atoms in now.checker.minimal]
    first = 1 if at_stake(proof.aim, proof.kinds.case) else FIRST_BOUND
    bound: int | None = first if most is None else min(first, most)
    while bound is not None and not now.effort.late:
        scope = Scope(proof, bound)
        if (size := scope.size) > MOST_OUTCOMES or size * proof.choices > MOST_MOVES or now.effort.late:
            return
        bound = _within(now, scope, limit, most)
        if bound is not None and most is not None and bound > most:
            now.known(most)
            return


def _within(now: Progress, scope: Scope, limit: int, most: int | None) -> int | None:
    """Go through the solutions over the outcomes up to a bound; return which bound to try next, None at the end."""
    proof, bound = scope.proof, scope.bound
    question, left_out, first = Question(scope), scope.left_out, not now.found
    with Solver(question.formula) as solver:
        while (true := solver.cheapest(now.effort)) is not None:
            cost = solver.cost
            beyond = left_out is not None and left_out < cost
            if first:
                now.known(bound if beyond else cost - 1)
                now.proof = PROVING
            if beyond or (most is not None and cost > most):
                nearest = now.found[0].cost if now.found else cost
                return cost if cost <= nearest + FARTHER or most is not None else None
            if now.join(cost, limit):
                return None
            candidate, outcome = question.candidate(true)
            checked = now.checker.check(candidate)
            if checked is not None:
                now.found.append(checked)
                first = False
                proof.blocked.append(candidate.atoms)
                proof.listed.append(movers(candidate.atoms))
                solver.need(question.others(proof.listed[-1]))
                if len(now.found) >= limit:
                    now.more = True
                    return None
            elif now.checker.passing(candidate.edits) is None:
                if not proof.ban(outcome):
                    solver.need(question.differently(true, outcome))
                for literal in question.banned():
                    solver.need([-literal])
            else:
                proof.blocked.append(candidate.atoms)
                solver.need(question.fewer(candidate.atoms))
        if solver.late:
            now.known(min(solver.at_least - 1, bound) if first else 0)
            return None
    if first:
        now.proof = PROVING
        now.known(bound)
        if left_out is None:
            now.searched = None
    return left_out if first else None


def movers(atoms: frozenset[Atom]) -> frozenset[str]:
    """Return who moves in a set of edits; "" where a rule is lifted."""
    made: set[str] = set()
    for kind, *who in atoms:
        alone = {"rule": "", "patience": ANYONE}
        made |= set(who) if kind == "coalition" else {alone.get(kind, who[0] if who else "")}
    return frozenset(made)
