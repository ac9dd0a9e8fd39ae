"""This module owns the question how far a state's standing depends on details of what the parties want.

References
----------
Levels of freedom: after Matbouli, Hipel & Kilgour (2014), A fresh perspective on robustness of equilibrium in the
graph model for conflict resolution; their table is reconstructed here from the abstract. Swaps to fall and shares are
detente's own; see `detente.questions.firmness`.
"""

from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import Executor
from dataclasses import dataclass, field
from typing import Any

from detente.engine.interface import Definition
from detente.engine.sweeps import Sweep
from detente.errors import DetenteError
from detente.game import Setting, setting, space_of, wants_of
from detente.look.summary import Block, Summary, Table, counted, listed, many, ordinal
from detente.model.case import Case
from detente.questions import wording
from detente.questions.firmness import (
    Firmness,
    Input,
    Share,
    carrying,
    holding,
    listed_firmness,
    strongest,
    unlisted_firmness,
)
from detente.questions.result import Made, Result, made

__all__ = ["Firmness", "Input", "Robustness", "Share", "robustness"]

MOST_ASKED = 1_000  # states that words stand for, where they are too many to list
FREEDOM = (
    "without a move: {}",
    "with moves that only make it worse off: {}",
    "with a move that makes no difference to it: {}",
    "with a move that would gain, if the others let it: {}",
)


@dataclass(frozen=True, repr=False)
class Robustness(Result):
    """How firmly states stand: freedom to move, swaps until they fall, and shares of varied preferences.

    Parameters
    ----------
    setting : Setting
    states : tuple of Firmness
        The firmest first.
    inputs : tuple of Input
        The lines that carry most, first.
    variations, swaps, seed : int
        How many variations; how many swaps for each party in each; which ones.
    encodings : tuple of (str, mapping from state word to the definitions it is an equilibrium under)
        Other encodings of the same dispute, and what holds in each.
    """

    made: Made
    setting: Setting = field(compare=False)
    states: tuple[Firmness, ...]
    inputs: tuple[Input, ...]
    variations: int
    swaps: int
    seed: int
    encodings: tuple[tuple[str, Mapping[str, tuple[str, ...]]], ...] = ()

    columns = ("state", "holds now", "definition", "held", "of", "from", "to")

    def agreeing(self, state: str, definition: Definition = Definition.NASH) -> str:
        """Return in how many encodings a state is an equilibrium: all, most, some or none."""
        held = sum(definition.value in holding.get(state, ()) for _, holding in self.encodings)
        total = len(self.encodings)
        return "all" if held == total else "most" if 2 * held > total else "some" if held else "none"

    def data(self) -> dict[str, Any]:
        parties, word = self.setting.case.party_ids, self.setting.word
        return self.made.data() | {
            "variations": {"number": self.variations, "swaps for each party": self.swaps, "seed": self.seed},
            "states": [
                {
                    "state": word(each.state),
                    "holds": [d.value for d in each.holds],
                    "freedom": dict(zip(parties, each.freedom, strict=True)),
                    "swaps to fall": dict(zip(parties, each.distance, strict=True)),
                    "shares": {
                        d.value: {"held": s.held, "of": s.of, "from": s.bounds[0], "to": s.bounds[1]}
                        for d, s in each.shares.items()
                    },
                    **({"encodings": self.agreeing(word(each.state))} if self.encodings else {}),
                }
                for each in self.states
            ],
            "inputs": [
                {
                    "party": parties[each.party],
                    "place": each.place + 1,
                    "line": self._line(each),
                    "falling": [word(state) for state in each.falling],
                }
                for each in self.inputs
            ],
            "encodings": [
                {"case": name, "holding": {s: list(d) for s, d in held.items()}} for name, held in self.encodings
            ],
        }

    def rows(self) -> list[dict[str, Any]]:
        """Return one row a state and definition."""
        return [
            {
                "state": self.setting.word(each.state),
                "holds now": d in each.holds,
                "definition": d.value,
                "held": share.held,
                "of": share.of,
                "from": share.bounds[0],
                "to": share.bounds[1],
            }
            for each in self.states
            for d, share in each.shares.items()
        ]

    def summary(self) -> Summary:
        return Summary(
            f"How firmly it stands: {self.setting.case.title}",
            wording.approach(self.setting),
            (
                Block("How firm", tuple(self._firm())),
                Block("What carries it", tuple(self._carrying())),
                *([Block("Other encodings", tuple(self._encodings()))] if self.encodings else []),
                Block("", (self.made.line(),)),
            ),
        )

    def _firm(self) -> Iterator[str | Table]:
        if not self.states:
            yield "No state holds under any definition, so there is nothing to vary; name states to follow them."
            return
        rows = [
            (
                self.setting.word(each.state),
                ", ".join(d.value for d in each.holds) or "no",
                "never" if (nearest := self._nearest(each)) is None else str(nearest),
                *(each.shares[d].text() for d in Definition),
            )
            for each in self.states
        ]
        yield Table(("state", "holds now", "swaps to fall", *(d.value for d in Definition)), tuple(rows))
        if self.setting.game.engine == "symbolic":
            yield (
                "There are too many states to list, so what holds by itself (Nash) is varied for these states alone; "
                "under the other definitions nothing was varied."
            )
        yield (
            f"Each share is that of {counted(self.variations, 'variation')} in which each party's preferences are "
            f"changed by {counted(self.swaps, 'random swap')} of neighbours (seed {self.seed}); in brackets, where the "
            "true share lies with 95 % confidence."
        )
        yield (
            "Swaps to fall: how many neighbouring classes in one party's ranking of the states must be swapped before "
            "it leaves; never where nobody can move."
        )
        for each in self.states[:3]:
            yield f"{self.setting.word(each.state)}: {'; '.join(self._free(each))}."

    def _nearest(self, each: Firmness) -> int | None:
        return min((d for d in each.distance if d is not None), default=None)

    def _free(self, each: Firmness) -> list[str]:
        by_level = [[p for p, freedom in enumerate(each.freedom) if freedom == level] for level in range(len(FREEDOM))]
        return [
            said.format(wording.names(self.setting, parties))
            for said, parties in zip(FREEDOM, by_level, strict=True)
            if parties
        ]

    def _carrying(self) -> Iterator[str | Table]:
        carrying = [each for each in self.inputs if each.falling]
        now = sum(Definition.NASH in each.holds for each in self.states)
        if not now:
            yield "No followed state holds by itself, so no single line carries one."
        elif not carrying:
            which = "it" if now == 1 else "any of them"
            yield f"No single line carries {which}: each can be dropped, or swapped with its neighbours."
        else:
            yield "Lines that, dropped or swapped with a neighbour, make a state fall that holds by itself:"
            rows = [(self._whose(each), self._line(each), f"{len(each.falling)} of {now}") for each in carrying[:10]]
            yield Table(("whose", "line", "states that fall"), tuple(rows))
            if len(carrying) > 10:
                yield f"... and {many(len(carrying) - 10)} more lines."

    def _whose(self, each: Input) -> str:
        return f"{self.setting.case.parties[each.party].label}, {ordinal(each.place + 1)}"

    def _line(self, each: Input) -> str:
        party = self.setting.rewritten.parties[each.party]
        if party.concerns is not None:
            return party.concerns[each.place].label
        return str((party.weights or ())[each.place][0])

    def _encodings(self) -> Iterator[str | Table]:
        rows = [
            (self.setting.word(each.state), *(self.agreeing(self.setting.word(each.state), d) for d in Definition))
            for each in self.states
        ]
        number, names = counted(len(self.encodings), "encoding"), listed([name for name, _ in self.encodings])
        yield f"In how many of {number} each state is an equilibrium: {names}."
        yield Table(("state", *(d.value for d in Definition)), tuple(rows))


