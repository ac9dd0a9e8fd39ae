"""This module owns the option table of an answer: options as rows, grouped by party, states as columns."""

from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass

from detente.game import Setting
from detente.look.summary import Table
from detente.model.case import Case, Party
from detente.model.statements import options_in
from detente.model.states import Values, word


@dataclass(frozen=True, slots=True)
class Column:
    """One state, or several shown as one.

    Parameters
    ----------
    word : str
        How it is written, with ``-`` for either way.
    values : tuple of int or None
        The level of every option in it.
    state : int
        The first state it stands for.
    """

    word: str
    values: Values
    state: int


def grouped(setting: Setting, states: Sequence[int], kind: Callable[[int], Hashable]) -> list[Column]:
    """Return states as they can be shown: those that differ only in options nobody cares about as one.

    Parameters
    ----------
    setting : Setting
    states : sequence of int
        The states to show, in order.
    kind : callable
        What is said of a state; only states of which the same is said are joined.

    Returns
    -------
    list of Column
        In order of the first state each stands for.
    """
    case, game = setting.case, setting.game
    free = unvalued(setting.rewritten)
    groups: dict[Hashable, list[int]] = {}
    for state in states:
        values = tuple(game.values(state)) if free else ()
        seen = tuple(v for index, v in enumerate(values) if index not in free) if free else state
        groups.setdefault((seen, kind(state)), []).append(state)
    shown: list[Column] = []
    for members in groups.values():
        partial = _joined([game.values(state) for state in members]) if len(members) > 1 else ()
        if len(members) > 1 and game.find(partial).count() == len(members):
            shown.append(Column(word(partial, case.options), partial, members[0]))
        else:
            shown += [Column(setting.word(state), tuple(game.values(state)), state) for state in members]
    return shown


def unvalued(case: Case) -> frozenset[int]:
    """Return the options that no party's concerns or weights speak of; none where a ranking might depend on all."""
    if any(party.ranking is not None for party in case.parties):
        return frozenset()
    valued = {case.position[key] for party in case.parties for key in _cared_for(party)}
    return frozenset(range(len(case.options))) - valued


def _cared_for(party: Party) -> list[str]:
    trees = [concern.want.tree for concern in party.concerns or ()]
    trees += [statement.tree for statement, _ in party.weights or ()]
    return [key for tree in trees for key in options_in(tree)]


def _joined(states: Sequence[Values]) -> Values:
    """Return the levels that all states share, None where they differ."""
    return tuple(levels[0] if len(set(levels)) == 1 else None for levels in zip(*states, strict=True))


def option_table(case: Case, columns: Sequence[tuple[str, Values]]) -> Table:
    """Return states as the table an analyst draws: one row an option, one column a state.

    Parameters
    ----------
    case : Case
    columns : sequence of (str, values)
        The head of each column, and the level of every option in it (None: either way, shown as –).
    """
    rows = []
    for party in case.parties:
        for option in party.options:
            place = case.position[option.key]
            cells = [_cell(option.levels, levels[place]) for _, levels in columns]
            first = party.options[0] is option
            rows.append((party.label if first else "", option.label, *cells))
    return Table(("", "", *(head for head, _ in columns)), tuple(rows))


def _cell(levels: Sequence[str], level: int | None) -> str:
    if level is None:
        return "–"
    return levels[level] if levels else "NY"[level]
