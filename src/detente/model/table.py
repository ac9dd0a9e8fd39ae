"""This module owns the option table of a case: what an analyst draws on a whiteboard, one row an option.

It is what a case shows of itself in a terminal and in a notebook; answers show the same table with their states.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from detente.look.summary import Block, Summary, Table, counted
from detente.model.case import Case
from detente.model.items import Option
from detente.model.states import Values


@dataclass(frozen=True, slots=True)
class Row:
    """One option in the table.

    Parameters
    ----------
    party, label, key : str
        The party's readable name, the option's, and the option's full name, ``Party.option``.
    today : str
        ``Y``, ``N`` or a level's name; "?" where today is not known.
    cells : tuple of str
        The same for each state of the table, ``–`` for either way.
    """

    party: str
    label: str
    key: str
    today: str
    cells: tuple[str, ...] = ()


def option_table(case: Case, states: Sequence[Values] = ()) -> tuple[Row, ...]:
    """Return the options of a case as rows, party by party, with today and any states beside them.

    Parameters
    ----------
    case : Case
    states : sequence of tuples of int or None, each of shape (options,)
        The level of every option; None for either way.
    """
    today = case.today if isinstance(case.today, tuple) else None
    return tuple(
        Row(
            case.party(option.party).label,
            option.label,
            option.key,
            "?" if today is None else cell(option, today[place]),
            tuple(cell(option, state[place]) for state in states),
        )
        for place, option in enumerate(case.options)
    )


def cell(option: Option, level: int | None) -> str:
    """Say the level of an option in one cell: ``Y`` or ``N``, a level's name, ``–`` for either way."""
    if level is None:
        return "–"
    return option.levels[level] if option.levels else "NY"[level]


def card(case: Case) -> Summary:
    """Return how a case shows itself: its title, what it counts, its fingerprint, and the option table with today."""
    counts = [
        counted(len(case.parties), "party", "parties"),
        counted(len(case.options), "option"),
        counted(sum(len(party.concerns or ()) for party in case.parties), "concern"),
        counted(len(case.rules), "rule"),
    ]
    under = [] if case.approach == "none" else [f"under the approach {case.approach}"]
    subtitle = " · ".join([", ".join(counts), *under, f"case {case.fingerprint}"])
    rows = option_table(case)
    if rows:
        lines = tuple((row.party, row.label, row.key, row.today) for row in rows)
        content: tuple[str | Table, ...] = (Table(("party", "option", "written", "today"), lines),)
    else:
        today = f"Today: {case.today}." if isinstance(case.today, str) else ""
        content = tuple(line for line in (f"States: {', '.join(case.states or ())}.", today) if line)
    return Summary(case.title, subtitle, (Block("", content),))
