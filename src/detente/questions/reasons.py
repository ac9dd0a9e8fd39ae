"""This module owns why demands cannot be met together: a smallest set of rules, resources, contracts and state lists
that keeps them apart, and how it is told.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction

from detente.game import space_of
from detente.look.summary import as_given, listed
from detente.model.case import Case
from detente.model.items import Mark, Resource
from detente.model.statements import Tree
from detente.questions.clashes import clashing, restrictions
from detente.questions.phrases import bracketed, cited, in_words


@dataclass(frozen=True, slots=True)
class Clash:
    """What keeps some demands from being met together: rules, resources, contracts, the list of states.

    Parameters
    ----------
    because, told : tuple of str
        What clashes, with statements as the case prints them; the same for a reader, in the names of options.
    rules : tuple of int
        The clashing rules, as places in the case.
    """

    kind: str
    because: tuple[str, ...]
    told: tuple[str, ...]
    rules: tuple[int, ...]

    @property
    def said(self) -> str:
        """What clashes, as it ends a sentence: ``: nobody talks while under attack``, `` by what they say``."""
        return f": {listed(self.told)}" if self.told else " by what they say"


def clash_of(case: Case, trees: Sequence[Tree]) -> Clash:
    """Return a smallest set of rules, resources, contracts and state lists that keeps statements from holding together.

    Parameters
    ----------
    case : Case
        Under its approach.
    trees : sequence of Tree
        Over option indices.
    """
    space = space_of(case)
    pieces = _pieces(case)
    found = clashing(space, trees, restrictions(space))
    if not found.sets:
        merged = ("the states that the case counts as one",)
        return Clash("logical", merged, merged, ())
    chosen = [pieces[n] for n in sorted(found.sets[0])]
    kinds = [kind for kind, _, _ in chosen]
    kind = next((kind for kind in ("resource", "causal") if kind in kinds), "logical")
    rules = tuple(n for n in sorted(found.sets[0]) if n < len(case.rules))
    return Clash(kind, tuple(text for _, text, _ in chosen), tuple(told for _, _, told in chosen), rules)


def _pieces(case: Case) -> list[tuple[str, str, str]]:
    """Return everything that `restrictions` lists, in the same order: its kind, its text, and that in words."""
    found = []
    for number, rule in enumerate(case.rules, 1):
        place = f" (rule {number}{_after(rule.mark, case)})"
        name = rule.because or rule.mark.name
        found.append((rule.kind, (name or rule.label) + place, (name or in_words(rule.that.tree, case)) + place))
    for resource in case.resources:
        has = f"{case.party(resource.of).label} has {as_given(resource.amount)} of {resource.name}, and "
        after = bracketed(resource.mark, case)
        uses = [
            [f"{said} uses {as_given(cost)}" for said, cost in _uses(resource, case, plain)] for plain in (True, False)
        ]
        for each in uses:
            each[:1] = [f"{first} of it" for first in each[:1]]
        found.append(("resource", has + listed(uses[0]) + after, has + listed(uses[1]) + after))
    for key, statement in case.definitions:
        text = f"the contract sets ‘{case.option(key).label}’ if and only if"
        found.append(("logical", f"{text} {statement}", f"{text} {in_words(statement.tree, case)}"))
    listing = "the case lists the possible states, and none meets them"
    return [*found, ("logical", listing, listing)]


def _uses(resource: Resource, case: Case, plain: bool) -> Iterator[tuple[str, Fraction]]:
    """Yield what uses how much of a resource: as the case prints the statement, or in words."""
    for statement, cost in resource.uses:
        yield str(statement) if plain else in_words(statement.tree, case), cost


def _after(mark: Mark, case: Case) -> str:
    told = cited(mark, case)
    return f", {told}" if told else ""
