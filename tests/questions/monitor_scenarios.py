"""A border between three, made up: the schematic of the published oracle, with two crossings and two red lines."""

from detente.model.items import Mark
from detente.monitoring.constraints import MaxDelay, NoMeasure, Where
from detente.monitoring.items import AdversaryType, Agency, Budget, Crossing, Measure, Party, Sector
from detente.monitoring.parameters import BaseRate, Inspection, PartnerRisk
from detente.monitoring.quantities import Quantity
from detente.monitoring.scenario import Scenario

Q = Quantity.of
SECTORS = ("S1", "S2", "S3", "S4")


def by_sector(*effects: float, spread: float = 0.0) -> tuple[tuple[str, Quantity], ...]:
    return tuple(
        (sector, Q(str(effect), str(round(effect * (1 - spread), 4)), str(round(effect * (1 + spread), 4))))
        for sector, effect in zip(SECTORS, effects, strict=False)
    )


def measure(id: str, kind: str, at: str, uses: dict[str, float], effect: tuple, consent: tuple = (), **more) -> Measure:
    return Measure(id, kind, (at,), tuple((key, Q(str(amount))) for key, amount in uses.items()), effect,
                   consent=consent, **more)  # fmt: skip


def tri_state(spread: float = 0.0, **more) -> Scenario:
    """The oracle `tri_state_schematic`: 0.60 apart, 0.93 together; sectors S1 to S4, joint teams barred in S4."""
    quarters = by_sector(0.45, 0.45, 0.45, 0.45)
    return Scenario(
        title="Three states, four sectors",
        parties=(Party("AF"), Party("PK"), Party("US")),
        sectors=tuple(Sector(id, flow=Q(100)) for id in SECTORS),
        ground=(("west", ("AF",)), ("line", ("AF", "PK")), ("east", ("PK",))),
        agencies=tuple(
            Agency(id, id, (Budget(id, "", Q(amount)),)) for id, amount in (("AF", 4), ("PK", 8), ("US", 3))
        ),
        measures=(
            measure("AF_patrol", "patrol", "west", {"AF": 1}, by_sector(0.5, 0.4, 0.2, 0.1), ("AF",)),
            measure("AF_line", "patrol", "line", {"AF": 1}, by_sector(0.25, 0.2, 0.1, 0.05), ("AF",)),
            measure("PK_patrol", "patrol", "east", {"PK": 1}, by_sector(0.3, 0.3, 0.4, 0.5), ("PK",)),
            measure("PK_line", "patrol", "line", {"PK": 1}, by_sector(0.15, 0.15, 0.2, 0.25), ("PK",)),
            measure("US_west", "sensor", "west", {"US": 1}, quarters, ("AF", "US")),
            measure("US_east", "sensor", "east", {"US": 1}, quarters, ("PK", "US")),
            measure("team", "joint team", "line", {"AF": 0.5, "PK": 0.5},
                    by_sector(0.9, 0.9, 0.9, spread=spread), ("AF", "PK"), delay=Q(1), mark=Mark("joint team")),
        ),
        adversaries=(AdversaryType("groups", ("west",), ("east",), Q(1)),),
        **more,
    )  # fmt: skip


def guarded() -> Scenario:
    """The same border with crossings, red lines, inspections, what partners may do, and numbers given as ranges."""
    return tri_state(
        spread=0.2,
        crossings=(Crossing("gate", "S1", Q(5000), most_wait=Q(60)), Crossing("ford", "S3", Q(800), most_wait=Q(30))),
        constraints=(
            NoMeasure(id="no sensors in the east", where=Where(measures=("US_east",)), asked_by=("PK",)),
            MaxDelay(id="delay", amount=Q(1000)),
        ),
        inspection=Inspection(periods=4, inspections=2, gain=Q(1), sanction=Q(9), missed=Q("0.2")),
        risks=(
            PartnerRisk("PK", temptation=Q(5), reward=Q(3), punishment=Q(1), found_out=Q("0.3")),
            PartnerRisk("AF", temptation=Q(2), reward=Q(3), punishment=Q(1), found_out=Q("0.3")),
        ),
        base_rates=(BaseRate("gate check", Q("0.0001"), Q("0.9"), Q("0.02"), "gate"),),
    )
