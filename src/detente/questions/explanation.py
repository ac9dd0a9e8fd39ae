"""This module owns why a state holds or does not, in sentences, with the witness behind each.

References
----------
The definitions: see `detente.questions.stability`. That a reader relies on the narrated witness more than on the
verdict is the lesson of the GMCR+ narrator (Kinsara 2014, A Simple Guide to GMCR+).
"""

from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from functools import cached_property, partial
from typing import Any

from detente.engine.interface import Definition, StateSet
from detente.errors import TooLargeError, UnknownNameError
from detente.game import Setting, setting
from detente.look.summary import Block, Summary, Table, counted, listed, many
from detente.model.case import Case
from detente.progress import deciding, steps
from detente.questions import wording
from detente.questions.answers import answers
from detente.questions.certificate import Certificate
from detente.questions.result import Made, Result, made
from detente.questions.sanctioning import LOOKED_AT, Sanctioning
from detente.questions.temptation import temptation

SHOWN = 4


@dataclass(frozen=True, repr=False)
class Explanation(Result):
    """Why a state is stable or not, for each party and definition.

    Parameters
    ----------
    setting : Setting
        The case under its approach.
    asked : str
        The state as asked for; a partial one stands for several.
    state : int
        The state explained: the first that `asked` stands for.
    parties : tuple of int
    definitions : tuple of Definition
    """

    made: Made
    setting: Setting = field(compare=False)
    asked: str
    state: int
    parties: tuple[int, ...]
    definitions: tuple[Definition, ...]

    @cached_property
    def states(self) -> StateSet:
        """The states that were asked for."""
        return self.setting.states(self.asked)

    @cached_property
    def verdicts(self) -> Mapping[str, Mapping[str, bool | None]]:
        """For each party id and definition, whether it would stay; in every completion of a partial state; None where
        that is not decided."""
        kept = {party: {d: self._kept(party, d) for d in self.definitions} for party in self.parties}
        return {
            self.setting.case.party_ids[party]: {
                d.value: None if share is None else share == "all" for d, share in found.items()
            }
            for party, found in kept.items()
        }

    @cached_property
    def certificates(self) -> tuple[Certificate, ...]:
        """The evidence, for every party and definition, about the state explained, as far as it was decided."""
        found = []
        for party in steps(self.parties, "explaining, party by party"):
            for definition in self.definitions:
                with suppress(TooLargeError), deciding(definition.value):
                    found.append(self.why(party, definition).certificate())
        return tuple(found)

    def data(self) -> dict[str, Any]:
        several = self.states.count()
        partial = {
            "stands for": several,
            "explained": self.setting.word(self.state),
            "completions": {
                self.setting.case.party_ids[party]: {d.value: self._kept(party, d) for d in self.definitions}
                for party in self.parties
            },
        }
        return self.made.data() | {
            **({"improvements looked at": self.most} if any(self._beyond(party) for party in self.parties) else {}),
            "state": self.asked,
            "verdicts": {party: dict(verdicts) for party, verdicts in self.verdicts.items()},
            **(partial if several > 1 else {}),
            "certificates": [certificate.data() for certificate in self.certificates],
        }

    def rows(self) -> list[dict[str, Any]]:
        """Return one row an improvement: who could gain by it, and how the others could answer, by definition."""
        rows = []
        for party in self.parties:
            why = {d: self.why(party, d) for d in self.decided(party)}
            for move in self._best_first(party):
                row = {
                    "state": self.setting.word(self.state),
                    "party": self.setting.case.party_ids[party],
                    "improvement": self.setting.word(move),
                    "move": wording.move(self.setting, party, self.state, move),
                    "because it": wording.reason(self.setting, party, self.state, move),
                }
                for d in self.definitions:
                    answer = why[d].answer(move) if d in why else None
                    told = "none" if answer is None else wording.path(self.setting, move, answer)
                    row[f"answer {d.value}"] = told if d in why else "not decided"
                rows.append(row)
        return rows

    def summary(self) -> Summary:
        word = self.setting.word(self.state)
        several = self.states.count()
        grade = self._grade()
        how = f"holds{self._whom} {grade}" if grade else f"does not hold{self._whom}"
        if grade is None:
            how = "may hold"
        return Summary(
            f"Why {word} {how}: {self.setting.case.title}",
            wording.approach(self.setting),
            (
                *([self._completions(several, word)] if several > 1 else []),
                *self._state_block(word),
                *(Block(wording.name(self.setting, party), tuple(self._tried(party))) for party in self.parties),
                Block("", (self.made.line(),)),
            ),
        )

    @property
    def _whole(self) -> bool:
        return len(self.parties) == self.setting.game.parties

    @property
    def _whom(self) -> str:
        return "" if self._whole else f" for {wording.names(self.setting, self.parties)}"

    def why(self, party: int, definition: Definition) -> Sanctioning:
        """Return how the improvements of a party are answered under a definition."""
        key = party, definition
        if key not in self._whys:
            self._whys[key] = Sanctioning(self.setting, party, self.state, definition)
        return self._whys[key]

    @cached_property
    def _whys(self) -> dict[tuple[int, Definition], Sanctioning]:
        return {}

    def decided(self, party: int, beyond: bool = False) -> tuple[Definition, ...]:
        """Return the definitions asked about (beyond: all) under which it is decided what is answered."""
        if party not in self._decided_for:
            found = []
            for definition in Definition:
                with suppress(TooLargeError), deciding(definition.value):
                    self.why(party, definition).answered  # noqa: B018 # asked for what it raises
                    found.append(definition)
            self._decided_for[party] = tuple(found)
        return tuple(d for d in self._decided_for[party] if beyond or d in self.definitions)

    @cached_property
    def _decided_for(self) -> dict[int, tuple[Definition, ...]]:
        return {}

    def _kept(self, party: int, definition: Definition) -> str | None:
        """Return in how many of the states asked for a party would stay: all, some or none; None where undecided."""
        try:
            if self.states.count() == 1:
                return "all" if self.setting.stays(party, self.state, definition) else "none"
            return _share(self.states & self.setting.stable(party, definition), self.states)
        except TooLargeError:
            return None

    def _stays(self, party: int, definition: Definition) -> bool | None:
        """Return whether a party would stay in the state explained; None where undecided."""
        try:
            return self.setting.stays(party, self.state, definition)
        except TooLargeError:
            return None

    def _grade(self) -> str | None:
        """Return how the state holds for the parties asked about, under the definitions asked about; "" if not, None
        where that is not decided."""
        open_ = False
        for definition, grade in wording.HOW.items():
            if definition in self.definitions:
                stays = [self._stays(party, definition) for party in self.parties]
                if all(stays):
                    return grade
                open_ = open_ or False not in stays
        return None if open_ else ""

    def _state_block(self, word: str) -> Iterator[Block]:
        told = wording.by_party(self.setting, self.state)
        lines: list[str | Table] = [f"{party}: {does}." for party, does in told.items()]
        whole, whom = self._whole, self._whom
        movers = [p for p in self.parties if self.setting.game.improvements(p, self.state)]
        if not movers:
            lines.append(f"It holds{whom} by itself: {'nobody' if whole else 'it'} can gain by moving (Nash).")
        elif (grade := self._grade()) is None:
            lines.append(f"Whether it holds{whom} is not decided.")
        elif grade:
            who = wording.names(self.setting, movers) if whole else "it"
            lines.append(f"It holds{whom} {grade}, though {who} could gain by moving.")
        else:
            lines.append(f"It does not hold{whom} under {listed([d.value for d in self.definitions], 'or')}.")
        yield Block(f"The state {word}", tuple(lines))

    def _completions(self, several: int, word: str) -> Block:
        rows = []
        for party in self.parties:
            cells = (self._cell(partial(self.setting.stable, party, d)) for d in self.definitions)
            rows.append((wording.name(self.setting, party), *cells))
        if self._whole:
            cells = (self._cell(partial(self.setting.equilibria, d)) for d in self.definitions)
            rows.append(("all of them", *cells))
        return Block(
            f"{self.asked} stands for {many(several)} states",
            (
                Table(("would stay", *(d.value for d in self.definitions)), tuple(rows)),
                f"The first of them, {word}, is explained below ({wording.EITHER_WAY} in {self.asked}).",
            ),
        )

    def _tried(self, party: int) -> list[str]:
        """Return what is told of a party, as far as it is decided."""
        lines: list[str] = []
        try:
            with deciding("what else there is to say"):
                for line in self._told(party):
                    lines.append(line)  # what was told before a limit is met stays
        except TooLargeError as reason:
            lines.append(f"Not decided: {reason}.")
        return lines

    def _cell(self, kept: Callable[[], StateSet]) -> str:
        try:
            return _counted_share(self.states & kept(), self.states)
        except TooLargeError:
            return "not decided"

    def _told(self, party: int) -> Iterator[str]:
        game = self.setting.game
        moves, improvements = game.moves(party, self.state), game.improvements(party, self.state)
        if not moves:
            yield "It has no move here, so it stays under every definition."
            yield from temptation(self.setting, party, self.state)
            return
        if not improvements:
            yield (
                f"It stays under every definition: none of its {many(moves.count())} moves leads to a state it prefers."
                if moves.count() > 1
                else "It stays under every definition: its only move does not lead to a state it prefers."
            )
            yield from temptation(self.setting, party, self.state)
            return
        yield self._verdict(party, improvements)
        groups = self._by_gain(party)
        for alike in groups[:SHOWN]:
            said = wording.move(self.setting, party, self.state, alike[0])
            gain = wording.reason(self.setting, party, self.state, alike[0])
            others = len(alike) - 1
            more = f" So {'does' if others == 1 else 'do'} {counted(others, 'other move')}." if others else ""
            yield f"{said}: it {gain}.{more}"
            yield from ("  " + line for line in answers(self, party, alike[0]))
        if len(groups) > SHOWN:
            left = sum(len(moves) for moves in groups[SHOWN:])
            yield f"... and {counted(left, 'more move')} for other gains; --format csv lists all."
        if (total := improvements.count()) > self.most:
            yield f"Looked at one by one: the first {self.most:,} of these {many(total)} moves."

    def _verdict(self, party: int, improvements: StateSet) -> str:
        each = {d.value: self._stays(party, d) for d in self.definitions}
        stays = [d for d, kept in each.items() if kept]
        leaves = [d for d, kept in each.items() if kept is False]
        open_ = [d for d, kept in each.items() if kept is None]
        total = improvements.count()
        parts = []
        if leaves:
            parts.append(f"under {listed(leaves) if stays or open_ else 'every definition'} it leaves")
        if stays:
            parts.append(f"under {listed(stays) if leaves or open_ else 'every definition'} it stays")
        if open_:
            parts.append(f"under {listed(open_)} that is not decided")
        partly = [
            f"{many(answered)} under {d.value}"
            for d in self.decided(party)
            if total > 1 and 0 < (answered := self.why(party, d).answered.count()) < total
        ]
        tail = f" Answered by the others: {listed(partly)}, of {many(total)}." if partly else ""
        return f"It could gain by {counted(total, 'move')}: {', '.join(parts)}.{tail}"

    @property
    def most(self) -> int:
        """Of how many improvements each is looked at."""
        return LOOKED_AT.get(self.setting.game.engine, 10_000)

    def _beyond(self, party: int) -> bool:
        """Return whether a party has more improvements than are looked at one by one."""
        return self.setting.game.improvements(party, self.state).count() > self.most

    def _best_first(self, party: int) -> list[int]:
        improvements = self.setting.game.improvements(party, self.state).first(self.most)
        return sorted(improvements, key=lambda move: -self.setting.game.rank(party, move))

    def _by_gain(self, party: int) -> list[list[int]]:
        """Return the improvements, best first, apart by what they gain and by which definitions answer them.

        The first of each group changes the fewest options.
        """
        groups: dict[tuple[str, ...], list[int]] = {}
        whys = [self.why(party, d) for d in self.decided(party)]
        for move in self._best_first(party):
            gain = wording.reason(self.setting, party, self.state, move)
            groups.setdefault((gain, *(str(move in why.answered) for why in whys)), []).append(move)
        return [sorted(moves, key=partial(wording.changes, self.setting, self.state)) for moves in groups.values()]


