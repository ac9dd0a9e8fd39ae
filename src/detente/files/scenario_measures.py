"""This module owns making a scenario's measures of a document: what they use, where they are, what they do there."""

from collections.abc import Callable, Collection, Iterable, Mapping

from detente.errors import did_you_mean
from detente.files.nodes import Path, shorten
from detente.files.scenario_document import MeasureItem
from detente.files.scenario_ids import check_id
from detente.files.scenario_items import Reader
from detente.files.scenario_numbers import QuantityItem
from detente.look.summary import as_given
from detente.monitoring.items import KINDS, Agency, Budget, ByPlace, Measure
from detente.monitoring.quantities import Quantity

Uses = tuple[tuple[str, Quantity], ...]
NO_EFFECT = "add it, as in `effect: 0.5`, or finds for teams sent at random, slows or stops for barriers"


def measures(
    reader: Reader, agencies: tuple[Agency, ...], parties: Collection[str], ground: Callable[[str], tuple[str, ...]]
) -> tuple[Measure, ...]:
    """Return the measures.

    Parameters
    ----------
    ground : function
        The parties whose ground a layer, segment or crossing is.
    """
    budgets = {budget.key: budget for agency in agencies for budget in agency.budgets}
    owner = {budget.key: agency.party for agency in agencies for budget in agency.budgets}
    return tuple(
        _measure(reader, id, item, budgets, owner, parties, ground) for id, item in reader.document.measures.items()
    )


def _measure(
    reader: Reader,
    id: str,
    item: MeasureItem,
    budgets: Mapping[str, Budget],
    owner: Mapping[str, str],
    parties: Collection[str],
    ground: Callable[[str], tuple[str, ...]],
) -> Measure:
    path: Path = ("measures", id)
    check_id(reader.findings, path, id, "a measure", KINDS)
    at = reader.where((*path, "at"), item.at)
    most = reader.origins.optional((*path, "most"), item.most, item)
    uses = _uses(reader, path, item, budgets, owner)
    _does(reader, path, item)
    if item.finds:
        _whole_teams(reader, path, item, uses, budgets)
    users = dict.fromkeys(owner[key] for key, amount in uses if amount.value)
    hosts = dict.fromkeys(party for name in at for party in ground(name))
    consent = (
        tuple(id for id in parties if id in {**users, **hosts})
        if item.consent is None
        else reader.named("party", (*path, "consent"), item.consent, parties)
    )
    for party in item.intrusiveness:
        reader.known("party", party, parties, (*path, "intrusiveness", party), key=True)
    return Measure(
        id,
        item.kind,
        at,
        uses,
        _by_place(reader, (*path, "effect"), item.effect, item),
        reader.named("sector", (*path, "sectors"), item.sectors, reader.document.sectors),
        most,
        consent,
        reader.origins.optional((*path, "delay"), item.delay, item),
        reader.origins.by_name((*path, "intrusiveness"), item.intrusiveness, item),
        item.divisible,
        reader.named("crossing", (*path, "closes"), item.closes, reader.document.crossings),
        _by_place(reader, (*path, "finds"), item.finds, item),
        _by_place(reader, (*path, "slows"), item.slows, item),
        item.stops or None,
        reader.origins.mark(path, item),
    )


def _uses(
    reader: Reader, path: Path, item: MeasureItem, budgets: Mapping[str, Budget], owner: Mapping[str, str]
) -> Uses:
    """Return what a unit uses; faults for budgets that nobody has, and for what nothing limits."""
    for key in item.uses:
        _budget(reader, (*path, "uses", key), key, budgets)
    uses = tuple(pair for pair in reader.origins.by_name((*path, "uses"), item.uses, item) if pair[0] in budgets)
    sound = len(uses) == len(item.uses)
    used = any(amount.value for _, amount in uses) or reader.told((*path, "uses"))
    barrier_alone = (item.slows or item.stops) and not item.effect  # there or not: one at a place
    if sound and item.most is None and not used and not item.finds and not barrier_alone:
        reader.findings.fault((*path, "uses"), "nothing limits this measure: it uses nothing", "say most: ...")
    users = dict.fromkeys(owner[key] for key, amount in uses if amount.value)
    if item.kind == "joint team" and len(users) < 2 and sound:
        what = "a joint team uses the means of one party only"
        reader.findings.fault((*path, "uses"), what, "let it use those of all that take part", warning=True)
    return uses


def _does(reader: Reader, path: Path, item: MeasureItem) -> None:
    """Note a fault where nothing is said of what a measure does, or things that do not go together."""
    does = {key: bool(getattr(item, key)) for key in ("effect", "finds", "slows", "stops")}
    faulty = [found for found, fault in reader.findings.found if not fault.warning]
    if not any(does.values()) and not any(found[:3] == (*path, key) for found in faulty for key in does):
        reader.findings.fault(path, "the key 'effect' is missing", NO_EFFECT, key=True)
    if item.finds:
        for key in ("effect", "slows", "stops"):
            if does[key]:
                what = f"teams that are sent at random have no key {key!r} beside finds"
                reader.findings.fault((*path, key), what, "list another measure for that", key=True)
    elif item.slows and item.stops:
        what = "a barrier slows, or stops, and both are said of this one"
        reader.findings.fault((*path, "stops"), what, "keep one of the two", key=True)
    if item.stops:
        for name in item.at:
            if name in reader.document.crossings and name not in item.closes:
                what = f"what stops everybody at {name} closes it, and does not say so"
                reader.findings.fault((*path, "stops"), what, f"add closes: {name}", key=True)


def _whole_teams(reader: Reader, path: Path, item: MeasureItem, uses: Uses, budgets: Mapping[str, Budget]) -> None:
    """Note a fault where what is sent at random is not so many whole teams of one agency."""
    if len(uses) != len(item.uses) or reader.told((*path, "uses")):
        return
    if [amount.value for _, amount in uses] != [1] or not uses[0][1].certain:
        what = "teams that are sent at random cannot be divided, and are one agency's"
        reader.findings.fault((*path, "uses"), what, "let it use 1 of one budget, the number of teams", key=True)
        return
    budget = budgets[uses[0][0]]
    number = budget.amount
    if number.value.denominator != 1 or not number.certain:
        what = f"{as_given(number.value)} teams are no whole number of them" if number.certain else "a range of teams"
        place: Path = ("agencies", budget.agency, "budgets", budget.resource)
        reader.findings.fault(place, what, "write a whole number, as they cannot be divided")


def _by_place(reader: Reader, path: Path, given: Mapping[str, QuantityItem], item: MeasureItem) -> Quantity | ByPlace:
    """Return numbers that hold everywhere, or by place; faults for places that there are not."""
    found = reader.origins.everywhere(path, given, item)
    sectors = reader.document.sectors
    for name, _ in () if isinstance(found, Quantity) else found:
        if name not in sectors and name not in reader.watchable:
            reader.known("place", name, {**sectors, **reader.watchable}, (*path, name), key=True)
    return found


def _budget(reader: Reader, path: Path, key: str, budgets: Iterable[str]) -> None:
    several = [name for name in budgets if name.startswith(f"{key}.")]
    if key in budgets or "budget" in reader.blurred:
        return
    if several:
        what = f"{key} has several resources"
        reader.findings.fault(path, what, f"name one: {' or '.join(several[:6])}", key=True)
    else:
        remedy = did_you_mean(key, tuple(budgets))
        reader.findings.fault(path, f"no agency has {shorten(key)!r}", remedy, key=True)
