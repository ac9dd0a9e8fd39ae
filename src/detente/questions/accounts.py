"""This module owns how packages are told: what each asks of whom, its verdicts, and what stands in its way."""

from collections.abc import Iterator, Sequence
from fractions import Fraction
from typing import TYPE_CHECKING

from detente.game import Setting, setting
from detente.look.summary import Block, Summary, Table, as_given, counted, listed
from detente.model.case import Case
from detente.model.items import Option
from detente.questions import wording
from detente.questions.asks import asks
from detente.questions.lasting import in_words as lasting_in_words
from detente.questions.lasting import lasting
from detente.questions.packages import Package
from detente.questions.phrases import in_words
from detente.questions.roadmap import MOST_CHANGES
from detente.questions.verdict_sentences import verdict_sentences
from detente.questions.verdicts import NO, Judge

if TYPE_CHECKING:
    from detente.questions.accord import Accord

FIRST = "What stands in the way of the first ones:"
COLUMNS = 8
ROWS = 20
TIED = 3
TOLD = 6
CHANGES = ("loses", "gains")
FAILS = {
    "accommodates": "leaves a core concern unmet",
    "deliverable": "cannot be delivered",
    "holds": "does not hold",
    "reachable": "cannot be reached from today",
    "lasts": "does not last",
}
"""How a failing verdict is said of several packages."""


def said(package: Package) -> Iterator[str]:
    """Yield what is said of every package, a sentence each."""
    case = package.setting.case
    name = {party.id: party.label for party in case.parties}
    for id, concerns in package.unmet_concerns.items():
        labels = [f"‘{concern.label}’{' (core)' if concern.core else ''}" for concern in concerns]
        yield f"Not met for {name[id]}: {listed(labels)}."
    for id, rank in package.ranks.items():
        yield f"{name[id]} ranks it {rank}{_worth(package, id)}."
    if case.demands:
        met = [f"‘{case.demand(id).label}’" for id in package.demands_met]
        broken = [f"‘{case.demand(id).label}’" for id in package.demands_broken]
        yield f"Demands met: {listed(met) or 'none'}; broken: {listed(broken) or 'none'}."
    if package.setting.today is not None:
        yield f"Worse off than today: {listed([name[id] for id in package.worse_off]) or 'nobody'}."
        if completed := _completed(package):
            yield completed
    if package.approach != "none":
        yield from without_the_approach(package)
    changed = {verb: [name[id] for id, how in package.outsiders_changed.items() if how == verb] for verb in CHANGES}
    told = [f"{listed(who)} {verb if len(who) == 1 else verb[:-1]}" for verb, who in changed.items() if who]
    if told:
        yield f"Outside the table, against today, {', and '.join(told)}."
    for id, end in package.spoilers.items():
        if (gain := package.gains_by_spoiling(id)) >= 0:
            move = wording.move(package.setting, package.setting.party(id), package.states[0], end)
            how = "would gain by spoiling it" if gain else "could spoil it at no loss to itself"
            yield f"{name[id]}, outside the table, {how}: {move}."
    if (
        package.verdicts.accommodates
        and len(case.at_table) < len(case.parties)
        and not any(package.gains_by_spoiling(id) >= 0 for id in package.spoilers)
    ):
        yield "Nobody outside the table could break a core concern by a move at no loss to itself."
    if package.goodwill:
        gainers = listed([name[id] for id in package.goodwill])
        word = package.setting.word(package.states[0])
        yield f"Where it leaves things open, {word} helps {gainers} at no loss to anyone."
    if package.efficient:
        yield "No possible outcome is better for one party and worse for none, as they see it (Pareto-efficient)."


def _completed(package: Package) -> str:
    """Say what the contracts of the approach change today, for the package is told against that."""
    about, case = package.setting, package.setting.case
    if about.today is None or not isinstance(case.today, tuple):
        return ""
    was, then = case.today, about.game.values(about.today)
    parts = [
        f"{case.party(option.party).label} {_changed(option, old, new)}"
        for option, old, new in zip(case.options, was, then, strict=True)
        if new is not None and new != old
    ]
    return f"‘Today’ means today once the contracts bind: {listed(parts)}." if parts else ""


def _changed(option: Option, old: int, new: int) -> str:
    return f"{'starts' if new > old else 'stops'} ‘{option.label}’"


def _worth(package: Package, id: str) -> str:
    """Say what a package is worth to a party by its weights, and which of them count: ``: 6 by its weights, ...``."""
    party = package.setting.case.party(id)
    if party.weights is None:
        return ""
    counts = [
        (statement, amount)
        for statement, amount in party.weights
        if package.states[0] in package.setting.where(statement)
    ]
    told = [f"{in_words(statement.tree, package.setting.case)} {as_given(amount)}" for statement, amount in counts]
    total = as_given(sum((amount for _, amount in counts), Fraction(0)))
    return f": {total} by its weights" + (f", {listed(told)}" if len(told) > 1 else f", for {told[0]}" if told else "")


