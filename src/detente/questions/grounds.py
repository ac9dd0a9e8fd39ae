"""This module owns which lines of a case carry its findings, and how certain each is."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from detente.model.case import Case
from detente.model.items import PLAIN, Mark
from detente.questions.accord import Accord
from detente.questions.demands import Demands


@dataclass(frozen=True, slots=True)
class Ground:
    """A line of the case that carries a finding.

    Parameters
    ----------
    what : str
        The line, in words: ``‘no operation’, core for Pakistan``.
    mark : Mark
        Its source and standing.
    """

    what: str
    mark: Mark

    @property
    def doubtful(self) -> bool:
        """Whether it is a judgement, unverified, recalled, or has no source."""
        return bool(self.mark.standing and self.mark.standing != "read") or not self.mark.source

    @property
    def standing(self) -> str:
        """How certain it is, and where it comes from: ``judgement on rizvi-2018 ¶10``."""
        source = self.mark.source or "no source"
        return f"{self.mark.standing} on {source}" if self.mark.standing and self.mark.source else source

    def sentence(self) -> str:
        """Say the line and how certain it is."""
        return f"{self.what} ({self.standing})"

    def data(self) -> dict[str, Any]:
        """Return the line as JSON-ready data."""
        return {"what": self.what, "source": self.mark.source, "standing": self.mark.standing or "read"}


def grounds(case: Case, asked: Demands, found: Accord | None) -> tuple[Ground, ...]:
    """Return the lines that carry the verdicts: core concerns, clashing rules, clout, the best package's approach.

    Parameters
    ----------
    case : Case
    asked : Demands
        What clashes and who can deliver.
    found : Accord or None
        The packages; None where they were not decided.
    """
    return tuple(dict.fromkeys((*_core(case), *_rules(case, asked), *_clout(case, asked), *_approach(case, found))))


def _core(case: Case) -> Iterator[Ground]:
    for party in (case.party(id) for id in case.counted):
        for concern in party.concerns or ():
            if concern.core:
                yield Ground(f"‘{concern.label}’ is core for {party.label}", concern.mark)


def _rules(case: Case, asked: Demands) -> Iterator[Ground]:
    texts = " ".join(reason for clash in asked.contradictory for reason in clash.because)
    for rule in case.rules:
        if asked.contradictory and (rule.label in texts or str(rule.that) in texts or (rule.because or "\0") in texts):
            yield Ground(f"the rule ‘{rule.label}’", rule.mark)


def _clout(case: Case, asked: Demands) -> Iterator[Ground]:
    wanted = {each.demand for each in asked.deliverability if not each.alone}
    addressed = {case.demand(id).to for id in wanted}
    for clout in case.clout:
        if clout.of in addressed or clout.of in case.at_table:
            who, whom = case.party(clout.of).label, case.party(clout.over).label
            yield Ground(f"{who}'s {clout.strength} clout over {whom}", clout.mark)


def _approach(case: Case, found: Accord | None) -> Iterator[Ground]:
    names = {package.approach for package in found.best} if found else set()
    for approach in (approach for approach in case.approaches if approach.id in names):
        marks = [clause.mark for clause in approach.contracts]
        marks += [clause.mark for clause in approach.deference]
        marks += [clause.mark for clause in approach.shared_concerns]
        yield from (Ground(f"a clause of the approach ‘{approach.label}’", mark) for mark in marks)
        if approach.mark != PLAIN:
            yield Ground(f"the approach ‘{approach.label}’", approach.mark)
