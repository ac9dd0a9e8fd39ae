"""What detente prints is accepted by the checker; whatever is altered in it is refused, and why is said."""

import copy
import json

import pytest

from detente.errors import DetenteError
from detente.questions.accord import accord
from detente.questions.check import read
from detente.questions.demands import demands
from detente.questions.stability import stability
from detente.questions.verify import verify
from detente.verification.answers import Checker
from detente.verification.packages import check_package
from detente.verification.worlds import Worlds

PACKAGE_ALTERATIONS = {
    "another state": lambda p: p.update(state=p["state"].replace("Y", "N", 1)),
    "another approach": lambda p: p.update(approach="mercenary"),
    "an approach that is not there": lambda p: p.update(approach="friendship"),
    "accommodates": lambda p: p["verdicts"].update(accommodates=not p["verdicts"]["accommodates"]),
    "deliverable": lambda p: p["verdicts"].update(deliverable=not p["verdicts"]["deliverable"]),
    "deliverable by": lambda p: p["verdicts"].update({"deliverable by": "strong clout"}),
    "holds more": lambda p: p["verdicts"]["holds"].append("Nash" if "Nash" not in p["verdicts"]["holds"] else "ESS"),
    "holds less": lambda p: p["verdicts"].update(holds=p["verdicts"]["holds"][1:]),
    "reachable by": lambda p: p["verdicts"].update({"reachable by": "no", "reachable": False}),
    "grade": lambda p: p["verdicts"].update(grade="at the table" if p["verdicts"]["grade"] != "at the table" else None),
    "fails": lambda p: p.update(fails=[] if p["fails"] else ["holds"]),
    "unmet": lambda p: p["unmet"].update(US=[]),
    "demands met": lambda p: p.update({"demands met": ["operation"]}),
    "demands broken": lambda p: p.update({"demands broken": []}),
    "who is worse off": lambda p: p.update({"worse off than today": ["IN"]}),
    "who would leave": lambda p: p.update({"would leave without the approach": []}),
    "who gains or loses outside": lambda p: p.update({"outside the table": {}}),
}
CERTIFICATE_ALTERATIONS = {
    "another state": lambda c: c.update(state=c["state"].replace("Y", "N", 1)),
    "another approach": lambda c: c.update(approach="patron-client"),
    "another case": lambda c: c.update(fingerprint="00000000"),
    "other conventions": lambda c: c.update(conventions={**c["conventions"], "ties sanction": False}),
    "another verdict": lambda c: c.update(verdict=not c["verdict"]),
    "another claim": lambda c: c.update(claim="lasts"),
}
ANSWER_ALTERATIONS = {
    "an improvement passed over": lambda c: c["because"].pop(),
    "an improvement made up": lambda c: c["because"].append({"move": c["state"], "answer": []}),
    "no answer": lambda c: c["because"][0].update(answer=None),
    "an answer by the party itself": lambda c: c["because"][0]["answer"][0].__setitem__(0, c["party"]),
    "an answer that goes nowhere": lambda c: c["because"][0]["answer"][-1].__setitem__(1, c["because"][0]["move"]),
    "the same mover twice": lambda c: c["because"][0]["answer"].append(c["because"][0]["answer"][-1]),
    "another party": lambda c: c.update(party=next(p for p in ("MoE", "Uniroyal", "LG") if p != c["party"])),
}


@pytest.fixture(scope="module")
def pakistan():
    return read("us-pakistan-2018")


@pytest.fixture(scope="module")
def agreed(pakistan):
    return json.loads(accord(pakistan).render("json"))


@pytest.mark.parametrize("name", ["elmira", "cuban-missile-crisis", "sanctions", "syria-iraq"])
def test_what_is_printed_is_accepted(name):
    case = read(name)
    for answer in (accord(case), stability(case), demands(case)):
        checked = verify(case, json.loads(answer.render("json")))
        assert checked.accepted and not checked.unchecked, checked.refused


