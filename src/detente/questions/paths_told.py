"""This module owns how an answer about paths is told: the ways to each state, what is reached, where it can end."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from detente.engine.interface import StateSet
from detente.look.summary import Block, Summary, Table, counted, listed, many
from detente.questions import wording
from detente.questions.goals import goals_by_way
from detente.questions.reachability import GRADES, UNDECIDED, UNREACHED, Steps

if TYPE_CHECKING:
    from detente.questions.paths import Paths

ROWS = 40
SHOWN = 3
STATES_SHOWN = 6
HEADS = ("nobody below", "improving", "by legal moves")
MEANINGS = {
    "by itself": "nobody there can gain by moving",
    "by credible answers": "who could gain by moving must expect answers that serve those who give them",
    "only by fear": "who could gain by moving could be stopped, but only by moves that may hurt those who make them",
}
NOBODY_BELOW = "by moves that each improve their mover, with nobody at the table below {start} at any step"
WAYS = {
    GRADES[0]: NOBODY_BELOW,
    GRADES[1]: "by moves that each improve their mover",
    GRADES[2]: "by legal moves",
}


def told(asked: "Paths") -> Summary:
    """Return how an answer about paths is told."""
    where = asked.asked or "what holds"
    return Summary(
        f"From {_start_name(asked)} to {where}: {asked.made.title}",
        wording.approach(asked.setting),
        (
            Block(_start_name(asked), tuple(_start_said(asked))),
            *(_target_blocks(asked) if asked.asked else _overview(asked)),
            _table(asked),
            Block("Where it can end", tuple(_endings_said(asked))),
            Block("", (asked.made.line(),)),
        ),
    )


def _start_name(asked: "Paths") -> str:
    return "today" if asked.start == asked.setting.today else asked.setting.word(asked.start)


def _start_said(asked: "Paths") -> Iterator[str]:
    yield f"{asked.setting.word(asked.start)}: {wording.doing(asked.setting, asked.start)}."
    case, rewritten = asked.setting.case, asked.setting.rewritten
    if asked.start == asked.setting.today and case.today != rewritten.today:
        yield "The contracts of the approach change today's state; this is how it stands with them."


def _target_blocks(asked: "Paths") -> Iterator[Block]:
    for target in asked.targets[:SHOWN]:
        word = asked.setting.word(target)
        lines = [f"{wording.doing(asked.setting, target)}.", *_standing(asked, target)]
        if target == asked.start:
            yield Block(f"To {word}", (*lines, "It is the start itself."))
            continue
        above = 0
        for grade in GRADES:
            lines += _way(asked, target, grade, above)
            above = above or asked.number(target, grade) or 0
        yield Block(f"To {word}", (*lines, *_below(asked, target)))
    if len(asked.targets) + asked.left_out > SHOWN:
        left = len(asked.targets) + asked.left_out - SHOWN
        yield Block("", (f"... and {counted(left, 'more state')} that {asked.asked} stands for.",))


def _standing(asked: "Paths", target: int) -> Iterator[str]:
    if asked.held(target) is None:
        yield "Whether it holds is not decided."
        return
    how, definitions = wording.held(asked.setting, target)
    if how:
        yield f"It holds {how}: {MEANINGS[how]} (an equilibrium under {listed(definitions)})."
    else:
        yield "It does not hold: once there, somebody would move on."


def _way(asked: "Paths", target: int, grade: str, stricter: int) -> Iterator[str]:
    """Say how a target is reached in one way; paths already told for a stricter way are not repeated."""
    way = WAYS[grade].format(start=_start_name(asked))
    found, count = asked.paths(target, grade), asked.number(target, grade)
    if found is None or count is None:
        yield f"Not decided, whether {way}: {asked.reach.reached(grade).open}."
        return
    if not found:
        yield f"Not {way}."
        return
    moves = len(found[0])
    ways = "1 shortest path" if count == 1 else f"{many(count)} shortest paths"
    if stricter == count and moves == _stricter_moves(asked, target, grade):
        yield f"{way[0].upper()}{way[1:]}: the same."
        return
    yield f"{way[0].upper()}{way[1:]}: {counted(moves, 'move')}, {ways}."
    for steps in found[:SHOWN]:
        yield f"  {wording.path(asked.setting, asked.start, steps)}."
    if count > SHOWN:
        yield f"  ... and {many(count - SHOWN)} more (--format csv lists up to {asked.limit:,})."


def _stricter_moves(asked: "Paths", target: int, grade: str) -> int | None:
    for stricter in reversed(GRADES[: GRADES.index(grade)]):
        if found := asked.paths(target, stricter):
            return len(found[0])
    return None


def _below(asked: "Paths", target: int) -> Iterator[str]:
    below = asked.reach.below(target)
    table = [party for party in below if party in asked.setting.table]
    outside = [party for party in below if party not in asked.setting.table]
    if table:
        yield f"At the table, {wording.names(asked.setting, table)} would end below {_start_name(asked)}."
    if outside:
        yield f"Outside the table, {wording.names(asked.setting, outside)} would end below {_start_name(asked)}."
    if not below:
        yield f"Nobody would end below {_start_name(asked)}."


def _overview(asked: "Paths") -> Iterator[Block]:
    if not asked.targets:
        none = "No state holds, so there is nowhere to get to."
        yield Block("To what holds", (*_open(asked), *(() if asked.undecided else (none,))))
        return
    lines: list[str | Table] = [
        goals_by_way(asked.setting, asked.reach, HEADS, asked.undecided),
        *_open(asked),
        f"Each is counted in the strictest way it is reached: {NOBODY_BELOW.format(start=_start_name(asked))}; by "
        "moves that each improve their mover; by legal moves.",
    ]
    for target in asked.targets[:SHOWN]:
        grade = asked.reach.grade(target)
        how = asked.setting.word(target)
        if definitions := asked.held(target):
            how += f", which holds {wording.held(asked.setting, target)[0]} ({', '.join(definitions)})"
        if target == asked.start:
            lines.append(f"{how}: it is {_start_name(asked)} itself.")
        elif grade in (UNREACHED, UNDECIDED):
            lines.append(f"{how}: {'no way there' if grade == UNREACHED else grade}.")
        else:
            steps = asked.reach.path(target) or []
            lines.append(f"{how}: {grade}, in {counted(len(steps), 'move')}.")
            lines += _numbered(asked, steps)
    left = len(asked.targets) + asked.left_out - SHOWN
    if left > 0:
        lines.append(f"... and {many(left)} more; --format csv lists up to {asked.limit:,}.")
    yield Block("To what holds", tuple(lines))


def _open(asked: "Paths") -> list[str]:
    return [f"Not decided, and left out: {definition} ({why})." for definition, why in asked.undecided.items()]


def _numbered(asked: "Paths", steps: Steps) -> Iterator[str]:
    at = asked.start
    for number, (party, state) in enumerate(steps, 1):
        yield f"  {number}. {wording.move(asked.setting, party, at, state)}"
        at = state


def _table(asked: "Paths") -> Block:
    reached = {grade: asked.reach.reached(grade) for grade in GRADES}
    feasible = asked.setting.game.feasible()
    if feasible.count() <= ROWS:
        states = sorted(feasible.first(), key=lambda s: tuple(_last(reached[g].moves(s)) for g in reversed(GRADES)))
        rows = [
            (asked.setting.word(state), *("–" if (m := reached[g].moves(state)) is None else str(m) for g in GRADES))
            for state in states
        ]
        key = wording.written(asked.setting.case, [word for word, *_ in rows])
        lines: tuple[str | Table, ...] = (Table(("state", *HEADS), tuple(rows)), *([key] if key else []))
        return Block("Fewest moves to each state", lines)
    known = {grade: found.counts for grade, found in reached.items()}
    most = 1 + max(k for counts in known.values() for k, count in enumerate(counts) if count)
    within = {grade: ["?"] * most for grade in GRADES}
    for grade, counts in known.items():
        for moves in range(min(most, len(counts)) if reached[grade].open else most):
            within[grade][moves] = many(sum(counts[: moves + 1]))
    rows = [(str(moves), *(within[grade][moves] for grade in GRADES)) for moves in range(most)]
    title = f"How many of the {many(feasible.count())} states are reached within so many moves"
    said = [f"? not decided, {grade}: {why}." for grade in GRADES if (why := reached[grade].open)]
    return Block(title, (Table(("moves", *HEADS), tuple(rows)), *said))


def _endings_said(asked: "Paths") -> Iterator[str]:
    here, anywhere = asked.endings_from_start, asked.endings
    if here is None:
        yield f"Not decided: {asked.open['endings from start']}."
        return
    total = "not decided" if anywhere is None else many(anywhere.rests.count())
    yield (
        "If one party after another moves as long as that improves its own lot, things can come to rest from "
        f"{_start_name(asked)} in {_named(asked, here.rests)} (from anywhere: {total})."
    )
    pauses = {} if asked.setting.game.transitive else here.pauses  # else the mover could have gone on at once
    for party, states in pauses.items():
        who = wording.name(asked.setting, party)
        yield f"Or they pause in {_named(asked, states)}; only {who}, which has just moved, could gain by going on."
    for number in range(len(here.cycles))[:SHOWN]:
        yield f"Or they go round without end among {_named(asked, here.cycle_states(number))}."
    if len(here.cycles) > SHOWN:
        yield f"... and {len(here.cycles) - SHOWN:,} more such cycles."
    if not here.cycles:
        more = " (from elsewhere, not always)" if anywhere is not None and anywhere.cycles else ""
        yield f"From {_start_name(asked)} there is always a way to come to a stop{more}."


def _named(asked: "Paths", states: StateSet) -> str:
    count = states.count()
    if not count:
        return "no state"
    shown = ", ".join(asked.setting.words(states, STATES_SHOWN))
    return f"{counted(count, 'state')}: {shown}{', ...' if count > STATES_SHOWN else ''}"


def _last(moves: int | None) -> float:
    return float("inf") if moves is None else moves