def _share(part: StateSet, whole: StateSet) -> str:
    count = part.count()
    return "none" if count == 0 else "all" if count == whole.count() else "some"


def _counted_share(part: StateSet, whole: StateSet) -> str:
    share = _share(part, whole)
    return f"some ({many(part.count())})" if share == "some" else share


def explanation(setting: Setting, state: str, party: str | None = None, definition: str | None = None) -> Explanation:
    """Return why a state of a setting is stable or not; see `explain`."""
    known = {d.value.lower(): d for d in Definition}
    if definition is not None and definition.lower() not in known:
        raise UnknownNameError("definition", definition, [d.value for d in Definition])
    definitions = tuple(Definition) if definition is None else (known[definition.lower()],)
    parties = tuple(range(setting.game.parties)) if party is None else (setting.party(party),)
    first = setting.states(state).first(1)[0]
    asked = setting.word(first) if setting.states(state).count() == 1 else state.replace(" ", "")
    return Explanation(made(setting), setting, asked, first, parties, definitions)


def explain(
    case: Case,
    state: str,
    party: str | None = None,
    definition: str | None = None,
    approach: str = "none",
    *,
    engine: str = "auto",
    time: float | None = None,
) -> Explanation:
    """Return why a state is stable or not, in sentences, with the witnesses.

    Parameters
    ----------
    case : Case
    state : str
        A state's word or name; a partial one, such as ``YN--``, stands for all its completions.
    party : str, optional
        One party's id; all parties by default.
    definition : str, optional
        One of Nash, GMR, SMR, SEQ, SSEQ; all of them by default.
    approach : str
        One of the case's approaches, or "none".
    engine : str
        auto, cube, listed, graph or symbolic.
    time : float, optional
        How many seconds of CPU time the symbolic engine may take; what is undecided then is said.

    Returns
    -------
    Explanation

    Raises
    ------
    UnknownNameError, CaseError, DetenteError
        When there is no such state, party, definition or approach.
    """
    return explanation(setting(case, approach, engine=engine, seconds=time), state, party, definition)
