"""This module owns the check of a whole answer of `accord`: that its list of packages is complete, in order, ranked and
without a state twice, that near misses fail exactly one verdict and are the best that do, and its counts.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from detente.verification.claims import UNDECIDED
from detente.verification.findings import Finding, found
from detente.verification.nearest import fault_in_repair
from detente.verification.packages import check_package
from detente.verification.roadmap import fault_in_roadmap
from detente.verification.worlds import Worlds

NEAR_MISSES = 20
MOST_TRIED = 2_000  # so many states are looked through for near misses under one approach
GRADES = ("by itself", "at the table", "by credible answers", "only by fear", UNDECIDED, None)
REACHED = ("improving, nobody at the table below today", "improving", "by legal moves", UNDECIDED, "no", None)

Place = tuple[str, str]
"""An approach, and a state's word."""
Package = Mapping[str, Any]


def check_accord(worlds: Worlds, data: Mapping[str, Any]) -> Iterator[Finding]:
    """Yield what is found of an answer of `accord` beside its certificates."""
    packages: Sequence[Package] = data["packages"]
    if data["approaches"] != worlds.approaches:
        yield Finding("the approaches", "refused", f"the case has {', '.join(worlds.approaches)}")
        return
    strange = next((p["approach"] for p in packages if p["approach"] not in worlds.approaches), None)
    if strange is not None:
        yield Finding("the packages", "refused", f"the case has no approach {strange!r}")
        return
    before = len(packages)
    for package in packages:
        findings = list(check_package(worlds, package))
        before -= any(each.outcome == "refused" for each in findings)
        yield from findings
    if before < len(packages):
        return  # what follows would only repeat what is wrong with single packages
    parts = Parts(worlds, packages)
    yield found("each state once", parts.fault_in_covering)
    yield found("the order of packages", parts.fault_in_order)
    if data.get("undecided"):
        yield Finding(
            "whether all packages are listed", "unchecked", f"not decided under {', '.join(data['undecided'])}"
        )
    else:
        yield found("the packages that accommodate and hold", parts.fault_in_found, data["complete"])
        yield parts.near_misses()
        yield found("the closest packages", parts.fault_in_closest)
    passing = sum(not package["fails"] and not _open(package) for package in packages)
    right = "" if data["passing"] == passing else f"{passing} pass every verdict"
    yield Finding("how many pass", "refused" if right else "accepted", right)
    best = next((package for package in packages if not package["fails"] and not _open(package)), None)
    yield found("the roadmap", fault_in_roadmap, worlds, best, data.get("roadmap"))
    yield from _changes(worlds, data)


