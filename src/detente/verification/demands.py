"""This module owns the check of what `demands` prints: that all contradictions are listed, of the right kind and with
repairs that mend them; and who can deliver and who can prevent each demand.
"""

from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property
from typing import Any

from detente.verification.complaints import check_complaints
from detente.verification.contradictions import kinds, met_in, minimal_unmet
from detente.verification.findings import TOO_LONG, Finding, found
from detente.verification.nearest import remade
from detente.verification.orders import Orders
from detente.verification.packages import differing
from detente.verification.powers import Powers
from detente.verification.repairs import fault_in_kind, fault_in_repair, possible
from detente.verification.stability import Judge
from detente.verification.statements import Reading
from detente.verification.survey import MOST_COMBINED, Survey
from detente.verification.world import World
from detente.verification.worlds import Worlds

CREDIBILITY = "credibility"
Item = Mapping[str, Any]


class Asked:
    """The demands of a case under one approach, and what meets them."""

    def __init__(self, worlds: Worlds, approach: str) -> None:
        self.case, self.approach, self.judge = worlds.case, approach, worlds.judge(approach)
        self.world = self.judge.world
        self._worlds = worlds
        self.by_id = {demand.id: demand for demand in self.case.demands}

    @cached_property
    def survey(self) -> Survey:
        """All states; raises OverflowError where there are too many."""
        return self._worlds.survey(self.approach)

    @cached_property
    def powers(self) -> Powers:
        """Who can bring about what; raises OverflowError where there are too many choices."""
        return Powers(self.world, MOST_COMBINED)

    @cached_property
    def orders(self) -> Orders:
        """The orders in which demands can be met one after the other."""
        return Orders(self._worlds, self.approach, self.by_id)

    @cached_property
    def contradictions(self) -> dict[frozenset[str], bool]:
        """All contradictions, each with whether only what holds by itself is missing."""
        ids = list(self.by_id)
        possible = met_in(self.world, self.survey.states)
        hard = minimal_unmet(ids, possible)
        soft = minimal_unmet(ids, met_in(self.world, self.survey.nash)) if self.survey.nash else set()
        credible = {some for some in soft - hard if any(some <= each for each in possible)}
        return dict.fromkeys(hard, False) | dict.fromkeys(credible, True)

    def meeting(self, ids: Sequence[str]) -> list[str]:
        """Return the states that meet some demands together."""
        readings = [self.world.reading(self.by_id[id].that.text, self.by_id[id].that.party) for id in ids]
        return [word for word in self.survey.states if all(self.world.holds(reading, word) for reading in readings)]


def check_demands(worlds: Worlds, data: Mapping[str, Any]) -> Iterator[Finding]:
    """Yield what is found of an answer of `demands` beside its certificates."""
    yield from check_complaints(worlds, data)
    asked = Asked(worlds, data["approach"])
    told = data["contradictions"]
    strange = [id for each in told for id in each["demands"] if id not in asked.by_id]
    if strange:
        yield Finding("the contradictions", "refused", f"the case has no demand {strange[0]!r}")
        return
    yield found("the contradictions", _fault_in_list, asked, told, data["complete"])
    for place, item in enumerate(told, 1):
        name = f"contradiction {place}"
        yield found(name, _fault_in_contradiction, asked, item)
        yield found(f"{name}: its kind", _fault_in_kind, asked, item)
        if item["kind"] != CREDIBILITY or "in turn" in item:
            yield found(f"{name}: one after the other", asked.orders.fault, item["demands"], item.get("in turn"))
        for number, repair in enumerate(item["repairs"], 1):
            yield found(
                f"{name}: repair {number}",
                fault_in_repair,
                asked.case,
                asked.approach,
                item["demands"],
                repair,
                item["kind"] == CREDIBILITY,
                possible(item.get("in turn", ())),
            )
    if [each["demand"] for each in data["deliverability"]] != list(asked.by_id):
        yield Finding("who can deliver", "refused", f"the demands are {', '.join(asked.by_id)}")
        return
    if data["deliverability"] and all(each["alone"] is not None for each in data["deliverability"]):
        yield found("what some can do together", _fault_in_together, asked, data.get("together", {}))
    for each in data["deliverability"]:
        yield _delivery(asked, each)
        for number, repair in enumerate(each.get("repairs", ()), 1):
            yield found(f"whom to ask for {each['demand']}, {number}", _fault_in_asking, asked, each, repair)


def _fault_in_list(asked: Asked, told: Sequence[Item], complete: bool) -> str:
    listed = {frozenset(item["demands"]): item["kind"] == CREDIBILITY for item in told}
    if len(listed) < len(told) or any(len(set(item["demands"])) < len(item["demands"]) for item in told):
        return "one is listed twice"
    right = asked.contradictions
    for some, credibility in listed.items():
        if right.get(some) is not credibility:
            return f"{_said(some)} {'is' if len(some) == 1 else 'are'} no such contradiction"
    missing = sorted(map(sorted, set(right) - set(listed)))
    if complete is not (not missing):
        return f"{_said(missing[0])} is not listed" if missing else "it lists all, and says that there are more"
    keys = [(item["kind"] == CREDIBILITY, len(item["demands"])) for item in told]
    return "" if keys == sorted(keys) else "the smallest do not stand first"


