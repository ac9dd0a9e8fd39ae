"""This module owns the checks of a draft agreement: who consents, who receives what, who can tell that it is true.

They follow what texts on cooperative monitoring ask of an agreement: agreed information, equal access to it, technology
that all may use, authentic data, and a procedure for anomalies (Pregenzer, Vannoni & Biringer, Cooperative Monitoring
of Regional Security Agreements, Sandia National Laboratories; Durrani 2001, Cooperative Monitoring Center, Occasional
Paper 21). Attributes alone are looked at; no data pass through detente.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from detente.look.summary import counted, listed
from detente.monitoring.deploying import deployments
from detente.monitoring.items import NO, UNKNOWN, YES
from detente.monitoring.parameters import Agreement, Product
from detente.monitoring.scenario import Scenario

CHECKS = {
    "consent": "every measure has the consent of the parties whose ground it is on",
    "recipients": "every product goes to two parties at least, or there is a reason why not",
    "authenticity": "whoever receives a product can verify that it is authentic",
    "anomalies": "it is agreed what happens when something looks wrong",
    "reciprocity": "each party receives as much as it collects",
}


@dataclass(frozen=True, slots=True)
class Check:
    """One check of a draft agreement.

    Parameters
    ----------
    id : str
        One of `CHECKS`.
    answer : str
        yes, no or unknown.
    because : tuple of str
        Why it is not a plain yes, one sentence for each thing in the way.
    """

    id: str
    answer: str
    because: tuple[str, ...] = ()

    @property
    def asks(self) -> str:
        """What is checked, as a sentence without its full stop."""
        return CHECKS[self.id]


def checks(scenario: Scenario) -> tuple[Check, ...]:
    """Return the checks of a scenario's draft agreement, in a fixed order; without one, only that of consent."""
    found = [_checked("consent", _without_consent(scenario))]
    agreement = scenario.agreement
    if agreement is None:
        return tuple(found)
    found.append(_checked("recipients", _few_recipients(scenario, agreement)))
    found.append(_checked("authenticity", _unverified(scenario, agreement)))
    answer = agreement.anomaly_procedure
    told = {
        YES: (),
        NO: ("No procedure is agreed for anomalies.",),
        UNKNOWN: ("It is not known whether a procedure for anomalies is agreed.",),
    }
    found.append(Check("anomalies", answer, told[answer]))
    found.append(_checked("reciprocity", _gaps(scenario, agreement)))
    return tuple(found)


Obstacle = tuple[str, str]


def _checked(id: str, obstacles: Iterator[Obstacle]) -> Check:
    """Return a check by what is in its way: each an answer, no or unknown, and a sentence."""
    found = list(obstacles)
    answers = {answer for answer, _ in found}
    answer = NO if NO in answers else UNKNOWN if UNKNOWN in answers else YES
    return Check(id, answer, tuple(sentence for _, sentence in found))


def _without_consent(scenario: Scenario) -> Iterator[Obstacle]:
    label = {party.id: party.label for party in scenario.parties}
    missing: dict[tuple[str, str], None] = {}
    for each in deployments(scenario):
        for host in each.segment.ground:
            if host not in each.consent:
                missing[each.measure.id, host] = None
    by_measure: dict[str, list[str]] = {}
    for measure, host in missing:
        by_measure.setdefault(measure, []).append(label[host])
    for measure, hosts in by_measure.items():
        yield NO, f"{scenario.measure(measure).label}: on ground of {listed(hosts)}, without consent."


def _few_recipients(scenario: Scenario, agreement: Agreement) -> Iterator[Obstacle]:
    for product in agreement.products:
        receiving = [party for party, answer in product.recipients if answer == YES]
        open_still = [party for party, answer in product.recipients if answer == UNKNOWN]
        if len(receiving) >= 2 or product.because:
            continue
        answer = UNKNOWN if len(receiving) + len(open_still) >= 2 else NO
        still = f", and that of {listed(_labels(scenario, open_still))} is not known" if open_still else ""
        received = listed(_labels(scenario, receiving)) if receiving else "nobody"
        yield answer, f"{product.label}: received by {received}{still}."


def _unverified(scenario: Scenario, agreement: Agreement) -> Iterator[Obstacle]:
    for product in agreement.products:
        verifying = dict(product.verifiable)
        for answer, told in ((NO, "cannot verify"), (UNKNOWN, "may be unable to verify")):
            parties = [
                party
                for party, receives in product.recipients
                if receives == YES and party not in product.collected_by and verifying.get(party, UNKNOWN) == answer
            ]
            if parties:
                yield answer, f"{product.label}: {listed(_labels(scenario, parties))} {told} it."


def _gaps(scenario: Scenario, agreement: Agreement) -> Iterator[Obstacle]:
    """Yield the parties that collect more products than they receive from others, or receive without collecting."""
    for party in scenario.parties:
        given = _given(party.id, agreement.products)
        got, unsure = _got(party.id, agreement.products, YES), _got(party.id, agreement.products, UNKNOWN)
        if not given and not got and not unsure:
            continue
        if given > got:
            answer = UNKNOWN if got + unsure >= given else NO
            told = f"{party.label}: {counted(given, 'product')} given to others, {got or 'none'} received from others"
            yield answer, f"{told}{f', {unsure} more not known' if unsure else ''}."


def _given(party: str, products: tuple[Product, ...]) -> int:
    """Return how many products a party collects that somebody else receives."""
    return sum(
        party in product.collected_by and any(to != party and answer == YES for to, answer in product.recipients)
        for product in products
    )


def _got(party: str, products: tuple[Product, ...], answer: str) -> int:
    """Return how many products that others collect, too, a party receives, or may receive."""
    return sum(
        bool(set(product.collected_by) - {party}) and dict(product.recipients).get(party) == answer
        for product in products
    )


def _labels(scenario: Scenario, parties: list[str]) -> list[str]:
    return [scenario.party(party).label for party in parties]
