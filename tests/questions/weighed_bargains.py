"""Small random bargains in which parties say by weights what they want, some of them with pay for effort."""

from dataclasses import replace
from fractions import Fraction

from bargains import bargains, statements, with_
from hypothesis import strategies as st

from detente.errors import CaseError
from detente.model.case import Approach, Contract, Party, Payment
from detente.model.statements import Compare, made


@st.composite
def weighed(draw, parties=(2, 3), most=4, everybody=False):
    """Draw a bargain in which some parties give weights, with a patience or none, and perhaps pay."""
    case = draw(bargains(parties=parties, most=most, approaches=False))
    people = []
    for number, party in enumerate(case.parties):
        if number == 0 or everybody or draw(st.booleans()):
            some = draw(st.lists(statements(list(case.options), 1), min_size=1, max_size=3, unique_by=str))
            amounts = [Fraction(draw(st.integers(-6, 6)), draw(st.sampled_from([1, 1, 2, 3]))) for _ in some]
            party = Party(party.id, party.options, None, weights=tuple(zip(map(made, some), amounts, strict=True)))
        people.append(party)
    patience = draw(st.none() | st.sampled_from([Fraction(n, 10) for n in (0, 2, 4, 6, 8, 9)]))
    case = with_(case, parties=tuple(people), patience=patience)
    return draw(paid(case)) if draw(st.booleans()) else case


@st.composite
def paid(draw, case):
    """Draw the case with a payment that may defeat itself, and an approach that turns on it."""
    binary = [o for o in case.options if not o.levels]
    receivers = [o for o in case.options if not o.levels and any(o.party != other.party for other in binary)]
    if not receivers:
        return case
    reward = draw(st.sampled_from(receivers))
    option = draw(st.sampled_from([o for o in binary if o.party != reward.party]))
    chance = st.sampled_from([Fraction(1, 4), Fraction(1, 2), Fraction(3, 4)])
    payment = Payment(
        option.party, reward.party, option.key, made(Compare(reward.key)), Fraction(10), Fraction(3), draw(chance),
        draw(chance), draw(st.none() | st.just(Fraction(4))),
    )  # fmt: skip
    contract = Contract(option.party, option.key, made(Compare(reward.key)))
    approach = Approach("paid", contracts=(contract,))
    changed = replace(case, payments=(payment,), approaches=(approach,))
    try:
        changed.under("paid")
    except CaseError:
        return case
    return changed
