"""This module owns the door to all questions about monitoring together: a scenario, and one method a question."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from detente.monitoring.naming import in_words
from detente.monitoring.scenario import Scenario

if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Any

    from detente.model.case import Case
    from detente.questions.monitor_compared import Compared
    from detente.questions.monitor_crossing import Civil
    from detente.questions.monitor_fed import Fed
    from detente.questions.monitor_inspected import Inspected
    from detente.questions.monitor_risks import Risks
    from detente.questions.monitor_shared import Shared
    from detente.questions.monitor_solved import Solved
    from detente.questions.monitored import Monitored
    from detente.questions.verify import Verified


@dataclass(frozen=True, slots=True)
class Monitor:
    """A monitoring scenario and the questions that can be asked of it.

    Every answer is a sector-level planning illustration, never a recommendation to deploy.

    Parameters
    ----------
    scenario : Scenario
    large : bool
        Whether more than 5,000 arcs are wanted.
    """

    scenario: Scenario
    large: bool = False

    def solve(self, objective: str = "worst") -> "Solved":
        """Return the joint plan: for the worst type, the weighted exponents, or the expected share not found."""
        from detente.questions.monitor_solve import solve

        with in_words(self.scenario, self.large):
            return solve(self.scenario, objective, large=self.large)

    def compare(self, starts: int = 10) -> "Compared":
        """Return what cooperation is worth against plans made apart, element by element."""
        from detente.questions.monitor_compare import compare

        with in_words(self.scenario, self.large):
            return compare(self.scenario, starts, large=self.large)

    def share(self, outsiders: str = "passive") -> "Shared":
        """Return who carries what and gains what; outsiders do nothing, or what they do alone (``status-quo``)."""
        from detente.questions.monitor_share import share

        with in_words(self.scenario, self.large):
            return share(self.scenario, outsiders, large=self.large)

    def inspect(self, periods: int | None = None, inspections: int | None = None) -> "Inspected":
        """Return how many inspections keep parties honest."""
        from detente.questions.monitor_inspect import inspect

        return inspect(self.scenario, periods, inspections)

    def risk(self) -> "Risks":
        """Return what could go wrong: a leak, a partner that drops out, impatience."""
        from detente.questions.monitor_risk import risk

        with in_words(self.scenario, self.large):
            return risk(self.scenario, large=self.large)

    def civil(self) -> "Civil":
        """Return what the plan does to the people who cross."""
        from detente.questions.monitor_civil import civil

        with in_words(self.scenario, self.large):
            return civil(self.scenario, large=self.large)

    def verify(self, answer: "Monitored | Mapping[str, Any]") -> "Verified":
        """Check what `solve` or `compare` returned, or its JSON data, independently of what found it."""
        from detente.questions.monitor_verify import verify_plan

        with in_words(self.scenario, self.large):
            return verify_plan(self.scenario, answer)

    def feed(self, case: "Case | str", write: bool = False) -> "Fed":
        """Return what the options of a case lead to by this scenario; `write` puts it into the case's file."""
        from detente.questions.monitor_feed import feed

        with in_words(self.scenario, self.large):
            return feed(self.scenario, case, write, self.large)


def monitor(scenario: Scenario | str, large: bool = False) -> Monitor:
    """Return the questions that can be asked about monitoring a border together, at the level of sectors.

    Parameters
    ----------
    scenario : Scenario or str
        A scenario, a file, or the name of a shipped one.
    large : bool
        Whether more than 5,000 arcs are wanted, which is finer than sectors: up to two million. Above 20,000 only
        budgets may limit a plan, against one type of adversary, and the extra ``large`` is needed.

    Raises
    ------
    CaseError
        With every fault of the file, or that it says more than 5,000 arcs where they are not wanted.
    """
    if isinstance(scenario, Scenario):
        return Monitor(scenario, large)
    from detente.files.scenario import read_scenario

    return Monitor(read_scenario(scenario, large), large)
