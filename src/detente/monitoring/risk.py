"""This module owns whether cooperation lasts: leaks, temptation, and a partner that does not do its part.

References
----------
Friedman (1971), A non-cooperative equilibrium for supergames, Review of Economic Studies 38(1) (grim trigger).
Kunreuther & Heal (2003), Interdependent security, Journal of Risk and Uncertainty 26(2-3).
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import combinations
from math import prod

from detente.monitoring.coalitional import Number

MOST_STATES = 16  # every set of investors is looked at


@dataclass(frozen=True, slots=True)
class Repeated:
    """What a period is worth to a party: cheating on others who keep to it, keeping to it, after a breakdown.

    Parameters
    ----------
    temptation, reward, punishment : number
        T, R and P of the prisoner's dilemma.
    found_out : number, 0 to 1
        The chance in a period that cheating is found out; after that everybody is punished for ever.
    """

    temptation: Number
    reward: Number
    punishment: Number
    found_out: Number = Fraction(1)

    def __post_init__(self) -> None:
        if not 0 <= self.found_out <= 1:
            raise ValueError("a chance lies from 0 to 1")


def leak_break_even(apart: Number, joint: Number) -> Number | None:
    """Return the chance of a leak at which a joint plan is worth as much as separate ones; None if nothing is detected.

    A leak voids a randomised plan: with chance l it detects nothing, so the joint one is worth (1 - l) V. It is better
    while l < 1 - V(apart) / V(joint). Not above 0 where cooperation gains nothing even without a leak.

    Parameters
    ----------
    apart, joint : number, 0 to 1
        The chances of detection.
    """
    return None if joint <= 0 else 1 - apart / joint


def with_leak(joint: Number, leak: Number) -> Number:
    """Return the chance of detection by a plan that is known, and then worth nothing, with the chance of a leak."""
    return (1 - leak) * joint


def patience_needed(stakes: Repeated) -> Number | None:
    """Return how much tomorrow must count, today being 1, for cheating not to pay; None if that is never enough.

    Grim trigger: whoever cheats does so until it is found out, then punishment is for ever. delta* = (T - R) /
    (T - R + q (R - P)); with q = 1 that is the textbook's (T - R) / (T - P). 0 where cheating gains nothing; None also
    where a breakdown is worth more than what it ends, since then nobody is held by the prospect of it.
    """
    tempted = stakes.temptation - stakes.reward
    if stakes.reward < stakes.punishment:
        return None
    if tempted <= 0:
        return Fraction(0)
    at_stake = stakes.found_out * (stakes.reward - stakes.punishment)
    return tempted / (tempted + at_stake) if at_stake > 0 else None


def detection_needed(stakes: Repeated, patience: Number) -> Number | None:
    """Return the chance of being found out in a period from which on cheating does not pay; None if none is enough.

    Parameters
    ----------
    stakes : Repeated
        Its own chance to be found out is not looked at.
    patience : number, 0 to less than 1
        How much tomorrow counts.
    """
    tempted = stakes.temptation - stakes.reward
    if stakes.reward < stakes.punishment:
        return None
    if tempted <= 0:
        return Fraction(0)
    at_stake = patience * (stakes.reward - stakes.punishment)
    needed = tempted * (1 - patience) / at_stake if at_stake > 0 else None
    return needed if needed is not None and needed <= 1 else None


@dataclass(frozen=True, slots=True)
class Exposed:
    """A state that may invest in its security.

    Parameters
    ----------
    cost : number
        Of investing.
    loss : number
        What a loss costs; it can only happen once.
    own : number, 0 to 1
        The chance of a loss of its own making if it does not invest.
    passed_on : tuple of numbers, 0 to 1
        By state, the chance that a loss comes from there if that state does not invest (0 for itself); investing does
        not protect against it.
    """

    cost: Number
    loss: Number
    own: Number
    passed_on: tuple[Number, ...]

    def thresholds(self) -> tuple[Number, Number]:
        """Return the costs below which it invests whatever others do, and above which it never does.

        p L (1 - q) with q the chance that anybody else passes a loss on, and p L (Kunreuther & Heal 2003).
        """
        spared: Number = prod(1 - chance for chance in self.passed_on)
        return self.own * self.loss * spared, self.own * self.loss


@dataclass(frozen=True, slots=True)
class Interdependence:
    """How states whose security depends on each other's come to invest, or not.

    Parameters
    ----------
    equilibria : tuple of sets of states
        Who invests in each equilibrium in pure strategies, the largest sets first.
    tipping : tuple of sets of states
        The smallest sets that, once they invest for whatever reason, make it worth while for all others in turn; a set
        that is empty means that all invest by themselves.
    """

    equilibria: tuple[tuple[int, ...], ...]
    tipping: tuple[tuple[int, ...], ...]


def payoff(states: Sequence[Exposed], state: int, investing: Sequence[int]) -> Number:
    """Return what a state can expect if these invest: 0, less what it pays and what it may lose."""
    own = states[state]
    spared: Number = prod(
        1 - chance for other, chance in enumerate(own.passed_on) if other != state and other not in investing
    )
    if state in investing:
        return -own.cost - (1 - spared) * own.loss
    return -(1 - (1 - own.own) * spared) * own.loss


def interdependence(states: Sequence[Exposed]) -> Interdependence:
    """Return the equilibria among at most 16 states, and the smallest sets of them that tip all others.

    A state that is indifferent invests. Investing is worth more the more others invest, so the others join one by one
    in any order to the same end.
    """
    count = len(states)
    if not 1 <= count <= MOST_STATES or any(len(state.passed_on) != count for state in states):
        raise ValueError(f"1 to {MOST_STATES} states, each with one chance a state")
    equilibria = [
        group
        for group in _by_size(count)
        if all(payoff(states, state, group) >= payoff(states, state, _changed(group, state)) for state in range(count))
    ]
    tipping: list[tuple[int, ...]] = []
    for group in _by_size(count):
        if tipping and len(group) > len(tipping[0]):
            break
        if len(_joined(states, group)) == count:
            tipping.append(group)
    return Interdependence(tuple(sorted(equilibria, key=lambda group: (-len(group), group))), tuple(tipping))


def _joined(states: Sequence[Exposed], group: Sequence[int]) -> tuple[int, ...]:
    """Return who invests in the end if these do: others join while that is not worse for them."""
    investing = tuple(group)
    while True:
        joining = [
            state
            for state in range(len(states))
            if state not in investing
            and payoff(states, state, _changed(investing, state)) >= payoff(states, state, investing)
        ]
        if not joining:
            return investing
        investing = tuple(sorted((*investing, *joining)))


def _changed(group: Sequence[int], state: int) -> tuple[int, ...]:
    return tuple(sorted(set(group) ^ {state}))


def _by_size(count: int) -> Iterator[tuple[int, ...]]:
    for size in range(count + 1):
        yield from combinations(range(count), size)
