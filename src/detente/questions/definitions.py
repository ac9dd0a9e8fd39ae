"""This module owns under which definitions one state is an equilibrium, and under which that was not decided."""

from detente.engine.interface import Definition
from detente.errors import TooLargeError
from detente.game import Setting
from detente.progress import ended

WEAKER: dict[Definition, tuple[Definition, ...]] = {
    Definition.GMR: (),
    Definition.SMR: (Definition.GMR,),
    Definition.SEQ: (Definition.GMR,),
    Definition.SSEQ: (Definition.SMR, Definition.SEQ),
}
"""For each definition but Nash those that ask less of the answers to a move; each stands after them."""


def equilibrium_under(setting: Setting, state: int) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the definitions under which a state is an equilibrium, and those under which that is not decided.

    Where nobody can gain by moving (Nash), nothing has to be answered, and all are met. What is no equilibrium under a
    definition is none under a stricter one.

    Raises
    ------
    TooLargeError
        When not even Nash could be decided, or the work was ended early.
    """
    if setting.holds(state, Definition.NASH):
        return tuple(d.value for d in Definition), ()
    found: dict[Definition, bool | None] = {Definition.NASH: False}
    for definition, weaker in WEAKER.items():
        if any(found[each] is False for each in weaker):
            found[definition] = False
            continue
        try:
            found[definition] = setting.holds(state, definition)
        except TooLargeError:
            if ended():  # then whoever asked leaves off, and does not wait for the next definition
                raise
            found[definition] = None
    return tuple(d.value for d in Definition if found[d]), tuple(d.value for d in Definition if found[d] is None)
