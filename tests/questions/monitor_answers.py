"""Answers about an invented border, as the questions about monitoring make them."""

from dataclasses import replace
from fractions import Fraction

from detente.questions.monitor_compared import Apart, Compared, Element
from detente.questions.monitor_crossing import Alarm, Civil, Crossing, Limit
from detente.questions.monitor_inspected import Inspected
from detente.questions.monitor_red_lines import RedLine
from detente.questions.monitor_risks import Default, Patience, Risks
from detente.questions.monitor_shared import Burden, Group, Shared
from detente.questions.monitor_solved import Assumption, Budget, Level, Sector, Solved
from detente.questions.monitored import Planned

MADE = Planned(
    "Four sectors", "1a2b3c4d", "none", {}, "", {"objective": "worst"}, method="max–min plan", made_up=28, numbers=30
)
UNSAFE = replace(MADE, removed=("The crossing ‘Gate’ need not be kept open: the road is rebuilt.",))
PARTIES = ("AF", "PK", "US")
COMPARED = Compared(
    MADE,
    elements=(
        Element("uncoordinated", 0.9215, 0.6021, 0.55, 0.65),
        Element("common planning", 1.2698, 0.7191, 0.66, 0.77, 0.10),
        Element("third-party sensors", 1.6984, 0.8170, 0.77, 0.85, 0.09),
        Element("joint teams", 2.6375, 0.9285, 0.89, 0.95, 0.14),
    ),
    apart=(
        Apart("solo", 0.9215, 0.6021, "each as if it were alone, the plans laid on each other"),
        Apart("proportional", 0.71, 0.508, "effort where the traffic is"),
    ),
    multiplier=2.862,
    curve=tuple((f / 2, 1 - 2.718281828 ** (-0.9215 * f / 2), 1 - 2.718281828 ** (-2.6375 * f / 2)) for f in range(9)),
    primal=2.6375,
    dual=2.6375,
)
SHARED = Shared(
    MADE,
    parties=(
        Burden("AF", 4, 0.2051, {"Owen": 1.3, "Shapley": 0.9476, "nucleolus": 1.0239}, (1.2, 1.4), -0.1, 0.4),
        Burden("PK", 8, 0.7164, {"Owen": 1.0, "Shapley": 1.3923, "nucleolus": 1.4020}, (1.0, 1.0), 0.1, 0.3),
        Burden("US", 3, 0.0, {"Owen": 0.3375, "Shapley": 0.2976, "nucleolus": 0.2116}, (0.3375, 0.3375), 0.0, 0.8),
    ),
    total=2.6375,
    groups=(
        Group(("AF", "PK"), 2.2143, {"Owen": 2.3, "Shapley": 2.3399, "nucleolus": 2.4259}),
        Group(("AF", "US"), 0.7414, {"Owen": 1.6375, "Shapley": 0.74, "nucleolus": 1.2355}),
    ),
    least=-0.2,
    gap=0.0,
)
RISKS = Risks(
    MADE,
    joint=0.9285,
    apart=0.6021,
    leak=0.3515,
    defaults=(Default("AF", 0.42, 0.343, 0.5, 1.1194), Default("PK", 0.61, 0.457, 0.7, 0.7414)),
    robust=0.88,
    kept=0.5,
    patience=(
        Patience("PK", 10 / 13, 5, 3, 1, 0.3),
        Patience("AF", 0.0, 2, 3, 1, 0.3),
        Patience("US", None, 5, 3, 3, 0),
    ),
    inspection=0.125,
)
CIVIL = Civil(
    MADE,
    delay=Limit("Delay", 1200, 2000, "person-hours a day"),
    people=13000,
    alarms=(Alarm("At the gate", 1e-4, 0.9, 0.02),),
    crossings=(Crossing("Gate", True, "no plan may close it"), Crossing("Ford", False, "a fence may close it", False)),
    limits=(Limit("Intrusion upon AF", 3, None), Limit("Intrusion upon PK", 2, 2)),
    detection=0.9285,
    apart=0.6021,
    tradeoff=((0, 0.7), (2000, 0.9285)),
)  # fmt: skip
INSPECTED = Inspected(
    MADE,
    periods=4,
    inspections=2,
    sanction=Fraction(9),
    gain=Fraction(1),
    missed=Fraction(1, 5),
    alarm=Fraction(0),
    value=Fraction(3, 11),
    now=Fraction(4, 11),
    rows_by_number=(
        (0, Fraction(1), Fraction(0)),
        (2, Fraction(3, 11), Fraction(4, 11)),
        (4, Fraction(0), Fraction(1)),
    ),
    rate=Fraction(1, 8),
    enough=1,
    surprise=0.36787944,
)
SOLVED = Solved(
    MADE,
    exponent=2.6375,
    detection=0.9285,
    types={"small groups": 2.6375, "convoys": 3.1},
    sectors=tuple(
        Sector(name, {"AF": 0.3, "PK": 0.5}, {"AF": 1.0, "PK": 1.2, "US": 0.4375}, 0.55, 0.9285, share)
        for name, share in (("North", 0.13), ("Hills", 0.17), ("Plain", 0.28), ("South", 0.42))
    ),
    parties=PARTIES,
    levels=(
        Level("joint team", ("AF", "PK"), ("North", "Hills"), 3.2, "teams"),
        Level("sensor", ("US",), ("South",), 3),
    ),
    budgets=(Budget("AF", 4, 4, 0.325, 0.293), Budget("PK", 8, 8, 0.125, 0.125), Budget("US", 3, 3, 0.1125, 0.1125)),
    red_lines=(RedLine("no joint teams in the South", 0.2, 0.04), RedLine("no sensors on the line", 0.0, 0.0)),
    civil=(("Delay", "1,200 of 2,000 person-hours a day"), ("Crossings kept open", "all 2")),
    assumptions=(
        Assumption("effect of joint teams", "0.9 (0.7 to 1.1)", True, "", 0.89, 0.95),
        Assumption("length of North", "493 km", False, "survey p. 3"),
    ),
    primal=2.6375,
    dual=2.6375,
    certificate={"plan": {}},
)
ALL = {
    "compared": COMPARED,
    "shared": SHARED,
    "risks": RISKS,
    "civil": CIVIL,
    "inspected": INSPECTED,
    "solved": SOLVED,
}
