"""This module owns how states, moves, paths and reasons are said, in the names of the case."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from fractions import Fraction

from detente.engine.interface import Definition, StateSet
from detente.game import Setting
from detente.look.summary import as_given, listed
from detente.look.summary import ordinal as ordinal
from detente.model.case import Case, Option
from detente.model.statements import Statement, holds
from detente.model.states import Values, in_words
from detente.questions.origins import PROMISED, Origin, origins
from detente.questions.reachability import changes as changed
from detente.questions.standing_for import moves_looked_at

Path = Sequence[tuple[int, int]]
"""Who moves, and where that leads, step by step."""


EITHER_WAY = "- is either way"
"""What a reader of a state's word must know where it leaves something open."""


def name(setting: Setting, party: int) -> str:
    """Return a party's readable name, else its id."""
    return setting.case.parties[party].label


def names(setting: Setting, parties: Sequence[int]) -> str:
    """Return parties as a sentence lists them: ``a, b and c``."""
    return listed([name(setting, party) for party in parties])


def values(setting: Setting, state: int) -> Values:
    """Return the level of every option in a state; () for a state that only has a name."""
    return tuple(setting.game.values(state)) if setting.case.options else ()


def doing(setting: Setting, state: int) -> str:
    """Say a state by what is done in it: ``Uniroyal ‘Accept the order’; Local government nothing``."""
    if not setting.case.options:
        return setting.word(state)
    now = values(setting, state)
    said = []
    for party in setting.case.parties:
        held = [(option, now[setting.case.position[option.key]]) for option in party.options]
        done = [_taken(option, level) for option, level in held if level]
        either = [f"‘{option.label}’ either way" for option, level in held if level is None]
        if held:
            said.append(f"{party.label} {listed(done + either) or 'nothing'}")
    return "; ".join(said)


def by_party(setting: Setting, state: int) -> dict[str, str]:
    """Say a state party by party, what each does and does not, under the parties' readable names."""
    if not setting.case.options:
        return {}
    told = in_words(values(setting, state), setting.case)
    return {party.label: told[party.id] for party in setting.case.parties if party.options}


def move(setting: Setting, party: int, before: int, after: int) -> str:
    """Say a move: ``US stops ‘Aid’ and starts ‘Strike’``; what a contract changes with it stands after it."""
    return f"{name(setting, party)} {_moved(setting, party, before, after, PRESENT)}"


def to_move(setting: Setting, party: int, before: int, after: int) -> str:
    """Say a move that is not made, without its mover: ``stop ‘Aid’ and start ‘Strike’``."""
    return _moved(setting, party, before, after, INFINITIVE)


Verbs = tuple[str, str, str, str]
PRESENT: Verbs = ("starts", "stops", "sets", "moves to")
INFINITIVE: Verbs = ("start", "stop", "set", "move to")


def _moved(setting: Setting, party: int, before: int, after: int, verbs: Verbs) -> str:
    if not setting.case.options:
        return f"{verbs[-1]} ‘{setting.word(after)}’"
    old, new = values(setting, before), values(setting, after)
    own: list[tuple[str, str]] = []
    others: dict[str, list[tuple[str, str]]] = {}
    for index, option in enumerate(setting.case.options):
        if new[index] is None or old[index] == new[index]:
            continue
        mine = option.party == setting.case.parties[party].id
        told = own if mine else others.setdefault(option.party, [])
        told.append(_change(option, old[index], new[index], verbs if mine else PRESENT))
    said = _changes(own) or f"{verbs[-1]} {setting.word(after)}"
    with_it = [f"{setting.case.party(id).label} {_changes(told)}" for id, told in others.items()]
    return f"{said} (with it, {listed(with_it)})" if with_it else said


def _changes(told: Sequence[tuple[str, str]]) -> str:
    """Join changes, those with one verb together: ``starts ‘Aid’ and ‘Talks’, and stops ‘Strike’``."""
    verbs: dict[str, list[str]] = {}
    for verb, what in told:
        verbs.setdefault(verb, []).append(what)
    parts = [f"{verb} {listed(what)}" for verb, what in verbs.items()]
    several = any(len(what) > 1 for what in verbs.values())
    return ", and ".join(parts) if several and len(parts) == 2 else listed(parts)


def _taken(option: Option, level: int | None) -> str:
    return f"‘{option.label}’" + (f" ({option.levels[level or 0]})" if option.levels else "")


def _change(option: Option, old: int | None, new: int | None, verbs: Verbs) -> tuple[str, str]:
    """Return how a change is said, as the verb and what follows it."""
    starts, stops, sets, _ = verbs
    if option.levels:
        origin = f" from {option.levels[old]}" if old is not None else ""
        return sets, f"‘{option.label}’{origin} to {option.levels[new or 0]}"
    return starts if new else stops, f"‘{option.label}’"


def path(setting: Setting, start: int, steps: Path) -> str:
    """Say a path: ``US stops ‘Aid’, then Pakistan starts ‘Talks’``."""
    said = []
    for party, state in steps:
        said.append(move(setting, party, start, state))
        start = state
    return ", then ".join(said)


def steps_data(setting: Setting, steps: Path) -> list[list[str]]:
    """Return a path as certificates write it: ``[party id, state word]`` pairs."""
    return [[setting.case.party_ids[party], setting.word(state)] for party, state in steps]


