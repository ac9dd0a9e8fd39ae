"""This module owns the question what the options of a case lead to by a scenario; it can write the answer down."""

import json
import re
from collections.abc import Iterator, Mapping
from math import exp
from pathlib import Path
from typing import Any

from detente.errors import NotAvailableError, UnknownNameError
from detente.model.case import Case, Feed
from detente.model.disjunction import Choice
from detente.model.document import document
from detente.model.items import Option
from detente.model.statements import holds, options_in
from detente.monitoring.arrays import Floats
from detente.monitoring.compiling import Compiled, compiled
from detente.monitoring.feed import Profile, banded, deciding, outcome_name, profiles, statements, tensor
from detente.monitoring.proofs import taken
from detente.monitoring.routes import evaluate
from detente.monitoring.scenario import Scenario
from detente.monitoring.taking_part import Participation, participation
from detente.questions.monitor_fed import Fed, Reached
from detente.questions.monitor_risk import notes
from detente.questions.monitor_stakes import ranked, stakes_of, weights_of
from detente.questions.monitored import planned

METHOD = "each profile solved, plans laid on each other"


def feed(scenario: Scenario, case: Case | str, write: bool = False, large: bool = False) -> Fed:
    """Return what the options of a case lead to by a scenario, in classes of equal width.

    Parameters
    ----------
    scenario : Scenario
    case : Case or str
        A case, a file, or the name of a shipped case, that says under `monitoring` what its options mean.
    write : bool
        Write the outcomes, and the scenario's fingerprint, into the case's file; only where that is a file.
    large : bool
        Whether more than 5,000 arcs are wanted.

    Raises
    ------
    NotAvailableError
        Where the case says nothing of how its options make parties take part, or no file can be written.
    UnknownNameError
        Where the case speaks of a party or a measure that the scenario does not have.
    """
    asked = _read(case)
    if asked.feed is None or not (asked.feed.taking_part or asked.feed.in_place):
        what = "the case does not say how its options make parties take part"
        raise NotAvailableError(
            f"{what}; write under monitoring: scenario: ..., taking part: {{PARTY: {{WAY: STATEMENT}}}}"
        )
    fed = _fed(scenario, asked, asked.feed, large)
    if write and not fed.fresh:
        dated = updated(asked, fed)
        _written(case, dated)
        return _fed(scenario, dated, dated.feed or asked.feed, large)
    return fed


def updated(case: Case, fed: Fed) -> Case:
    """Return the case with the outcomes of an answer instead of those it has, dated by the scenario's fingerprint."""
    from detente.files.load import read_document

    data = document(case)
    source = re.sub(r"[^A-Za-z0-9_-]", "-", Path(case.monitoring).stem)
    marked = {"source": f"{source} {fed.made.fingerprint}", "standing": "judgement"}
    data["sources"] = {source: f"Monitoring scenario: {fed.made.title}"} | data.get("sources", {})
    old: dict[str, Any] = data.get("outcomes", {})
    for name, statement in fed.outcomes.items():
        before = old.get(name)
        kept = before if isinstance(before, dict) else {}
        told = f"at least {name.removeprefix('detection-')} % of crossings found, by a schematic joint plan"
        old[name] = {"name": told} | kept | {"that": statement} | marked
    data["outcomes"] = {name: old[name] for name in sorted(old, key=lambda name: name not in fed.outcomes)}
    data["monitoring"] = {**data["monitoring"], "fingerprint": fed.made.fingerprint}
    loaded = read_document(json.dumps(data), "case.json")
    assert loaded.case is not None, loaded.faults
    return loaded.case


def _read(case: Case | str) -> Case:
    if isinstance(case, Case):
        return case
    from detente.questions.check import read

    return read(case)


def _written(source: Case | str, case: Case) -> None:
    from detente.files.save import write

    if isinstance(source, Case) or not Path(source).is_file():
        raise NotAvailableError("there is no case file to write into; give the path of one instead of a name")
    write(case, source)


