"""This module owns which lines of a case carry its findings, and how certain each is.

They are: the core concerns that count; the rules by which demands clash; clout that was looked at; the clauses of the
best package's approach; the concerns that keep each party in the package, move by move; and those that make a party
leave where the approach does not stand.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from detente.game import Setting, setting
from detente.look.summary import listed
from detente.model.case import Case
from detente.model.items import PLAIN, Concern, Mark, Party
from detente.model.said import called_in_a_row, rule_called
from detente.questions import wording
from detente.questions.accord import Accord
from detente.questions.demands import Demands
from detente.questions.packages import Package
from detente.questions.standing_for import moves_looked_at
from detente.questions.verdicts import STRONG, WEAK

KEEPING, LEAVING = "concern that keeps a party", "concern that makes a party leave"
PLURAL = {
    "core concern": "Core concerns",
    "clashing rule": "Rules by which demands clash",
    "clout": "Clout",
    "clause of the approach": "Clauses of the approach",
    KEEPING: "Concerns that keep a party in the package",
    LEAVING: "Concerns that make a party leave without the approach",
}


@dataclass(frozen=True, slots=True)
class Ground:
    """A line of the case that carries a finding.

    Parameters
    ----------
    kind : str
        One of those in `PLURAL`.
    what : str
        The line, in words: ``‘no operation’ is core for Pakistan``.
    mark : Mark
        Its source and standing.
    """

    kind: str
    what: str
    mark: Mark
    short: str = ""  # the line in a few words, after its kind: ``‘no operation’ (Pakistan)``

    @property
    def doubtful(self) -> bool:
        """Whether it is a judgement, unverified, recalled, or has no source."""
        return bool(self.mark.standing and self.mark.standing != "read") or not self.mark.source

    @property
    def standing(self) -> str:
        """How certain it is, and where it comes from: ``judgement on rizvi-2018 ¶10``."""
        return self.mark.cited

    def sentence(self) -> str:
        """Say the line and how certain it is."""
        return f"{self.what} ({self.standing})"

    def data(self) -> dict[str, Any]:
        """Return the line as JSON-ready data."""
        standing = self.mark.standing or ("read" if self.mark.source else "no source")
        return {"kind": self.kind, "what": self.what, "source": self.mark.source, "standing": standing}


def grounds(case: Case, asked: Demands, found: Accord | None) -> tuple[Ground, ...]:
    """Return the lines that carry the verdicts.

    Parameters
    ----------
    case : Case
    asked : Demands
        What clashes and who can deliver.
    found : Accord or None
        The packages; None where they were not decided.
    """
    best = found.best[0] if found is not None and found.best else None
    lines = [*_core(case), *_rules(case, asked), *_clout(case, asked, best)]
    if best is not None:
        lines += [*_approach(case, best), *_keeping(best), *_leaving(best)]
    return tuple(dict.fromkeys(lines))


def told(lines: Sequence[Ground]) -> Iterator[str]:
    """Yield the lines, a sentence a kind; those on a judgement, or on nothing that was checked, are named."""
    by_kind: dict[str, list[Ground]] = {}
    for line in lines:
        by_kind.setdefault(line.kind, []).append(line)
    for kind, found in by_kind.items():
        doubtful = list(dict.fromkeys(line.short for line in found if line.doubtful))
        sure = len({line.short for line in found}) - len(doubtful)
        parts = [f"on a judgement or unchecked, {listed(doubtful)}"] if doubtful else []
        parts += [f"{sure} on a source that was read"] if sure else []
        yield f"{PLURAL[kind]}: {'; '.join(parts)}."


def _core(case: Case) -> Iterator[Ground]:
    for party in (case.party(id) for id in case.counted):
        for concern in party.concerns or ():
            if concern.core:
                said = called_in_a_row(concern, case)
                what = f"{said} is core for {party.label}"
                yield Ground("core concern", what, concern.mark, f"{said} ({party.label})")


def _rules(case: Case, asked: Demands) -> Iterator[Ground]:
    texts = " ".join(reason for clash in asked.contradictory for reason in clash.because)
    for place, rule in enumerate(case.rules):
        if asked.contradictory and (rule.label in texts or str(rule.that) in texts or (rule.because or "\0") in texts):
            short = f"‘{rule.mark.name}’" if rule.mark.name else rule_called(case, place).rstrip(",")
            yield Ground("clashing rule", rule_called(case, place).rstrip(","), rule.mark, short)


def _clout(case: Case, asked: Demands, best: Package | None) -> Iterator[Ground]:
    """Yield the clout that a finding turns on: of an addressee who could deliver with it, or that keeps an outsider."""
    wielders = {case.demand(each.demand).to for each in asked.deliverability if each.with_clout}
    kept = set() if best is None or best.verdicts.deliverable_by not in (STRONG, WEAK) else set(case.at_table)
    for clout in case.clout:
        if clout.of in wielders | kept:
            what = f"{case.party(clout.of).label}'s {clout.strength} clout over {case.party(clout.over).label}"
            yield Ground("clout", what, clout.mark, what)


def _approach(case: Case, best: Package) -> Iterator[Ground]:
    for approach in (approach for approach in case.approaches if approach.id == best.approach):
        marks = [clause.mark for clause in approach.contracts]
        marks += [clause.mark for clause in approach.deference]
        marks += [clause.mark for clause in approach.shared_concerns]
        what = f"the approach ‘{approach.label}’: how the parties see each other"
        short = f"‘{approach.label}’"
        yield from (Ground("clause of the approach", what, mark, short) for mark in marks)
        if approach.mark != PLAIN:
            yield Ground("clause of the approach", f"the approach ‘{approach.label}’", approach.mark, short)


def _keeping(best: Package) -> Iterator[Ground]:
    """Yield, for each party and each of its moves away, the concern on which it would lose."""
    about, state = best.setting, best.states[0]
    for party, owner in enumerate(about.rewritten.parties):
        left = about.game.moves(party, state)
        for concern in owner.concerns or ():
            holding = about.where(concern.want)
            decided = left - holding if state in holding else left & holding
            if decided:
                who = about.case.parties[party].label
                said = called_in_a_row(concern, about.case)
                yield Ground(KEEPING, f"{said} keeps {who} in the package", concern.mark, f"{said} ({who})")
            left = left - decided


def _leaving(best: Package) -> Iterator[Ground]:
    """Yield, for each party that would leave without the approach, the concern that it would gain."""
    plain = setting(best.setting.case, "none", best.setting.conventions)
    for id in best.would_leave if best.approach != "none" else ():
        party = plain.party(id)
        for state in best.as_it_is(plain)[:1]:
            ends = moves_looked_at(plain, party, plain.game.improvements(party, state))
            best_end = wording.plainest(plain, party, state, ends) if ends else None
            concern = None if best_end is None else _deciding(plain, plain.case.parties[party], state, best_end)
            if concern is not None:
                who = plain.case.party(id).label
                said = called_in_a_row(concern, plain.case)
                what = f"{said} makes {who} leave where the approach does not stand"
                yield Ground(LEAVING, what, concern.mark, f"{said} ({who})")


def _deciding(about: Setting, owner: Party, state: int, end: int) -> Concern | None:
    """Return the first concern on which two states differ, for a party with concerns."""
    for concern in owner.concerns or ():
        holding = about.where(concern.want)
        if (state in holding) != (end in holding):
            return concern
    return None
