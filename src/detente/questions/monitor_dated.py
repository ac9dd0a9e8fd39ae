"""This module owns whether what a case took from a monitoring scenario is still what the scenario says."""

from pathlib import Path

from detente.errors import Fault
from detente.files.scenario import load_scenario
from detente.model.case import Case

Found = tuple[tuple[str | int, ...], Fault]


def dated(case: Case, beside: Path | None = None) -> list[Found]:
    """Return warnings where a case's outcomes are of another state of its scenario, or of none.

    Nothing is solved: fingerprints are compared, and names looked up.

    Parameters
    ----------
    case : Case
        Sound, and as written.
    beside : Path, optional
        The folder of the case's file, in which the scenario is looked for before the shipped ones.
    """
    feed = case.feed
    if feed is None:
        return []
    named = case.monitoring
    near = beside / named if beside is not None else Path(named)
    loaded = load_scenario(near if near.is_file() else named)
    if loaded.scenario is None:
        first = loaded.errors[0]
        what = f"the scenario {named!r} cannot be read: {first.what}"
        return [(("monitoring", "scenario"), Fault(what, first.remedy, warning=True))]
    scenario = loaded.scenario
    found: list[Found] = []
    agencies = dict(feed.agencies)
    for way in feed.taking_part:
        party = agencies.get(way.party, way.party)
        if party not in scenario.players:
            what = f"the scenario {named!r} has no party {party!r} that takes part"
            remedy = f"say under agencies which of {', '.join(scenario.players)} {way.party} is"
            found.append((("monitoring", "taking part", way.party), Fault(what, remedy, warning=True)))
    measures = {measure.id for measure in scenario.measures}
    for measure, _ in feed.in_place:
        if measure not in measures:
            what = f"the scenario {named!r} has no measure {measure!r}"
            found.append((("monitoring", "in place", measure), Fault(what, "name one that it has", warning=True)))
    if feed.fingerprint != scenario.fingerprint and not found:
        mend = f"write the outcomes anew: detente monitor feed {named} CASE --write"
        if feed.fingerprint:
            what = (
                f"the outcomes are of the scenario as it was ({feed.fingerprint}), and it is now {scenario.fingerprint}"
            )
        else:
            what = f"no outcome was written from the scenario {named!r} yet"
        found.append((("monitoring", "fingerprint"), Fault(what, mend, warning=True)))
    return list(dict.fromkeys(found))