def _fed(scenario: Scenario, case: Case, feed: Feed, large: bool = False) -> Fed:
    _known(scenario, feed)
    options = deciding(case, feed)
    found = profiles(case, feed)
    numbered = compiled(scenario, large=large)
    ends = (compiled(scenario, "low", large), compiled(scenario, "high", large)) if _ranged(scenario) else None
    solved: dict[Profile, Participation] = {}
    for profile in dict.fromkeys((Profile(()), *found.values())):
        solved[profile] = participation(numbered, profile)
    ranks = {choice: banded(solved[profile].detection, feed.classes) for choice, profile in found.items()}
    weights = tuple(weights_of(scenario, party) for party in scenario.players)
    worths = {
        choice: stakes_of(numbered, solved[profile], solved[Profile(())], weights) for choice, profile in found.items()
    }
    stakes = ranked(worths, feed.classes, [each.party for each in weights])
    used = {name for name in dict(case.outcomes) if name.startswith("detection-")}
    outcomes = statements(options, ranks, feed.classes, used)
    possible = {outcome_name(least, feed.classes) for least in range(1, feed.classes)}
    differing = (*_differing(case, options, ranks, feed.classes, outcomes), *sorted(used - possible))
    return Fed(
        planned(scenario, METHOD, classes=feed.classes),
        case=(case.title, case.fingerprint),
        options=tuple(option.key for option in options),
        classes=feed.classes,
        profiles=tuple(
            Reached(
                tuple(_taken(options, choice)),
                choice,
                found[choice].ways,
                found[choice].in_place,
                solved[found[choice]].detection,
                *_range(ends, solved[found[choice]].effort),
                ranks[choice],
                stakes[choice],
            )
            for choice in found
        ),
        outcomes=outcomes,
        differing=differing,
        dated=feed.fingerprint,
        weights=weights,
        tensor={
            each.party: tensor(options, {choice: stakes[choice][each.party].worth for choice in found})
            for each in weights
        },
        remarks=tuple(notes(scenario)),
        proofs={
            "apart": _made(numbered, solved[Profile(())]),
            "profiles": [_made(numbered, solved[profile]) for profile in found.values()],
        },
    )


def _made(numbered: Compiled, made: Participation) -> dict[str, Any]:
    """Return all plans of a profile laid on each other, and those of them that are made together, by name."""
    return {"levels": taken(numbered, made.effort), "together": taken(numbered, made.common)}


def _known(scenario: Scenario, feed: Feed) -> None:
    agencies = dict(feed.agencies)
    for way in feed.taking_part:
        party = agencies.get(way.party, way.party)
        if party not in scenario.players:
            raise UnknownNameError("party of the scenario", party, scenario.players)
    for measure, _ in feed.in_place:
        scenario.measure(measure)


def _ranged(scenario: Scenario) -> bool:
    return any(not quantity.certain for quantity in scenario.quantities)


def _range(ends: tuple[Compiled, Compiled] | None, effort: Floats) -> tuple[float | None, float | None]:
    """Return what a plan reaches at the low and the high ends of all effects."""
    if ends is None:
        return None, None
    low, high = (1 - exp(-evaluate(each.problem, effort).worst) for each in ends)
    return low, high


def _taken(options: tuple[Option, ...], choice: Choice) -> Iterator[str]:
    for option, value in zip(options, choice, strict=True):
        if value:
            yield f"{option.key} = {option.levels[value]}" if option.levels else option.key


def _differing(
    case: Case, options: tuple[Option, ...], ranks: Mapping[Choice, int], classes: int, outcomes: Mapping[str, str]
) -> tuple[str, ...]:
    """Return the outcomes that the case lacks, or by which it means something else."""
    least = {outcome_name(rank, classes): rank for rank in range(1, classes)}
    said = dict(case.outcomes)
    keys = [option.key for option in options]
    found = []
    for name in outcomes:
        if name not in said or any(key not in keys for key in options_in(said[name].tree)):
            found.append(name)
            continue
        for choice, rank in ranks.items():
            value = dict(zip(keys, choice, strict=True)).__getitem__
            if bool(holds(said[name].tree, value)) != (rank >= least[name]):
                found.append(name)
                break
    return tuple(found)
