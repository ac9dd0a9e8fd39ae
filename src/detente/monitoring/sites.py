"""This module owns independent sites, without routes between them: security games, and commitment in games of two.

Where one side's loss is the other's gain, sites are covered so that the attacker's best reply is worth as little as can
be: all sites that are covered are worth the same to it (the idea of ORIGAMI: Kiekintveld, Jain, Tsai, Pita, Ordóñez &
Tambe 2009, AAMAS). In general one linear program a site finds the best coverage under which this site is attacked, and
the best of these is the strong Stackelberg equilibrium: ties go as the defender prefers (Conitzer & Sandholm 2006,
Computing the optimal strategy to commit to, EC). Under mild conditions this coverage is also a Nash equilibrium's
(Korzhyk, Yin, Kiekintveld, Conitzer & Tambe 2011, Stackelberg vs. Nash in security games, JAIR 41).
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from detente.monitoring.arrays import UNLIMITED, Floats
from detente.monitoring.lp import Program, solve


@dataclass(frozen=True, slots=True, eq=False)
class Sites:
    """What an attack on each site is worth to both sides, where it is covered and where it is not; shape (sites,)."""

    attacker_uncovered: Floats
    attacker_covered: Floats
    defender_uncovered: Floats
    defender_covered: Floats

    def __post_init__(self) -> None:
        names = ("attacker_uncovered", "attacker_covered", "defender_uncovered", "defender_covered")
        for name in names:
            object.__setattr__(self, name, np.array(getattr(self, name), dtype=float))
        if len({getattr(self, name).shape for name in names}) != 1 or self.attacker_covered.ndim != 1:
            raise ValueError("every site has four values")
        if not len(self.attacker_covered):
            raise ValueError("there is no site")
        if (self.attacker_covered > self.attacker_uncovered).any():
            raise ValueError("to cover a site does not help its attacker")
        if (self.defender_covered < self.defender_uncovered).any():
            raise ValueError("to cover a site does not harm its defender")


@dataclass(frozen=True, slots=True, eq=False)
class Coverage:
    """How often each site is covered, and what comes of it.

    Parameters
    ----------
    chances : float, shape (sites,)
    attacked : int
        The site that the attacker chooses.
    attacker, defender : float
        What it is worth to both.
    """

    chances: Floats
    attacked: int
    attacker: float
    defender: float


@dataclass(frozen=True, slots=True, eq=False)
class Commitment:
    """A mixed strategy to which a leader commits, and the reply.

    Parameters
    ----------
    mix : float, shape (leader's strategies,)
    reply : int
        The follower's strategy, of its best ones the one that the leader likes best.
    leader, follower : float
        What it is worth to both.
    """

    mix: Floats
    reply: int
    leader: float
    follower: float


def least_exposure(sites: Sites, teams: float) -> Coverage:
    """Return the coverage that leaves the attacker as little as can be, where teams cover one site each at a time.

    The coverage of each site is what brings it down to a level; the level is found by bisection (ORIGAMI's idea).

    Parameters
    ----------
    sites : Sites
    teams : float
        How many sites can be covered at a time.
    """
    _check_teams(teams)
    uncovered, covered = sites.attacker_uncovered, sites.attacker_covered
    low, high = float(covered.max()), float(uncovered.max())
    if _coverage(sites, low).sum() > teams:
        for _ in range(200):
            middle = (low + high) / 2
            if not low < middle < high:
                break
            if _coverage(sites, middle).sum() > teams:
                low = middle
            else:
                high = middle
        level = high
    else:
        level = low  # a site that is covered all the time is still worth as much
    return _attacked(sites, _coverage(sites, level))


def best_coverage(sites: Sites, teams: float) -> Coverage:
    """Return the coverage to commit to: best for the defender, as the attacker sees it and replies.

    One linear program a site (strong Stackelberg equilibrium).

    Parameters
    ----------
    sites : Sites
    teams : float
        How many sites can be covered at a time.
    """
    _check_teams(teams)
    count = len(sites.attacker_covered)
    drop = sites.attacker_uncovered - sites.attacker_covered
    gain = sites.defender_covered - sites.defender_uncovered
    best: Coverage | None = None
    for attacked in range(count):
        others = [site for site in range(count) if site != attacked]
        # attacking another site is worth no more: uncovered_o - drop_o c_o <= uncovered_a - drop_a c_a
        matrix = np.zeros((len(others) + 1, count))
        matrix[:-1, attacked] = drop[attacked]
        matrix[range(len(others)), others] = -drop[others]
        matrix[-1] = 1.0
        upper = np.append(sites.attacker_uncovered[attacked] - sites.attacker_uncovered[others], teams)
        found = _maximum(gain * (np.arange(count) == attacked), matrix, upper, np.ones(count))
        if found is None:
            continue
        value = float(sites.defender_uncovered[attacked] + gain[attacked] * found[attacked])
        if best is None or value > best.defender + 1e-9:
            level = float(sites.attacker_uncovered[attacked] - drop[attacked] * found[attacked])
            least = np.minimum(_coverage(sites, level), found)  # no more than makes the others no better
            least[attacked] = found[attacked]
            best = Coverage(least, attacked, level, value)
    assert best is not None  # of each coverage, some site is the attacker's best
    return best


def best_commitment(leader: Sequence[Sequence[float]], follower: Sequence[Sequence[float]]) -> Commitment:
    """Return the mixed strategy to commit to in a game of two, one linear program a reply.

    Parameters
    ----------
    leader, follower : numbers, shape (leader's strategies, follower's strategies)
        What each pair of strategies is worth to each.
    """
    own, other = np.array(leader, dtype=float), np.array(follower, dtype=float)
    if own.ndim != 2 or own.shape != other.shape or not own.size:
        raise ValueError("both tables have one row a strategy of the leader, and one column a strategy of the follower")
    best: Commitment | None = None
    for reply in range(own.shape[1]):
        better = np.delete(other - other[:, [reply]], reply, axis=1).T
        one = np.ones(len(own))
        limits = np.append(np.zeros(len(better)), [1.0, -1.0])
        found = _maximum(own[:, reply], np.vstack((better, one, -one)), limits, UNLIMITED * one)
        if found is not None and (best is None or own[:, reply] @ found > best.leader + 1e-9):
            best = Commitment(found, reply, float(own[:, reply] @ found), float(other[:, reply] @ found))
    assert best is not None  # against each mix, some reply is the best
    return best


def coverage_of_strangers(sites: int, teams: int, coordinated: bool) -> float:
    """Return the chance that a site is covered by teams that spread evenly, coordinated or each for itself.

    Teams that do not coordinate meet at the same site: 1 - (1 - 1/sites)^teams against min(1, teams/sites).

    Parameters
    ----------
    sites, teams : int
    coordinated : bool
    """
    return min(1.0, teams / sites) if coordinated else 1 - (1 - 1 / sites) ** teams


def _check_teams(teams: float) -> None:
    if not 0 <= teams < UNLIMITED:
        raise ValueError("there are 0 teams or more")


def _coverage(sites: Sites, level: float) -> Floats:
    """Return the least coverage under which no site is worth more than a level to its attacker."""
    drop = sites.attacker_uncovered - sites.attacker_covered
    above = sites.attacker_uncovered - level
    with np.errstate(divide="ignore", invalid="ignore"):
        needed = np.where(drop > 0, above / drop, np.where(above > 0, 1.0, 0.0))
    return np.clip(needed, 0.0, 1.0)


def _attacked(sites: Sites, chances: Floats) -> Coverage:
    """Return a coverage with the attacker's best reply; of equal ones the defender's preferred."""
    attacker = sites.attacker_uncovered - chances * (sites.attacker_uncovered - sites.attacker_covered)
    defender = sites.defender_uncovered + chances * (sites.defender_covered - sites.defender_uncovered)
    level = float(attacker.max())
    ties = np.flatnonzero(attacker >= level - 1e-9 * max(1.0, abs(level)))
    chosen = int(ties[np.argmax(defender[ties])])
    return Coverage(chances, chosen, level, float(defender[chosen]))


def _maximum(gain: Floats, matrix: Floats, upper: Floats, most: Floats) -> Floats | None:
    """Return the best x with ``matrix x <= upper`` and ``0 <= x <= most``; None where there is none."""
    rows, columns = np.nonzero(matrix)
    starts = np.searchsorted(rows, np.arange(len(upper) + 1))
    program = Program(gain, np.zeros(len(gain)), most, starts, columns, matrix[rows, columns],
                      np.full(len(upper), -UNLIMITED), upper)  # fmt: skip
    found = solve(program)
    return found.x if found.status == "optimal" else None
