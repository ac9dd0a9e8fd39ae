"""This module owns how states, moves, paths and reasons are said, in the names of the case."""

from collections.abc import Sequence

from detente.game import Setting
from detente.look.summary import listed
from detente.model.case import Option
from detente.model.statements import Statement, holds
from detente.model.states import Values, in_words

Path = Sequence[tuple[int, int]]
"""Who moves, and where that leads, step by step."""


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
    who = name(setting, party)
    if not setting.case.options:
        return f"{who} moves to ‘{setting.word(after)}’"
    old, new = values(setting, before), values(setting, after)
    own, others = [], []
    for index, option in enumerate(setting.case.options):
        if new[index] is None or old[index] == new[index]:
            continue
        change = _change(option, old[index], new[index])
        if option.party == setting.case.parties[party].id:
            own.append(change)
        else:
            others.append(f"{setting.case.party(option.party).label} {change}")
    said = f"{who} {listed(own)}" if own else f"{who} moves to {setting.word(after)}"
    return f"{said} (with it, {listed(others)})" if others else said


def _taken(option: Option, level: int | None) -> str:
    return f"‘{option.label}’" + (f" ({option.levels[level or 0]})" if option.levels else "")


def _change(option: Option, old: int | None, new: int | None) -> str:
    if option.levels:
        origin = f" from {option.levels[old]}" if old is not None else ""
        return f"sets ‘{option.label}’{origin} to {option.levels[new or 0]}"
    return f"{'starts' if new else 'stops'} ‘{option.label}’"


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


def reason(setting: Setting, party: int, before: int, after: int) -> str:
    """Say what decides how a party compares two states, under the approach: ``gains ‘clean-up’``.

    Concerns are compared in order of importance, so the first that differs decides.
    """
    game, owner = setting.game, setting.rewritten.parties[party]
    better = game.rank(party, after) - game.rank(party, before)
    if better == 0:
        return "finds it equally good"
    if owner.ranking is None and owner.weights is None:
        for number, concern in enumerate(owner.concerns or (), 1):
            there = _holds(setting, concern.want, after)
            if there != _holds(setting, concern.want, before):
                return f"{'gains' if there else 'loses'} ‘{concern.label}’ (its {ordinal(number)} concern)"
    if owner.weights is not None:
        return f"{'gains' if better > 0 else 'loses'} by its weights"
    places = [game.better(party, state).count() + 1 for state in (after, before)]
    return f"ranks it {ordinal(places[0])} instead of {ordinal(places[1])} of {game.feasible().count():,}"


def _holds(setting: Setting, want: Statement, state: int) -> bool:
    levels = values(setting, state)
    if None in levels:  # a merged state, on which a concern has one value
        return state in setting.where(want)
    return bool(holds(want.tree, lambda key: levels[setting.case.position[key]]))


def ordinal(number: int) -> str:
    """Return ``1st``, ``2nd``, ``3rd``, ``11th``, ..."""
    ending = "th" if number % 100 in (11, 12, 13) else {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
    return f"{number:,}{ending}"


def approach(setting: Setting) -> str:
    """Say under which approach an answer stands: ``as things stand``, or ``under the approach`` with its name."""
    if setting.approach == "none":
        return "as things stand"
    return f"under the approach ‘{next(a.label for a in setting.case.approaches if a.id == setting.approach)}’"
