"""This module owns the worlds in which changes are looked for: the case as it is, with a contract, a rule lifted."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

import numpy as np

from detente.engine.batch import Numbers
from detente.engine.interface import Space
from detente.errors import DetenteError
from detente.game import setting, space_of
from detente.model.case import Case
from detente.model.edits import AddContract, DropRule, Edit
from detente.model.statements import Compare, Tree, options_in, spelled_out
from detente.questions.nearest import Effort, World
from detente.questions.nearest_aim import DELIVERABLE, HOLDS, LASTS, REACHABLE, Aim, exactly
from detente.questions.nearest_bench import bench_of
from detente.questions.nearest_kinds import Kinds
from detente.questions.verdicts import Judge

ANY = 10**6  # a cost that leaves out no state


def first_world(
    aim: Aim, kinds: Kinds, most: int, effort: Effort, case: Case | None = None, edits: Sequence[Edit] = ()
) -> World:
    """Return the world of the case as it is, or with rules lifted."""
    about = setting(case or kinds.case, aim.approach)
    bench, judge = bench_of(about), Judge(about)
    wanted = about.game.feasible()
    if aim.goal is not None:
        wanted = wanted & about.where(aim.goal)
    if aim.states:
        wanted = wanted & about.game.only([state for word in aim.states for state in exactly(about, word)])
        if wanted.count() < len(aim.states):
            wanted = about.game.none()
    counts = bench.arena.array(wanted)
    if REACHABLE in aim.verdicts and most < ANY:
        counts = counts & bench.reached
        if aim.states and counts.sum() < len(aim.states):
            counts = np.zeros_like(counts)
    if HOLDS in aim.verdicts and not aim.states:
        # Each party that leaves a state costs something; so most states are out of reach at once.
        leaving = np.zeros(bench.arena.states, np.int64)
        for party in about.table:
            leaving += ~bench.arena.array(judge.nash(party))
        counts = counts & (leaving <= most)
    targets = np.flatnonzero(counts)
    world = World(
        aim, kinds, bench, about.case, bench.approach, space_of(about.rewritten), targets, effort, tuple(edits)
    )
    world.prepare()
    if most < ANY:
        world.narrow(most)
    return world


def contract_worlds(base: World, most: int, everywhere: World, bound: int | None = None) -> Iterator[World]:
    """Yield the worlds with one more contract.

    Parameters
    ----------
    base : World
        The world without it, its targets not narrowed by who leaves them or whether they are reached.
    most : int
        What leaves a state out: it costs more than this.
    bound : int, optional
        The same for now: states that cost more are left out, and each world tells what the cheapest of them costs.
    """
    kinds, case, arena = base.kinds, base.case, base.bench.arena
    if not arena.by_options or not {HOLDS, DELIVERABLE, REACHABLE, LASTS} & base.aim.verdicts:
        return
    cost = kinds.costs["contract"]
    for party in case.parties:
        for number, contract in enumerate(kinds.contracts(party.id)):
            if base.effort.late:
                return
            edit = AddContract(kinds.assuring, contract)
            place, tree = case.position[contract.paid], base.bench.bound(contract.iff.tree)
            targets = everywhere.targets
            fits = (arena.truth(tree) == arena.truth(Compare(place)))[targets]
            if not (fits.all() and len(fits) if base.aim.states else fits.any()):
                continue
            approach = replace(base.approach, id=kinds.assuring, contracts=(*base.approach.contracts, contract))
            space = _bound(base, edit, place, tree)
            if space is None:
                continue
            atoms = base.atoms | {("contract", party.id, contract.paid)}
            edits = (*base.edits, edit)
            moved = {case.options[place].party, *(key.partition(".")[0] for key in _keys(contract.iff.tree))}
            changed = None if base.space.defined else frozenset(case.party_ids.index(id) for id in moved)
            world = World(base.aim, kinds, base.bench, case, approach, space, targets[fits],
                base.effort,
                edits, atoms,
                          base.cost + cost, base.liking - number)  # fmt: skip
            if not base.aim.states:
                world.prune(world.cost + _known(everywhere, changed)[fits], most if bound is None else bound)
            world.prepare(everywhere, changed)
            world.narrow(most - world.cost)
            yield world


def _known(everywhere: World, changed: frozenset[int] | None) -> Numbers:
    """Return what each target costs at least in a world where a contract changes the moves of some parties (None: any).

    The others keep what they keep without it, and core concerns are met in the same states.
    """
    found = np.zeros(len(everywhere.targets), np.int64)
    for number, group in enumerate(everywhere.groups):
        same = changed is not None and not changed & set(group)
        found += everywhere.least(number) if same else everywhere.unmet(number)
    return found


def _keys(tree: Tree) -> set[str]:
    return {str(key) for key in options_in(spelled_out(tree))}


def _bound(base: World, edit: AddContract, option: int, tree: Tree) -> Space | None:
    """Return the space with one more contract; None where it cannot be added."""
    if not base.space.defined:
        owners = tuple(-1 if place == option else owner for place, owner in enumerate(base.space.owners))
        return replace(base.space, owners=owners, defined=((option, tree),))
    try:
        return space_of(base.case.edit(edit).under(edit.approach))
    except DetenteError:
        return None


def rule_worlds(base: World, most: int) -> Iterator[World]:
    """Yield the worlds in which a rule that the case marks as relaxable is lifted."""
    kinds = base.kinds
    for place, rule in enumerate(kinds.case.rules):
        if rule.relaxable:
            edit = DropRule(place)
            lifted = replace(kinds, case=kinds.case.edit(edit))
            try:
                world = first_world(base.aim, lifted, most - kinds.costs["rule"], base.effort, lifted.case, (edit,))
            except DetenteError:
                continue
            world.atoms, world.cost = frozenset({("rule", str(place))}), kinds.costs["rule"]
            yield world
