"""This module owns the check of whole answers: what `accord`, `stability` and `explain` print, derived again from the
case, and every certificate in them.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from detente.errors import DetenteError
from detente.model.case import Case
from detente.verification.claims import CHECKS, GRADES, REACHED, outsider_grade
from detente.verification.lasting import package_patience
from detente.verification.nearest import NEAREST, fault_in_change, nearest
from detente.verification.stability import DEFINITIONS, Judge, TooLongError
from detente.verification.statements import UnreadableError
from detente.verification.told import (
    disagreements,
    failed,
    fault_in_comparison,
    fault_in_demands,
    grade,
    missing_certificates,
    unsupported,
)
from detente.verification.world import World

MOST_COUNTED = 2**14  # choices that are tried one by one


@dataclass(frozen=True, slots=True)
class Finding:
    """What was found about one claim: accepted, refused with the reason, or unchecked with the reason."""

    claim: str
    outcome: str  # accepted | refused | unchecked
    why: str = ""


class Checker:
    """One answer about one case, checked claim by claim."""

    def __init__(self, case: Case, data: Mapping[str, Any]) -> None:
        self.case, self.data = case, data
        self._judges: dict[str, Judge] = {}
        self._reach: dict[str, list[set[str]]] = {}

    def findings(self) -> Iterator[Finding]:
        """Yield what was found about every claim of the answer.

        Raises
        ------
        DetenteError
            When the answer is none of those that can be checked.
        """
        data = self.data
        known = ("packages", "equilibria", "certificates", "claim", "contradictions", "changes")
        if not any(key in data for key in known):
            raise DetenteError(
                "nothing to verify: give the JSON that accord, stability, demands, change or explain print"
            )
        if "claim" in data:
            yield self.certificate(data, None, None)
            return
        printed = _at(data, "case", "fingerprint")
        if printed != self.case.fingerprint:
            yield Finding(
                "the answer", "refused", f"it is about case {printed}, and this case is {self.case.fingerprint}"
            )
            return
        if dict(data.get("conventions") or self.case.conventions.data()) != self.case.conventions.data():
            yield Finding("the answer", "refused", "it follows other conventions than the case")
            return
        approach = data.get("approach")
        for package in _list(data.get("packages")):
            yield from self.package(package)
        if "equilibria" in data:
            yield from self.stability(str(approach))
        for place, certificate in enumerate(_list(data.get("certificates"))):
            yield self.certificate(certificate, approach, data.get("state"), f"certificate {place + 1}")
        if isinstance(data.get("verdicts"), Mapping):
            yield from self.explained(str(approach), str(data.get("state")), data["verdicts"])
            told = data["verdicts"]
            yield self.found("the certificates", lambda: unsupported(told, _list(data.get("certificates"))))
        for place, change in enumerate(_list(data.get("changes"))):
            yield self.found(f"change {place + 1}", lambda c=change: fault_in_change(self.case, c))
        for place, contradiction in enumerate(_list(data.get("contradictions"))):
            for certificate in _list(contradiction.get("certificates")):
                yield self.certificate(certificate, approach, None, f"contradiction {place + 1}")
                for key in ("demands", "possible without"):
                    if contradiction.get(key) != _at(certificate, key):
                        why = f"its {key} are not those of its certificate"
                        yield Finding(f"contradiction {place + 1}", "refused", why)

    def judge(self, approach: str) -> Judge:
        """Return who judges under an approach; raises UnknownNameError where the case has no such approach."""
        if approach not in self._judges:
            self._judges[approach] = Judge(World(self.case, approach), self.case.conventions.data())
        return self._judges[approach]

    def certificate(self, item: Any, approach: Any, state: Any, name: str = "the certificate") -> Finding:
        """Check one certificate, and that it belongs to its answer's approach and state (None: to any)."""
        if not isinstance(item, Mapping) or item.get("claim") not in (*CHECKS, NEAREST):
            return Finding(name, "refused", "it makes no claim that is known")
        name = " ".join(str(item.get(key)) for key in ("claim", "definition", "party", "state") if item.get(key))
        return self.found(name, lambda: self._fault(item, approach, state))

    def found(self, name: str, fault: Any) -> Finding:
        """Run a check and say what it found."""
        try:
            why = fault()
        except (TooLongError, OverflowError):
            return Finding(name, "unchecked", "the search it rests on is too long to repeat")
        except (DetenteError, UnreadableError, LookupError, ValueError, TypeError, AttributeError) as error:
            return Finding(name, "refused", f"it cannot be read: {error}")
        return Finding(name, "refused" if why else "accepted", why)

    def _fault(self, item: Mapping[str, Any], approach: Any, state: Any) -> str:
        if item.get("fingerprint") != self.case.fingerprint:
            return f"it is about case {item.get('fingerprint')}, and this case is {self.case.fingerprint}"
        if approach is not None and item.get("approach") != approach:
            return f"it is about the approach {item.get('approach')!r}, and stands under {approach!r}"
        if dict(item.get("conventions") or self.case.conventions.data()) != self.case.conventions.data():
            return "it follows other conventions than the case"
        if not isinstance(item.get("verdict"), bool):
            return "its verdict is neither true nor false"
        if item["claim"] == NEAREST:
            return nearest(self.case, item)
        judge = self.judge(str(item.get("approach")))
        if item["claim"] != "contradiction":
            if judge.world.states(str(item.get("state"))) != [item.get("state")]:
                return f"{item.get('state')} is not one possible state"
            if state is not None and item["state"] not in judge.world.states(str(state)):
                return f"it is about {item['state']}, and stands under {state}"
        return CHECKS[item["claim"]](judge, item)

    def package(self, package: Any) -> Iterator[Finding]:
        """Check a package: each of its certificates, and its verdicts derived again for every completion."""
        if not isinstance(package, Mapping):
            yield Finding("a package", "refused", "it is not a mapping")
            return
        approach, state = package.get("approach"), package.get("state")
        certificates = _list(package.get("certificates"))
        for certificate in certificates:
            yield self.certificate(certificate, approach, state)
        name = f"package {state} under {approach}"
        yield self.found(name, lambda: self._fault_in_package(package, str(approach), str(state)))

    def _fault_in_package(self, package: Mapping[str, Any], approach: str, state: str) -> str:
        judge, verdicts = self.judge(approach), package.get("verdicts")
        words = judge.world.states(state)
        if not words or not isinstance(verdicts, Mapping):
            return f"{state} is not a possible state, or has no verdicts"
        holding = [d for d in DEFINITIONS if all(self._equilibrium(judge, d, word) for word in words)]
        delivered = max((self._delivered(judge, word) for word in words), key=GRADES.index)
        reached = max((self._reached(approach, word) for word in words), key=REACHED.index)
        derived: dict[str, Any] = {
            "accommodates": not any(self._unmet(judge.world, word, core=True) for word in words),
            "deliverable": delivered != "no",
            "deliverable by": delivered,
            "reachable": reached != "no",
            "reachable by": reached,
            "grade": grade(judge, words, holding, delivered != "no"),
        }
        for key, value in derived.items():
            if key in verdicts and verdicts[key] != value:
                return f"{key!r} is {value!r}, not {verdicts[key]!r}"
        if sorted(_list(verdicts.get("holds"))) != sorted(holding):
            return f"it holds under {holding or 'no definition'}, not under {verdicts.get('holds')}"
        for word in words if "lasts" in verdicts else ():
            needed = package_patience(judge, word)
            if verdicts["lasts"] != (None if needed is None else float(needed)):
                return f"the patience it needs is {needed}, not {verdicts['lasts']}"
        return self._fault_in_told(package, judge, words) or missing_certificates(package, self.case.party_ids)

    def _fault_in_told(self, package: Mapping[str, Any], judge: Judge, words: Sequence[str]) -> str:
        """Check what is told beside the verdicts: what fails, concerns unmet, demands met, who gains or loses."""
        wrong = failed(package["verdicts"])
        if "fails" in package and set(package["fails"]) - {"lasts"} != wrong:
            return f"the verdicts that fail are {sorted(wrong)}"
        told = {party: sorted(labels) for party, labels in package.get("unmet", {}).items() if labels}
        for word in words:
            unmet = self._unmet(judge.world, word, core=False)
            if told != unmet:
                return f"the concerns unmet are {unmet}"
        return fault_in_demands(package, judge, words) or fault_in_comparison(package, judge, self.judge("none"), words)

    def _unmet(self, world: World, word: str, core: bool) -> dict[str, list[str]]:
        """Return the concerns of each counted party that a state does not meet (core ones only, or all)."""
        found: dict[str, list[str]] = {}
        for id in self.case.counted:
            for concern in self.case.party(id).concerns or ():
                reading = world.reading(concern.want.text, concern.want.party)
                if (concern.core or not core) and not world.holds(reading, word):
                    found.setdefault(id, []).append(concern.mark.name or str(concern.want))
        return {party: sorted(labels) for party, labels in found.items()}

    @staticmethod
    def _equilibrium(judge: Judge, definition: str, word: str) -> bool:
        return all(judge.stable(definition, party, word) for party in judge.world.case.party_ids)

    def _delivered(self, judge: Judge, word: str) -> str:
        outsiders = [party for party in self.case.party_ids if party not in self.case.at_table]
        return max((outsider_grade(judge, party, word) for party in outsiders), key=GRADES.index, default=GRADES[0])

    def _reached(self, approach: str, word: str) -> str:
        """Return how a state can be reached from today, the best way first."""
        if approach not in self._reach:
            judge = self.judge(approach)
            self._reach[approach] = [_reachable(judge, improving, safe) for improving, safe in _WAYS]
        ways = self._reach[approach]
        return next((grade for grade, reached in zip(REACHED, ways, strict=False) if word in reached), "no")

    def stability(self, approach: str) -> Iterator[Finding]:
        """Derive every listed verdict of a stability answer again."""
        data, judge = self.data, self.judge(approach)
        listed = dict(data.get("stable") or {})
        for name, why in disagreements(data, self.case.party_ids, [option.key for option in self.case.options]):
            yield Finding(name, "refused", why)
        if isinstance(data.get("feasible"), int):
            yield self.found("how many states there are", lambda: self._fault_in_count(judge.world, data["feasible"]))
        for definition in DEFINITIONS:
            for party in self.case.party_ids:
                for word in _list(_at(listed, party, definition)):
                    yield self.found(f"{definition} {party} {word}", lambda w=word, d=definition, p=party: (
                        _fault_in_state(judge, w) or ("" if judge.stable(d, p, w) else f"{w} is not {d} stable for {p}")
                    ))  # fmt: skip
            for word in _list(_at(data, "equilibria", definition)):
                yield self.found(f"{definition} equilibrium {word}", lambda w=word, d=definition: (
                    _fault_in_state(judge, w) or ("" if self._equilibrium(judge, d, w) else f"not {d} stable for all")
                ))  # fmt: skip

    @staticmethod
    def _fault_in_count(world: World, told: int) -> str:
        count = sum(1 for _ in world.every_state(MOST_COUNTED))
        return "" if count == told else f"there are {count:,}, not {told:,}"

    def explained(self, approach: str, state: str, verdicts: Mapping[str, Any]) -> Iterator[Finding]:
        """Derive the verdicts of an explanation again."""
        judge = self.judge(approach)
        for party, told in verdicts.items():
            for definition, verdict in (told if isinstance(told, Mapping) else {}).items():
                yield self.found(f"verdict {definition} {party} {state}", lambda d=definition, p=party, v=verdict: (
                    "" if all(judge.stable(d, p, w) for w in judge.world.states(state)) == v else f"it is {not v}"
                ))  # fmt: skip


_WAYS = ((True, True), (True, False), (False, False))


def _reachable(judge: Judge, improving: bool, safe: bool) -> set[str]:
    """Return what legal sequences from today reach: by improving steps, and (`safe`) with nobody at the table below."""
    world, today = judge.world, judge.world.today
    if today is None:
        return set()
    floor = {party: world.worth(party, today, own=True) for party in world.judged.at_table}
    waiting, seen = [(today, "")], {(today, "")}
    while waiting:
        here, last = waiting.pop()
        for mover in world.case.party_ids:
            if mover == last:
                continue
            for end in judge.improvements(mover, here) if improving else world.moves(mover, here):
                below = safe and any(world.worth(p, end, own=True) < least for p, least in floor.items())
                if not below and (end, mover) not in seen:
                    seen.add((end, mover))
                    waiting.append((end, mover))
    return {word for word, _ in seen}


def _fault_in_state(judge: Judge, word: str) -> str:
    return "" if judge.world.states(word) == [word] else f"{word} is not a possible state"


def _list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else []


def _at(data: Any, *keys: str) -> Any:
    for key in keys:
        data = data.get(key) if isinstance(data, Mapping) else None
    return data
