"""This module owns the check of whole answers: which answer it is, whether it belongs to the case, every certificate in
it, and everything that it tells, derived again from the case.
"""

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from detente.model.case import Case
from detente.verification.accord import check_accord
from detente.verification.cheaper import fault_in_cheapest, fault_in_costs, said_of
from detente.verification.claims import CHECKS, TELLS
from detente.verification.comparison import check_comparison
from detente.verification.demands import check_demands
from detente.verification.findings import Finding, found
from detente.verification.firmness import check_robustness
from detente.verification.forms import FORMS, kind_of
from detente.verification.lists import check_explanation, check_stability
from detente.verification.nearest import NEAREST, fault_in_change, nearest
from detente.verification.needs import check_needs
from detente.verification.outlooks import check_outlooks
from detente.verification.partial import check_partial
from detente.verification.payments import check_payments
from detente.verification.shape import untold
from detente.verification.trades import check_trades
from detente.verification.ways import check_coalitions, check_paths
from detente.verification.worlds import Worlds

EVERY, COMPARED = "every", "compare"
Check = Callable[[Worlds, Mapping[str, Any]], Iterator[Finding]]
ANSWERS: Mapping[str, Check] = {
    "accord": check_accord,
    "partial": check_partial,
    "stability": check_stability,
    "explain": check_explanation,
    "demands": check_demands,
    "approaches": check_outlooks,
    "paths": check_paths,
    "coalitions": check_coalitions,
    "needs": check_needs,
    "payments": check_payments,
    "trades": check_trades,
    "robustness": check_robustness,
}
UNDER: Mapping[str, tuple[str, ...]] = {
    **dict.fromkeys(("accord", "approaches", "payments"), (EVERY,)),
    **dict.fromkeys(("needs", "trades"), ("none",)),
}
"""Under which approach an answer stands, where that is not one of the case's."""


class Checker:
    """One answer about one case, checked claim by claim.

    Raises
    ------
    DetenteError
        When the answer is none of those that can be checked, or parts of it cannot be read.
    """

    def __init__(self, case: Case, data: Mapping[str, Any]) -> None:
        self.case, self.data = case, data
        self.kind = kind_of(data)
        self.worlds = Worlds(case)

    @property
    def not_checked(self) -> tuple[str, ...]:
        """What of the answer is not derived again, in words."""
        return tuple(dict.fromkeys(untold(self.data, FORMS[self.kind])))

    def findings(self) -> Iterator[Finding]:
        """Yield what was found about every claim of the answer."""
        data = self.data
        if self.kind == "certificate":
            yield self.certificate(data, None, None)
            return
        if self.kind == COMPARED:
            yield from self._derived(check_comparison)
            return
        if fault := self._foreign(data):
            yield Finding("the answer", "refused", fault)
            return
        title = data["case"]["title"]
        if title != self.case.title:
            yield Finding("the title", "unchecked", f"it is about {title!r}, and this case is called otherwise")
        yield from self._certificates()
        if self.kind in ANSWERS:
            yield from self._derived(ANSWERS[self.kind])
        for place, change in enumerate(data.get("changes", ())):
            yield found(f"change {place + 1}", fault_in_change, self.case, change)
        if data.get("changes"):
            yield found("costs", fault_in_costs, data)
        if said_of(data):
            yield found("nothing cheaper", fault_in_cheapest, self.case, data)

    def _foreign(self, data: Mapping[str, Any]) -> str:
        """Return why an answer does not belong to the case; "" where it does."""
        printed = data["case"]["fingerprint"]
        if printed != self.case.fingerprint:
            return f"it is about case {printed}, and this case is {self.case.fingerprint}"
        if dict(data["conventions"]) != self.case.conventions.data():
            return "it follows other conventions than the case"
        known = UNDER.get(self.kind, self.worlds.approaches)
        if data["approach"] not in known:
            return f"its approach is {data['approach']!r}, and there is {', '.join(known)}"
        others = {str(change.get("approach")) for change in data.get("changes", ())} - {data["approach"]}
        if others.intersection(self.worlds.approaches):
            return f"its approach is {data['approach']!r}, and that of its changes another one of the case"
        return ""

    def _derived(self, check: Check) -> Iterator[Finding]:
        """Yield what a check finds; what an interruption left out looks like what was taken out, and is unchecked."""
        stopped = self.data.get("interrupted") is True
        for each in self._guarded(check):
            open_ = stopped and each.outcome == "refused"
            yield Finding(each.claim, "unchecked", f"the answer was interrupted ({each.why})") if open_ else each

    def _guarded(self, check: Check) -> Iterator[Finding]:
        """Yield what a check finds; where it breaks off, because the answer cannot be read on, that is refused."""
        findings = check(self.worlds, self.data)
        while True:
            kept: list[Finding] = []

            def further(kept: list[Finding] = kept) -> str:
                kept.extend([each] if (each := next(findings, None)) else [])
                return ""

            outcome = found("the answer", further)
            if outcome.outcome != "accepted":
                yield outcome
            if not kept:
                return
            yield kept[0]

    def _certificates(self) -> Iterator[Finding]:
        """Check every certificate, and that it belongs to the approach and the state that it stands under."""
        data = self.data
        for package in data.get("packages", ()):
            for certificate in package["certificates"]:
                yield self.certificate(certificate, package["approach"], package["state"])
        for certificate in data.get("certificates", ()):
            yield self.certificate(certificate, data["approach"], data["state"])
        for contradiction in data.get("contradictions", ()):
            for certificate in contradiction["certificates"]:
                yield self.certificate(certificate, data["approach"], None)

    def certificate(self, item: Mapping[str, Any], approach: Any, state: Any) -> Finding:
        """Check one certificate, and that it belongs to its answer's approach and state (None: to any)."""
        if item.get("claim") not in (*CHECKS, NEAREST):
            return Finding("the certificate", "refused", "it makes no claim that is known")
        name = " ".join(str(item.get(key)) for key in ("claim", "definition", "party", "state") if item.get(key))
        return found(name, self._fault, item, approach, state)

    def _fault(self, item: Mapping[str, Any], approach: Any, state: Any) -> str:
        if item.get("fingerprint") != self.case.fingerprint:
            return f"it is about case {item.get('fingerprint')}, and this case is {self.case.fingerprint}"
        if approach is not None and item.get("approach") != approach:
            return f"it is about the approach {item.get('approach')!r}, and stands under {approach!r}"
        if dict(item.get("conventions") or {}) != self.case.conventions.data():
            return "it follows other conventions than the case"
        if not isinstance(item.get("verdict"), bool):
            return "its verdict is neither true nor false"
        lacking = [key for key in ("conventions", *TELLS.get(item["claim"], ())) if key not in item]
        if lacking:
            return f"it does not tell {lacking[0]!r}"
        if item["claim"] == NEAREST:
            return nearest(self.case, item)
        judge = self.worlds.judge(str(item.get("approach")))
        if item["claim"] != "contradiction":
            if judge.world.states(str(item.get("state"))) != [item.get("state")]:
                return f"{item.get('state')} is not one possible state"
            if state is not None and item["state"] not in judge.world.states(str(state)):
                return f"it is about {item['state']}, and stands under {state}"
        return CHECKS[item["claim"]](judge, item)
