"""This module owns the way from a case to a game: it builds the space and what each party wants, chooses the engine,
and keeps what was solved, so that every question about one case under one approach shares one game.
"""

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from fractions import Fraction
from functools import cached_property, lru_cache
from itertools import product
from math import lcm, prod

from detente.engine.interface import Definition, Game, Space, StateSet
from detente.errors import CaseError, DetenteError, Fault, NotAvailableError, TooLargeError, UnknownNameError
from detente.model import states as words
from detente.model.approaches import completed
from detente.model.case import Case, Conventions, Option, Party
from detente.model.statements import Statement, Tree, Within, bind, holds
from detente.model.states import Values
from detente.preferences import Ladder, Ranks, Want, Weighted
from detente.progress import deciding, steps

ENGINES = ("auto", "cube", "listed", "graph", "symbolic")
LARGEST_CUBE = 2**24
ONE_BY_ONE = 50  # of how many states it is decided one by one whether they are stable, before all are tried together


@dataclass(frozen=True, eq=False)
class Setting:
    """A case under one approach, ready to be asked: the game, and the way between its indices and the case's names.

    Parameters
    ----------
    case : Case
        As written: its preferences judge what accommodates, who is below today, and the order of packages.
    rewritten : Case
        Under the approach: what the parties do.
    game : Game
        The approach's game.
    judging : Game
        The same states with the preferences of the case as written.
    """

    case: Case
    rewritten: Case
    approach: str
    conventions: Conventions
    game: Game
    judging: Game
    _stable: dict[tuple[int, Definition], StateSet] = field(default_factory=dict)
    _stays: dict[tuple[int, int, Definition], bool] = field(default_factory=dict)
    _asked: Counter[tuple[int, Definition]] = field(default_factory=Counter)

    def stable(self, party: int, definition: Definition) -> StateSet:
        """Return the states stable for a party under a definition; solved once."""
        key = party, definition
        if key not in self._stable:
            with deciding(definition.value):
                self._stable[key] = self.game.stable(party, definition)
        return self._stable[key]

    def equilibria(self, definition: Definition) -> StateSet:
        """Return the states stable for every party under a definition."""
        found = self.game.feasible()
        for party in steps(range(self.game.parties), f"working out what holds under {definition.value}"):
            found = found & self.stable(party, definition)
        return found

    def undecided(self, definition: Definition) -> str:
        """Return why the equilibria under a definition could not be decided; "" where they are."""
        try:
            self.equilibria(definition)
        except TooLargeError as reason:
            return str(reason)
        return ""

    def stays(self, party: int, state: int, definition: Definition) -> bool:
        """Return whether a state is stable for a party under a definition, also where the set of all is undecided."""
        if (party, definition) in self._stable or self.game.engine != "symbolic":
            return state in self.stable(party, definition)
        key = party, state, definition
        if key not in self._stays:
            self._asked[party, definition] += 1
            if self._asked[party, definition] == ONE_BY_ONE:
                with suppress(TooLargeError):
                    self.stable(party, definition)
            self._stays[key] = self.game.stays(party, state, definition)
        return self._stays[key]

    def holds(self, state: int, definition: Definition) -> bool:
        """Return whether a state is stable for every party under a definition, also where the set of all is not
        decided."""
        return all(self.stays(party, state, definition) for party in range(self.game.parties))

    def where(self, statement: Statement | Tree) -> StateSet:
        """Return the states in which a statement of the case holds."""
        tree = statement.tree if isinstance(statement, Statement) else statement
        return self.game.where(bind(tree, self.case.position))

    def party(self, id: str) -> int:
        """Return a party's index; raises UnknownNameError with the nearest ids."""
        self.case.party(id)
        return self.case.party_ids.index(id)

    def word(self, state: int) -> str:
        """Return how a state is written: its word, or its plain name."""
        if self.case.states is not None and not self.case.options:
            return self.case.states[state]
        return words.word(self.game.values(state), self.case.options)

    def words(self, states: StateSet, limit: int | None = None) -> list[str]:
        """Return how the first `limit` states of a set are written."""
        return [self.word(state) for state in states.first(limit)]

    def states(self, text: str) -> StateSet:
        """Return the states that a word stands for: an exact match with one, else all its completions.

        Raises
        ------
        UnknownNameError, CaseError, DetenteError
            When it is no state's name or word, or no feasible state agrees with it.
        """
        if self.case.states is not None and not self.case.options:
            if text not in self.case.states:
                raise UnknownNameError("state", text, self.case.states)
            return self.game.only([self.case.states.index(text)])
        values = words.values(text, self.case.options)
        found = self.game.find(values)
        if None in values and found and not self.rewritten.coalesce:  # only a merged state is written with a hyphen
            return found
        exact = [state for state in found.first(2**16) if self.game.values(state) == values]
        if exact:
            return self.game.only(exact)
        if not found:
            raise DetenteError(self._infeasible(text, values))
        return found

    def state(self, text: str) -> int:
        """Return the one state that a word stands for; raises DetenteError where it stands for none or several."""
        found = self.states(text)
        if found.count() > 1:
            examples = ", ".join(self.words(found, 3))
            raise DetenteError(
                f"{text!r} stands for {found.count():,} states; write one of them out, such as {examples}"
            )
        return found.first(1)[0]

    def _infeasible(self, text: str, values: Values) -> str:
        broken = [
            f"rule {number} ({rule.label})"
            for number, rule in enumerate(self.case.rules, 1)
            if None not in values and not holds(rule.that.tree, lambda key: values[self.case.position[key]])
        ]
        if broken:
            return f"the state {text!r} is not possible: it breaks {' and '.join(broken)}"
        under = f" under the approach {self.approach!r}" if self.approach != "none" else ""
        return f"no possible state agrees with {text!r}{under}"

    @cached_property
    def today(self) -> int | None:
        """Today's state; None where the case does not say it."""
        today = self.rewritten.today
        if today is None:
            return None
        if isinstance(today, str):
            return self.state(today)
        found = self.game.find(today).first(1)
        return found[0] if found else None

    @cached_property
    def table(self) -> tuple[int, ...]:
        """The parties that negotiate, as indices."""
        return tuple(self.case.party_ids.index(id) for id in self.case.at_table)