def _fault_in_contradiction(asked: Asked, item: Item) -> str:
    """Check whose the demands are, what is possible without each, and what its certificate says."""
    ids = item["demands"]
    senders = list(dict.fromkeys(asked.by_id[id].sender for id in ids))
    if item["from"] != senders:
        return f"its demands are from {', '.join(senders)}"
    if set(item["possible without"]) != set(ids):
        return "it does not say what becomes possible without each demand"
    if item["kind"] != CREDIBILITY:
        certificates = item["certificates"]
        if len(certificates) != 1 or any(certificates[0].get(k) != item[k] for k in ("demands", "possible without")):
            return "it has no certificate, or one of others"
        return "" if not {"possible with", "some SEQ equilibrium"} & set(item) else "it tells what is possible with all"
    nash = asked.survey.nash
    for left_out, word in item["possible without"].items():
        if word not in nash or word not in asked.meeting([id for id in ids if id != left_out]):
            return f"{word} does not hold by itself, or does not meet the others than {left_out}"
    together = asked.meeting(ids)
    if item.get("possible with") not in together:
        return f"{item.get('possible with')} does not meet them all"
    parties = asked.case.party_ids
    credible = any(all(asked.judge.stable("SEQ", party, word) for party in parties) for word in together)
    return differing({"some SEQ equilibrium": item.get("some SEQ equilibrium")}, {"some SEQ equilibrium": credible})


def _fault_in_kind(asked: Asked, item: Item) -> str:
    if item["kind"] == CREDIBILITY:
        return ""  # checked with the list
    right = kinds(asked.case, asked.world, item["demands"])
    return "" if item["kind"] in right else f"it is {' or '.join(sorted(right))}, not {item['kind']}"


def _delivery(asked: Asked, told: Item) -> Finding:
    """Check who can deliver and who can prevent one demand."""
    name = f"who can deliver {told['demand']}"
    demand = asked.by_id[told["demand"]]
    if told["to"] != demand.to:
        return Finding(name, "refused", f"it is made on {demand.to}")
    try:
        derived = _delivered(asked, told["demand"])
    except OverflowError:
        return Finding(name, "unchecked", TOO_LONG)
    if "undecided" in told:
        return Finding(name, "unchecked", "it was not decided")
    groups = {key: [sorted(group) for group in told[key]] for key in ("coalitions", "prevented by")}
    shown = {key: told[key] for key in ("alone", "with clout", "verdict")}
    shown |= {key: sorted(each) for key, each in groups.items()}
    why = differing(shown, derived)
    return Finding(name, "refused" if why else "accepted", why)


def _delivered(asked: Asked, id: str) -> dict[str, Any]:
    demand, powers, nash = asked.by_id[id], asked.powers, asked.survey.nash
    holds = asked.world.reading(demand.that.text, demand.that.party)
    if powers.today is None:
        return {"alone": None, "with clout": None, "verdict": None, "coalitions": [], "prevented by": []}
    groups = powers.minimal(holds)
    alone = powers.delivers(powers.of([demand.to]), holds)
    clout = powers.with_clout(demand, holds)
    met = any(asked.world.holds(holds, word) for word in nash)
    if alone:
        verdict = "can" if met else "will not"
    elif clout == "strong" or any(demand.to in group for group in groups):
        verdict = "can only with others" if met else "could, but it would not hold"
    else:
        verdict = "cannot"
    return {
        "alone": alone,
        "with clout": clout,
        "verdict": verdict,
        "coalitions": sorted(map(sorted, groups)),
        "prevented by": sorted(map(sorted, powers.minimal(opposite(holds)))),
    }


def opposite(holds: Reading) -> Reading:
    """Return the reading of a statement that is true where another is not."""
    return lambda state: not holds(state)


def _fault_in_together(asked: Asked, told: Item) -> str:
    """Check which demands some parties can have met together, and which they can keep from being met."""
    world, powers = asked.world, asked.powers
    parties = [party for party in world.case.party_ids if party in told["parties"]]
    keys = powers.of(parties)
    readings = {id: world.reading(demand.that.text, demand.that.party) for id, demand in asked.by_id.items()}
    derived = {
        "parties": parties,
        "brings about": [id for id, holds in readings.items() if powers.delivers(keys, holds)],
        "prevents": [id for id, holds in readings.items() if powers.delivers(keys, opposite(holds))],
    }
    return differing({key: told[key] for key in derived}, derived)


def _fault_in_asking(asked: Asked, told: Item, repair: Item) -> str:
    """Check that those who are asked instead, with the demander, can deliver what was demanded."""
    demand = asked.by_id[told["demand"]]
    edited = remade(asked.case, repair["edits"])
    if edited is None or not repair["edits"]:
        return "its edits cannot be made"
    if fault := fault_in_kind(asked.case, repair):
        return fault
    kept = [each for each in edited.demands if each.id == demand.id or asked.by_id.get(each.id) != each]
    parties = {demand.sender, *(each.to for each in kept)}
    world = World(edited, asked.approach)
    powers = Powers(Judge(world, {}).world, MOST_COMBINED)
    holds = world.reading(demand.that.text, demand.that.party)
    return "" if powers.delivers(powers.of(parties), holds) else f"{_said(parties)} cannot deliver it"


def _said(names: Any) -> str:
    return ", ".join(sorted(names))