def test_the_accord_of_the_source_is_accepted(pakistan, agreed):
    checked = verify(pakistan, agreed)
    assert checked.accepted and not checked.unchecked and len(checked.findings) > 500, checked.refused


@pytest.fixture(scope="module")
def checker(pakistan, agreed):
    return Checker(pakistan, agreed)


def outcomes(checker, package):
    return {finding.outcome for finding in check_package(checker.worlds, package)}


@pytest.mark.parametrize("name", PACKAGE_ALTERATIONS)
def test_an_altered_package_is_refused(checker, agreed, name):
    altered = copy.deepcopy(agreed["packages"][0])
    assert outcomes(checker, altered) == {"accepted"}
    PACKAGE_ALTERATIONS[name](altered)
    assert "refused" in outcomes(checker, altered)


@pytest.mark.parametrize("name", CERTIFICATE_ALTERATIONS)
def test_every_altered_certificate_of_a_package_is_refused(checker, agreed, name):
    package = agreed["packages"][0]
    for certificate in package["certificates"]:
        altered = copy.deepcopy(certificate)
        assert checker.certificate(altered, package["approach"], package["state"]).outcome == "accepted"
        CERTIFICATE_ALTERATIONS[name](altered)
        assert checker.certificate(altered, package["approach"], package["state"]).outcome == "refused", altered


@pytest.mark.parametrize("name", ANSWER_ALTERATIONS)
@pytest.mark.parametrize("definition", ["GMR", "SEQ"])
def test_an_altered_answer_to_an_improvement_is_refused(name, definition):
    case = read("elmira")
    answer = json.loads(stability(case).explain("YNYNN", definition=definition).render("json"))
    certificate = next((c for c in answer["certificates"] if c["because"] and c["verdict"]), None)
    if certificate is None:
        answer = json.loads(stability(case).explain("YYNNY", party="LG", definition=definition).render("json"))
        certificate = next((c for c in answer["certificates"] if c["because"] and c["verdict"]), None)
    if certificate is None:
        words = stability(case).data()["stable"]["LG"][definition]
        found = (
            json.loads(stability(case).explain(w, party="LG", definition=definition).render("json")) for w in words
        )
        certificate = next(c for each in found for c in each["certificates"] if c["because"] and c["verdict"])
    assert verify(case, certificate).accepted
    altered = copy.deepcopy(certificate)
    ANSWER_ALTERATIONS[name](altered)
    assert not verify(case, altered).accepted


def test_a_state_that_is_not_stable_is_refused_in_a_stability_answer():
    case = read("elmira")
    data = stability(case).data()
    data["equilibria"]["Nash"] = [*data["equilibria"]["Nash"], "NYNNN"]
    assert not verify(case, data).accepted


def test_an_answer_about_another_case_is_refused():
    checked = verify(read("elmira"), stability(read("elmira/twelve-states")).data())
    assert not checked.accepted and "it is about case" in checked.refused[0].why


def test_what_is_no_answer_cannot_be_verified():
    with pytest.raises(DetenteError, match="nothing to verify"):
        verify(read("elmira"), {"title": "Elmira"})


def test_a_partial_package_is_checked_for_all_it_stands_for():
    case = read("us-pakistan-2018")
    packages = json.loads(accord(case).render("json"))["packages"]
    found = next((p for p in packages if "-" in p["state"]), None)
    worlds = Worlds(case)
    assert found is not None
    for altered in (
        {**found, "unmet": {}},
        {**found, "demands met": [*found["demands met"], *found["demands broken"][:1], "talks"]},
        {**found, "stands for": found["stands for"] + 1},
        {**found, "helpful completion": found["state"]},
        {**found, "efficient": not found["efficient"]},
        {**found, "goodwill": ["US"]},
        {**found, "certificates": found["certificates"][:1]},
    ):
        assert "refused" in {f.outcome for f in check_package(worlds, altered)}
    assert {f.outcome for f in check_package(worlds, found)} == {"accepted"}


