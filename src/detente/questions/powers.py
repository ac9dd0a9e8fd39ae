"""This module owns who can bring something about: by which choice of their own options, whatever the others do.

Parties can deliver a statement if they have a choice of their options such that (i) today's state with that choice is
feasible and respects directions, and (ii) the statement holds in every feasible state that agrees with the choice.
More parties can always do what fewer can: the others choose what they do today.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import combinations, product

from detente.engine.choices import depends_on, foundations
from detente.engine.interface import Space, StateSet
from detente.game import Setting, space_of
from detente.model.case import Case
from detente.model.statements import And, Compare, Not, Tree, bind, holds
from detente.questions.clashes import Solver

MOST_CHOICES = 4_096
MOST_GROUPS = 4_096

Choice = Mapping[int, int]
"""The level of some options, by their index."""


@dataclass(frozen=True, slots=True)
class Groups:
    """All minimal groups of parties that can deliver, and what was not decided within the limits."""

    groups: tuple[tuple[int, ...], ...]
    undecided: bool


class Powers:
    """Who can bring a statement about, where the states can be listed.

    Parameters
    ----------
    setting : Setting
        The case says where things stand today, and has options.
    tree : Tree
        The statement, over option keys.
    alongside : StateSet, optional
        A choice must leave one of these states possible; without it every choice counts.
    """

    def __init__(self, setting: Setting, tree: Tree, alongside: StateSet | None = None) -> None:
        self.setting, self.game, self.alongside = setting, setting.game, alongside
        self.case = setting.rewritten
        self.space = space_of(self.case)
        self._said, self.tree = tree, bind(tree, self.case.position)
        self.met = self.game.where(self.tree)
        self.unmet = ~self.met

    def opposite(self) -> "Powers":
        """Return who can prevent the statement: bring about that it does not hold."""
        return Powers(self.setting, Not(self._said), self.alongside)

    @cached_property
    def today(self) -> tuple[int, ...]:
        """Today's levels, completed as the approach's contracts say."""
        assert isinstance(self.case.today, tuple)
        return self.case.today

    @cached_property
    def touched(self) -> frozenset[int]:
        """The free options that can matter."""
        return touched(self.space, [self.tree], whole=self.alongside is not None)

    def choice(self, options: Collection[int]) -> Choice | None:
        """Return a choice of these options that delivers; None where there is none.

        Raises
        ------
        OverflowError
            When there are more choices than are looked at.
        """
        free = [option for option in options if self.space.owners[option] >= 0]
        open_ = self.touched.intersection(free)
        others = [
            None if option in open_ or self.space.owners[option] < 0 else level
            for option, level in enumerate(self.today)
        ]
        candidates = (self.game.find(others) & self.met).first(MOST_CHOICES + 1)
        seen: set[tuple[int, ...]] = set()
        for state in candidates[:MOST_CHOICES]:
            for full in self._members(state, others):
                if full in seen:
                    continue
                seen.add(full)
                chosen = {option: full[option] for option in free}
                if self._directed(chosen) and self.delivers(chosen):
                    return chosen
        if len(candidates) > MOST_CHOICES:
            raise OverflowError
        return None

    def delivers(self, chosen: Choice) -> bool:
        """Return whether the statement holds in every feasible state that agrees with a choice."""
        states = self.game.find([chosen.get(option) for option in range(len(self.space.sizes))])
        if self.alongside is not None and not states & self.alongside:
            return False
        return not states & self.unmet

    def needed(self, chosen: Choice) -> Choice:
        """Return the part of a choice that delivers, and is possible as things stand; what is as today goes first."""
        kept = dict(chosen)
        for option in sorted(kept, key=lambda option: kept[option] != self.today[option]):
            less = {key: level for key, level in kept.items() if key != option}
            if self.delivers(less) and self._possible(less):
                kept = less
        return kept

    def _possible(self, chosen: Choice) -> bool:
        """Return whether today's state, with a choice in it, is feasible."""
        return bool(self.game.find([chosen.get(option, level) for option, level in enumerate(self.today)]))

    def _members(self, state: int, others: Sequence[int | None]) -> Iterator[tuple[int, ...]]:
        """Yield the full choices that a state stands for and that agree with what the others do today."""
        values = self.game.values(state)
        if None not in values:
            yield tuple(value or 0 for value in values)
            return
        levels = [
            [value] if value is not None else [other] if other is not None else range(size)
            for value, other, size in zip(values, others, self.space.sizes, strict=True)
        ]
        for full in product(*levels):
            if holds(And(self.space.rules), full.__getitem__):
                yield full

    def _directed(self, chosen: Choice) -> bool:
        return all(
            (level - self.today[option]) * self.space.directions[option] >= 0 or level == self.today[option]
            for option, level in chosen.items()
        )


