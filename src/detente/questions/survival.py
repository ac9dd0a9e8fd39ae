"""This module owns whether the best packages of one side of a comparison survive on the other."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any

from detente.game import Setting, setting
from detente.look.summary import listed
from detente.model.case import Case
from detente.model.feasibility import broken
from detente.questions import wording
from detente.questions.accord import Accord, accord
from detente.questions.accounts import obstacle
from detente.questions.packages import Package
from detente.questions.sharing import Pair
from detente.questions.verdicts import Judge

MOST = 256
"""Of how many states that a package stands for on the other side each is judged."""

BEST = 2
"""How many packages, tied for the best, are followed."""


@dataclass(frozen=True)
class Fate:
    """What becomes of the best package of one side on the other.

    Parameters
    ----------
    package : Package
        As it is on its own side.
    there : mapping from Setting to Package or None
        The same package under each approach of the other side, judged in one of its states where it fails in any;
        None where no possible state there agrees with it.
    broken : tuple of str
        The rules of the other side that it breaks.
    """

    package: Package
    there: Mapping[Setting, Package | None]
    broken: tuple[str, ...]

    @property
    def survives(self) -> list[Setting]:
        """Under which approaches of the other side it passes every verdict."""
        return [about for about, found in self.there.items() if found is not None and not found.verdicts.failed]

    def data(self) -> dict[str, Any]:
        """Return it as plain data."""
        return {
            "state": self.package.state,
            "approach": self.package.approach,
            "survives under": [about.approach for about in self.survives],
            "fails": {
                about.approach: ["possible"] if found is None else list(found.verdicts.failed)
                for about, found in self.there.items()
                if about not in self.survives
            },
        }


def best_packages(case: Case, approaches: Sequence[str], time: float | None = None) -> list[Package]:
    """Return the packages of a case, tied for the best, that pass every verdict under some of its approaches."""
    found: Accord = accord(case, time=time)
    passing = [package for package in found.passing if package.approach in approaches]
    best = [package for package in passing if package.order == passing[0].order]
    return [package for n, package in enumerate(best) if package.state not in {other.state for other in best[:n]}]


def fates(
    first: Case, second: Case, approaches: Sequence[str], others: Sequence[str], time: float | None = None
) -> list[Fate]:
    """Return what becomes of the best packages of one case, under its approaches, in another case under others.

    Parameters
    ----------
    first, second : Case
        With options in common.
    approaches, others : sequence of str
        The approaches of each that count, "none" for the case as it stands.
    time : float, optional
        How many seconds of CPU time the symbolic engine may take for each approach.
    """
    return [_fate(package, second, others, time) for package in best_packages(first, approaches, time)[:BEST]]


def _fate(package: Package, other: Case, approaches: Sequence[str], time: float | None) -> Fate:
    there = {about: _judged(package, about) for about in (setting(other, name, seconds=time) for name in approaches)}
    return Fate(package, there, _broken(package, other))


def _levels(package: Package, about: Setting, other: Case) -> Iterator[list[int | None]]:
    """Yield the states of a package by the options of another case; None for what is an option there only."""
    common = {option.key for option in Pair(package.setting, about).options}
    case = package.setting.case
    for state in package.states:
        now = package.setting.game.values(state)
        yield [now[case.position[option.key]] if option.key in common else None for option in other.options]


def _judged(package: Package, about: Setting) -> Package | None:
    judge, found = Judge(about), about.game.none()
    if not about.case.options:
        names = [package.setting.word(state) for state in package.states]
        found = about.game.only([about.state(name) for name in names if name in (about.case.states or ())])
    else:
        for levels in islice(_levels(package, about, about.case), MOST):
            found = found | about.game.find(levels)
    states = found.first(MOST)
    if not states:
        return None
    verdicts = {state: judge.verdicts(state) for state in states}
    worst = max(states, key=lambda state: len(verdicts[state].failed))
    return Package(about, about.word(worst), (worst,), verdicts[worst], ())


def _broken(package: Package, other: Case) -> tuple[str, ...]:
    """Return what every state of a package breaks in another case."""
    if not other.options:
        return ()
    reasons: list[list[str]] = []
    for levels in islice(_levels(package, setting(other), other), MOST):
        whole = tuple(level for level in levels if level is not None)
        if len(whole) < len(levels):
            return ()
        reasons.append([reason.replace(" '", " ‘").replace("' ", "’ ") for reason in broken(other, whole)])
    return tuple(reason for reason in reasons[0] if all(reason in each for each in reasons))


def told(fate: Fate, here: str, there: str) -> Iterator[str]:
    """Yield what a side's best package is, and whether it survives on the other side.

    Parameters
    ----------
    fate : Fate
    here, there : str
        How the sides are named in sentences: ``in ‘washington’``.
    """
    package = fate.package
    either = ", where - is either way" if "-" in package.state else ""
    under = "" if "under" in here or here == "as things stand" else f", {wording.approach(package.setting)},"
    yield (
        f"The best package {here}{under} is {package.state}{either}: "
        f"{wording.doing(package.setting, package.states[0])}."
    )
    survives = fate.survives
    several = len(fate.there) > 1
    if survives:
        how = f" {_under(survives)}" if several else ""
        yield f"  It survives {there}: it passes every verdict there{how}."
    elif all(found is None for found in fate.there.values()):
        why = f": {listed(fate.broken)}" if fate.broken else ""
        yield f"  It does not survive {there}, where it is not possible{why}."
    else:
        yield f"  It does not survive {there}."
        yield from _failing(fate)


def _failing(fate: Fate) -> Iterator[str]:
    """Yield why it fails on the other side: under the same approach, or else under the one where it fails least."""
    judged = {about: found for about, found in fate.there.items() if found is not None}
    same = [about for about in judged if about.approach == fate.package.approach]
    about = same[0] if same else min(judged, key=lambda about: len(judged[about].verdicts.failed))
    found = judged[about]
    where = f"{wording.approach(about)} it" if len(fate.there) > 1 else "it"
    why = obstacle(found) or f"fails {listed(found.verdicts.failed)}"
    others = [other for other in fate.there if other is not about]
    yield f"  {where[0].upper()}{where[1:]} {why}."
    if others:
        yield f"  Nor does it pass every verdict there {_under(others, 'or')}."


def _under(settings: Sequence[Setting], joint: str = "and") -> str:
    return listed([wording.approach(about) for about in settings], joint)