def obstacle(package: Package) -> str:
    """Say what stands in the way of a package: the verdict that fails, and for whose sake."""
    failed = package.verdicts.failed
    parts = []
    if "accommodates" in failed:
        parts.append("does not accommodate: " + _core_unmet(package))
    if "deliverable" in failed:
        parts.append("cannot be delivered: " + _outsiders_leaving(package))
    if "holds" in failed:
        parts.append("does not hold: " + _leaving(package))
    if "reachable" in failed:
        parts.append("no legal moves lead there from today")
    if "lasts" in failed:
        parts.append(lasting_in_words(package.setting, lasting(package.setting, package.states[0])))
    return "; ".join(parts)


def _core_unmet(package: Package) -> str:
    case = package.setting.case
    missed = {id: [c for c in concerns if c.core] for id, concerns in package.unmet_concerns.items()}
    told = [
        f"{case.party(id).label} misses {listed([f'‘{concern.label}’' for concern in concerns])}"
        for id, concerns in missed.items()
        if concerns
    ]
    return listed(told)


def _leaving(package: Package) -> str:
    """Say who could gain by moving, by which move and for what, and why it may stay all the same."""
    about, state = package.setting, package.states[0]
    told = [moved for party in range(about.game.parties) if (moved := gain(about, party, state))]
    grade = package.verdicts.grade
    return "; ".join(told) + (f" (it holds {grade})" if grade else "")


def gain(about: Setting, party: int, state: int) -> str:
    """Say the best move that a party could gain by, and what it gains; "" where there is none."""
    moves = about.game.improvements(party, state).first()
    if not moves:
        return ""
    best = wording.plainest(about, party, state, moves)
    return f"{wording.move(about, party, state, best)}, and {wording.reason(about, party, state, best)}"


def without_the_approach(package: Package) -> Iterator[str]:
    """Yield who would leave a package if the approach did not stand, by which move and for what."""
    case = package.setting.case
    plain = setting(case, "none", package.setting.conventions)
    for party, id in enumerate(case.party_ids):
        if id in package.would_leave:
            gains = (gain(plain, party, state) for state in package.as_it_is(plain))
            yield f"Without the approach {case.party(id).label} would leave it: {next(filter(None, gains))}."
    if not package.would_leave:
        yield "It would hold without the approach as well."


def _outsiders_leaving(package: Package) -> str:
    judge, case = Judge(package.setting), package.setting.case
    told = []
    for party in judge.outside:
        outsider = judge.outsider(party, package.states[0])
        if outsider.by == NO and outsider.response is not None:
            move = wording.move(package.setting, party, package.states[0], outsider.response)
            told.append(f"{move}, and the table has no clout to keep {case.parties[party].label} from it")
    return listed(told)


def coverage(packages: Sequence[Package]) -> Table | None:
    """Return which concern of whom each package meets; None where no counted party has concerns."""
    if not packages:
        return None
    case = packages[0].setting.case
    rows = []
    for party in (case.party(id) for id in case.counted):
        for number, concern in enumerate(party.concerns or (), 1):
            cells = ["no" if concern in p.unmet_concerns.get(party.id, ()) else "yes" for p in packages]
            label = f"{number} {concern.label}{' (core)' if concern.core else ''}"
            rows.append((party.label if number == 1 else "", label, *cells))
    heads = [str(number) for number in range(1, len(packages) + 1)]
    return Table(("", "concern met by package", *heads), tuple(rows)) if rows else None


