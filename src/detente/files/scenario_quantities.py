"""This module owns where the numbers of a scenario come from: each carries a source, or is synthetic, or is a fault."""

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from fractions import Fraction

from detente.errors import did_you_mean
from detente.files.document import Item
from detente.files.findings import Findings
from detente.files.nodes import Path, shorten
from detente.files.scenario_document import Stated
from detente.files.scenario_numbers import EVERYWHERE, QuantityItem
from detente.model.items import Mark
from detente.monitoring.quantities import Quantity

NO_ORIGIN = "this number has neither a source nor the word synthetic"
NO_ORIGIN_REMEDY = (
    "give the item a `source:`, or write `synthetic: true` beside it, or `numbers: synthetic` at the top for all"
)


@dataclass(frozen=True, slots=True)
class Origins:
    """Reads the numbers of one scenario with where they come from.

    Parameters
    ----------
    sources : collection of str
        The ids of the scenario's sources.
    synthetic : bool
        Whether every number without a source of its own is made up.
    """

    findings: Findings
    sources: Collection[str]
    synthetic: bool

    def mark(self, path: Path, item: Item) -> Mark:
        """Return what stands beside an item; a source that is not listed is a fault."""
        self.cited(path, item.source)
        return Mark(item.name, item.source, item.note, item.standing)

    def cited(self, path: Path, source: str) -> None:
        """Note a fault for every part of a source that names none of the scenario's sources."""
        for part in source.split(";") if source else ():
            match = re.match(r"\s*([\w.-]*\w)", part)
            named = match[1] if match else part.strip()
            if named not in self.sources:
                remedy = did_you_mean(named, self.sources)
                remedy = remedy if remedy.startswith("did") else "list it under sources"
                self.findings.fault((*path, "source"), f"no source is called {shorten(named)!r}", remedy)

    def optional(self, path: Path, item: QuantityItem | None, *holders: Stated) -> Quantity | None:
        """Return a number that may be absent."""
        return None if item is None else self.number(path, item, *holders)

    def number(self, path: Path, item: QuantityItem, *holders: Stated) -> Quantity:
        """Return a number with its origin; note a fault where it has none.

        Parameters
        ----------
        path : Path
            Where it stands.
        item : QuantityItem
        *holders : Stated
            The items it belongs to, the innermost first: what they say of their numbers counts where it says nothing.
        """
        value, low, high = self._bounds(path, item)
        return Quantity(value, low, high, self._source(path, item, holders), item.note)

    def by_name(
        self, path: Path, items: Mapping[str, QuantityItem], *holders: Stated
    ) -> tuple[tuple[str, Quantity], ...]:
        """Return numbers by name."""
        return tuple((name, self.number((*path, name), item, *holders)) for name, item in items.items())

    def everywhere(
        self, path: Path, items: Mapping[str, QuantityItem], *holders: Stated
    ) -> Quantity | tuple[tuple[str, Quantity], ...]:
        """Return one number where it is the same everywhere, else numbers by name."""
        if EVERYWHERE in items:
            return self.number(path, items[EVERYWHERE], *holders)
        return self.by_name(path, items, *holders)

    def _bounds(self, path: Path, item: QuantityItem) -> tuple[Fraction, Fraction, Fraction]:
        value, low, high = item.value
        low = item.low[0] if item.low is not None else low
        high = item.high[0] if item.high is not None else high
        if not low <= value <= high:
            self.findings.fault(path, "the value does not lie between low and high", "write low <= value <= high")
        return value, low, high

    def _source(self, path: Path, item: QuantityItem, holders: tuple[Stated, ...]) -> str:
        if item.source:
            self.cited(path, item.source)
            if item.synthetic:
                what = "this number has a source, and is said to be synthetic too"
                self.findings.fault(path, what, "keep one of the two")
            return item.source
        said = [each for each in (item.synthetic, *(holder.synthetic for holder in holders)) if each is not None]
        if said[0] if said else self.synthetic:
            return ""
        source = next((holder.source for holder in holders if holder.source), "")
        if not source:
            self.findings.fault(path, NO_ORIGIN, NO_ORIGIN_REMEDY)
        return source
