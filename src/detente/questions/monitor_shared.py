"""This module owns the answer to who carries what and gains what: divisions of the benefit, coalitions, free riders."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from detente.look.summary import Block, Table, listed
from detente.questions.monitored import Monitored, exponent, signed, span, tick

if TYPE_CHECKING:
    from detente.look.svg import Picture


@dataclass(frozen=True, slots=True)
class Burden:
    """One party: what it puts in, what it reaches alone, what each rule gives it, and what leaving would be worth.

    Parameters
    ----------
    contribution : float
        Its budgets together.
    alone : float
        What it gains, in exponents, with its own budgets and consents.
    shares : mapping from rule to float
        What it is due, in exponents.
    between : (float, float) or None
        The least and the most that it is due by prices, where prices are not unique; None where there are none.
    transfer : float or None
        What it is to get (negative: to give) so that staying pays for each, effort counted at the prices of the joint
        plan; None where nothing would do, or there are no prices.
    kept : float
        What part of the joint result it would still have if it did nothing while the others go on.
    """

    party: str
    contribution: float
    alone: float
    shares: Mapping[str, float]
    between: tuple[float, float] | None = None
    transfer: float | None = None
    kept: float = 0.0


@dataclass(frozen=True, slots=True)
class Group:
    """A set of parties: what it reaches by itself, and what each division leaves it."""

    members: tuple[str, ...]
    value: float
    gets: Mapping[str, float]

    def content(self, rule: str) -> bool:
        """Return whether the set gets at least what it reaches by itself."""
        return self.gets[rule] >= self.value - 1e-6 * max(1.0, abs(self.value))


TOLD = {
    "Owen": "Owen (by prices): what a party's budgets are worth at the prices of the joint plan.",
    "Shapley": "Shapley: the mean of what a party adds over all orders of joining.",
    "nucleolus": "Nucleolus: the most dissatisfied set of parties is as content as can be.",
    "SCRB": "SCRB: what all would lose without a party, and the rest by what remains beyond what it reaches alone.",
    "means": "Means: in proportion to what each could pay with.",
}


@dataclass(frozen=True, repr=False)
class Shared(Monitored):
    """Who carries what, who gains what, and which sets of parties would do better by themselves.

    Parameters
    ----------
    parties : tuple of Burden
    total : float
        The exponent that all gain together over nothing being done.
    groups : tuple of Group
        All sets of parties but the whole and the empty one.
    least : float
        The least greatest excess of any division: at most 0 where some division leaves every set content.
    gap : float or None
        What is missing for transfers that make staying pay for each; 0 where nothing is, None where it is not asked.
    common : float
        What of the total is due to nobody in particular by prices: red lines and protections that bind.
    """

    parties: tuple[Burden, ...]
    total: float
    groups: tuple[Group, ...]
    least: float
    gap: float | None = None
    common: float = 0.0

    def heading(self) -> str:
        return "Who carries what, and who gains what"

    @property
    def rules(self) -> tuple[str, ...]:
        """The rules by which the total is divided."""
        return tuple(self.parties[0].shares)

    def blocks(self) -> Iterator[Block]:
        yield Block(
            "Burden and benefit",
            (
                f"Together they gain an exponent of {exponent(self.total)} over nothing being done.",
                self._burdens(),
                *(TOLD[rule] for rule in self.rules if rule in TOLD),
                *self._common(),
            ),
        )
        yield Block("Would anybody do better apart?", (*self._content(), self._groups()))
        yield Block("Staying out", tuple(self._riding()))

    def _burdens(self) -> Table:
        moved = any(each.transfer for each in self.parties)
        rows = []
        for each in self.parties:
            shares = [self._share(each, rule) for rule in self.rules]
            transfer = [signed(each.transfer or 0)] if moved else []
            rows.append((each.party, exponent(each.contribution), exponent(each.alone), *shares, *transfer))
        return Table(("party", "puts in", "gains alone", *self.rules, *(["transfer"] if moved else [])), tuple(rows))

    def _share(self, each: Burden, rule: str) -> str:
        if rule == "Owen" and each.between is not None and each.between[1] - each.between[0] > 1e-6:
            return f"{exponent(each.shares[rule])} ({span(*each.between)})"
        return exponent(each.shares[rule])

    def _common(self) -> Iterator[str]:
        if abs(self.common) > 1e-6:
            yield (
                f"By prices {exponent(self.common)} of it is due to nobody in particular, because limits that concern "
                "several bind; so prices alone do not keep every set content."
            )

    def _content(self) -> Iterator[str]:
        for rule in self.rules:
            leaving = [listed(group.members) for group in self.groups if not group.content(rule)]
            told = (
                f"would do better by themselves: {'; '.join(leaving)}"
                if leaving
                else "no set would do better by itself"
            )
            yield f"{rule}: {told}."
        if self.least > 1e-7:
            yield f"No division leaves every set content: some set misses at least {exponent(self.least)}."

    def _groups(self) -> Table:
        rows = tuple(
            (listed(group.members), exponent(group.value),
             *(f"{exponent(group.gets[rule])} {tick(group.content(rule), 'stays', 'leaves')}" for rule in self.rules))
            for group in self.groups
        )  # fmt: skip
        return Table(("set of parties", "by itself", *self.rules), rows)

    def _riding(self) -> Iterator[str]:
        yield "Protection is a public good: who does nothing still has part of what the others reach."
        yield f"Left if one does nothing: {listed([f'{each.party} {each.kept:.0%}' for each in self.parties])}."
        if self.gap is None:
            return
        told = [
            f"{each.party} {'gets' if each.transfer > 0 else 'gives'} {exponent(abs(each.transfer))}"
            for each in self.parties
            if each.transfer is not None and abs(each.transfer) > 1e-9
        ]
        if self.gap > 1e-9:
            yield f"No transfers make staying pay for each: {exponent(self.gap)} is missing."
        elif told:
            yield f"The smallest transfers that make staying pay for each: {listed(told)}."
        else:
            yield "With effort counted at the prices of the joint plan, staying pays for each without any transfer."

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
                    "shares": dict(each.shares),
                    "owen range": None if each.between is None else list(each.between),
                    "transfer": each.transfer,
                    "kept doing nothing": each.kept,
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
            "due to nobody": self.common,
            "certificates": dict(self.proofs),
        }

    columns = ("party", "contribution", "alone")

    def rows(self) -> list[dict[str, Any]]:
        """Return one row a party."""
        return [
            {"party": each.party, "contribution": each.contribution, "alone": each.alone}
            | dict(each.shares)
            | {"transfer": each.transfer, "kept doing nothing": each.kept}
            for each in self.parties
        ]

    def pictures(self) -> "dict[str, Picture]":
        """Return the burden table, with a tick or a cross for every set of parties."""
        from detente.look.marks import tables

        note = f"{self.made.rests_on()} {self.made.line()}"
        return {"burden": tables(self.heading(), [self._burdens(), self._groups()], note)}
