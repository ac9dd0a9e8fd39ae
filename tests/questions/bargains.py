"""Small random bargains, and what the text says of them worked out naively: states as tuples, sets and loops only."""

from dataclasses import replace
from itertools import product

from hypothesis import strategies as st

from detente.errors import CaseError
from detente.model.case import (
    Approach,
    Case,
    Clout,
    Concern,
    Contract,
    Deference,
    Demand,
    Mark,
    Option,
    Party,
    Resource,
    Rule,
    SharedConcerns,
)
from detente.model.statements import And, Compare, Count, If, Iff, Not, Or, holds, made

NAMES = ("A", "B", "C", "D")


@st.composite
def statements(draw, options, depth=2):
    """Draw a statement over options."""
    if depth == 0 or draw(st.integers(0, 2)) == 0:
        option = draw(st.sampled_from(options))
        if option.levels:
            level = draw(st.integers(0, option.size - 1))
            relation = draw(st.sampled_from(("=", ">=", "<")))
            tree = Compare(option.key, relation, level, option.levels[level])
        else:
            tree = Compare(option.key)
        return Not(tree) if draw(st.booleans()) else tree
    kind = draw(st.sampled_from((And, Or, If, Iff, Count)))
    parts = tuple(draw(statements(options, depth - 1)) for _ in range(2))
    if kind is Count:
        return Count(draw(st.sampled_from(("at most", "at least", "exactly"))), 1, parts)
    return kind(parts) if kind in (And, Or) else kind(*parts)


@st.composite
def bargains(draw, parties=(2, 4), most=6, ranked=False, approaches=True, listed=False):
    """Draw a case with demands, clout, core marks, outsiders and approaches; today is one of its feasible states."""
    ids = NAMES[: draw(st.integers(*parties))]
    owners = draw(st.lists(st.sampled_from(ids), min_size=2, max_size=most))
    options = [
        Option(
            owner,
            f"o{number}",
            draw(st.sampled_from(((), (), (), ("low", "mid", "high")))),
            draw(st.sampled_from(("", "", "", "on", "off"))),
        )
        for number, owner in enumerate(sorted(owners))
    ]
    some = st.deferred(lambda: statements(options))
    rules = tuple(
        Rule(made(draw(some)), draw(st.sampled_from(("logical", "causal"))), relaxable=draw(st.booleans()))
        for _ in range(draw(st.integers(0, 2)))
    )
    resources = ()
    if draw(st.integers(0, 3)) == 0:
        trees = dict.fromkeys(draw(some) for _ in range(2))  # a file's `uses` name each statement once
        uses = tuple((made(tree), draw(st.integers(1, 3))) for tree in trees)
        resources = (Resource("money", ids[0], draw(st.integers(0, 4)), uses),)
    people = []
    for id in ids:
        concerns = tuple(
            Concern(made(draw(some)), draw(st.integers(0, 2)) == 0, Mark(f"{id}{number}"))
            for number in range(draw(st.integers(0, 4)))
        )
        people.append(Party(id, tuple(o for o in options if o.party == id), concerns))
    demands = []
    for number in range(draw(st.integers(0, 4))):
        sender, to = draw(st.sampled_from(ids)), draw(st.sampled_from(ids))
        demands.append(Demand(f"d{number}", sender, to, made(draw(some))))
    clout = []
    for _ in range(draw(st.integers(0, 3))):
        option = draw(st.sampled_from(options))
        addressed = [demand.to for demand in demands if demand.to != option.party]
        of = draw(st.sampled_from(addressed or [id for id in ids if id != option.party]))
        condition = made(draw(some)) if draw(st.booleans()) else None
        clout.append(Clout(of, option.party, (option.key,), draw(st.sampled_from(("weak", "strong"))), condition))
    case = Case(
        "a bargain",
        tuple(people),
        rules,
        resources,
        demands=tuple(demands),
        clout=tuple(clout),
        table=tuple(draw(st.sampled_from((ids, ids[:1], ids[:-1])))),
        accommodate=tuple(draw(st.sampled_from((ids, ids[:2], ids[1:])))),
        approaches=tuple(draw(_approaches(ids, options, demands))) if approaches else (),
    )
    feasible = Naive(case).states
    if not feasible:
        case = with_(case, rules=(), resources=())
        feasible = Naive(case).states
    if ranked:
        first = people[0]
        order = draw(st.permutations(feasible))
        classes = draw(st.integers(1, len(order)))
        word = Naive(case).word
        ranking = tuple(tuple(word(s) for s in order[n::classes]) for n in range(classes))
        people[0] = Party(first.id, first.options, None, ranking)
        case = with_(case, parties=tuple(people), approaches=())
    case = with_(case, today=draw(st.sampled_from(feasible)))
    return with_(case, approaches=tuple(each for each in case.approaches if _applies(case, each.id)))


