"""This module owns whether a case is sound: the faults of its file, those of its states, and what deserves a look.

`read` is how every question gets its case: all faults at once, or a sound case.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar

import numpy as np

from detente.engine.counting import rule_removals
from detente.engine.listing import Listing, any_state, list_states
from detente.errors import CaseError, Fault, TooLargeError
from detente.files.load import Loaded, load
from detente.files.text import is_of_other_sort
from detente.game import setting, space_of
from detente.look.summary import Block, Summary, Table, counted, listed
from detente.model import states as words
from detente.model.case import Case, Party
from detente.model.said import in_words
from detente.model.statements import Statement, bind, holds
from detente.progress import steps
from detente.questions.needless import needless
from detente.questions.oversights import oversights
from detente.questions.result import Made, Result

if TYPE_CHECKING:
    from detente.files.scenario import LoadedScenario

Path_ = tuple[str | int, ...]
MOST_STATES = 2**20
MOST_TRUTHS = 2**28  # so many truth values of one party's concerns are looked at


@dataclass(frozen=True)
class RuleCount:
    """How many states a rule removes by itself, and at its place after the rules above it; None if not counted."""

    label: str
    alone: int | None
    in_place: int | None
    said: str = ""  # its name, else what it says in words


@dataclass(frozen=True, repr=False)
class Check(Result):
    """Whether a case is sound, and what deserves a look.

    Parameters
    ----------
    faults, warnings : tuple of Fault
        What must be mended; what deserves a look.
    feasible : int or None
        How many states there are; None if that was not counted.
    rules : tuple of RuleCount
        What each rule removes.
    """

    made: Made
    file: str
    faults: tuple[Fault, ...]
    warnings: tuple[Fault, ...]
    feasible: int | None
    rules: tuple[RuleCount, ...]
    counts: Mapping[str, int]

    sort: ClassVar[str] = "case"

    @property
    def sound(self) -> bool:
        """Whether the case can be analysed."""
        return not self.faults

    def data(self) -> dict[str, Any]:
        """Return the answer as JSON-ready data."""
        return {
            "case": {"title": self.made.title, "fingerprint": self.made.fingerprint},
            "sound": self.sound,
            "faults": [fault_data(fault, self.file) for fault in self.faults],
            "warnings": [fault_data(fault, self.file) for fault in self.warnings],
            "counts": dict(self.counts),
            "feasible": self.feasible,
            "rules": [
                {"rule": r.label, "removes alone": r.alone, "removes at its place": r.in_place} for r in self.rules
            ],
        }

    columns = ("kind", "file", "line", "column", "what", "remedy")

    def rows(self) -> list[dict[str, Any]]:
        """Return one row a fault or warning."""
        return [
            {"kind": "warning" if fault.warning else "fault"} | fault_data(fault, self.file)
            for fault in (*self.faults, *self.warnings)
        ]

    def summary(self) -> Summary:
        """Return the answer in sentences and a table of rules."""
        found = listed([counted(number, noun, plural) for noun, plural, number in self._nouns() if number])
        verdict = f"The {self.sort} is sound." if self.sound else f"{counted(len(self.faults), 'fault')} to mend."
        states = f"{counted(self.feasible, 'possible state')}." if self.feasible is not None else ""
        lines: list[str | Table] = [f"{verdict} {found}. {states}".strip()] if found else [verdict]
        blocks = [Block("", tuple(lines))]
        if self.rules:
            rows = tuple((r.said or r.label, _number(r.alone), _number(r.in_place)) for r in self.rules)
            blocks.append(Block("Rules", (Table(("rule", "removes alone", "removes at its place"), rows),)))
        for heading, faults in (("Faults", self.faults), ("Worth a look", self.warnings)):
            if faults:
                blocks.append(Block(heading, tuple(replace(fault, warning=False).text(self.file) for fault in faults)))
        return Summary(self.made.title or self.file, f"{self.sort} {self.made.fingerprint}", tuple(blocks))

    def _nouns(self) -> Iterator[tuple[str, str, int]]:
        for noun, plural in (("party", "parties"), ("option", ""), ("concern", ""), ("rule", ""), ("demand", "")):
            yield noun, plural, self.counts.get(noun, 0)


def _number(count: int | None) -> str:
    return "not counted" if count is None else f"{count:,}"


def fault_data(fault: Fault, file: str) -> dict[str, Any]:
    place = {"file": file, "line": fault.line or None, "column": fault.column or None}
    return place | {"what": fault.what, "remedy": fault.remedy}


def read(source: str | Path) -> Case:
    """Read a case: a file, or the name of a shipped one.

    Parameters
    ----------
    source : str or Path
        A path to a case file (YAML or JSON), or a shipped name such as ``us-pakistan-2018``.

    Raises
    ------
    CaseError
        With every fault at once, each with its place and what to do.
    """
    loaded = load(source)
    faults = in_order([*loaded.faults, *located(loaded, state_faults(loaded.case, loaded.loose))])
    errors = [fault for fault in faults if not fault.warning]
    if errors or loaded.case is None:
        raise CaseError(errors, loaded.file)
    return loaded.case


def check(source: str | Path | Case) -> Check:
    """Say whether a case is sound, what each rule removes, and what deserves a look; or so of a monitoring scenario.

    Parameters
    ----------
    source : str, Path or Case
        A file, the name of a shipped case or scenario, or a case.
    """
    loaded = None if isinstance(source, Case) else load(source)
    if loaded is not None and is_of_other_sort(loaded.faults) and not isinstance(source, Case):
        from detente.questions.monitor_check import check_scenario

        return check_scenario(source)
    case = source if isinstance(source, Case) else loaded.case if loaded else None
    file = loaded.file if loaded else ""
    found = list(state_faults(case, loaded.loose if loaded else None))
    if not any(not fault.warning for _, fault in found) and case is not None:
        found += [*look_again(case), *oversights(case), *_dated(case, loaded)]
    faults = in_order([*(loaded.faults if loaded else ()), *located(loaded, found)])
    errors = tuple(fault for fault in faults if not fault.warning)
    warnings = tuple(fault for fault in faults if fault.warning)
    if case is None:
        return Check(Made("", "", "none", {}), file, errors, warnings, None, (), {})
    made = Made(case.title, case.fingerprint, "none", case.conventions.data())
    feasible, rules = (None, ()) if errors else _counts(case)
    return Check(made, file, errors, warnings, feasible, rules, _items(case))


def _dated(case: Case, loaded: Loaded | None) -> list[tuple[Path_, Fault]]:
    """Return whether what was taken from a monitoring scenario is up to date; most cases take nothing from one."""
    if case.feed is None:
        return []
    from detente.questions.monitor_dated import dated

    return dated(case, loaded.path.parent if loaded is not None and loaded.path is not None else None)


def _items(case: Case) -> dict[str, int]:
    concerns = sum(len(party.concerns or ()) for party in case.parties)
    return {
        "party": len(case.parties),
        "option": len(case.options),
        "concern": concerns,
        "rule": len(case.rules) + len(case.resources),
        "demand": len(case.demands),
        "approach": len(case.approaches),
    }


def _counts(case: Case) -> tuple[int | None, tuple[RuleCount, ...]]:
    space = space_of(case)
    labels = [rule.label for rule in case.rules] + [f"resource {resource.name}" for resource in case.resources]
    removed = rule_removals(space) if case.options else [(0, 0)] * len(labels)
    said = [rule.mark.name or in_words(rule.that.tree, case) for rule in case.rules] + labels[len(case.rules) :]
    rules = tuple(RuleCount(label, *counts, told) for label, counts, told in zip(labels, removed, said, strict=True))
    try:
        return setting(case).game.feasible().count(), rules
    except TooLargeError:
        return None, rules


def located(loaded: "Loaded | LoadedScenario | None", found: Sequence[tuple[Path_, Fault]]) -> list[Fault]:
    """Give each fault the place in the file of the item it is about."""
    if loaded is None:
        return [fault for _, fault in found]
    faults = []
    places = loaded.where(path for path, _ in found) if found else {}
    for path, fault in found:
        line, column = next((places[path[:n]] for n in range(len(path), 0, -1) if path[:n] in places), (0, 0))
        faults.append(replace(fault, line=line, column=column))
    return faults


def in_order(faults: Sequence[Fault]) -> list[Fault]:
    return sorted(faults, key=lambda fault: (fault.line, fault.column))


def state_faults(case: Case | None, loose: Case | None = None) -> list[tuple[Path_, Fault]]:
    """Return the faults that only the feasible states can show, each with the path of the item it is about.

    Parameters
    ----------
    case : Case or None
        None where its rules cannot be read.
    loose : Case or None
        Then the case without what cannot be read: what is impossible in it, or ranked twice, is so in any case.
    """
    if case is None and loose is not None and loose.options and any_state(space_of(loose)):
        return _ranking_faults(loose, whole=False)
    if case is None or not case.options:
        return []
    space = space_of(case)
    if not any_state(space):
        return [(("rules",), _no_state(case))]
    return [*_ranking_faults(case), *_coalesce_faults(case)]


def _no_state(case: Case) -> Fault:
    """Name a smallest set of rules that leaves no state: none of them can be missed."""
    rules = list(range(len(case.rules)))
    for rule in list(rules):
        rest = [other for other in rules if other != rule]
        if not any_state(space_of(replace(case, rules=tuple(case.rules[i] for i in rest)))):
            rules = rest
    named = listed([f"rule {rule + 1} ({case.rules[rule].label})" for rule in rules])
    what = f"the rules leave no possible state: {named} cannot hold together" if rules else "no state is possible"
    return Fault(what, "drop or weaken one of them" if rules else "check the resources and the listed states")


def _ranking_faults(case: Case, whole: bool = True) -> list[tuple[Path_, Fault]]:
    """Return, for each ranking, the states that are infeasible or repeated, and, of a whole case, those missing."""
    rankings = [party for party in case.parties if party.ranking is not None]
    if not rankings:
        return []
    bare = replace(case, parties=tuple(replace(p, ranking=None, concerns=p.concerns or ()) for p in case.parties))
    game = setting(bare).game
    found: list[tuple[Path_, Fault]] = []
    for party in rankings:
        seen: dict[int, str] = {}
        for place, group in enumerate(party.ranking or ()):
            for text in group:
                values = words.values(text, case.options)
                states = game.find(values).first()
                states = [state for state in states if game.values(state) == values] or states
                path: Path_ = ("parties", party.id, "ranking", place)
                if not states:
                    found.append((path, Fault(f"the state {text!r} is not possible", "take it out of the ranking")))
                twice = [seen[state] for state in states if state in seen]
                if twice:
                    found.append((path, Fault(f"the state {text!r} is ranked twice", "keep one of the two")))
                seen |= dict.fromkeys(states, text)
        missing = [state for state in game.feasible().first() if state not in seen] if whole else []
        if missing:
            shown = listed([words.word(game.values(state), case.options) for state in missing[:6]])
            more = f" and {len(missing) - 6} more" if len(missing) > 6 else ""
            what = f"the ranking of {party.id} leaves out {counted(len(missing), 'possible state')}: {shown}{more}"
            found.append((("parties", party.id, "ranking"), Fault(what, "rank every possible state; ties as a list")))
    return found


def _coalesce_faults(case: Case) -> list[tuple[Path_, Fault]]:
    """Return the merged states that overlap, and the concerns and weights that differ among their members."""
    if not case.coalesce:
        return []
    listing = list_states(replace(space_of(case), merged=()), MOST_STATES)
    members = [_true(case, listing, statement) for statement in case.coalesce]
    found: list[tuple[Path_, Fault]] = []
    for place, mask in enumerate(members):
        path: Path_ = ("coalesce", place)
        earlier = [other for other in range(place) if (members[other] & mask).any()]
        if earlier:
            what = f"{case.coalesce[place]} and {case.coalesce[earlier[0]]} would merge the same states"
            found.append((path, Fault(what, "make them exclude each other")))
        if not mask.any():
            found.append((path, Fault(f"no possible state has {case.coalesce[place]}", "take it out", warning=True)))
        for party in case.parties:
            found += [
                (where, Fault(f"{party.id} wants {statement}, which differs among the states merged by "
                              f"{case.coalesce[place]}", "a merged state must have one value for every concern"))
                for where, statement in _wanted(party)
                if mask.any() and 0 < int(_true(case, listing, statement)[mask].sum()) < int(mask.sum())
            ]  # fmt: skip
    return found


def _wanted(party: Party) -> Iterator[tuple[Path_, Statement]]:
    for place, concern in enumerate(party.concerns or ()):
        yield ("parties", party.id, "concerns", place), concern.want
    for statement, _ in party.weights or ():
        yield ("parties", party.id, "weights", statement.text), statement


def _true(case: Case, listing: Listing, statement: Statement) -> np.ndarray[Any, np.dtype[np.bool_]]:
    """Return in which of the listed states a statement holds."""
    tree = bind(statement.tree, case.position)
    return np.broadcast_to(np.asarray(holds(tree, listing.columns.__getitem__), dtype=bool), (listing.count,))


def look_again(case: Case) -> list[tuple[Path_, Fault]]:
    """Return warnings of concerns that are contradictory, constant, duplicate or redundant on the feasible states."""
    if not case.options:
        return []
    try:
        listing = list_states(space_of(case), MOST_STATES)
    except TooLargeError:
        return []
    found: list[tuple[Path_, Fault]] = []
    for party in steps(case.parties, "looking for concerns that decide nothing, party by party"):
        found += _concern_warnings(case, party, listing)
    return found


def _concern_warnings(case: Case, party: Party, listing: Listing) -> Iterator[tuple[Path_, Fault]]:
    concerns = party.concerns or ()
    if len(concerns) * listing.count > MOST_TRUTHS:
        size = f"{len(concerns):,} concerns on {listing.count:,} states"
        what = f"{party.id}'s {size} are too many to look for needless ones"
        yield ("parties", party.id, "concerns"), Fault(what, "the analysis does not depend on it", warning=True)
        return

    def truth(place: int) -> np.ndarray[Any, np.dtype[np.bool_]]:
        return _true(case, listing, concerns[place].want)

    idle = needless(truth, len(concerns), listing.count)
    first: dict[bytes, int] = {}  # by its truth in all states: the first concern that says so
    for place, concern in enumerate(concerns):
        path: Path_ = ("parties", party.id, "concerns", place)
        holds = truth(place)
        twin = first.setdefault(np.packbits(holds).tobytes(), place)
        what = remedy = ""
        if not holds.any():
            what, remedy = "holds in no possible state", "it can never be met; check it against the rules"
        elif holds.all():
            what, remedy = "holds in every possible state", "it decides nothing; the rules already see to it"
        elif twin != place:
            what = f"says the same as concern {twin + 1} ({concerns[twin].label})"
            remedy = "keep one of the two"
        elif place in idle:
            what, remedy = "changes nothing in the party's ranking", "the concerns above it already decide"
        if what:
            yield path, Fault(f"{party.id}'s concern {place + 1} ({concern.label}) {what}", remedy, warning=True)