def accord_summary(accord: "Accord") -> Summary:
    """Return an accord in sentences and tables."""
    case = accord.settings[0].case
    whom = listed([case.party(id).label for id in case.counted])
    blocks = [Block("What all can live with", tuple(_headline(accord, whom)))]
    best = [package for n, package in enumerate(accord.best) if package.state not in _words(accord.best[:n])]
    for number, package in enumerate(best[:TIED] or accord.packages[:1], 1):
        tied = f" {number}, tied" if len(best) > 1 else ""
        title = f"Best package{tied}" if best else "Closest package"
        about = f"{package.state}, {wording.approach(package.setting)}"
        elsewhere = [also(other) for other in accord.best if other.state == package.state and other is not package]
        blocks.append(Block(title, (about, *asks(package), *verdict_sentences(package), *elsewhere, *said(package))))
    way = best[0].roadmap if best else None
    if way is not None:
        blocks.append(Block("The way there from today, step by step", tuple(way.sentences())))
    elif best and best[0].setting.today is not None and case.options:
        line = f"It takes more than {MOST_CHANGES} changes; an order of small steps is not looked for."
        blocks.append(Block("The way there from today, step by step", (line,)))
    if accord.found:
        failing = any(package.verdicts.failed for package in accord.found)
        blocks.append(Block("All of them", tuple(_table(accord.found, obstacles=failing))))
    listed_first = accord.found or accord.packages
    if weighing := tuple(_weighing(case)):
        blocks.append(Block("What counts how much", weighing))
    if table := coverage(listed_first[:COLUMNS]):
        blocks.append(Block("Concern by concern", (table,)))
    others = accord.near_misses or accord.closest
    if others:
        one = (
            "Near misses: all but one verdict" if accord.near_misses else "Closest, though more than one verdict fails"
        )
        blocks.append(Block(one, tuple(_table(others, obstacles=True))))
    blocks.append(Block("", (accord.made.line(),)))
    return Summary(f"What all can live with: {case.title}", f"whose core concerns count: {whom}", tuple(blocks))


def _weighing(case: Case) -> Iterator[str]:
    """Yield what each party that gives weights counts how much, as the case says it."""
    for party in case.parties:
        if party.weights:
            told = [f"{in_words(statement.tree, case)} {as_given(amount)}" for statement, amount in party.weights]
            yield f"{party.label}: {listed(told)}."


def _words(packages: Sequence[Package]) -> list[str]:
    return [package.state for package in packages]


def also(package: Package) -> str:
    """Say that the same state is as good a package under another approach."""
    found = package.verdicts
    by = "" if found.reachable_by is None else f" and is reached {found.reachable_by}"
    return f"The same {wording.approach(package.setting)}: it holds {found.grade}{by}."


def _headline(accord: "Accord", whom: str) -> Iterator[str]:
    passing, found = accord.passing, accord.found
    if passing:
        names = list(dict.fromkeys(wording.approach(package.setting) for package in passing))
        several = len(passing) > 1
        yield (
            f"{counted(len(passing), 'package')} {'meet' if several else 'meets'} every core concern of {whom}, can "
            f"be delivered, {'hold' if several else 'holds'} and can be reached: {listed(names)}."
        )
        if len(set(_words(accord.best))) > 1:
            yield f"{len(accord.best)} are tied for the best: they leave equally many concerns unmet at each place."
    elif found:
        failed = list(dict.fromkeys(verdict for package in found for verdict in package.verdicts.failed))
        told = [f"each of them {listed([FAILS[verdict] for verdict in failed], 'or')}"] if failed else []
        if any(package.verdicts.open for package in found):
            told.append("whether they can be reached is not decided" if not failed else "some are not decided")
        yield f"Outcomes that hold and meet every core concern of {whom} exist, but {listed(told)}."
    else:
        yield f"No outcome that holds meets every core concern of {whom}, under any approach or none."
        if accord.near_misses:
            yield "What stands in the way of the closest ones is listed below."
    open_ = [each for each in accord.settings if each.approach in accord.undecided]
    for each in open_:
        yield f"Not all was judged {wording.approach(each)}: {accord.undecided[each.approach]}."
    quiet = [each for each in accord.settings if not any(p.setting is each for p in passing) and each not in open_]
    if passing and quiet:
        yield f"There is none {listed([wording.approach(each) for each in quiet], 'or')}."
    if not any(concern.core for id in accord.settings[0].case.counted
               for concern in accord.settings[0].case.party(id).concerns or ()):  # fmt: skip
        yield "No concern of theirs is marked as core, so every outcome accommodates them."


def _table(packages: Sequence[Package], obstacles: bool = False) -> Iterator[str | Table]:
    heads = ("", "state", "approach", "holds", "reached") + (("fails",) if obstacles else ())
    rows = []
    for package in packages[:ROWS]:
        found = package.verdicts
        row = (
            str(package.rank),
            package.state,
            package.approach,
            found.grade or "no",
            found.reachable_by or "not asked",
        )
        rows.append(row + ((" and ".join(found.failed),) if obstacles else ()))
    yield Table(heads, tuple(rows))
    yield "Packages of equal rank are ties: they leave equally many concerns unmet at each place."
    if len(packages) > ROWS:
        yield f"... and {len(packages) - ROWS:,} more; --format csv lists them all."
    blocked = [package for package in packages if package.verdicts.failed]
    if blocked:
        yield "What stands in the way of the first ones that fail:" if len(blocked) < len(packages) else FIRST
        yield from (f"  {p.state} ({p.approach}) {obstacle(p)}." for p in blocked[:TOLD])
