"""This module owns the question which packages all can live with, and whether they hold.

References
----------
Leximin: Sen (1970), Collective Choice and Social Welfare; over numbered concerns, see `detente.questions.ordering`.
What holds: see `detente.questions.stability`.
"""

from collections.abc import Hashable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from itertools import groupby, islice
from typing import TYPE_CHECKING, Any

from detente.engine.interface import StateSet
from detente.errors import TooLargeError
from detente.game import Setting, setting
from detente.look.summary import Summary
from detente.model.case import Case
from detente.model.fixed import Fixed
from detente.progress import ended, gathered, steps
from detente.questions.grouping import grouped
from detente.questions.ordering import Order, Unmet
from detente.questions.packages import Package
from detente.questions.partial import Partial, partial
from detente.questions.reachability import GRADES as REACHED
from detente.questions.reachability import reachabilities
from detente.questions.result import EVERY, Made, Result
from detente.questions.verdicts import Judge, Verdicts

if TYPE_CHECKING:
    from detente.questions.change import Changes

LIMIT = 1_000
NEAR_MISSES = 20
MOST_TRIED = 2_000
SYMBOLIC = {LIMIT: 100, MOST_TRIED: 200}  # what they are by default with the symbolic engine, where states are dear


@dataclass(frozen=True, slots=True)
class Entry:
    """One state under one approach, with its verdicts and its place in the order."""

    setting: Setting
    state: int
    order: Unmet
    verdicts: Verdicts

    @property
    def kind(self) -> Hashable:
        """What tells it from states that it may be printed with: the counted concerns met, and the verdicts."""
        return Order(Judge(self.setting)).met(self.state), self.verdicts


@dataclass(frozen=True, repr=False)
class Accord(Result):
    """The packages under every approach and under none: those that accommodate and hold first, then near misses.

    Parameters
    ----------
    settings : tuple of Setting
        The case under each approach, "none" first.
    found : tuple of Package
        Accommodating packages that hold, the best first; those that can be reached stand before those that cannot.
    near_misses : tuple of Package
        At most 20 that fail exactly one verdict, the best first.
    closest : tuple of Package
        Where there is neither: the best of those that accommodate, or else of all possible states.
    complete : bool
        Whether `found` has all of them.
    undecided : mapping from approach to reason
        Under which approaches not all could be judged, and why.
    """

    made: Made
    settings: tuple[Setting, ...] = field(compare=False)
    found: tuple[Package, ...]
    near_misses: tuple[Package, ...]
    closest: tuple[Package, ...]
    complete: bool
    undecided: Mapping[str, str] = field(default_factory=dict)

    @property
    def packages(self) -> tuple[Package, ...]:
        """All packages listed, in order."""
        return self.found + self.near_misses + self.closest

    @cached_property
    def passing(self) -> tuple[Package, ...]:
        """The packages that pass every verdict asked for."""
        return tuple(package for package in self.found if _passes(package))

    @cached_property
    def best(self) -> tuple[Package, ...]:
        """The packages, tied with each other, that pass every verdict and are the best of these."""
        return tuple(package for package in self.passing if package.rank == self.passing[0].rank)

    @cached_property
    def obstacles(self) -> Mapping[str, tuple[Package, ...]]:
        """The near misses, or the closest packages where there are none, by the verdicts that they fail."""
        found: dict[str, list[Package]] = {}
        for package in self.near_misses or self.closest:
            found.setdefault(" and ".join(package.verdicts.failed) or "reachable", []).append(package)
        return Fixed({verdicts: tuple(packages) for verdicts, packages in found.items()})

    @cached_property
    def nearest(self) -> "Changes | None":
        """The smallest change after which a package passes as things stand; None where one does.

        By edits of concerns, clout and rules; `detente.questions.change` looks at contracts and promises too.
        """
        from detente.questions.change import nearest_changes

        if any(package.approach == "none" for package in self.passing) or ended():
            return None
        return nearest_changes(self.settings[0].case)

    def judge(self, package: str, approach: str = "none") -> Partial:
        """Judge a package that is named, over all its completions where it is partial (`detente.questions.partial`)."""
        return partial(self.settings[0].case, package, approach)

    def data(self) -> dict[str, Any]:
        return self.made.data() | {
            "approaches": [each.approach for each in self.settings],
            "packages": [package.data() for package in self.packages],
            "passing": len(self.passing),
            **({"roadmap": way.data()} if (way := self.best[0].roadmap if self.best else None) else {}),
            "complete": self.complete,
            **({"undecided": dict(self.undecided)} if self.undecided else {}),
            "nearest change": [
                {"edits": [edit.data() for edit in each.edits], "text": each.text} for each in self.nearest or ()
            ],
        }

    def rows(self) -> list[dict[str, Any]]:
        """Return one row a package."""
        rows = []
        for package in self.packages:
            told = package.data(certificates=False)
            verdicts = told["verdicts"]
            rows.append(
                {
                    "state": package.state,
                    "approach": package.approach,
                    "rank": package.rank,
                    **{key: " ".join(value) if isinstance(value, list) else value for key, value in verdicts.items()},
                    "fails": " ".join(told["fails"]),
                    **{f"unmet of {id}": "; ".join(package.unmet.get(id, [])) for id in package.setting.case.counted},
                    "demands met": " ".join(package.demands_met),
                    "worse off than today": " ".join(package.worse_off),
                    "would leave without the approach": " ".join(package.would_leave),
                    "efficient": package.efficient,
                }
            )
        return rows

    def summary(self) -> Summary:
        from detente.questions.accounts import accord_summary

        return accord_summary(self)


