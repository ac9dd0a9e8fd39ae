"""This module owns the items a scenario is made of: sectors, crossings, agencies, measures, adversary types.

Nothing here is finer than a sector, and nothing is about a person.
"""

from dataclasses import dataclass

from detente.model.items import PLAIN, Mark
from detente.monitoring.quantities import Quantity

LAYERS = ("west", "line", "east")
"""What every sector has to be crossed by, one after the other: the west approach, the line, the east approach."""

LAYER_NAMES = {"west": "west approach", "line": "line", "east": "east approach"}
KINDS = ("patrol", "post", "sensor", "overflight", "inspection", "joint team", "barrier", "liaison")
"""The kinds of measure; all of them watch, count or keep out. There is none that strikes."""

YES, NO, UNKNOWN = "yes", "no", "unknown"
SHORTEST_SECTOR = 25  # kilometres: nothing finer than this is planned

ByPlace = tuple[tuple[str, Quantity], ...]
"""Numbers by sector, layer, segment or crossing."""


class Labelled:
    """What has an id, and may have a readable name."""

    __slots__ = ()
    id: str
    mark: Mark

    @property
    def label(self) -> str:
        """Its readable name, else its id."""
        return self.mark.name or self.id


@dataclass(frozen=True, slots=True)
class Party(Labelled):
    """A side of the conflict, or people on whose behalf constraints are asked for, such as travellers.

    Parameters
    ----------
    means : Quantity, or None
        What it could pay with, such as its national product, for shares in proportion to means.
    protection, intrusiveness, leak : Quantity, or None
        What it cares for where results feed a conflict model: detection gained, being intruded upon, what leaks.
    """

    id: str
    means: Quantity | None = None
    protection: Quantity | None = None
    intrusiveness: Quantity | None = None
    leak: Quantity | None = None
    mark: Mark = PLAIN


@dataclass(frozen=True, slots=True)
class Sector(Labelled):
    """A stretch of the border, the finest thing a plan speaks of.

    Parameters
    ----------
    length : Quantity, or None
        In kilometres.
    flow : Quantity, or None
        How many people cross here a day outside official crossings, such as families divided by the line.
    """

    id: str
    length: Quantity | None = None
    flow: Quantity | None = None
    mark: Mark = PLAIN


@dataclass(frozen=True, slots=True)
class Crossing(Labelled):
    """An official crossing and the people who use it.

    Parameters
    ----------
    flow : Quantity, or None
        People a day.
    passable : bool
        Whether adversary types can pass it too, so that it is a segment of the network.
    baseline : Quantity, or None
        The exponent of its checks where it is passable.
    keep_open : bool
        Whether no plan may close it.
    most_wait : Quantity, or None
        The longest wait, in minutes, that a plan may bring to it; None where that protection is taken away.
    because : str
        Why a protection is taken away.
    """

    id: str
    sector: str
    flow: Quantity | None = None
    passable: bool = False
    baseline: Quantity | None = None
    keep_open: bool = True
    most_wait: Quantity | None = None
    because: str = ""
    mark: Mark = PLAIN


@dataclass(frozen=True, slots=True)
class Arc(Labelled):
    """A way between two places, given by hand instead of by the template of sectors.

    Parameters
    ----------
    hours : Quantity, or None
        How long it takes to pass without any barrier.
    """

    id: str
    start: str
    end: str
    sector: str = ""
    ground: tuple[str, ...] = ()
    baseline: Quantity | None = None
    flow: Quantity | None = None
    hours: Quantity | None = None
    mark: Mark = PLAIN


@dataclass(frozen=True, slots=True)
class Segment:
    """One part of the network: what a measure watches and an adversary type passes.

    Parameters
    ----------
    id : str
        ``S1.line``, ``S1-S2.west`` for the way along the border between two sectors, or that of a crossing or an arc.
    sector, layer : str
        Where it is; "" where it is in no one of them. Ways along the border have the layer of their side.
    start, end : str
        Places of the network; ways along the border are passed in both directions.
    ground : tuple of str
        The parties whose ground it is.
    """

    id: str
    sector: str
    layer: str
    start: str
    end: str
    ground: tuple[str, ...] = ()
    baseline: Quantity | None = None
    flow: Quantity | None = None
    both_ways: bool = False
    crossing: str = ""

    def travelled(self, sector: str, crossing: str) -> bool:
        """Return whether whoever uses an official crossing passes here: the crossing, and its sector's approaches."""
        return self.crossing == crossing or (self.sector == sector and self.layer in ("west", "east"))


