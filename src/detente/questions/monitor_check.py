"""This module owns whether a monitoring scenario is sound: its file's faults, whether a plan is possible, what deserves
a look."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, ClassVar

from detente.errors import Fault, NotAvailableError, TooLargeError
from detente.files.scenario import load_scenario
from detente.monitoring.compiling import Compiled, compiled
from detente.monitoring.faults import ContradictionError
from detente.monitoring.joint import joint_value
from detente.monitoring.naming import named
from detente.monitoring.recast import barriers, teams
from detente.monitoring.scenario import Scenario
from detente.questions.check import Check, Path_, in_order, located
from detente.questions.monitor_planned import branching
from detente.questions.monitored import planned
from detente.questions.result import Made

NOUNS = ("party", "parties"), ("sector", ""), ("agency", "agencies"), ("measure", ""), ("constraint", "")


@dataclass(frozen=True, repr=False)
class ScenarioCheck(Check):
    """Whether a scenario is sound, and what deserves a look."""

    sort: ClassVar[str] = "scenario"

    def data(self) -> dict[str, Any]:
        """Return the answer as JSON-ready data."""
        told = {key: value for key, value in super().data().items() if key not in ("case", "feasible", "rules")}
        return {"scenario": {"title": self.made.title, "fingerprint": self.made.fingerprint}, **told}

    def _nouns(self) -> Iterator[tuple[str, str, int]]:
        for noun, plural in NOUNS:
            yield noun, plural, self.counts.get(noun, 0)


def check_scenario(source: str | Path) -> ScenarioCheck:
    """Say whether a monitoring scenario is sound, whether some plan keeps its constraints, and what deserves a look.

    Parameters
    ----------
    source : str or Path
        A file, or the name of a shipped scenario.
    """
    loaded = load_scenario(source)
    scenario = loaded.scenario
    faults = in_order([*loaded.faults, *located(loaded, _unsolved(scenario) if scenario is not None else [])])
    errors = tuple(fault for fault in faults if not fault.warning)
    warnings = tuple(fault for fault in faults if fault.warning)
    if scenario is None:
        return ScenarioCheck(Made("", "", "none", {}), loaded.file, errors, warnings, None, (), {})
    counts = {
        "party": len(scenario.players),
        "sector": len(scenario.sectors),
        "agency": len(scenario.agencies),
        "measure": len(scenario.measures),
        "constraint": len(scenario.constraints),
    }
    return ScenarioCheck(planned(scenario, "check"), loaded.file, errors, warnings, None, (), counts)


def _unsolved(scenario: Scenario) -> list[tuple[Path_, Fault]]:
    """Return why there is no best plan, joint, of teams or of barriers, with the item to begin at; nothing else."""
    found = [fault for view in (scenario, teams(scenario), barriers(scenario)) if view for fault in _unplanned(view)]
    return list(dict.fromkeys(found))


def _unplanned(scenario: Scenario) -> list[tuple[Path_, Fault]]:
    """Return why there is no best plan, with the item to begin at; nothing where there is one."""
    try:
        numbered = compiled(scenario)
    except TooLargeError as error:
        return [((), _fault(error, "whether a plan is possible was not looked at: ", warning=True))]
    except NotAvailableError as error:
        return [(("adversaries",), _fault(error))]
    try:
        joint_value(branching(numbered.problem))
    except TooLargeError as error:
        return [((), _fault(error, "whether a plan is possible was not looked at: ", warning=True))]
    except NotAvailableError as error:
        return [(_place(numbered, error), _fault(named(numbered, error)))]
    return []


def _place(numbered: Compiled, error: NotAvailableError) -> Path_:
    if not isinstance(error, ContradictionError):
        return ("measures",)
    listed = {constraint.id for constraint in numbered.scenario.constraints}
    ids = [numbered.limits[row].id for row in error.rows]
    return next((("constraints", id) for id in ids if id in listed), ("constraints",) if ids else ("agencies",))


def _fault(error: Exception, before: str = "", warning: bool = False) -> Fault:
    what, _, remedy = str(error).rpartition("; ")
    return Fault(before + (what or remedy), remedy if what else "", warning=warning)
