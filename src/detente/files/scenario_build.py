"""This module owns making a scenario of a document: every name looked up, every number's origin known."""

from dataclasses import replace

from detente.files.findings import Findings
from detente.files.nodes import Path
from detente.files.scenario_constraints import constraints
from detente.files.scenario_document import ScenarioDocument
from detente.files.scenario_ids import check_id
from detente.files.scenario_items import Reader
from detente.files.scenario_measures import measures
from detente.files.scenario_parameters import agreement, base_rates, inspection, price, risks
from detente.files.scenario_quantities import Origins
from detente.look.summary import listed
from detente.monitoring.compiling import LOST_REMEDY, lost
from detente.monitoring.items import LAYERS
from detente.monitoring.network import LARGE_ARCS
from detente.monitoring.quantities import Quantity
from detente.monitoring.recast import ALONG, untimed
from detente.monitoring.scenario import Scenario
from detente.monitoring.segments import SIDES, places, size, terminals, unreachable
from detente.monitoring.suspicion import suspicions

LISTED = ("agencies", "measures", "adversaries")
SINGULAR = {"agencies": "agency", "measures": "measure", "adversaries": "adversary type"}


def built(document: ScenarioDocument, findings: Findings, title: str = "") -> Scenario | None:
    """Return the scenario that a document describes.

    Parameters
    ----------
    document : ScenarioDocument
        Of the right form; what was not is already taken out and in `findings`.
    findings : Findings
        Where faults go.
    title : str
        What the scenario is called if the document does not say.

    Returns
    -------
    Scenario or None
        None where anything has to be mended.
    """
    for id in document.sources:
        check_id(findings, ("sources", id), id, "a source")
    origins = Origins(findings, document.sources, bool(document.numbers))
    reader = Reader(document, findings, origins)
    for key in LISTED:
        if not getattr(document, key) and not any(path[:1] == (key,) for path, _ in findings.found):
            findings.fault((key,), f"no {SINGULAR[key]} is listed here", "list one at least")
    skeleton = _skeleton(reader, title)
    if size(skeleton) > LARGE_ARCS:
        what = f"{size(skeleton):,} segments are more than the {LARGE_ARCS:,} that can be planned for"
        findings.fault(
            ("arcs",) if document.arcs else ("sectors",), what, "put neighbouring places together into sectors"
        )
        return None
    reader.placed(segment.id for segment in skeleton.segments)
    for name in skeleton.baseline:
        reader.known("place", name[0], reader.watchable, ("baseline", name[0]), key=True)
    for name in () if isinstance(skeleton.hours, Quantity) else skeleton.hours:
        known = {**reader.watchable, **({ALONG: None} if skeleton.along else {})}
        reader.known("place", name[0], known, ("hours", name[0]), key=True)
    return _whole(reader, skeleton)


def _skeleton(reader: Reader, title: str) -> Scenario:
    """Return the places and parties of a scenario, without what is done there."""
    document, findings, origins = reader.document, reader.findings, reader.origins
    parties = reader.parties()
    ids = {party.id: None for party in parties}
    sectors = reader.sectors()
    if (
        not sectors
        and not document.arcs
        and not any(path[:1] in (("sectors",), ("arcs",)) for path, _ in findings.found)
    ):
        findings.fault(
            (), "the scenario has neither sectors nor arcs", "write sectors: [S1, S2], from one end to the other"
        )
    for key in ("along", "ground"):
        if document.arcs and getattr(document, key):
            what = f"{key} is said of sectors, and the arcs are given by hand"
            remedy = "say it of each arc" if key == "ground" else "write those ways as arcs"
            findings.fault((key,), what, remedy, key=True)
    for layer in document.ground:
        findings.known("layer", layer, LAYERS, ("ground", layer), key=True)
    for side in document.along:
        findings.known("side", side, SIDES, ("along", side), key=True)
    own = origins.everywhere(("baseline",), document.baseline) if document.baseline else ()
    if isinstance(own, Quantity):
        own = tuple((layer, own) for layer in (document.arcs or LAYERS))
    crossings = reader.crossings(document.sectors)
    for id in crossings if document.arcs else ():
        if id.passable:
            what = "a crossing is passable where the arcs are given by hand"
            findings.fault(("crossings", id.id, "passable"), what, "write the way through it as an arc", key=True)
    return Scenario(
        title=document.title or title,
        parties=parties,
        sectors=sectors,
        agencies=(),
        measures=(),
        adversaries=(),
        ground=tuple(
            (layer, reader.named("party", ("ground", layer), names, ids)) for layer, names in document.ground.items()
        ),
        baseline=own,
        along=tuple(origins.by_name(("along",), document.along)),
        crossings=crossings,
        places=tuple(document.places),
        arcs=reader.arcs(ids, document.sectors),
        hours=origins.everywhere(("hours",), document.hours),
        sources=tuple(document.sources.items()),
        mark=origins.mark((), document),
    )


def _whole(reader: Reader, skeleton: Scenario) -> Scenario | None:
    """Return the scenario with what is done there, and by whom; None where anything has to be mended."""
    findings = reader.findings
    parties = {party.id: None for party in skeleton.parties}
    agencies = reader.agencies(parties)
    by_segment = {segment.id: segment.ground for segment in skeleton.segments}
    layers = dict(skeleton.ground)
    done = measures(reader, agencies, parties, lambda name: by_segment.get(name, layers.get(name, ())))
    adversaries = reader.adversaries(parties, places(skeleton), lambda names: terminals(skeleton, names))
    scenario = replace(
        skeleton,
        agencies=agencies,
        measures=done,
        adversaries=adversaries,
        constraints=constraints(reader, {agency.id: None for agency in agencies}, parties),
        agreement=agreement(reader, parties),
        inspection=inspection(reader, parties),
        risks=risks(reader, parties),
        base_rates=base_rates(reader),
        price=price(reader),
    )
    if findings.errors:
        return None
    for adversary in unreachable(scenario):
        findings.fault(("adversaries", adversary.id), lost(adversary), LOST_REMEDY, key=True)
    if not any(adversary.weight.value for adversary in adversaries):
        findings.fault(
            ("adversaries",), "no adversary type counts: all weights are 0", "give one a weight above 0", key=True
        )
    if missing := untimed(scenario):
        where = listed([repr(id) for id in missing[:6]])
        what = f"a barrier slows people, and it is not said how many hours it takes to pass {where} without any"
        remedy = "say it under hours, by layer, along, segment or crossing; 0 if it takes none"
        findings.fault(("hours",) if reader.document.hours else _first_barrier(scenario), what, remedy, key=True)
    if findings.errors:
        return None
    for path, fault in suspicions(scenario):
        place: Path = path
        findings.fault(place, fault.what, fault.remedy, key=True, warning=fault.warning)
    return None if findings.errors else scenario


def _first_barrier(scenario: Scenario) -> Path:
    return ("measures", next(measure.id for measure in scenario.measures if measure.slows))