def setting(
    case: Case,
    approach: str = "none",
    conventions: Conventions | None = None,
    engine: str = "auto",
    seconds: float | None = None,
) -> Setting:
    """Return a case under one approach, ready to be asked; the same arguments share one game.

    `seconds` limits the CPU time of the symbolic engine, whose steps can be long.

    Raises
    ------
    UnknownNameError
        When the case has no such approach, or there is no such engine.
    CaseError
        When a ranking does not list the feasible states.
    TooLargeError
        When there are more states than can be listed.
    """
    return _setting(case, approach, conventions or case.conventions, engine, seconds)


@lru_cache(maxsize=128)
def _setting(case: Case, approach: str, conventions: Conventions, engine: str, seconds: float | None) -> Setting:
    rewritten = case.under(approach)
    space = space_of(rewritten)
    ranked = any(party.ranking is not None for party in case.parties)
    if ranked and engine == "symbolic":
        raise NotAvailableError("the symbolic engine takes concerns or weights, not a ranking of all states")
    maker = _maker(space, engine, ranked)
    probe = maker(space, [Ladder(())] * len(case.parties), conventions) if maker is not None and ranked else None

    def wants(of: Case) -> list[Want]:
        return [_want(of, party, probe) for party in of.parties]

    same = all(a.concerns == b.concerns for a, b in zip(case.parties, rewritten.parties, strict=True))
    if maker is None:
        game, judging = _symbolic(space, wants(rewritten), conventions, () if same else wants(case), seconds)
    else:
        game = maker(space, wants(rewritten), conventions)
        judging = game if same else maker(space, wants(case), conventions)
    return Setting(case, rewritten, approach, conventions, game, judging)


Maker = Callable[[Space, Sequence[Want], Conventions], Game]


def _maker(space: Space, engine: str, ranked: bool) -> Maker | None:
    """Return what makes the game: a graph for moves given one by one, a cube for few options, a list for few states.

    None stands for the symbolic engine, whose games over the same states are made together.
    """
    if engine not in ENGINES:
        raise UnknownNameError("engine", engine, ENGINES)
    if space.plain or space.merged or space.arcs is not None or engine == "graph":
        from detente.engine.graph import GraphGame

        return GraphGame
    free = prod(size for size, owner in zip(space.sizes, space.owners, strict=True) if owner >= 0)
    if engine == "cube" or (engine == "auto" and free <= LARGEST_CUBE and space.listed is None):
        from detente.engine.cube import CubeGame

        return CubeGame
    if engine == "symbolic" or (engine == "auto" and not ranked and space.listed is None and _too_many(space)):
        return None
    from detente.engine.listed import ListedGame

    return ListedGame


def _too_many(space: Space) -> bool:
    """Return whether there are more feasible states than a list may have, or so many that they cannot be counted."""
    from detente.engine.diagrams import Diagrams
    from detente.engine.listing import LIMIT

    try:
        diagrams = Diagrams(space, ())
    except TooLargeError:
        return True
    return bool(diagrams.feasible.sat_count(diagrams.size) > LIMIT)


def _symbolic(
    space: Space,
    wants: Sequence[Want],
    conventions: Conventions,
    judging: Sequence[Want],
    seconds: float | None,
) -> tuple[Game, Game]:
    """Return the game and the one that judges it, over the same decision diagrams."""
    from detente.engine.symbolic import SymbolicGame

    game = SymbolicGame(space, wants, conventions, seconds, judging=judging)
    return game, game.judge() if judging else game


def wants_of(about: Setting) -> list[Want]:
    """Return what the parties want under an approach, in the form that engines take."""
    return [_want(about.rewritten, party, about.game) for party in about.rewritten.parties]


