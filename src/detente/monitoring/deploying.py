"""This module owns where measures are: one measure on one segment is a deployment, a column of what is to be solved."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from detente.errors import TooLargeError
from detente.monitoring.constraints import NeedsConsent, Where
from detente.monitoring.items import Measure, Segment
from detente.monitoring.quantities import Quantity
from detente.monitoring.scenario import Scenario


@dataclass(frozen=True, slots=True)
class Deployment:
    """One measure on one segment.

    Parameters
    ----------
    effect : Quantity
        The exponent that a unit adds there.
    users : tuple of str
        The parties whose means it uses.
    consent : tuple of str
        The parties without which it is not there: those whose means it uses, and those whose consent it needs.
    """

    measure: Measure
    segment: Segment
    effect: Quantity
    users: tuple[str, ...]
    consent: tuple[str, ...]

    @property
    def key(self) -> str:
        """The name by which a plan says its level: the measure, and where."""
        return f"{self.measure.id} at {self.segment.id}"

    @property
    def element(self) -> str:
        """The element of cooperation that makes it possible; "own" where none is needed.

        A barrier; a joint team, which uses the means of several parties; a third party's means; access to ground that
        is another party's; or, where a party works with its own means on its own ground, the consent of another one.
        """
        ground = set(self.segment.ground)
        if self.measure.kind == "barrier":
            return "barrier"
        if len(self.users) > 1:
            return "joint teams"
        if ground and not ground & set(self.users):
            return "access"
        return "access" if set(self.consent) - set(self.users) else "own"


MOST_DEPLOYMENTS = 2_000_000  # columns


def deployments(scenario: Scenario) -> tuple[Deployment, ...]:
    """Return every measure on every segment on which it has an effect, in the order of the file and of the segments.

    Raises
    ------
    TooLargeError
        If there are more than two million; nothing was made.
    """
    party = {agency.id: agency.party for agency in scenario.agencies}
    owner = {budget.key: party[budget.agency] for budget in scenario.budgets}
    by_name = _by_name(scenario)
    count = sum(len(by_name.get(name, ())) for measure in scenario.measures for name in measure.at)
    if count > MOST_DEPLOYMENTS:
        told = f"{count:,} measures on segments are more than the {MOST_DEPLOYMENTS:,} that can be planned"
        raise TooLargeError(f"{told}; join sectors into longer ones, or name fewer places under `at`")
    order = {segment.id: place for place, segment in enumerate(scenario.segments)}
    return tuple(
        Deployment(measure, segment, effect, users, _consent(scenario, measure, segment, users))
        for measure in scenario.measures
        for users in [tuple(dict.fromkeys(owner[key] for key, amount in measure.uses if amount.value))]
        for segment in sorted(_where(measure, by_name), key=lambda segment: order[segment.id])
        for effect in [effect_on(measure, segment)]
        if effect is not None
    )


def _by_name(scenario: Scenario) -> Mapping[str, list[Segment]]:
    """Return the segments by what a measure may call them: their layer in a sector, or their id."""
    found: dict[str, list[Segment]] = {}
    for segment in scenario.segments:
        found.setdefault(segment.id, []).append(segment)
        if segment.layer and segment.sector:
            found.setdefault(segment.layer, []).append(segment)
    return found


def _where(measure: Measure, by_name: Mapping[str, list[Segment]]) -> Iterator[Segment]:
    seen: set[str] = set()
    for name in measure.at:
        for segment in by_name.get(name, ()):
            inside = not measure.sectors or not segment.sector or segment.sector in measure.sectors
            if inside and segment.id not in seen:
                seen.add(segment.id)
                yield segment


def effect_on(measure: Measure, segment: Segment) -> Quantity | None:
    """Return the exponent that a unit of a measure adds on a segment; None where nothing is said of it there."""
    if isinstance(measure.effect, Quantity):
        return measure.effect
    by_name = dict(measure.effect)
    return next((by_name[name] for name in (segment.id, segment.sector, segment.layer) if name in by_name), None)


def _consent(scenario: Scenario, measure: Measure, segment: Segment, users: tuple[str, ...]) -> tuple[str, ...]:
    asked = [
        constraint.party
        for constraint in scenario.constraints
        if isinstance(constraint, NeedsConsent) and concerns(constraint.where, measure, segment)
    ]
    needed = {*users, *measure.consent, *asked}
    return tuple(id for id in scenario.party_ids if id in needed)


def concerns(where: Where, measure: Measure, segment: Segment) -> bool:
    """Return whether a constraint is about a measure on a segment."""
    return (
        (not where.measures or measure.id in where.measures or measure.kind in where.measures)
        and (not where.at or segment.id in where.at or segment.layer in where.at)
        and (not where.sectors or segment.sector in where.sectors)
    )
