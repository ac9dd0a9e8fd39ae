"""This module owns the whole story of a case on one page, for a reader who knows no game theory: what is shared, what
clashes, what each approach leads to, the best package, and what all this rests on. It asks the other questions and
adds nothing of its own; every sentence names the line of the case it comes from, or the command that shows more.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from detente.errors import TooLargeError
from detente.game import setting
from detente.look.summary import Block, Summary, Table, counted, listed
from detente.model.case import Case
from detente.model.said import called_in_a_row
from detente.questions.accord import Accord, accord
from detente.questions.accounts import also, obstacle, said
from detente.questions.approaches import STABLE, Approaches, approaches, clauses_in_words
from detente.questions.asks import asks
from detente.questions.common import CommonGround, common_ground
from detente.questions.demands import Demands, demands
from detente.questions.grounds import Ground, grounds, told
from detente.questions.needs import Needs, needs
from detente.questions.packages import Package
from detente.questions.payments import Payments, payments
from detente.questions.phrases import opening, under
from detente.questions.result import EVERY, Made, Result
from detente.questions.variants import Headline, variants
from detente.questions.verdict_sentences import verdict_sentences
from detente.questions.wording import approach

SYMBOLIC = "symbolic"
WORKING = ("split", "shift", "free sequence", "drop", "weaken", "sequence")
"""Which repairs the page tells first: a sequence by which nobody loses before giving way, another one after it."""

MOST = 6  # so many sentences of one kind stand on the page; the question's own command has them all


@dataclass(frozen=True, repr=False)
class Analysis(Result):
    """The whole story of a case: the answers to its questions, and what they rest on.

    Parameters
    ----------
    case : Case
        As written.
    name : str
        How the case is called on the command line, for the commands that the page names.
    common : CommonGround or None
    needs : Needs
    payments : Payments
    demands : Demands
    approaches : Approaches or None
    accord : Accord or None
        None, like the other two, where there are too many states to list: then `undecided` says why.
    grounds : tuple of Ground
        The lines of the case that carry the findings.
    undecided : str
        What was not decided, and why; "" where all was.
    """

    made: Made
    case: Case = field(compare=False)
    name: str
    common: CommonGround | None
    needs: Needs
    payments: Payments
    demands: Demands
    approaches: Approaches | None
    accord: Accord | None
    grounds: tuple[Ground, ...]
    undecided: str = ""

    @property
    def best(self) -> Package | None:
        """The best package, or the closest one where none passes."""
        if self.accord is None:
            return None
        return next(iter((*self.accord.best, *self.accord.packages)), None)

    def data(self) -> dict[str, Any]:
        head = self.made.data()
        parts: dict[str, Any] = {
            "common ground": None if self.common is None else self.common.data(),
            "needs": self.needs.data(),
            "payments": self.payments.data(),
            "demands": self.demands.data(),
            "approaches": None if self.approaches is None else self.approaches.data()["approaches"],
            "accord": None if self.accord is None else self.accord.data(),
            "rests on": [ground.data() for ground in self.grounds],
            "page": [{"block": block, "text": text} for block, text in self._sentences()],
        }
        for part in ("needs", "payments", "demands", "accord"):
            parts[part] = parts[part] and {key: value for key, value in parts[part].items() if key not in head}
        return head | parts | ({"undecided": self.undecided} if self.undecided else {})

    def rows(self) -> list[dict[str, Any]]:
        """Return one row a sentence of the page."""
        return [{"block": block, "text": text} for block, text in self._sentences()]

    def _sentences(self) -> Iterator[tuple[str, str]]:
        for block in self.summary().blocks:
            for line in block.lines:
                if isinstance(line, Table):
                    yield from ((block.heading, " | ".join(row)) for row in (line.columns, *line.rows))
                else:
                    yield block.heading, line.strip()

    def summary(self) -> Summary:
        parts = [
            Block("Who is who", tuple(self._who())),
            Block("Common ground", tuple(self._common())),
            Block("Demands", tuple(self._demands())),
            Block("What each approach leads to", tuple(self._approaches())),
            *self._package(),
            *self._nearest(),
            Block("What this rests on", tuple(self._rests())),
        ]
        blocks = tuple(block for block in parts if block.lines)
        return Summary(self.case.title, self._subtitle(), (*blocks, Block("", (self.made.line(),))))

    def _subtitle(self) -> str:
        case = self.case
        states = "too many possible states to list"
        if self.approaches is not None:
            states = counted(self.approaches.outlooks[0].feasible, "possible state")
        options = [counted(len(case.options), "option")] if case.options else []
        counts = [counted(len(case.parties), "party", "parties"), *options, states]
        source = f"as argued in {_cited(case)} · " if case.mark.source else ""
        return f"{source}{', '.join(counts)} · case {case.fingerprint}"

    def _who(self) -> Iterator[str]:
        """Say who is at the table, whose core concerns count, and what they are."""
        case = self.case
        table = [case.party(id).label for id in case.at_table]
        outside = [party.label for party in case.parties if party.id not in case.at_table]
        yield f"At the table: {listed(table)}." + (f" Outside it: {listed(outside)}." if outside else "")
        for party in (case.party(id) for id in case.counted):
            core = [called_in_a_row(concern, case) for concern in party.concerns or () if concern.core]
            if core:
                yield f"What {party.label} cannot do without (core): {listed(core)}."

    def _common(self) -> Iterator[str]:
        if self.common is not None and len(self.case.parties) > 1:
            yield from self.common.sentences()
        yield from self.needs.leverages
        if self.needs.threats:
            yield self.needs.threats
        yield from self._trades()
        if self.needs.needs:
            yield f"Who needs whom for what, and which threats are bluff: detente needs {self.name}"

    def _trades(self) -> Iterator[str]:
        """Say in one sentence what the best exchange on graded issues is, and whom it hurts most."""
        if not self.case.issues:
            return
        from detente.questions.trades import trades

        found = trades(self.case, limit=1, turns=False)
        more = f"detente trades {self.name}"
        if not found.exchanges:
            count = counted(len(self.case.issues), "graded issue")
            yield f"On {count}, no two parties gain the same by an exchange; the compromises: {more}"
            return
        best = found.exchanges[0]
        partners = listed([self.case.parties[party].label for party in best.partners])
        lost = [self.case.party(id).label for id in found.losers(best)]
        others = f" and {counted(len(lost) - 1, 'other')}" if lost[1:] else ""
        hurt = f", at a loss to {lost[0]}{others}" if lost else ", at no loss to others"
        count = counted(len(found.exchanges), "exchange")
        yield (f"On graded issues, {count} would bring two parties the same gain, most of all {partners}{hurt}: {more}")

    def _demands(self) -> Iterator[str]:
        """Tell what clashes with its best repairs, then what cannot or will not be delivered."""
        if not self.case.demands and not self.case.complaints:
            return
        if self.case.demands and self.demands.compatible:
            yield "✓ Some possible state meets all demands together."
        for each in self.demands.contradictory[:MOST]:
            yield f"✗ {each.text}"
            firsts = {repair.kind: repair.text for repair in reversed(each.repairs)}
            if firsts.pop("sequence", None):
                order = next(order for order in each.in_turn if order.legs is not None and order.edits)
                firsts["sequence" if order.losers else "free sequence"] = order.brief
            works = [firsts[kind] for kind in WORKING if kind in firsts][:3]
            if works:
                yield f"  What would work: {' · '.join(works)}."
        for delivery in self.demands.deliverability[:MOST]:
            if delivery.verdict != "can":
                yield f"{'–' if delivery.verdict is None else '✗'} {delivery.text}"
        yield from self._complaints()
        parts = [
            *(["all repairs"] if self.demands.contradictory else []),
            *(["who can deliver what"] if self.case.demands else []),
            *(["every complaint"] if self.case.complaints else []),
        ]
        yield f"{opening(listed(parts))}: detente demands {self.name}"

    def _complaints(self) -> Iterator[str]:
        """Say in one sentence what becomes of the complaints, today and in the best package."""
        traced = self.demands.complaints
        if not traced:
            if why := self.demands.undecided.get("what becomes of the complaints"):
                yield f"– What becomes of {counted(len(self.case.complaints), 'complaint')} cannot be told: {why}."
            return
        found = Counter(each.status for each in traced)
        statuses = [f"{number} {'is' if number == 1 else 'are'} {status}" for status, number in found.most_common()]
        best = ""
        if self.accord is not None and self.accord.best:
            package = self.accord.best[0]
            kept = sum(package.states[0] in package.setting.where(each.complaint.that) for each in traced)
            best = f"; the best package answers {len(traced) - kept}"
        yield f"Of {counted(len(traced), 'complaint')}, {listed(statuses)} today{best}."

    def _approaches(self) -> Iterator[str | Table]:
        if self.approaches is None:
            yield f"Not decided: {self.undecided}."
            return
        yield from (
            f"‘{each.label}’: {said}" for each in self.case.approaches for said in clauses_in_words(self.case, each.id)
        )
        yield self.approaches.table()
        yield STABLE
        yield from self.approaches.sentences()[:MOST]
        yield from self.approaches.undecided()
        if self.undecided:
            yield f"Not decided: {self.undecided}."
        nowhere = [each.name for each in self.approaches.outlooks if not each.nash]
        if nowhere:
            where = under(self.case, *nowhere)
            yield f"Nothing holds by itself {where}. What other answers keep in place: detente stability {self.name}"
        if any(pay.effort is not None for pay in self.payments.payments):
            yield from (sentence for pay in self.payments.payments for sentence in pay.headline)
            yield f"When pay for effort defeats itself, and what mends it: detente payments {self.name}"

    def _package(self) -> Iterator[Block]:
        """Tell the best package: what it asks of each party, its verdicts, what is said of it."""
        package, found = self.best, self.accord
        if package is None or found is None:
            return
        passes = bool(found.passing)
        heading = "Best package" if passes else "Closest package: none passes"
        lines = [*asks(package), *verdict_sentences(package)]
        if not passes:
            lines.append(f"What stands in its way: it {obstacle(package)}.")
        lines += [also(other) for other in found.best if other.state == package.state and other is not package]
        lines += said(package)
        if package.roadmap is not None and (package.roadmap.steps or package.roadmap.left):
            lines.append(package.roadmap.sentence())
        lines += self._standing(package) if passes else []
        tied = len({other.state for other in found.best}) - 1
        if tied > 0:
            others = counted(tied, "other package is", "other packages are")
            lines.append(f"{others} as good: they leave equally many concerns unmet. All: detente accord {self.name}")
        flag = "" if package.approach == "none" else f" --approach {package.approach}"
        word = package.setting.word(package.states[0])
        lines.append(
            f"This is so {approach(package.setting)}. Why, move by move: detente explain {self.name} {word}{flag}"
        )
        yield Block(heading, tuple(lines))

    def _standing(self, package: Package) -> Iterator[str]:
        """Say in how many one-edit variants of the case the package stands, and what breaks it."""
        if package.setting.game.engine == SYMBOLIC:
            yield "It was not varied by one edit: there are too many states to list."
            return
        headline = Headline(package.approach, package.setting.word(package.states[0]))
        stands = variants(self.case, headline).findings[0]
        if not stands.of:
            yield "It was not varied: no concern or rule is there to be changed by one edit."
            return
        yield (
            f"It stands in {stands.stands:,} of {counted(stands.of, 'variant')} of this case with one edit (two "
            "neighbouring concerns swapped, a core mark set or cleared, a rule or concern dropped)."
        )
        if stands.breaking:
            broken = [edit.text(self.case) for edit in stands.breaking]
            more = f", or {counted(len(broken) - 3, 'other')}" if len(broken) > 3 else ""
            yield f"What breaks it: {'; '.join(broken[:3])}{more}."

    def _nearest(self) -> Iterator[Block]:
        """Tell the smallest change after which a package passes as things stand, where none does."""
        large = self.accord is None or self.accord.made.engine == SYMBOLIC
        near = None if self.accord is None or large else self.accord.nearest
        if self.accord is None or near is None:
            return
        best = self.accord.best
        instead = f" if {approach(best[0].setting).removeprefix('under ')} is not to be had" if best else ""
        lines = [f"{each.text}. Then {each.then}." for each in near] or list(near.found())
        lines.append(f"With contracts and promises too, or for any other goal: detente change {self.name}")
        yield Block(f"Nearest change{instead}", tuple(lines))

    def _rests(self) -> Iterator[str]:
        """Say which lines of the case carry the findings, the least certain ones one by one."""
        if self.grounds:
            lines = counted(len(self.grounds), "line of the case carries", "lines of the case carry")
            yield f"{lines} these findings (--format json lists them with their sources)."
        yield from told(self.grounds)
        if self.case.feed is not None and self.case.feed.fingerprint:
            yield (
                f"What joint monitoring leads to is taken from the scenario ‘{self.case.monitoring}’, a planning "
                f"illustration, and no fact: detente monitor feed {self.case.monitoring} {self.name}"
            )
        for other in _other_encodings(self.name):
            yield f"Another encoding of this dispute; where they part: detente compare {self.name} {other}"
        yield "The model knows only what its file says: no option that nobody listed, no wish that nobody wrote down."


def analyze(case: Case, name: str = "CASE", *, time: float | None = None) -> Analysis:
    """Return the whole story of a case on one page.

    Parameters
    ----------
    case : Case
    name : str
        How the case is called on the command line; the commands that the page names use it.
    time : float, optional
        How many seconds of CPU time the symbolic engine may take for what holds under each approach; what it has not
        decided by then is said to be undecided.

    Returns
    -------
    Analysis
    """
    asked, needed, paid = demands(case, time=time), needs(case), payments(case)
    undecided, common, outlooks, found = "", None, None, None
    try:
        common = common_ground(setting(case, seconds=time))
        outlooks = approaches(case, time=time)
        found = accord(case, time=time)
    except TooLargeError as error:
        undecided = str(error)
    engine = outlooks.made.engine if outlooks else ""
    made = Made(case.title, case.fingerprint, EVERY, case.conventions.data(), engine)
    used = grounds(case, asked, found)
    return Analysis(made, case, name, common, needed, paid, asked, outlooks, found, used, undecided)


def _cited(case: Case) -> str:
    """Return how the case's source is cited: its author and year as in ``Rizvi 2018`` from the id ``rizvi-2018``."""
    id, _, year = case.mark.source.partition(" ")[0].rpartition("-")
    return f"{id.replace('-', ' ').title()} {year}" if id and year.isdigit() else case.mark.source


def _other_encodings(name: str) -> Sequence[str]:
    """Return the other shipped encodings of the same dispute."""
    from detente.files.load import shipped

    root = name.partition("/")[0]
    known = shipped()
    return [other for other in known if other != name and other.partition("/")[0] == root] if name in known else []