def space_of(case: Case) -> Space:
    """Return what can be chosen in a case, and by whom, in indices."""
    position, options = case.position, case.options
    defined = {key for key, _ in case.definitions}
    rules = [rule.that.tree for rule in case.rules] + [
        _within(resource.uses, resource.amount) for resource in case.resources
    ]
    named = {option.key: option for option in options}
    merged = [words.conjunction(statement.tree, named) for statement in case.coalesce]
    space = Space(
        sizes=tuple(option.size for option in options),
        owners=tuple(-1 if o.key in defined else case.party_ids.index(o.party) for o in options),
        directions=tuple({"on": 1, "off": -1}.get(option.direction, 0) for option in options),
        rules=tuple(bind(tree, position) for tree in rules),
        defined=tuple((position[key], bind(statement.tree, position)) for key, statement in case.definitions),
        parties=len(case.parties),
        listed=_listed(case),
        merged=tuple(
            {position[key]: level for key, level in values.items()} for values in merged if values is not None
        ),
        plain=len(case.states or ()) if not options else 0,
    )
    return space if case.moves is None else replace(space, arcs=_arcs(case, space))


def _within(uses: Sequence[tuple[Statement, Fraction]], amount: Fraction) -> Within:
    """Return a resource as a statement, in whole numbers."""
    scale = lcm(amount.denominator, *(cost.denominator for _, cost in uses))
    costs = tuple(int(cost * scale) for _, cost in uses)
    return Within(costs, tuple(statement.tree for statement, _ in uses), int(amount * scale))


def _listed(case: Case) -> tuple[tuple[int, ...], ...] | None:
    """Return the feasible states of a case that lists them, ``-`` standing for any; a contract keeps what obeys it."""
    if case.states is None or not case.options:
        return None
    listed = (state for text in case.states for state in _completions(text, case.options))
    return tuple(dict.fromkeys(state for state in listed if completed(case, state) == state))


def _completions(text: str, options: Sequence[Option]) -> Iterator[tuple[int, ...]]:
    """Yield the full states that a word stands for."""
    levels = zip(words.values(text, options), options, strict=True)
    yield from product(*(range(option.size) if level is None else (level,) for level, option in levels))


def _arcs(case: Case, space: Space) -> dict[int, list[tuple[int, int]]]:
    """Return the moves that a case gives one by one, as positions of its states; contracts complete each."""
    if not case.options:
        place = {name: index for index, name in enumerate(case.states or ())}
        return {
            case.party_ids.index(party): [(place[start], place[end]) for start, ends in arcs for end in ends]
            for party, arcs in case.moves or ()
        }
    feasible = space.listed
    if feasible is None:
        from detente.engine.listing import list_states

        listing = list_states(space)
        feasible = tuple(listing.values(position) for position in range(listing.count))
    position = {state: index for index, state in enumerate(feasible)}

    def places(text: str, complete: bool) -> list[int]:
        """Return where the states stand that a word stands for: one, or each that agrees with it."""
        asked = words.values(text, case.options)
        if None not in asked:
            state = tuple(value or 0 for value in asked)
            state = completed(case, state) if complete else state
            return [position[state]] if state in position else []
        free = [place for place, owner in enumerate(space.owners) if not complete or owner >= 0]
        return [index for state, index in position.items() if all(asked[i] in (None, state[i]) for i in free)]

    return {
        case.party_ids.index(party): [
            (start, end)
            for text, ends in arcs
            for start in places(text, complete=False)
            for other in ends
            for end in places(other, complete=True)
            if start != end
        ]
        for party, arcs in case.moves or ()
    }


def _want(case: Case, party: Party, probe: Game | None) -> Want:
    """Return what a party wants in the form an engine takes."""
    if party.ranking is not None:
        assert probe is not None
        return _ranks(case, party, party.ranking, probe)
    if party.weights is not None:
        trees = tuple(bind(statement.tree, case.position) for statement, _ in party.weights)
        return Weighted(trees, tuple(amount for _, amount in party.weights))
    return Ladder(tuple(bind(concern.want.tree, case.position) for concern in party.concerns or ()))


def _ranks(case: Case, party: Party, ranking: Sequence[Sequence[str]], probe: Game) -> Ranks:
    """Return a ranking as one integer a state, larger is better; every feasible state must be ranked."""
    rank: dict[int, int] = {}
    for height, group in zip(range(len(ranking), 0, -1), ranking, strict=True):
        for text in group:
            for state in ranked_states(case, text, probe):
                rank.setdefault(state, height)
    order = probe.feasible().first()
    missing = [state for state in order if state not in rank]
    if missing:
        shown = ", ".join(words.word(probe.values(state), case.options) for state in missing[:5])
        more = f" and {len(missing) - 5} more" if len(missing) > 5 else ""
        what = f"the ranking of {party.id} leaves out {shown}{more}"
        raise CaseError([Fault(what, "rank every feasible state; tie states in a list where the party is indifferent")])
    return Ranks(tuple(rank[state] for state in order))


def ranked_states(case: Case, text: str, game: Game) -> list[int]:
    """Return the feasible states that a word in a ranking stands for; none where it is not feasible."""
    if not case.options:
        return [(case.states or ()).index(text)]
    values = words.values(text, case.options)
    found = game.find(values).first()
    return [state for state in found if game.values(state) == values] or found