def accord(case: Case, limit: int | None = None, *, engine: str = "auto", time: float | None = None) -> Accord:
    """Return the packages that all can live with, under every approach and under none, and near misses.

    Parameters
    ----------
    case : Case
    limit : int, optional
        How many accommodating states that hold are kept under one approach, the best first; 1,000 by default, 100 with
        the symbolic engine.
    engine : str
        auto, cube, listed, graph or symbolic.
    time : float, optional
        How many seconds of CPU time the symbolic engine may take for sets of states under each approach. The packages
        it finds are judged one by one, under all definitions.

    Returns
    -------
    Accord

    Raises
    ------
    TooLargeError
        When the states cannot be listed.
    """
    names = ("none", *(approach.id for approach in case.approaches))
    settings = tuple(setting(case, name, engine=engine, seconds=time) for name in names)
    limit = _most(settings[0], LIMIT) if limit is None else limit
    entries: list[Entry] = []
    near: list[Entry] = []
    undecided: dict[str, str] = {}
    complete = True

    def judged(about: Setting) -> None:
        nonlocal complete
        judge, cut, perhaps = Judge(about), "", about.game.none()
        try:
            holding = judge.holding(judge.accommodating)
        except TooLargeError as reason:  # the best of what may hold at the table are looked at one by one instead
            cut = str(reason)
            holding = judge.itself & judge.accommodating
            perhaps = judge.perhaps_at_the_table(judge.accommodating)
        complete = complete and holding.count() <= limit
        held, why = gathered(_itself, islice(_best_first(judge, holding), limit), "judging packages")
        if cut:
            more_held, more = gathered(_itself, islice(_best_first(judge, perhaps), limit), "judging packages")
            held, why = [*held, *(entry for entry in more_held if entry.verdicts.holds)], why or more or cut
            holding = holding | perhaps
        close, more = gathered(_itself, _near_misses(judge, holding), "judging what comes near")
        entries.extend(held)
        near.extend(close)
        if why or more:
            undecided[about.approach] = why or more

    for about in steps(settings, "judging packages, approach by approach"):
        _, why = gathered(judged, [about], "judging packages")
        if why:
            undecided[about.approach] = why
    complete = complete and not undecided
    found = _packages(entries)
    passing = [package for package in found if _passes(package)]
    unreached = [package for package in found if not _passes(package)]
    near_misses = _packages(near)[:NEAR_MISSES]
    closest: list[Package] = []
    if not (passing or unreached or near_misses):
        some, _ = gathered(_itself, _closest(settings), "judging the closest packages")
        closest = _packages(some)[:NEAR_MISSES]
    made = Made(case.title, case.fingerprint, EVERY, case.conventions.data(), settings[0].game.engine, {"limit": limit})
    if undecided and not (found or near_misses or closest):
        raise TooLargeError(next(iter(undecided.values())))
    return Accord(made, settings, (*passing, *unreached), tuple(near_misses), tuple(closest), complete, undecided)


def _itself(entry: Entry) -> Entry:
    return entry


def _passes(package: Package) -> bool:
    return not package.verdicts.failed and not package.verdicts.open


def _most(about: Setting, number: int) -> int:
    """Return how many states are looked at by default."""
    return SYMBOLIC[number] if about.game.engine == "symbolic" else number


def _best_first(judge: Judge, states: StateSet) -> Iterator[Entry]:
    """Yield the states of a set with their verdicts, the best first."""
    for order, block in Order(judge).blocks(states):
        for state in block.first(_most(judge.setting, MOST_TRIED)):
            yield Entry(judge.setting, state, order, judge.verdicts(state))


def _near_misses(judge: Judge, holding: StateSet) -> Iterator[Entry]:
    """Yield the best states that fail exactly one verdict, until they are certain to make enough packages.

    What holds can be delivered; so a near miss accommodates and does not hold, or holds and does not accommodate.
    """
    game, reach = judge.game, reachabilities(judge.setting)
    reached = game.feasible() if reach is None else reach.reached(REACHED[-1]).states
    perhaps = judge.perhaps_deliverable() & reached
    candidates = (perhaps & judge.accommodating) | (perhaps & judge.staying_at_table() - judge.accommodating)
    kinds: set[Hashable] = set()
    for order, entries in groupby(
        islice(_best_first(judge, candidates - holding), _most(judge.setting, MOST_TRIED)), lambda e: e.order
    ):
        if len(kinds) >= NEAR_MISSES:
            return
        for entry in entries:
            if len(entry.verdicts.failed) == 1:
                kinds.add((order, entry.kind))
                yield entry


def _closest(settings: Iterable[Setting]) -> Iterator[Entry]:
    """Yield, under each approach, the best accommodating states, or the best of all where none accommodates."""
    for about in settings:
        judge = Judge(about)
        yield from islice(_best_first(judge, judge.accommodating or about.game.feasible()), NEAR_MISSES)


def _packages(entries: Iterable[Entry]) -> list[Package]:
    """Return states as packages, grouped, in order, and ranked so that ties share a rank."""
    by_setting: dict[Setting, dict[int, Entry]] = {}
    for entry in entries:
        by_setting.setdefault(entry.setting, {})[entry.state] = entry
    found: list[Package] = []
    for about, kept in by_setting.items():
        kinds = {state: entry.kind for state, entry in kept.items()}
        for text, states in grouped(about, list(kept), kinds):
            entry = kept[states[0]]
            found.append(Package(about, text, states, entry.verdicts, entry.order))
    found.sort(key=lambda package: (package.order, len(package.leaving), *package.verdicts.standing))
    ranks: dict[Unmet, int] = {}
    for package in found:
        ranks.setdefault(package.order, len(ranks) + 1)
    return [replace(package, rank=ranks[package.order]) for package in found]
