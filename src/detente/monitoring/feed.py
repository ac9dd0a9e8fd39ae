"""This module owns the door from a scenario to a case: what the options of a case mean for monitoring, and back.

A case says how its options make a party take part (`Feed`). For every choice of these options there is a *profile*:
each agency's way of taking part, and which measures are in place. What a profile reaches falls into one of a few
classes of equal width, and each class becomes a statement over the case's options. Classes are used because "nearly
equal" is not transitive: a can be as good as b, and b as c, while c is better than a; of classes a ranking can always
be made (Luce 1956, Semiorders and a theory of utility discrimination, Econometrica 24).
"""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from itertools import product

from detente.errors import TooLargeError
from detente.model.case import Case, Feed
from detente.model.disjunction import Choice, disjunction
from detente.model.items import Option
from detente.model.statements import holds, options_in

MOST = 4_096  # choices of the options that matter
ALONE = "unilateral"


@dataclass(frozen=True, slots=True)
class Profile:
    """How every agency takes part, and which of the measures that options decide on are in place.

    Parameters
    ----------
    ways : tuple of (str, str)
        Agency and its way; agencies that are not listed plan alone.
    in_place : tuple of str
        Measures that are there.
    absent : tuple of str
        Measures that are not there.
    """

    ways: tuple[tuple[str, str], ...]
    in_place: tuple[str, ...] = ()
    absent: tuple[str, ...] = ()

    def way(self, agency: str) -> str:
        """Return how an agency takes part."""
        return dict(self.ways).get(agency, ALONE)


def deciding(case: Case, feed: Feed) -> tuple[Option, ...]:
    """Return the options that decide how parties take part and which measures are in place, in the case's order."""
    statements = [way.where for way in feed.taking_part] + [where for _, where in feed.in_place]
    named = {option for statement in statements for option in options_in(statement.tree)}
    return tuple(option for option in case.options if option.key in named)


def profiles(case: Case, feed: Feed) -> dict[Choice, Profile]:
    """Return the profile that every choice of the deciding options leads to.

    Raises
    ------
    TooLargeError
        If there are more than 4,096 choices.
    """
    options = deciding(case, feed)
    count = 1
    for option in options:
        count *= option.size
    if count > MOST:
        told = f"{len(options)} options decide how parties take part: {count:,} choices, and {MOST:,} are tried at most"
        raise TooLargeError(f"{told}; let fewer options decide (monitoring: taking part, in place)")
    found = {}
    for choice in product(*(range(option.size) for option in options)):
        value = dict(zip((option.key for option in options), choice, strict=True)).__getitem__
        found[choice] = _profile(feed, value)
    return found


def _profile(feed: Feed, value: Callable[[str], int]) -> Profile:
    agencies = dict(feed.agencies)
    ways: dict[str, str] = {}
    for each in feed.taking_part:
        agency = agencies.get(each.party, each.party)
        if agency not in ways and holds(each.where.tree, value):
            ways[agency] = each.way
    for each in feed.taking_part:
        ways.setdefault(agencies.get(each.party, each.party), ALONE)
    there = [measure for measure, where in feed.in_place if holds(where.tree, value)]
    absent = [measure for measure, _ in feed.in_place if measure not in there]
    return Profile(tuple(sorted(ways.items())), tuple(there), tuple(absent))


def banded(detection: float, classes: int) -> int:
    """Return the class, from 0, of a chance of detection among classes of equal width over 0 to 1.

    A chance within 1e-9 below a border counts as on it, so that rounding of a solver decides nothing.
    """
    return min(int(detection * classes + 1e-9 * classes), classes - 1)


def outcome_name(least: int, classes: int) -> str:
    """Return the name of the outcome "this class or a higher one": ``detection-80`` for the fifth of five."""
    return f"detection-{round(100 * least / classes)}"


def statements(
    options: Sequence[Option], reached: Mapping[Choice, int], classes: int, wanted: Collection[str] = ()
) -> dict[str, str]:
    """Return for each class the statement that holds just where this class or a higher one is reached.

    Parameters
    ----------
    options : sequence of Option
        The deciding options.
    reached : mapping from choice to int
        The class, from 0, of every choice.
    wanted : collection of str
        Names of outcomes to return although they hold always or never.

    Returns
    -------
    dict from str to str
        By the outcome's name; those that tell choices apart, and those that are wanted.
    """
    found = {}
    for least in range(1, classes):
        name = outcome_name(least, classes)
        there = [choice for choice, rank in reached.items() if rank >= least]
        if name in wanted or 0 < len(there) < len(reached):
            found[name] = disjunction(options, there)
    return found


def tensor(options: Sequence[Option], values: Mapping[Choice, float]) -> list[object]:
    """Return values as nested lists, one level an option in order: a payoff tensor."""

    def nested(prefix: Choice) -> object:
        if len(prefix) == len(options):
            return values[prefix]
        return [nested((*prefix, value)) for value in range(options[len(prefix)].size)]

    whole = nested(())
    return whole if isinstance(whole, list) else [whole]
