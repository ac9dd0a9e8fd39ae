"""This module owns what a party can secure, in spaces too large to list: how good a state it can move to and keep.

By the formula of `fixpoint`, a state s is stable for a party exactly where ``M(s) <= rank(s)``: M(s) is the highest
``min(m(t), rank(t))`` on what the party can move to, and m(t) the lowest that the others can bring about from there. M
takes few values, mostly dozens where the ranks are thousands: a party secures what it controls, and the others the
rest. So the states are divided by M, digit after digit. Whether the next digit is a one is a question about one
threshold, "from where can the others drive it down to this", and a diagram of a few thousand nodes answers it, where
one for all ranks would need millions.

Two bounds leave most thresholds without a question: M is at most the best that the party can move to, and at least the
best that it could keep if the others could choose at will. Where a question was answered, the next ones look only at
the states that can still be driven into the range they are about: an answer never leaves it on the way. Against one or
two others all ranks at once are faster: what the states are compared with is then a parameter of the diagram.

References
----------
Fang, Hipel & Kilgour (1993), Interactive Decision Making, for the definitions. Searching a best value through answers
to threshold questions: parametric search, Megiddo (1983), Journal of the ACM 30(4).
"""

from collections.abc import Iterator, Sequence
from itertools import cycle

from detente.engine.diagrams import Diagrams, Function
from detente.engine.interface import Definition

FEW = 2  # opponents, against whom one diagram for all ranks stays small; it is faster then


def unshaken(
    diagrams: Diagrams, party: int, opponents: Sequence[int], definition: Definition, ties_sanction: bool
) -> Function:
    """Return the states that are stable for a party under GMR, SMR, SEQ or SSEQ.

    Parameters
    ----------
    diagrams : Diagrams
        The space and what each party wants in it.
    party, opponents : int, sequence of int
        The party and the others, as places in the wants of the diagrams.
    ties_sanction : bool
        Whether what is as good as the state that was left sanctions.
    """
    if len(opponents) <= FEW:
        return _at_once(diagrams, party, opponents, definition, ties_sanction)
    # Where ties do not sanction, a half is added to what the others bring about: one more digit.
    half = [] if ties_sanction else [diagrams.false]
    ranks = diagrams.digits[party] + half
    kept = ranks if ties_sanction else diagrams.digits[party] + [diagrams.true]
    escapes = definition in (Definition.SMR, Definition.SSEQ)
    credible = definition in (Definition.SEQ, Definition.SSEQ)
    at_will = diagrams.extreme(diagrams.digits[party], opponents, lowest=True)
    least = diagrams.extreme(at_will, [party], directed=False) + half
    most = diagrams.extreme(diagrams.digits[party], [party]) + half
    stable = diagrams.false
    # The leading digits of M, where the lowest m lies in a range about these digits, and the states with such an M.
    open_: list[tuple[list[Function], Function, Function]] = [([], diagrams.feasible, diagrams.feasible)]
    while open_:
        digits, about, states = open_.pop()
        if not states.satisfiable():
            continue
        if len(digits) == len(ranks):
            stable |= states & diagrams.above(ranks, digits, equal=True)
            continue
        threshold = digits + [diagrams.false] + [diagrams.true] * (len(ranks) - len(digits) - 1)
        low = about
        above = states & diagrams.above(least, threshold)
        doubtful = states & ~above & diagrams.above(most, threshold)
        if doubtful.satisfiable():
            better = diagrams.above(kept, threshold)
            unharmed = about & (diagrams.reach(party, better & diagrams.feasible) if escapes else better)
            moves = diagrams.reach(party, doubtful, backwards=True) & unharmed & diagrams.above(ranks, threshold)
            driven = diagrams.false
            for reached in spreading(diagrams, opponents, about & ~unharmed, credible, about):
                driven = reached
                if not (moves & ~driven).satisfiable():
                    break
            else:
                above |= doubtful & diagrams.reach(party, moves & ~driven)
                # An escape can be better than what it answers: then m(t) may lie beyond the range, and rank(t) in it.
                low, about = about if escapes else driven, about & ~driven
        open_.append(([*digits, diagrams.true], about, above))
        open_.append(([*digits, diagrams.false], low, states & ~above))
    return stable


def _at_once(
    diagrams: Diagrams, party: int, opponents: Sequence[int], definition: Definition, ties_sanction: bool
) -> Function:
    """Return the stable states, worked out for all ranks of the state that was left at once, by rank parameters."""
    preferred = diagrams.compared(party, equal=not ties_sanction)
    if definition in (Definition.SMR, Definition.SSEQ):
        preferred = diagrams.reach(party, preferred)
    credible, answered = definition in (Definition.SEQ, Definition.SSEQ), diagrams.false
    for reached in spreading(diagrams, opponents, diagrams.feasible & ~preferred, credible, diagrams.feasible):
        answered = reached
    safe = diagrams.compared(party) & ~answered
    return diagrams.feasible & ~diagrams.with_itself(party, diagrams.reach(party, safe))


def spreading(
    diagrams: Diagrams, opponents: Sequence[int], targets: Function, credible: bool, within: Function
) -> Iterator[Function]:
    """Yield from where the opponents can move into the targets by none, one, more and more moves, until no more.

    Parameters
    ----------
    credible : bool
        Whether they only make moves that are improvements for them.
    within : Function
        The states that they may pass.
    """
    into = diagrams.improving if credible else diagrams.reach
    reached, quiet = targets, 0
    yield reached
    for mover in cycle(opponents):
        more = reached | into(mover, reached) & within
        quiet = quiet + 1 if more == reached else 1
        reached = more
        yield reached
        if quiet == len(opponents):
            return
