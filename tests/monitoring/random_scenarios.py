"""Random scenarios, with every kind of item that bears on a plan, for tests here and of files."""

from fractions import Fraction

from hypothesis import strategies as st

from detente.model.items import Mark
from detente.monitoring.constraints import (
    BudgetTransferCap,
    MaxDelay,
    MaxIntrusiveness,
    MaxLevel,
    NeedsConsent,
    NoMeasure,
    OnlyJoint,
    OwnSideOnly,
    Reciprocity,
    Where,
)
from detente.monitoring.items import LAYERS, AdversaryType, Agency, Budget, Crossing, Measure, Party, Sector
from detente.monitoring.quantities import BY_DEFAULT, Quantity
from detente.monitoring.scenario import USUAL_WAIT, Scenario

PARTIES = ("A", "B", "C")
SOURCES = (("text", "a text"),)


@st.composite
def quantities(draw, least=0, most=4):
    """A number, certain or not, sourced or not."""
    ends = sorted(draw(st.lists(st.integers(least * 12, most * 12), min_size=3, max_size=3)))
    value = Fraction(ends[1], 12)
    low, high = (Fraction(ends[0], 12), Fraction(ends[2], 12)) if draw(st.booleans()) else (value, value)
    return Quantity(value, low, high, draw(st.sampled_from(["", "", "", "text p. 3"])))


def some(values):
    """Some of a few values, in their order."""
    return st.lists(st.sampled_from(values), unique=True, min_size=1).map(
        lambda found: tuple(value for value in values if value in found)
    )


@st.composite
def scenarios(draw, constrained=True, budgets_only=False):
    """A sound scenario of one to four sectors and one to three parties; `budgets_only`: nothing else limits a plan."""
    parties = PARTIES[: draw(st.integers(1, 3))]
    sectors = tuple(f"S{place}" for place in range(1, draw(st.integers(1, 4)) + 1))
    ground = tuple((layer, draw(some(parties))) for layer in LAYERS if draw(st.booleans()))
    agencies = tuple(
        Agency(f"{party}-force", party, (Budget(f"{party}-force", "", draw(quantities(1, 9))),)) for party in parties
    )
    crossings = ()
    if draw(st.booleans()) and not budgets_only:
        crossings = (Crossing("Gate", sectors[0], Quantity.of(600), True, draw(quantities()), most_wait=USUAL_WAIT),)
    along = ()
    if draw(st.booleans()):
        along = tuple((side, draw(quantities(0, 1))) for side in ("west", "east"))
    measures = tuple(
        draw(measure(f"m{place}", parties, sectors, crossings, budgets_only))
        for place in range(draw(st.integers(1, 4)))
    )
    baseline = tuple((layer, draw(quantities(0, 1))) for layer in LAYERS if draw(st.booleans()) and not budgets_only)
    constraints = draw(listed(parties, sectors, [each.id for each in measures])) if constrained else ()
    return Scenario(
        title="random",
        parties=tuple(Party(party, mark=Mark(draw(st.sampled_from(["", "party: one, two"])))) for party in parties),
        sectors=tuple(Sector(sector, flow=Quantity.of(100)) for sector in sectors),
        agencies=agencies,
        measures=measures,
        adversaries=(
            AdversaryType("east", ("west",), ("east",), Quantity.of(1, source=BY_DEFAULT)),
            *(
                [AdversaryType("west", (f"{sectors[-1]} east",), ("west",), Quantity.of(2))]
                if draw(st.booleans())
                else []
            ),
        ),
        ground=ground,
        baseline=baseline,
        along=along,
        crossings=crossings,
        constraints=constraints,
        sources=SOURCES,
    )


@st.composite
def measure(draw, id, parties, sectors, crossings, budgets_only):
    """A measure that uses what one or two parties have."""
    users = draw(some(parties))[:2]
    uses = tuple((f"{party}-force", draw(quantities(1, 2))) for party in users)
    places = (*LAYERS, *(crossing.id for crossing in crossings))
    effect = draw(quantities(0, 2))
    if draw(st.booleans()):
        effect = tuple((sector, draw(quantities(0, 2))) for sector in draw(some(sectors)))
    consent = tuple(party for party in parties if party in {*users, *draw(some(parties))})
    return Measure(
        id,
        "patrol",
        draw(some(places)),
        uses,
        effect,
        most=None if budgets_only else draw(st.none() | quantities(0, 3)),
        consent=consent,
        delay=None if budgets_only else draw(st.none() | quantities(0, 3)),
        intrusiveness=() if budgets_only else ((parties[0], draw(quantities(0, 1))),),
    )


@st.composite
def listed(draw, parties, sectors, measures):
    """Some constraints that a plan of nothing meets."""
    where = Where(draw(some(measures)), draw(st.sampled_from([(), ("line",), ("west", "east")])), draw(some(sectors)))
    force = f"{draw(st.sampled_from(parties))}-force"
    amount = draw(quantities(0, 3))
    kinds = [
        NoMeasure(id="no", where=where, asked_by=parties[:1], because="why: so"),
        OnlyJoint(id="joint", where=where),
        OwnSideOnly(id="own", where=where, agency=force),
        NeedsConsent(id="consent", where=where, party=parties[-1]),
        MaxLevel(id="most", where=where, amount=amount),
        MaxDelay(id="delay", where=where, amount=amount),
        MaxIntrusiveness(id="felt", where=where, party=parties[0], amount=amount),
        BudgetTransferCap(id="away", where=where, agency=force, amount=amount),
    ]
    if len(parties) > 1:
        pair = (f"{parties[0]}-force", f"{parties[1]}-force")
        kinds.append(Reciprocity(id="alike", where=where, between=pair, amount=amount))
    return tuple(draw(some(kinds))) if draw(st.booleans()) else ()