def robustness(
    case: Case,
    approach: str = "none",
    *,
    states: Sequence[str] = (),
    encodings: Sequence[Case] = (),
    variations: int = 1_000,
    swaps: int = 1,
    seed: int = 0,
    executor: Executor | None = None,
    engine: str = "auto",
    time: float | None = None,
) -> Robustness:
    """Return how firmly states stand when what the parties want is a little different.

    Parameters
    ----------
    case : Case
    approach : str
        One of the case's approaches, or "none"; what is varied is what the parties want under it.
    states : sequence of str
        The states to follow, as words or names; the equilibria by default, the strongest first.
    encodings : sequence of Case
        Other encodings of the same dispute, with the same options; the case itself counts as the first.
    variations : int
        How many variations are tried.
    swaps : int
        How many random swaps of neighbours each makes for each party.
    seed : int
        The same seed gives the same variations, however the work is split.
    executor : concurrent.futures.Executor, optional
        Whoever does the work in pieces: processes, or the executor of a cluster.
    engine : str
        auto, cube, listed, graph or symbolic. With the symbolic engine only what holds by itself (Nash) is varied, for
        the states that are followed.
    time : float, optional
        How many seconds of CPU time the symbolic engine may take for what holds.

    Returns
    -------
    Robustness

    Raises
    ------
    DetenteError
        When an encoding has other options than the case.
    """
    about = setting(case, approach, engine=engine, seconds=time)
    unlisted = about.game.engine == "symbolic"
    most = MOST_ASKED if unlisted else None
    targets = tuple(dict.fromkeys(s for text in states for s in about.states(text).first(most))) or strongest(about)
    wants = tuple(wants_of(about))
    sweep = Sweep(
        type(about.game), space_of(about.rewritten), wants, about.conventions, targets, tuple(Definition), swaps, seed
    )
    if unlisted:
        firm, done = unlisted_firmness(about, sweep, variations)
    else:
        firm, done = listed_firmness(about, sweep, variations, executor)
    firm.sort(key=lambda each: (sorted(each.freedom, reverse=True), -len(each.holds)))
    named = ((case, case.title), *((other, other.title) for other in encodings)) if encodings else ()
    held = tuple((title, _holding(about, other, approach, targets if unlisted else None)) for other, title in named)
    inputs = carrying(about, sweep, [each.state for each in firm if Definition.NASH in each.holds])
    how = made(about, variations=variations, swaps=swaps, seed=seed, states=list(states))
    return Robustness(how, about, tuple(firm), inputs, done, swaps, seed, held)


def _holding(about: Setting, other: Case, approach: str, followed: Sequence[int] | None) -> dict[str, tuple[str, ...]]:
    """Return the equilibria of another encoding, by word, with the definitions they are equilibria under; only those
    among the followed states where states are too many to list."""
    if [option.key for option in other.options] != [option.key for option in about.case.options]:
        raise DetenteError(f"{other.title!r} has other options than {about.case.title!r}; encodings must share them")
    known = {item.id for item in other.approaches}
    there = setting(other, approach if approach in known else "none")
    found: dict[str, tuple[str, ...]] = {}
    if followed is not None:
        for word in map(about.word, followed):
            possible = there.game.find(about.game.values(about.state(word))).first(1)
            if held := holding(there, possible[0]) if possible else ():
                found[word] = tuple(d.value for d in held)
        return found
    for definition in Definition:
        for state in there.equilibria(definition).first():
            word = there.word(state)
            found[word] = (*found.get(word, ()), definition.value)
    return found
