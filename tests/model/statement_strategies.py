"""What hypothesis draws in the model's tests: statements over a few options, as trees and as the words for them."""

from itertools import product

from hypothesis import strategies as st

from detente.model.parser import Names
from detente.model.statements import And, Compare, Count, If, Iff, Not, Or, Outcome, Tree

LEVELS = {"A.go": (), "A.aid": ("none", "some", "full"), "B.talk": (), "B.watch": ("low", "high")}
HALF = Or((Compare("A.go"), Compare("B.talk")))
NAMES = Names(LEVELS, {"half": HALF})
STATES = [dict(zip(LEVELS, levels, strict=True)) for levels in product(range(2), range(3), range(2), range(2))]
SIZES = {key: len(levels) or 2 for key, levels in LEVELS.items()}


def leaves() -> st.SearchStrategy[Tree]:
    """Draw an option alone, an option compared with a level, or a named statement."""
    alone = st.sampled_from(sorted(LEVELS)).map(Compare)
    levelled = st.tuples(st.sampled_from(["A.aid", "B.watch"]), st.sampled_from(["=", "!=", "<", "<=", ">", ">="]))
    compared = levelled.flatmap(
        lambda drawn: st.integers(0, len(LEVELS[drawn[0]]) - 1).map(
            lambda level: Compare(*drawn, level, LEVELS[drawn[0]][level])
        )
    )
    return alone | compared | st.just(Outcome("half", HALF))


def trees() -> st.SearchStrategy[Tree]:
    """Draw a statement, of every kind that can be written."""

    def larger(smaller: st.SearchStrategy[Tree]) -> st.SearchStrategy[Tree]:
        some = st.lists(smaller, max_size=3).map(tuple)
        count = st.builds(Count, st.sampled_from(["at most", "at least", "exactly"]), st.integers(0, 4), some)
        two = st.tuples(smaller, smaller)
        pair = two.map(lambda t: If(*t)) | two.map(lambda t: Iff(*t))
        return smaller.map(Not) | some.map(And) | some.map(Or) | pair | count

    return st.recursive(leaves(), larger, max_leaves=8)
