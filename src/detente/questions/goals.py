"""This module owns where paths lead when no state is asked for: to all that hold, as far as that is decided."""

from collections.abc import Mapping
from contextlib import suppress

from detente.engine.interface import Definition
from detente.errors import TooLargeError
from detente.game import Setting
from detente.look.summary import Table, many
from detente.questions.reachability import GRADES, Reachabilities, union

HOLDING = {
    "by themselves": (Definition.NASH,),
    "by credible answers": (Definition.SEQ, Definition.SSEQ),
    "only by fear": (Definition.GMR, Definition.SMR),
}


def undecided(setting: Setting) -> dict[str, str]:
    """Return under which definitions it is not decided what holds, and why."""
    return {d.value: why for d in Definition if (why := setting.undecided(d))}


def goals(setting: Setting, limit: int) -> tuple[list[int], int]:
    """Return the first states that hold, by themselves first, then by credible answers, then only by fear; and how
    many more there are. What is undecided is left out."""
    found: list[int] = []
    counted_in = setting.game.none()
    open_ = undecided(setting)  # the easy ones are decided first, so that the hard ones do not take their time
    for definition in (Definition.NASH, Definition.SSEQ, Definition.SEQ, Definition.SMR, Definition.GMR):
        if definition.value not in open_:
            more = setting.equilibria(definition) - counted_in
            found += more.first(limit - len(found))
            counted_in = counted_in | more
    return found, counted_in.count() - len(found)


def goals_by_way(setting: Setting, reach: Reachabilities, heads: tuple[str, ...], open_: Mapping[str, str]) -> Table:
    """Return how many states hold, by how they hold and how they are reached."""
    rows, above = [], setting.game.none()
    for how, definitions in HOLDING.items():
        decided = [setting.equilibria(d) for d in definitions if d.value not in open_]
        held = union([setting.game.none(), *decided]) - above
        above = above | held
        ways, before = [], setting.game.none()
        with suppress(TooLargeError):  # what is reached in one way is not decided, so what only in looser ones is not
            for grade in GRADES:
                states = reach.reached(grade).states
                ways.append(many(((held & states) - before).count()))
                before = before | states
            ways.append(many((held - before).count()))
        rows.append((how, *ways, *["?"] * (len(GRADES) + 1 - len(ways))))
    return Table(("states that hold", *heads, "no way"), tuple(rows))