def _applies(case, approach):
    """Return whether an approach leaves a feasible today (a contract may change it)."""
    try:
        return case.under(approach).today in Naive(case, approach).states
    except CaseError:
        return False


@st.composite
def _approaches(draw, ids, options, demands):
    """Draw up to two approaches that can be applied to any of these cases."""
    found = [Approach("shared", shared_concerns=(SharedConcerns(ids[:2]),), coalitions=(ids[:2],))]
    binary = [option for option in options if not option.levels]
    if binary:
        paid = draw(st.sampled_from(binary))
        rest = [option for option in options if option is not paid]
        contract = Contract(paid.party, paid.key, made(draw(statements(rest, 1))), draw(st.booleans()))
        found.append(Approach("paid", contracts=(contract,)))
    if demands:
        found.append(Approach("client", deference=(Deference(ids[1], ids[0], (demands[0].id,)),)))
    return draw(st.lists(st.sampled_from(found), max_size=2, unique=True))


def with_(case, **changes):
    """Return the case with fields changed."""
    return replace(case, **changes)


class Naive:
    """A case under an approach, by the text."""

    def __init__(self, case, approach="none"):
        self.written, self.case = case, case.under(approach)
        self.options = self.case.options
        self.place = {option.key: n for n, option in enumerate(self.options)}
        self.defined = dict(self.case.definitions)
        self.states = [s for s in product(*(range(o.size) for o in self.options)) if self.feasible(s)]
        self.today = self.case.today
        self.ids = [party.id for party in self.case.parties]

    def met(self, statement, state):
        tree = getattr(statement, "tree", statement)
        return bool(holds(tree, lambda key: state[self.place[key]]))

    def feasible(self, state):
        if not all(self.met(rule.that, state) for rule in self.case.rules):
            return False
        if any(self.met(s, state) != bool(state[self.place[key]]) for key, s in self.defined.items()):
            return False
        return all(
            sum(cost for s, cost in each.uses if self.met(s, state)) <= each.amount for each in self.case.resources
        )

    def word(self, state):
        return "".join(str(v) if o.levels else "NY"[v] for v, o in zip(state, self.options, strict=True))

    def directed(self, old, new):
        return all(
            new[n] == old[n] or o.direction == "" or (new[n] > old[n]) == (o.direction == "on")
            for n, o in enumerate(self.options)
            if o.key not in self.defined
        )

    def moves(self, id, state):
        def fixed(other):
            return all(other[n] == state[n] for n, o in enumerate(self.options)
                       if o.party != id and o.key not in self.defined)  # fmt: skip

        return [s for s in self.states if s != state and fixed(s) and self.directed(state, s)]

    def worth(self, id, state, own=False):
        case = self.written if own else self.case
        party = case.party(id)
        if party.ranking is not None:
            word = self.word(state)
            return -next(n for n, group in enumerate(party.ranking) if word in group)
        return tuple(self.met(concern.want, state) for concern in party.concerns)

    def improvements(self, id, state):
        return [s for s in self.moves(id, state) if self.worth(id, s) > self.worth(id, state)]

    def nash(self, state):
        return not any(self.improvements(id, state) for id in self.ids)

    def onward(self, start, ids, improving=False):
        """Return the states that legal sequences of some parties reach: one at a time, nobody twice in a row."""
        seen, waiting = {(start, None)}, [(start, None)]
        while waiting:
            state, last = waiting.pop()
            for id in ids:
                if id == last:
                    continue
                for end in self.improvements(id, state) if improving else self.moves(id, state):
                    if (end, id) not in seen:
                        seen.add((end, id))
                        waiting.append((end, id))
        return {state for state, _ in seen}
