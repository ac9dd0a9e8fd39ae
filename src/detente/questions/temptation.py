"""This module owns what keeps a party that cannot gain by moving: the move it would like most, and what that costs it.

Under an approach that is the move it would make by its own concerns alone, and what of the approach holds it back;
else the move that costs it least, and the concern that stands against it.
"""

from collections.abc import Iterator
from dataclasses import replace
from functools import partial

from detente.engine.interface import StateSet
from detente.game import Setting
from detente.game import setting as game_of
from detente.look.summary import counted, listed
from detente.questions import wording
from detente.questions.origins import DEFERRED, PROMISED, SHARED, Origin, origins
from detente.questions.phrases import in_words
from detente.questions.standing_for import many, moves_looked_at


def temptation(setting: Setting, party: int, state: int) -> Iterator[str]:
    """Yield what a party that cannot gain by moving from a state comes nearest to, and what keeps it.

    Parameters
    ----------
    setting : Setting
    party, state : int
        The game's indices; no move of the party from the state is an improvement.
    """
    found = _by_own_concerns(setting, party, state) or _without_contracts(setting, party, state)
    moves, game = setting.game.moves(party, state), setting.game
    ties = moves & game.better(party, state, equal=True)
    costly = moves - ties
    if found:
        yield found
    elif costly and not many(setting, costly):
        yield _nearest(setting, party, state, costly)
    if ties:
        yield _making_no_difference(moves.count(), ties.count())


def _by_own_concerns(setting: Setting, party: int, state: int) -> str:
    """Say what a party would do by its own concerns, and what of the approach keeps it; "" where they keep it too."""
    if setting.judging is setting.game:
        return ""
    own = replace(setting, rewritten=setting.case, game=setting.judging, _stable={})
    improvements = own.game.improvements(party, state)
    if not improvements:
        return ""
    end = wording.plainest(own, party, state, moves_looked_at(own, party, improvements))
    gain = _gaining(own, party, state, end)
    cost = wording.decisive(setting, party, state, end)
    assert cost is not None  # a party whose concerns the approach rewrites has concerns, and this loses one of them
    loss = _held_back(origins(setting, party)[cost[0]])
    who = wording.name(setting, party)
    return f"By its own concerns {who} could {wording.to_move(setting, party, state, end)}{gain}, but would {loss}."


def _gaining(setting: Setting, party: int, state: int, end: int) -> str:
    decided = wording.decisive(setting, party, state, end)
    return "" if decided is None else f" and gain {origins(setting, party)[decided[0]].said}"


def _held_back(origin: Origin) -> str:
    match origin.kind:
        case kind if kind == PROMISED:
            return f"break its promise: {origin.label}"
        case kind if kind == SHARED:
            return f"lose {origin.label}, which it counts as its own under this approach ({origin.place})"
        case kind if kind == DEFERRED:
            return f"lose {origin.label}, which comes before its own concerns under this approach ({origin.place})"
    return f"lose {origin.said}, which comes before that under this approach"


def _without_contracts(setting: Setting, party: int, state: int) -> str:
    """Say what a party would do if no contract fixed its options; "" where that would be no gain either."""
    fixed = dict(setting.rewritten.definitions)
    if not fixed:
        return ""
    plain = game_of(setting.case, "none", setting.conventions)
    values = wording.values(setting, state)
    start = next((s for s in plain.game.find(values).first(2**16) if plain.game.values(s) == values), None)
    if start is None:
        return ""
    tempting = moves_looked_at(plain, party, plain.game.improvements(party, start))
    if not tempting:
        return ""
    end = wording.plainest(plain, party, start, tempting)
    changed = zip(setting.case.options, values, plain.game.values(end), strict=True)
    keys = [option.key for option, old, new in changed if old != new and option.key in fixed]
    if not keys:
        return ""
    case, who = setting.case, wording.name(setting, party)
    bound = [f"‘{case.option(key).label}’ if and only if {in_words(fixed[key].tree, case)}" for key in keys]
    gain = _gaining(plain, party, start, end)
    return (
        f"Without the approach {who} could {wording.to_move(plain, party, start, end)}{gain}, but the contract does "
        f"not leave that to it: {listed(bound)}."
    )


def _nearest(setting: Setting, party: int, state: int, costly: StateSet) -> str:
    """Say the nearest temptation: of the moves that gain something, the one that loses at the concern that counts
    least. Where nothing is to be gained, the move that costs least."""
    game, known, who = setting.game, origins(setting, party), wording.name(setting, party)
    told = {end: _cost_and_gain(setting, party, state, end) for end in costly.first()}
    tempting = [end for end, found in told.items() if found is not None and found[1] is not None] or list(told)
    best = max(tempting, key=lambda end: game.rank(party, end))
    found = told[best]
    if found is None:
        said = wording.to_move(setting, party, state, best)
        return f"The move that costs {who} least, to {said}, {_worse(setting, party, state, best)}."
    alike = [end for end in tempting if told[end] == found]
    said = wording.to_move(setting, party, state, min(alike, key=partial(wording.changes, setting, state)))
    loss, gain = known[found[0]], None if found[1] is None else known[found[1]]
    lost = f"break its promise: {loss.label}" if loss.kind == PROMISED else f"lose {loss.said}"
    if gain is None:
        return f"The move that costs {who} least, to {said}, would {lost} and gain nothing."
    return f"The nearest temptation: {who} could {said} and gain {gain.said}, but would {lost}, which counts more."


def _cost_and_gain(setting: Setting, party: int, state: int, end: int) -> tuple[int, int | None] | None:
    """Return the concern that a worse move loses first, and the most important one that it gains."""
    differing = list(wording.differing(setting, party, state, end))
    if not differing:
        return None
    return differing[0][0], next((place for place, gained in differing if gained), None)


def _worse(setting: Setting, party: int, state: int, end: int) -> str:
    if setting.rewritten.parties[party].weights is not None:
        return "would make it worse off by its weights"
    return f"leads to a state that it {wording.reason(setting, party, state, end).replace('it ', '', 1)}"


def _making_no_difference(moves: int, ties: int) -> str:
    if moves == ties:
        which = "Its only move makes no" if moves == 1 else f"None of its {moves:,} moves makes any"
        return f"{which} difference to it."
    return f"Of its {counted(moves, 'move')}, {ties:,} would make no difference to it."
