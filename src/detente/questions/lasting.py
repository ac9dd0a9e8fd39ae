"""This module owns whether a package lasts: the patience that repeated play needs, and pay that defeats itself.

Trigger strategies, Friedman 1971: a party that leaves for a better state enjoys it once, and finds itself afterwards in
the worst state for it that holds by itself. Only numeric weights say how much; where nothing tempts, none are needed.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache
from typing import Any

from detente.engine.interface import Definition, StateSet
from detente.game import Setting
from detente.look.summary import listed
from detente.model.statements import Compare
from detente.questions import wording
from detente.questions.payments import payments, turns_on

ORDINALS = ("half", "third", "quarter", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth")
NUMBERS = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine")


@dataclass(frozen=True, slots=True)
class Temptation:
    """Why a party may leave a package, and the patience that keeps it there.

    Parameters
    ----------
    party : int
    deviation : int or None
        The improvement that needs most patience; None where nothing tempts.
    punishment : int or None
        The worst state for it that holds by itself and is worse than the package; None where there is none.
    patience : Fraction or None
        From which patience on it stays; None where nothing could make it stay.
    """

    party: int
    deviation: int | None
    punishment: int | None
    patience: Fraction | None


@dataclass(frozen=True, slots=True)
class Lasting:
    """Whether a package lasts.

    Parameters
    ----------
    temptations : tuple of Temptation
        One a party, in the order of the case; of those decided.
    reason : str
        Why the question cannot be asked; "" where it can.
    stated : Fraction or None
        The patience that the case states.
    defeating : tuple of str
        What is said of pay by which the approach works and that defeats itself.
    """

    temptations: tuple[Temptation, ...]
    reason: str
    stated: Fraction | None
    defeating: tuple[str, ...] = ()

    @property
    def asked(self) -> bool:
        """Whether the case gives enough to ask."""
        return not self.reason

    @property
    def patience(self) -> Fraction | None:
        """The patience that the package needs: the largest of any party; None where none is enough."""
        needed = [each.patience for each in self.temptations]
        return None if None in needed else max((p for p in needed if p is not None), default=Fraction(0))

    @property
    def passes(self) -> bool | None:
        """Whether it lasts at the stated patience; None where it cannot be asked, or no patience is stated."""
        if self.reason:
            return None
        if self.patience is None or self.defeating:
            return False
        if self.patience == 0:
            return True
        return None if self.stated is None else self.patience <= self.stated

    def data(self) -> float | None:
        """Return the patience needed as a number; None where none is enough."""
        return None if self.patience is None else float(self.patience)


def lasting(about: Setting, state: int) -> Lasting:
    """Return whether a package lasts under its approach.

    Parameters
    ----------
    about : Setting
    state : int
        A state of its game.
    """
    weighed = Utilities(about)
    stated = about.case.patience
    defeating = tuple(_defeating(about, state))
    if not any(weighed.known(party) for party in range(about.game.parties)):
        reason = "no party says by weights how much more it wants one state than another"
        return Lasting((), reason, stated, defeating)
    improvements = [about.game.improvements(party, state) for party in range(about.game.parties)]
    silent = [party for party, moves in enumerate(improvements) if moves and not weighed.known(party)]
    if silent:
        names = wording.names(about, silent)
        return Lasting(
            (), f"{names} could gain by moving, and the case gives no weights that say how much", stated, defeating
        )
    found = tuple(_temptation(about, weighed, party, state, moves) for party, moves in enumerate(improvements))
    return Lasting(found, "", stated, defeating)


@lru_cache(maxsize=16)
class Utilities:
    """What states are worth to the parties that give weights, exactly; what is worked out once is kept."""

    def __init__(self, about: Setting) -> None:
        self.about = about
        self._worst: dict[int, int | None] = {}

    def known(self, party: int) -> bool:
        """Whether a party gives weights."""
        return self.about.case.parties[party].weights is not None

    def of(self, party: int, state: int) -> Fraction:
        """Return what a state is worth to a party: the sum of the weights of what holds in it."""
        weights = self.about.case.parties[party].weights or ()
        return sum((amount for statement, amount in weights if state in self.about.where(statement)), Fraction(0))

    def worst(self, party: int) -> int | None:
        """Return the worst state for a party of those that hold by themselves; None where there is none."""
        if party not in self._worst:
            rank, stable = self.about.game.rank, self.about.equilibria(Definition.NASH)
            self._worst[party] = min(stable.first(), key=lambda state: (rank(party, state), state), default=None)
        return self._worst[party]


def _temptation(about: Setting, weighed: Utilities, party: int, state: int, moves: StateSet) -> Temptation:
    """Return what tempts a party most, measured by the patience that outweighs it."""
    if not moves:
        return Temptation(party, None, None, Fraction(0))
    worth, punishment = weighed.of(party, state), weighed.worst(party)
    floor = worth if punishment is None else weighed.of(party, punishment)
    if floor >= worth:
        return Temptation(party, moves.first(1)[0], None, None)
    # The share grows with what the deviation brings, so the best improvement needs the most patience.
    best = wording.plainest(about, party, state, moves)
    gain = weighed.of(party, best)
    return Temptation(party, best, punishment, (gain - worth) / (gain - floor))


def _defeating(about: Setting, state: int) -> Iterator[str]:
    """Yield what is said of payments by which the approach works, made in a state and not worth the effort there."""
    approach = next((each for each in about.case.approaches if each.id == about.approach), None)
    if approach is None:
        return
    for pay in payments(about.case).payments:
        option = pay.payment.paid
        made = state in about.where(Compare(option))
        if made and turns_on(approach, option) and pay.effort is not None and not pay.effort.worthwhile:
            yield f"the pay of ‘{about.case.option(option).label}’ defeats itself (detente payments)"


def in_words(about: Setting, found: Lasting) -> str:
    """Say whether a package lasts: ``lasts if the US values next year at two fifths of this one or more``."""
    if found.reason:
        return f"not asked, for {found.reason}" + (f"; but {listed(found.defeating)}" if found.defeating else "")
    if found.defeating:
        return f"does not last: {listed(found.defeating)}"
    endless = [each.party for each in found.temptations if each.patience is None]
    if endless:
        return f"does not last: nothing that holds by itself would punish {wording.names(about, endless)} for leaving"
    tempted = [each for each in found.temptations if each.patience]
    if not tempted:
        return "lasts at any patience: nobody is tempted to leave"
    most = max(tempted, key=lambda each: each.patience or 0)
    needed = share(most.patience or Fraction(0))
    said = f"if {wording.name(about, most.party)} values the next period at {needed} of this one or more"
    if found.passes is None:
        return f"lasts {said}; the case states no patience"
    verb = "lasts" if found.passes else "does not last; it would"
    return f"{verb} {said} (the case states {share(found.stated or Fraction(0))})"


def share(value: Fraction) -> str:
    """Say a fraction: ``two fifths``, ``nine tenths``; others as ``7/17``."""
    if value.denominator == 1:
        return "all" if value == 1 else str(value)
    if value.denominator <= 10 and 0 < value.numerator <= 9:
        part = ORDINALS[value.denominator - 2]
        plural = "halves" if part == "half" else f"{part}s"
        return f"{NUMBERS[value.numerator - 1]} {part if value.numerator == 1 else plural}"
    return str(value)


def evidence(about: Setting, each: Temptation, found: Lasting) -> dict[str, Any]:
    """Return what a certificate of lasting carries for one party: its deviation, its punishment, and the patience."""
    return {
        "deviation": None if each.deviation is None else about.word(each.deviation),
        "punishment": None if each.punishment is None else about.word(each.punishment),
        "patience": None if each.patience is None else str(each.patience),
        "stated": None if found.stated is None else str(found.stated),
        "defeating": list(found.defeating),
    }
