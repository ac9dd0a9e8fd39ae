"""This module owns the answer to who carries what and gains what: divisions of the benefit, coalitions, free riders."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from detente.look.summary import Block, Table, listed
from detente.questions.monitored import Monitored, exponent, signed, span, tick

if TYPE_CHECKING:
    from detente.look.svg import Picture


@dataclass(frozen=True, slots=True)
class Burden:
    """One party: what it puts in, what it reaches alone, and what each rule gives it, in exponents.

    Parameters
    ----------
    contribution : float
        Its budgets together.
    alone : float
        What it reaches with its own budgets and consents.
    owen : (float, float, float)
        Its share by prices: lowest, middle and highest, where prices are not unique.
    shapley, nucleolus : float
        Its share by these rules.
    transfer : float or None
        What it is to get (or, negative, to give) so that planning together pays for each; None where nothing would do.
    riding : float
        What it would gain by staying out while the others still plan together.
    """

    party: str
    contribution: float
    alone: float
    owen: tuple[float, float, float]
    shapley: float
    nucleolus: float
    transfer: float | None = None
    riding: float = 0.0


@dataclass(frozen=True, slots=True)
class Group:
    """A set of parties: what it reaches by itself, and what each division leaves it."""

    members: tuple[str, ...]
    value: float
    gets: dict[str, float]

    def content(self, rule: str) -> bool:
        """Return whether the set gets at least what it reaches by itself."""
        return self.gets[rule] >= self.value - 1e-7 * max(1.0, abs(self.value))


@dataclass(frozen=True, repr=False)
class Shared(Monitored):
    """Who carries what, who gains what, and which sets of parties would do better by themselves.

    Parameters
    ----------
    parties : tuple of Burden
    total : float
        The exponent that all reach together.
    groups : tuple of Group
        All sets of two or more but not all parties, and each party.
    least : float
        The least greatest excess of any division: at most 0 where some division leaves every set content.
    gap : float
        What is missing for transfers that make planning together pay for each; 0 where nothing is.
    """

    parties: tuple[Burden, ...]
    total: float
    groups: tuple[Group, ...]
    least: float
    gap: float = 0.0

    def heading(self) -> str:
        return "Who carries what, and who gains what"

    def blocks(self) -> Iterator[Block]:
        moved = any(each.transfer for each in self.parties)
        columns = ["party", "puts in", "reaches alone", "by prices (Owen)", "Shapley", "nucleolus"]
        rows = []
        for each in self.parties:
            cells = [each.party, exponent(each.contribution), exponent(each.alone), span(each.owen[0], each.owen[2]),
                     exponent(each.shapley), exponent(each.nucleolus)]  # fmt: skip
            rows.append(tuple(cells + ([signed(each.transfer or 0)] if moved else [])))
        yield Block(
            "Burden and benefit",
            (
                f"Together they reach an exponent of {exponent(self.total)}. Three rules divide it:",
                Table((*columns, *(["transfer"] if moved else [])), tuple(rows)),
                "By prices: what a party's budgets are worth at the prices of the joint plan; no set of parties does "
                "better by itself. Shapley: the mean of what it adds over all orders of joining. Nucleolus: the most "
                "dissatisfied set is as content as can be.",
            ),
        )
        yield Block("Would anybody do better apart?", (*self._content(), self._groups()))
        yield Block("Staying out", tuple(self._riding()))

    def _content(self) -> Iterator[str]:
        for rule in ("Owen", "Shapley", "nucleolus"):
            leaving = [listed(group.members) for group in self.groups if not group.content(rule)]
            said = (
                f"would do better by themselves under it: {'; '.join(leaving)}" if leaving else "no set would do better"
            )
            yield f"{rule}: {said}."
        if self.least > 1e-9:
            yield f"No division leaves every set content: some set misses at least {exponent(self.least)}."

    def _groups(self) -> Table:
        rules = ("Owen", "Shapley", "nucleolus")
        rows = tuple(
            (listed(group.members), exponent(group.value),
             *(f"{exponent(group.gets[rule])} {tick(group.content(rule), 'stays', 'leaves')}" for rule in rules))
            for group in self.groups
        )  # fmt: skip
        return Table(("set of parties", "by itself", *rules), rows)

    def _riding(self) -> Iterator[str]:
        riders = [each for each in self.parties if each.riding > 1e-9]
        if not riders:
            yield "Protection is a public good, but nobody would gain by staying out while the others plan together."
        for each in riders:
            yield f"{each.party} would gain {exponent(each.riding)} by staying out while the others plan together."
        if self.gap > 1e-9:
            yield f"No transfers make planning together pay for each: {exponent(self.gap)} is missing."
        elif any(each.transfer for each in self.parties):
            told = [
                f"{each.party} {'gets' if each.transfer > 0 else 'gives'} {exponent(abs(each.transfer))}"
                for each in self.parties
                if each.transfer is not None and abs(each.transfer) > 1e-9
            ]
            yield f"The smallest transfers that make it pay for each: {listed(told)}."

    def reasons(self) -> Sequence[str]:
        return tuple(self._content()) + tuple(self._riding())

    def data(self) -> dict[str, Any]:
        return self.made.data() | {
            "total": self.total,
            "parties": [
                {
                    "party": each.party,
                    "contribution": each.contribution,
                    "alone": each.alone,
                    "owen": {"low": each.owen[0], "middle": each.owen[1], "high": each.owen[2]},
                    "shapley": each.shapley,
                    "nucleolus": each.nucleolus,
                    "transfer": each.transfer,
                    "gain from staying out": each.riding,
                }
                for each in self.parties
            ],
            "coalitions": [
                {
                    "members": list(group.members),
                    "by itself": group.value,
                    "gets": dict(group.gets),
                    "excess": {rule: group.value - amount for rule, amount in group.gets.items()},
                    "content": {rule: group.content(rule) for rule in group.gets},
                }
                for group in self.groups
            ],
            "least core excess": self.least,
            "missing for transfers": self.gap,
        }

    columns = ("party", "contribution", "alone")

    def rows(self) -> list[dict[str, Any]]:
        """Return one row a party."""
        return [
            {"party": each.party, "contribution": each.contribution, "alone": each.alone, "owen low": each.owen[0],
             "owen": each.owen[1], "owen high": each.owen[2], "shapley": each.shapley, "nucleolus": each.nucleolus,
             "transfer": each.transfer, "gain from staying out": each.riding}
            for each in self.parties
        ]  # fmt: skip

    def pictures(self) -> "dict[str, Picture]":
        """Return the burden table, with a tick or a cross for every set of parties."""
        from detente.look.marks import tables

        blocks = list(self.blocks())
        drawn = [line for block in blocks for line in block.lines if isinstance(line, Table)]
        note = f"{self.made.rests_on()} {self.made.line()}"
        return {"burden": tables("Who carries what, and who gains what", drawn, note)}