def changes(setting: Setting, before: int, after: int) -> int:
    """Return how many options differ between two states; one that either leaves open does not."""
    return changed(setting.game, before, after)


def plainest(setting: Setting, party: int, before: int, ends: Iterable[int]) -> int:
    """Return which of several moves of a party is the plainest example of the best of them.

    Of all moves that are as good for the same reason as the best one, it changes the fewest options, so that nothing
    is shown that has no part in the reason. Of too many moves to list the first of the best are looked at.

    Parameters
    ----------
    setting : Setting
    party : int
        Who moves; its preferences under the approach decide.
    before : int
        From where.
    ends : StateSet or iterable of int
        Where the moves lead; at least one.

    Returns
    -------
    int
        One of `ends`.
    """
    game = setting.game
    candidates = moves_looked_at(setting, party, ends) if isinstance(ends, StateSet) else list(ends)
    ranks = {end: game.rank(party, end) for end in candidates}
    best = max(candidates, key=ranks.__getitem__)
    alike = [end for end in candidates if ranks[end] == ranks[best]]
    if setting.case.options and (decided := decisive(setting, party, before, best)) is not None:
        alike = [end for end in candidates if decisive(setting, party, before, end) == decided]
    return min(alike, key=lambda end: (changes(setting, before, end), -ranks[end]))


def decisive(setting: Setting, party: int, before: int, after: int) -> tuple[int, bool] | None:
    """Return which concern of a party decides between two states, and whether it is gained.

    It is told by its place, from 0, among the concerns under the approach; None where the party has no concerns or
    none of them differs.
    """
    return next(differing(setting, party, before, after), None)


def differing(setting: Setting, party: int, before: int, after: int) -> Iterator[tuple[int, bool]]:
    """Yield the concerns of a party in which two states differ, most important first, and whether each is gained."""
    for place, concern in enumerate(setting.rewritten.parties[party].concerns or ()):
        there = _holds(setting, concern.want, after)
        if there != _holds(setting, concern.want, before):
            yield place, there


def reason(setting: Setting, party: int, before: int, after: int) -> str:
    """Say what decides how a party compares two states, under the approach: ``gains ‘clean-up’ (its 1st concern)``.

    Concerns are compared in order of importance, so the first that differs decides. One of the case file is called by
    its number there, one that the approach adds by where it comes from.
    """
    game, owner = setting.game, setting.rewritten.parties[party]
    better = game.rank(party, after) - game.rank(party, before)
    if better == 0:
        return "finds it equally good"
    if (decided := decisive(setting, party, before, after)) is not None:
        place, gained = decided
        return _gained(origins(setting, party)[place], gained)
    if owner.weights is not None:
        was, then = (_worth(setting, owner.weights, state) for state in (before, after))
        return f"{'gains' if better > 0 else 'loses'} by its weights ({then} instead of {was})"
    places = [game.better(party, state).count() + 1 for state in (after, before)]
    return f"ranks it {ordinal(places[0])} instead of {ordinal(places[1])} of {game.feasible().count():,}"


def _worth(setting: Setting, weights: Sequence[tuple[Statement, Fraction]], state: int) -> str:
    return as_given(sum((amount for what, amount in weights if _holds(setting, what, state)), Fraction(0)))


def _gained(origin: Origin, gained: bool) -> str:
    if origin.kind == PROMISED:
        return f"{'keeps' if gained else 'breaks'} its promise: {origin.label}"
    return f"{'gains' if gained else 'loses'} {origin.said}"


def _holds(setting: Setting, want: Statement, state: int) -> bool:
    levels = values(setting, state)
    if None in levels:  # a merged state, on which a concern has one value
        return state in setting.where(want)
    return bool(holds(want.tree, lambda key: levels[setting.case.position[key]]))


def held(setting: Setting, state: int) -> tuple[str, list[str]]:
    """Return how a state holds, the strongest way, and all definitions under which it does.

    Returns
    -------
    tuple of str and list of str
        ``by itself``, ``by credible answers``, ``only by fear`` or "" where it does not hold; Nash, GMR, ...
    """
    found = [d for d in Definition if setting.holds(state, d)]
    return next((HOW[d] for d in HOW if d in found), ""), [d.value for d in found]


HOW: Mapping[Definition, str] = {
    Definition.NASH: "by itself",
    Definition.SSEQ: "by credible answers",
    Definition.SEQ: "by credible answers",
    Definition.SMR: "only by fear",
    Definition.GMR: "only by fear",
}
"""How a state holds under each definition, the strongest first."""


def written(case: Case, words: Iterable[str]) -> str:
    """Say how states are written, for what occurs in some; "" where they have names instead."""
    if not case.options:
        return ""
    parts = ["Y taken, N not"]
    parts += ["a digit for the level, from 0"] if any(option.levels for option in case.options) else []
    parts += ["- either way"] if any("-" in word for word in words) else []
    return f"A state is written with one sign an option, in the order of the case: {', '.join(parts)}."


def approach(setting: Setting) -> str:
    """Say under which approach an answer stands: ``as things stand``, or ``under the approach`` with its name."""
    if setting.approach == "none":
        return "as things stand"
    return f"under the approach ‘{next(a.label for a in setting.case.approaches if a.id == setting.approach)}’"