@dataclass(frozen=True, slots=True)
class Budget:
    """How much of a resource an agency has."""

    agency: str
    resource: str
    amount: Quantity

    @property
    def key(self) -> str:
        """Its full name: the agency, and the resource where that has a name."""
        return f"{self.agency}.{self.resource}" if self.resource else self.agency


@dataclass(frozen=True, slots=True)
class Agency(Labelled):
    """Who acts: an agency, the party it stands for, and what it has."""

    id: str
    party: str
    budgets: tuple[Budget, ...]
    mark: Mark = PLAIN


@dataclass(frozen=True, slots=True)
class Measure(Labelled):
    """Something that can be done to watch a part of the border.

    Parameters
    ----------
    kind : str
        One of `KINDS`.
    at : tuple of str
        ``west``, ``line``, ``east``, ids of segments, or crossings.
    sectors : tuple of str
        Where it can be; all sectors where ().
    uses : tuple of (str, Quantity)
        By budget key, how much a unit of it uses up.
    effect : Quantity, or tuple of (str, Quantity)
        The exponent that a unit adds: everywhere, or by sector, segment or crossing; () where nothing is said of it.
    most : Quantity, or None
        How many units of it there can be on one segment.
    consent : tuple of str
        The parties without whose consent it is not there.
    delay : Quantity, or None
        By how many minutes a unit delays everybody who crosses there.
    intrusiveness : tuple of (str, Quantity)
        How much a unit intrudes upon each party.
    divisible : bool
        False for what there is only in whole units, such as a fence or a site.
    closes : tuple of str
        The crossings that it would close.
    finds : Quantity, or tuple of (str, Quantity)
        Of teams that are sent at random: the chance that one finds whoever passes where it is; () for what is no team.
    slows : Quantity, or tuple of (str, Quantity)
        Of barriers: by how many hours a unit slows whoever passes where it stands; () for what slows nobody.
    stops : bool, or None
        True for barriers that nobody passes.
    """

    id: str
    kind: str
    at: tuple[str, ...]
    uses: tuple[tuple[str, Quantity], ...]
    effect: Quantity | ByPlace
    sectors: tuple[str, ...] = ()
    most: Quantity | None = None
    consent: tuple[str, ...] = ()
    delay: Quantity | None = None
    intrusiveness: tuple[tuple[str, Quantity], ...] = ()
    divisible: bool = True
    closes: tuple[str, ...] = ()
    finds: Quantity | ByPlace = ()
    slows: Quantity | ByPlace = ()
    stops: bool | None = None
    mark: Mark = PLAIN

    @property
    def team(self) -> bool:
        """Whether it is teams that cannot be divided, sent at random."""
        return self.finds != ()

    @property
    def barrier(self) -> bool:
        """Whether it slows or stops whoever passes where it stands."""
        return bool(self.stops) or self.slows != ()


@dataclass(frozen=True, slots=True)
class AdversaryType(Labelled):
    """Who tries to pass unseen: a type, never a person.

    Parameters
    ----------
    start, end : tuple of str
        Places; ``west`` and ``east`` stand for the far side of every sector.
    weight : Quantity
        How much it counts beside other types.
    weights : tuple of (str, Quantity)
        By party, how much it counts for that party where that differs.
    baseline : tuple of (str, Quantity)
        The exponent without any measure, by layer, segment or crossing, where it differs from the segment's own.
    """

    id: str
    start: tuple[str, ...]
    end: tuple[str, ...]
    weight: Quantity
    weights: tuple[tuple[str, Quantity], ...] = ()
    baseline: tuple[tuple[str, Quantity], ...] = ()
    mark: Mark = PLAIN