class Parts:
    """The packages of an answer by what they are there for: found, near misses, or closest."""

    def __init__(self, worlds: Worlds, packages: Sequence[Package]) -> None:
        self.worlds, self.packages = worlds, packages
        self.found = [p for p in packages if _found(p)]
        rest = [p for p in packages if not _found(p)]
        near = [p for p in rest if len(p["fails"]) == 1]
        # The closest packages stand only where there is nothing else.
        self.near, self.closest = (near, []) if self.found or near else ([], rest)
        self.misplaced = [p for p in rest if p not in self.near and p not in self.closest]
        self.covered = {id(p): self._words(p) for p in packages}

    def _words(self, package: Package) -> list[Place]:
        approach = package["approach"]
        return [(approach, word) for word in self.worlds.judge(approach).world.states(package["state"])]

    def places(self, packages: Sequence[Package]) -> set[Place]:
        """Return what some packages stand for."""
        return {place for package in packages for place in self.covered[id(package)]}

    def fault_in_covering(self) -> str:
        """Check that no state stands in two packages under one approach."""
        seen: set[Place] = set()
        for package in self.packages:
            for place in self.covered[id(package)]:
                if place in seen:
                    return f"{place[1]} stands twice under {place[0]}"
                seen.add(place)
        return ""

    def fault_in_order(self) -> str:
        """Check that packages that pass stand first, then what holds, then near misses; the best first, and ranked."""
        if self.misplaced:
            return f"{self.misplaced[0]['state']} fails more than one verdict, and is no near miss"
        passing = [p for p in self.found if not p["fails"] and not _open(p)]
        failing = [p for p in self.found if p["fails"] or _open(p)]
        if list(self.packages) != [*passing, *failing, *self.near, *self.closest]:
            return "what passes does not stand before what fails"
        for part in (passing, failing, self.near, self.closest):
            keys = [self._key(package) for package in part]
            for one, other, package in zip(keys, keys[1:], part[1:], strict=False):
                if other < one:
                    return f"{package['state']} is better than the one before it"
        for part in (self.found, self.near, self.closest):
            vectors = [self.vector(package) for package in part]
            ranks = {vector: rank for rank, vector in enumerate(sorted(set(vectors)), 1)}
            for package, vector in zip(part, vectors, strict=True):
                if package["rank"] != ranks[vector]:
                    return f"{package['state']} has rank {ranks[vector]}, not {package['rank']}"
        return ""

    def vector(self, package: Package) -> tuple[int, ...]:
        """Return the numbers by which a package is compared: smaller is better."""
        return self.worlds.vector(*self.covered[id(package)][0])

    def _key(self, package: Package) -> tuple[Any, ...]:
        approach, verdicts = package["approach"], package["verdicts"]
        judge, words = self.worlds.judge(approach), [word for _, word in self.covered[id(package)]]
        parties = self.worlds.case.party_ids
        leaving = [p for p in parties if not all(judge.stable("Nash", p, word) for word in words)]
        standing = GRADES.index(verdicts["grade"]), REACHED.index(verdicts.get("reachable by"))
        return self.vector(package), len(leaving), standing

    def fault_in_found(self, complete: bool) -> str:
        """Check that every state that accommodates and holds, under every approach, is listed; or else the best are."""
        listed = self.places(self.found)
        surveys = {approach: self.worlds.survey(approach) for approach in self.worlds.approaches}
        right = {(a, word) for a, survey in surveys.items() for word in survey.holding & survey.accommodating}
        missing = sorted(right - listed)
        if not missing:
            return "" if complete else "it lists all, and says that there are more"
        if complete:
            return f"{missing[0][1]} accommodates and holds under {missing[0][0]}, and is not listed"
        return self._passed_over(missing, listed)

    def near_misses(self) -> Finding:
        """Check that all states that fail exactly one verdict are listed, or else 20 packages of the best."""
        name = "near misses"
        right: set[Place] = set()
        try:
            for approach in self.worlds.approaches:
                survey = self.worlds.survey(approach)
                tried = survey.accommodating ^ survey.holding
                if len(tried) > MOST_TRIED:
                    why = f"whether better ones were passed over, for {len(tried):,} states would have to be judged"
                    return Finding(name, "unchecked", why)
                right |= {(approach, word) for word in tried if self._misses_one(approach, word)}
        except OverflowError:
            return Finding(name, "unchecked", "whether better ones were passed over, for there are too many states")
        missing = sorted(right - self.places(self.near))
        if len(self.near) > NEAR_MISSES:
            why = f"at most {NEAR_MISSES} are listed"
        elif missing and len(self.near) < NEAR_MISSES:
            why = f"{missing[0][1]} under {missing[0][0]} fails exactly one verdict, and is not listed"
        else:
            worst = max((self.vector(package) for package in self.near), default=())
            better = [place for place in missing if self.worlds.vector(*place) < worst]
            why = f"{better[0][1]} under {better[0][0]} is better, and is not listed" if better else ""
        return Finding(name, "refused" if why else "accepted", why)

    def _misses_one(self, approach: str, word: str) -> bool:
        passing = self.worlds.passing(approach, word)
        failing = [verdict for verdict, passes in passing.items() if passes is False]
        return len(failing) == 1 and failing[0] in ("accommodates", "holds")

    def fault_in_closest(self) -> str:
        """Check, where nothing is found or nearly so, that the best that accommodate are listed, or the best of all."""
        if self.found or self.near:
            return ""
        if not self.closest:
            return "no package is listed"
        for approach in self.worlds.approaches:
            survey = self.worlds.survey(approach)
            kept = {(approach, word) for word in survey.accommodating or survey.states}
            listed = {place for place in self.places(self.closest) if place[0] == approach}
            if strange := sorted(listed - kept):
                return f"{strange[0][1]} under {approach} does not accommodate, and others do"
            if fault := self._passed_over(sorted(kept - listed), listed):
                return fault
        best = min(self.worlds.vector(a, w) for a in self.worlds.approaches for w in self._closest(a))
        return "" if self.vector(self.closest[0]) == best else "a better one is passed over"

    def _closest(self, approach: str) -> Sequence[str]:
        survey = self.worlds.survey(approach)
        return sorted(survey.accommodating) or survey.states

    def _passed_over(self, missing: Sequence[Place], listed: set[Place]) -> str:
        """Return a state that is not listed and better than one that is, under the same approach."""
        worst: dict[str, tuple[int, ...]] = {}
        for approach, word in listed:
            worst[approach] = max(worst.get(approach, ()), self.worlds.vector(approach, word))
        for approach, word in missing:
            if approach in worst and self.worlds.vector(approach, word) < worst[approach]:
                return f"{word} under {approach} is better than one that is listed"
        return ""


def _open(package: Package) -> bool:
    """Return whether it was not decided whether a package can be reached."""
    return bool(package["verdicts"].get("reachable by") == UNDECIDED)


def _found(package: Package) -> bool:
    return not {"accommodates", "holds"} & set(package["fails"])


def _changes(worlds: Worlds, data: Mapping[str, Any]) -> Iterator[Finding]:
    """Check that no change is told where none is needed, and that after each that is a package passes."""
    needless = any(p["approach"] == "none" and not p["fails"] for p in data["packages"])
    if needless and data["nearest change"]:
        yield Finding("the nearest change", "refused", "a package passes as things stand")
    elif not needless and not data["nearest change"]:
        yield Finding("the nearest change", "unchecked", "that no change was found is not derived again")
    else:
        for place, change in enumerate(data["nearest change"], 1):
            yield found(f"nearest change {place}", fault_in_repair, worlds.case, change["edits"])
