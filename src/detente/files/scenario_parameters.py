"""This module owns making of a document what a scenario says beside its plan."""

from collections.abc import Collection

from detente.files.nodes import Path
from detente.files.scenario_document import RiskItem, Stated
from detente.files.scenario_ids import check_id
from detente.files.scenario_items import Reader
from detente.monitoring.parameters import Agreement, BaseRate, Inspection, PartnerRisk, Price, Product, Site
from detente.monitoring.quantities import Quantity

RISKS = tuple(key for key in RiskItem.model_fields if key not in Stated.model_fields)
INSPECTED = ("gain", "sanction", "missed", "false_alarm", "false_alarm_cost", "teams")


def _numbers(reader: Reader, path: Path, item: Stated, keys: Collection[str]) -> dict[str, Quantity | None]:
    """Return some of an item's numbers, by field; the file writes spaces where a field has underscores."""
    return {key: reader.origins.optional((*path, key.replace("_", " ")), getattr(item, key), item) for key in keys}


def agreement(reader: Reader, parties: Collection[str]) -> Agreement | None:
    """Return the draft agreement about what is shared, if there is one."""
    item = reader.document.agreement
    if item is None:
        return None
    products: list[Product] = []
    for id, product in item.products.items():
        path: Path = ("agreement", "products", id)
        check_id(reader.findings, path, id, "a product")
        for key, answers in (("receives", product.receives), ("can verify", product.verifies)):
            for party in answers:
                reader.known("party", party, parties, (*path, key, party), key=True)
        products.append(
            Product(
                id,
                reader.named("party", (*path, "collected by"), product.collected_by, parties),
                tuple(product.receives.items()),
                tuple(product.verifies.items()),
                product.because,
                reader.origins.mark(path, product),
            )
        )
    return Agreement(tuple(products), item.anomaly_procedure, reader.origins.mark(("agreement",), item))


def inspection(reader: Reader, parties: Collection[str]) -> Inspection | None:
    """Return how parties check that the agreement is kept, if that is said."""
    item = reader.document.inspection
    if item is None:
        return None
    path: Path = ("inspection",)
    if item.party:
        reader.known("party", item.party, parties, (*path, "party"))
    if item.periods is not None and (item.inspections or 0) > item.periods:
        what = f"there are {item.inspections} inspections in {item.periods} periods"
        reader.findings.fault((*path, "inspections"), what, "plan one a period at most")
    sites: list[Site] = []
    for id, site in item.sites.items():
        here: Path = (*path, "sites", id)
        check_id(reader.findings, here, id, "a site")
        gain, sanction, harm = (
            reader.origins.number((*here, key), getattr(site, key), site, item) for key in ("gain", "sanction", "harm")
        )
        missed = reader.origins.optional((*here, "missed"), site.missed, site, item)
        sites.append(Site(id, gain, sanction, harm, missed, reader.origins.mark(here, site)))
    return Inspection(
        item.party,
        item.periods,
        item.inspections,
        item.interim,
        **_numbers(reader, path, item, INSPECTED),
        sites=tuple(sites),
        mark=reader.origins.mark(path, item),
    )


def risks(reader: Reader, parties: Collection[str]) -> tuple[PartnerRisk, ...]:
    """Return by party what may go wrong with it as a partner."""
    found: list[PartnerRisk] = []
    for party, item in reader.document.risks.items():
        path: Path = ("risks", party)
        reader.known("party", party, parties, path, key=True)
        numbers = _numbers(reader, path, item, RISKS)
        order = [numbers[key] for key in ("temptation", "reward", "punishment")]
        worths = [each.value for each in order if each is not None]
        if len(worths) == 3 and not worths[0] > worths[1] > worths[2]:
            what = "temptation, reward and punishment do not fall in this order"
            remedy = "if they are meant so, nothing tempts it, or cooperation is no gain to it"
            reader.findings.fault(path, what, remedy, key=True, warning=True)
        found.append(PartnerRisk(party, **numbers, mark=reader.origins.mark(path, item)))
    return tuple(found)


def base_rates(reader: Reader) -> tuple[BaseRate, ...]:
    """Return how rare what is looked for is, and how often checks are right."""
    found: list[BaseRate] = []
    for id, item in reader.document.base_rates.items():
        path: Path = ("base rates", id)
        check_id(reader.findings, path, id, "a base rate")
        if item.crossing:
            reader.known("crossing", item.crossing, reader.document.crossings, (*path, "crossing"))
        prevalence = reader.origins.number((*path, "prevalence"), item.prevalence, item)
        detection = reader.origins.number((*path, "detection"), item.detection, item)
        false_alarm = reader.origins.number((*path, "false alarm"), item.false_alarm, item)
        mark = reader.origins.mark(path, item)
        found.append(BaseRate(id, prevalence, detection, false_alarm, item.crossing, mark))
    return tuple(found)


def price(reader: Reader) -> Price | None:
    """Return what a unit of exponent is worth in money, if that is said."""
    item = reader.document.price
    if item is None:
        return None
    amount = reader.origins.number(("price", "amount"), item.amount, item)
    return Price(amount, item.currency, reader.origins.mark(("price",), item))
