"""This module owns how packages are told: what each asks of whom, its verdicts, and what stands in its way."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from typing import TYPE_CHECKING

from detente.game import Setting, setting
from detente.look.summary import Block, Summary, Table, as_given, counted, listed
from detente.model.case import Case
from detente.model.items import Option
from detente.model.said import called, called_in_a_row
from detente.questions import wording
from detente.questions.asks import asks
from detente.questions.lasting import in_words as lasting_in_words
from detente.questions.lasting import lasting
from detente.questions.ordering import improved
from detente.questions.packages import Package
from detente.questions.phrases import changes, in_words, under
from detente.questions.reachability import GRADES
from detente.questions.roadmap import MOST_CHANGES
from detente.questions.standing_for import moves_looked_at
from detente.questions.verdict_sentences import verdict_sentences
from detente.questions.verdicts import GRADES as GRADED
from detente.questions.verdicts import NO, Judge

if TYPE_CHECKING:
    from detente.questions.accord import Accord

FIRST = "What stands in the way of the first ones:"
COLUMNS = 8
ROWS = 20
TIED = 3
TOLD = 6
CHANGES = ("loses", "gains")
LOOKED_AT = 64  # so many states that are better for one and worse for none
ONLY = "1st of 1"
AS_IT_IS = "as things stand"
REACHED = {
    GRADES[0]: "by improving moves, with nobody at the table below today on the way",
    GRADES[1]: "by improving moves",
    GRADES[2]: "by moves that the rules allow",
}
"""How a package is reached, by its grade."""
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
        labels = [f"{called_in_a_row(concern, case)}{' (core)' if concern.core else ''}" for concern in concerns]
        yield f"Not met for {name[id]}: {listed(labels)}."
    for id, rank in package.ranks.items():
        if rank == ONLY:
            yield f"To {name[id]} all states are equally good."
        else:
            yield f"{name[id]} ranks it {rank} steps, from the best on{_worth(package, id)}."
    if case.demands:
        met = [f"‘{case.demand(id).label}’" for id in package.demands_met]
        broken = [f"‘{case.demand(id).label}’" for id in package.demands_broken]
        yield f"Demands met: {listed(met) or 'none'}; broken: {listed(broken) or 'none'}."
    if package.setting.today is not None:
        yield from _worse_off(package, name)
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
        yield f"Nobody outside the table could break a core concern by a move{_from(package)} at no loss to itself."
    if package.goodwill:
        gainers = listed([name[id] for id in package.goodwill])
        word = package.setting.word(package.states[0])
        yield f"Where it leaves things open, {word} helps {gainers} at no loss to anyone."
    yield _efficiency(package)


def _from(package: Package) -> str:
    """Say which state a sentence is about that was asked of one of several only: `` from YNNY``; "" where it is all."""
    return f" from {package.setting.word(package.states[0])}" if len(package.states) > 1 else ""


def _worse_off(package: Package, name: Mapping[str, str]) -> Iterator[str]:
    """Say who is worse off than today: for sure, and depending on how what the package leaves open is settled."""
    surely = [name[id] for id in package.worse_off if id in package.surely_worse_off]
    perhaps = [name[id] for id in package.worse_off if id not in package.surely_worse_off]
    yield f"Worse off than today: {listed(surely) or 'nobody'}" + (
        f"; {listed(perhaps)} only if what is open goes against {'it' if len(perhaps) == 1 else 'them'}."
        if perhaps
        else "."
    )


def _efficiency(package: Package) -> str:
    """Say whether another state is better for one party and worse for none, and which."""
    about, state = package.setting, package.states[0]
    than = f" than {about.word(state)}" if len(package.states) > 1 else ""
    if package.efficient:
        return f"No possible state is better{than} for one party and worse for none, as they see it (Pareto-efficient)."
    game = about.judging

    def gainers(other: int) -> list[str]:
        parties = enumerate(about.case.parties)
        return [each.label for party, each in parties if game.rank(party, other) > game.rank(party, state)]

    found = improved(about, state).first(LOOKED_AT)
    better = min(found, key=lambda other: (-len(gainers(other)), wording.changes(about, state, other)))
    how = changes(about.case, game.values(state), game.values(better)) if about.case.options else ""
    return (
        f"{about.word(better)} would be better{than} for {listed(gainers(better))} and worse for nobody"
        f"{f' ({how})' if how else ''}: this is not Pareto-efficient."
    )


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
    return f": {total} by its weights" + (f" ({listed(told)})" if told else "")


def obstacle(package: Package) -> str:
    """Say what stands in the way of a package: the verdict that fails, and for whose sake."""
    failed = package.verdicts.failed
    parts = []
    if "accommodates" in failed:
        parts.append("does not accommodate: " + _core_unmet(package))
    if "deliverable" in failed:
        parts.append("cannot be delivered: " + _outsiders_leaving(package))
    if "holds" in failed:
        grade = package.verdicts.grade
        how = f"holds {grade}, not by itself" if grade in GRADED else "does not hold" + (" by itself" if grade else "")
        parts.append(f"{how}: {_leaving(package)}")
    if "reachable" in failed:
        parts.append("no legal moves lead there from today")
    if "lasts" in failed:
        parts.append(lasting_in_words(package.setting, lasting(package.setting, package.states[0])))
    return "; ".join(parts)


def _core_unmet(package: Package) -> str:
    case = package.setting.case
    missed = {id: [c for c in concerns if c.core] for id, concerns in package.unmet_concerns.items()}
    told = [
        f"{case.party(id).label} misses {listed([called_in_a_row(concern, case) for concern in concerns])}"
        for id, concerns in missed.items()
        if concerns
    ]
    return listed(told)


def _leaving(package: Package) -> str:
    """Say who could gain by moving, by which move and for what."""
    about, state = package.setting, package.states[0]
    return "; ".join(moved for party in range(about.game.parties) if (moved := gain(about, party, state)))


def gain(about: Setting, party: int, state: int) -> str:
    """Say the best move that a party could gain by, and what it gains; "" where there is none."""
    moves = moves_looked_at(about, party, about.game.improvements(party, state))
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
            label = f"{number} {concern.mark.name or called(concern, case)}{' (core)' if concern.core else ''}"
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
    by = f", and is reached {REACHED[found.reachable_by]}" if found.reachable_by in REACHED else ""
    return f"It is as good a package {wording.approach(package.setting)}: it holds {found.grade}{by}."


def _headline(accord: "Accord", whom: str) -> Iterator[str]:
    passing, found = accord.passing, accord.found
    parties = map(accord.settings[0].case.party, accord.settings[0].case.counted)
    core = any(concern.core for party in parties for concern in party.concerns or ())
    if passing:
        case = accord.settings[0].case
        by_approach = Counter(package.approach for package in passing)
        where = [f"{number:,} {under(case, name)}" for name, number in by_approach.items()]
        several = len(passing) > 1
        meet = f"{'meet' if several else 'meets'} every core concern of {whom}, " if core else ""
        yield (
            f"{counted(len(passing), 'package')} {meet}can be delivered, {'hold' if several else 'holds'} and can be "
            f"reached: {listed(where) if len(where) > 1 else under(case, *by_approach)}."
        )
        if len(set(_words(accord.best))) > 1:
            yield f"{len(accord.best)} are tied for the best: they leave equally many concerns unmet at each place."
    elif found:
        failed = list(dict.fromkeys(verdict for package in found for verdict in package.verdicts.failed))
        each = "each of them" if accord.complete else "each of those looked at"
        told = [f"{each} {listed([FAILS[verdict] for verdict in failed], 'or')}"] if failed else []
        if any(package.verdicts.open for package in found):
            told.append("whether they can be reached is not decided" if not failed else "some are not decided")
        meet = f" and meet every core concern of {whom}" if core else ""
        yield f"States that hold{meet} exist, but {listed(told)}."
    else:
        meets = f"No state that holds meets every core concern of {whom}" if core else "No state holds"
        if accord.undecided:
            meets = f"No state was found that holds{f' and meets every core concern of {whom}' if core else ''}"
        yield f"{meets}, {'under any approach or none' if len(accord.settings) > 1 else 'as things stand'}."
        if accord.near_misses:
            yield "What stands in the way of the closest ones is listed below."
    open_ = [each for each in accord.settings if each.approach in accord.undecided]
    for about in open_:
        yield f"Not all was judged {wording.approach(about)}: {accord.undecided[about.approach]}."
    quiet = [each for each in accord.settings if not any(p.setting is each for p in passing) and each not in open_]
    if passing and quiet:
        yield f"There is none {under(accord.settings[0].case, *(each.approach for each in quiet))}."
    if not core:
        anybody = listed([accord.settings[0].case.party(id).label for id in accord.settings[0].case.counted], "or")
        yield f"No concern of {anybody} is marked as core, so none has to be met."


def _table(packages: Sequence[Package], obstacles: bool = False) -> Iterator[str | Table]:
    heads = ("", "state", "approach", "holds", "reached") + (("fails",) if obstacles else ())
    rows = []
    for package in packages[:ROWS]:
        found = package.verdicts
        row = (
            str(package.rank),
            package.state,
            _label(package),
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
        yield from (f"  {p.state} ({_label(p)}) {obstacle(p)}." for p in blocked[:TOLD])


def _label(package: Package) -> str:
    """Return how a package's approach is called."""
    return next((each.label for each in package.setting.case.approaches if each.id == package.approach), AS_IT_IS)