@pytest.mark.parametrize("instead", [{"definition": "GMR"}, {"party": "US"}])
def test_a_certificate_put_in_place_of_another_is_missed(checker, agreed, instead):
    package = copy.deepcopy(agreed["packages"][0])
    held = [c for c in package["certificates"] if c["claim"] == "holds" and c["verdict"]]
    altered = next(c for c in held if not c["because"] and any(c[key] != value for key, value in instead.items()))
    altered.update(instead)
    refused = [f.why for f in check_package(checker.worlds, package) if f.outcome == "refused"]
    assert any("no certificate" in why for why in refused)


def test_an_explanation_lacking_a_certificate_is_refused():
    case = read("elmira")
    answer = json.loads(stability(case).explain("YNYNN").render("json"))
    assert verify(case, answer).accepted
    answer["certificates"].pop(3)
    assert "no certificate" in verify(case, answer).refused[0].why


OUTSIDER_ALTERATIONS = {
    "another best response": lambda o: o.update({"best response": o["best response"][::-1]}),
    "none": lambda o: o.pop("best response"),
    "other options": lambda o: o.update({"differing options": ["PK.fence"]}),
    "another's clout": lambda o: o["clout"][0].update(of="AF"),
    "clout over something else": lambda o: o["clout"][0].update(on=["IN.fund"]),
    "stronger clout": lambda o: o["clout"][0].update(strength="strong"),
    "nobody's clout": lambda o: o["clout"].clear(),
}


@pytest.mark.parametrize("name", OUTSIDER_ALTERATIONS)
def test_altered_evidence_on_an_outsider_is_refused(checker, agreed, name):
    held = [c for p in agreed["packages"] for c in p["certificates"] if c.get("by") == "weak clout"]
    certificate = copy.deepcopy(held[0])
    outsider = next(o for o in certificate["outsiders"] if o["by"] == "weak clout")
    assert checker.certificate(certificate, None, None).outcome == "accepted"
    OUTSIDER_ALTERATIONS[name](outsider)
    assert checker.certificate(certificate, None, None).outcome == "refused"


def test_reachable_of_another_grade_than_its_verdict_is_refused(checker, agreed):
    package = agreed["packages"][0]
    certificate = next(c for c in package["certificates"] if c["claim"] == "reachable")
    for grade in ("no", "by magic"):
        altered = {**certificate, "by": grade}
        assert checker.certificate(altered, package["approach"], package["state"]).outcome == "refused"


@pytest.mark.parametrize("whose", ["the contradiction", "the certificate"])
def test_an_altered_contradiction_is_refused(pakistan, whose):
    answer = json.loads(demands(pakistan).render("json"))
    assert verify(pakistan, answer).accepted
    contradiction = answer["contradictions"][0]
    if whose == "the contradiction":
        contradiction["demands"] = contradiction["demands"][:1]
    else:
        contradiction["certificates"][0]["verdict"] = False
    assert not verify(pakistan, answer).accepted


STABILITY_ALTERATIONS = {
    "an equilibrium left out": lambda d: d["equilibria"]["Nash"].pop(),
    "an equilibrium left out, and counted out": lambda d: (
        d["equilibria"]["Nash"].pop(),
        d["counts"].update(Nash=d["counts"]["Nash"] - 1),
    ),
    "a state listed twice": lambda d: d["stable"]["LG"]["SEQ"].append(d["stable"]["LG"]["SEQ"][0]),
    "a count": lambda d: d["counts"].update(SEQ=d["counts"]["SEQ"] + 1),
    "how many states there are": lambda d: d.update(feasible=d["feasible"] + 1),
    "parties": lambda d: d["parties"].reverse(),
    "options": lambda d: d["options"].pop(),
    "conventions": lambda d: d["conventions"].update({"return sanctions": False}),
}


@pytest.mark.parametrize("name", STABILITY_ALTERATIONS)
def test_parts_of_a_stability_answer_that_do_not_fit_are_refused(name):
    case = read("elmira")
    data = json.loads(stability(case).render("json"))
    STABILITY_ALTERATIONS[name](data)
    assert not verify(case, data).accepted