class LargePowers:
    """Who can bring a statement about, where the states are too many to list: by satisfiability.

    A choice is proposed that delivers with what the others do today; where others could spoil it, everything in it that
    lets them do so is excluded, and the next one is proposed (counterexample-guided search).
    """

    def __init__(self, case: Case, tree: Tree) -> None:
        self.case, self.space = case, space_of(case)
        self._said, self.tree = tree, bind(tree, case.position)
        assert isinstance(case.today, tuple)
        self.today = case.today
        self.touched = touched(self.space, [self.tree])

    def opposite(self) -> "LargePowers":
        """Return who can prevent the statement: bring about that it does not hold."""
        return LargePowers(self.case, Not(self._said))

    def choice(self, options: Collection[int]) -> Choice | None:
        """Return a choice of these options that delivers; None where there is none.

        Raises
        ------
        OverflowError
            When there are more choices than are looked at.
        """
        owned = [option for option in range(len(self.space.sizes)) if self.space.owners[option] >= 0]
        open_ = [option for option in owned if option in self.touched and option in set(options)]
        free = Solver(self._free_space, ())
        with free:
            feasible = free.literal(And(self.space.rules))
            met = free.literal(self.tree)
            spoilt = free.literal(And((And(self.space.rules), Not(self.tree))))
            fixed = [
                literal
                for option in owned
                if option not in open_
                for literal in free.clauses.exactly(option, self.today[option])
            ]
            directed = [literal for option in open_ for literal in self._direction(free, option)]
            for _ in range(MOST_CHOICES):
                model = free.model([feasible, met, *fixed, *directed])
                if model is None:
                    return None
                values = free.values(model)
                choice = [l for option in open_ for l in free.clauses.exactly(option, values[option])]  # noqa: E741
                spoiler = free.model([feasible, -met, *choice, *self._untouched(free, options)])
                if spoiler is None:
                    return {option: values[option] for option in options if self.space.owners[option] >= 0}
                answer = free.values(spoiler)
                rest = [
                    literal
                    for option in owned
                    if option not in open_
                    for literal in free.clauses.exactly(option, answer[option])
                ]
                assert free.model([-spoilt, *rest, *choice]) is None
                to_blame = free.core().intersection(choice)
                if not to_blame:
                    return None  # the others can spoil every choice in the same way
                free.add([-literal for literal in to_blame])
        raise OverflowError

    @property
    def _free_space(self) -> Space:
        """The space without rules; contracts still complete every choice."""
        return Space(self.space.sizes, self.space.owners, self.space.directions, defined=self.space.defined)

    def _direction(self, solver: Solver, option: int) -> list[int]:
        level, direction = self.today[option], self.space.directions[option]
        if direction > 0:
            return [solver.clauses.at_least(option, level)]
        return [-solver.clauses.at_least(option, level + 1)] if direction < 0 else []

    def _untouched(self, solver: Solver, options: Collection[int]) -> list[int]:
        """The chosen options that cannot matter stay as they are today."""
        return [
            literal
            for option in options
            if self.space.owners[option] >= 0 and option not in self.touched
            for literal in solver.clauses.exactly(option, self.today[option])
        ]


def touched(space: Space, trees: Sequence[Tree], whole: bool = False) -> frozenset[int]:
    """Return the free options that can matter to statements: in them, or tied to them by rules.

    Parameters
    ----------
    whole : bool
        Every free option, as in spaces that list or merge their states.
    """
    free = frozenset(option for option, owner in enumerate(space.owners) if owner >= 0)
    if whole or space.listed is not None or space.merged:
        return free
    found = foundations(space)
    reached = frozenset[int]().union(*(depends_on(tree, found) for tree in trees))
    tied = [depends_on(rule, found) for rule in space.rules]
    while more := [options for options in tied if options & reached and not options <= reached]:
        reached = reached.union(*more)
    return reached & free


def minimal_groups(powers: Powers | LargePowers) -> Groups:
    """Return all minimal groups of parties that can deliver, smallest first; ``()`` alone where nobody needs to act."""
    owners = sorted({powers.space.owners[option] for option in powers.touched})
    found: list[tuple[int, ...]] = []
    undecided = False
    asked = 0
    for size in range(len(owners) + 1):
        for group in combinations(owners, size):
            if any(set(smaller) <= set(group) for smaller in found):
                continue
            asked += 1
            if asked > MOST_GROUPS:
                return Groups(tuple(found), True)
            try:
                if powers.choice(options_of(powers.space, group)) is not None:
                    found.append(group)
            except OverflowError:
                undecided = True
    return Groups(tuple(found), undecided)


def options_of(space: Space, parties: Collection[int]) -> list[int]:
    """Return the options that some parties move."""
    return [option for option, owner in enumerate(space.owners) if owner in parties]


def literal_of(case: Case, option: int, level: int) -> Tree:
    """Return the statement that an option, by its index, has a level."""
    item = case.options[option]
    if item.levels:
        return Compare(item.key, "=", level, item.levels[level])
    return Compare(item.key) if level else Not(Compare(item.key))
