"""A small case that fills every answer, the answers to all questions about it, what happens if one is altered."""

import copy
import json
from collections.abc import Iterator
from typing import Any

from detente.errors import DetenteError
from detente.files.load import read_document
from detente.questions.accord import accord
from detente.questions.analyze import analyze
from detente.questions.approaches import approaches
from detente.questions.coalitions import coalitions
from detente.questions.compare import compare
from detente.questions.demands import demands
from detente.questions.needs import needs
from detente.questions.paths import paths
from detente.questions.payments import payments
from detente.questions.robustness import robustness
from detente.questions.stability import stability
from detente.questions.trades import trades
from detente.questions.verify import verify
from detente.verification.forms import FORMS, kind_of
from detente.verification.shape import Each, Many, Partly, Perhaps, Sometimes, Untold

RIVER = """
title: River
sources: {water: "Water, a made-up report"}
parties:
  Up:
    options: [dam, share]
    concerns: [{want: dam, core: true, name: power}, {want: Down.pay, name: pay}, not share]
  Down:
    options: [pay, protest]
    concerns: [{want: Up.share, core: true}, not pay, {want: not protest, name: calm}]
  Sea:
    options: [lend]
    concerns: [lend if Up.share, not lend]
rules: [{that: not (Up.dam and Up.share), kind: causal, because: the water is needed, relaxable: true}]
outcomes: {peace: not Down.protest}
today: [Down.protest]
table: [Up, Down]
accommodate: [Up, Down]
patience: 0.9
demands:
  - {id: water, from: Down, to: Up, that: Up.share, by time: 2, source: water}
  - {id: leave, from: Up, to: Down, that: Up.dam}
  - {id: quiet, from: Up, to: Down, that: peace}
complaints:
  - {id: noise, from: Up, about: Down, that: Down.protest, concern: calm, source: water ¶2}
  - {id: dry, from: Down, about: Up, that: not Up.share, concern: Up.share}
  - {id: bill, from: Down, about: Up, that: Down.pay and Up.dam}
  - {id: both, from: Sea, about: Up, that: not (Up.share and Down.pay)}
clout:
  - {of: Up, over: Sea, on: Sea.lend, strength: strong, while: Up.share}
  - {of: Down, over: Up, on: Up.share, strength: weak}
needs:
  - {party: Down, needs: water, from: Up, given when: Up.share, loss without: 6,
     substitutes: [{from: Sea, loss: 4}], source: water}
  - {party: Up, needs: money, from: Down, given when: Down.pay, loss without: 3, standing: judgement}
payments:
  - {by: Down, to: Up, with: Down.pay, for: Up.share, amount: 10, cost of effort: 3, solves with chance: 0.5,
     found out with chance: 0.3, after success: 0, source: water}
  - {by: Sea, to: Up, with: Sea.lend, for: Up.dam, amount: 1}
approaches:
  trade: {contracts: [{by: Down, with: Down.pay, iff: Up.share}]}
  shared: {shared concerns: {parties: [Up, Down], which: core}, coalitions: [[Up, Down]]}
  client: {deference: [{client: Up, patron: Down, while: Down.pay, on: [water]}]}
issues:
  price: {positions: {Up: 80, Down: 10, Sea: 30}, salience: {Up: 0.5, Down: 0.9, Sea: 0.4}}
  flow: {positions: {Up: 20, Down: 90, Sea: 100}, salience: {Up: 0.9, Down: 0.5, Sea: 0.1}, source: water}
  date: {positions: {Up: 0, Down: 100}, salience: {Up: 0.2, Down: 0.3}, clout: {Up: 1, Down: 0.5}}
  name: {positions: {Up: 0, Down: 100}}
"""
FISHERS = """
title: Two fishers
patience: 0.9
parties:
  A: {options: [spare], weights: {spare: -2, B.spare: 4}}
  B: {options: [spare], weights: {spare: -2, A.spare: 4}}
today: []
approaches:
  pact: {contracts: [{by: A, with: A.spare, iff: B.spare}]}
"""
ASK = {
    "accord": accord,
    "analyze": analyze,
    "approaches": approaches,
    "coalitions": coalitions,
    "compare": lambda case: compare(case, approaches=("none", case.approaches[-1].id)),
    "demands": demands,
    "needs": needs,
    "paths": paths,
    "payments": payments,
    "stability": stability,
    "robustness": lambda case: robustness(case, "shared" if len(case.parties) > 2 else "none", variations=20),
    "trades": trades,
    "explain": lambda case: stability(case).explain(stability(case).data()["equilibria"]["GMR"][0]),
    "explain several": lambda case: stability(case).explain("-" * len(case.options)),
    "named package": lambda case: accord(case).judge("-" * len(case.options)),
}
"""Every question whose answer is checked here, as a function of a case; `change` has tests of its own."""

Path = tuple[str | int, ...]


def river():
    return read_document(RIVER).case


def fishers():
    return read_document(FISHERS).case


def answered(case, name) -> dict[str, Any]:
    return json.loads(ASK[name](case).render("json"))


def leaves(data: Any, path: Path = ()) -> Iterator[Path]:
    """Yield where values stand that hold no others."""
    inner = data.items() if isinstance(data, dict) else enumerate(data) if isinstance(data, list) else ()
    if not inner or not data:
        yield path
    for key, value in inner:
        yield from leaves(value, (*path, key))


def items(data: Any, path: Path = ()) -> Iterator[Path]:
    """Yield where everything stands that could be taken out."""
    for key, value in data.items() if isinstance(data, dict) else enumerate(data) if isinstance(data, list) else ():
        yield (*path, key)
        yield from items(value, (*path, key))


def at(data: Any, path: Path) -> Any:
    for key in path:
        data = data[key]
    return data


def altered(answer: Any, path: Path, taken_out: bool) -> Any:
    """Return an answer with one value changed, or taken out."""
    changed = copy.deepcopy(answer)
    parent = at(changed, path[:-1])
    value = parent[path[-1]]
    if taken_out:
        del parent[path[-1]]
    elif isinstance(value, bool):
        parent[path[-1]] = not value
    elif isinstance(value, int | float):
        parent[path[-1]] = value + 1
    elif isinstance(value, str):
        parent[path[-1]] = f"{value}x"
    else:
        parent[path[-1]] = "x" if value is None else ["x"] if value == [] else {"x": "x"}
    return changed


def named(path: Path, form: Any, taken_out: bool = False) -> bool:
    """Return whether a part of an answer is named as not derived again, or one of several that need not be told."""
    for key in (*path, None):
        while isinstance(form, Sometimes | Perhaps | Partly):
            if isinstance(form, Partly) and taken_out and key == path[-1]:
                return True
            form = form.of
        if isinstance(form, Untold):
            return True
        if isinstance(form, Many | Each):
            form = form.of
        elif isinstance(form, dict) and key is not None:
            if key not in form:
                return False
            form = form[key]
    return False


def silent(case, answer, each_kind: int = 2) -> list[tuple[str, Path]]:
    """Return where an answer can be altered without the checker refusing it, or saying what it did not check.

    Of every kind of place, `each_kind` are tried; parts that are named as not derived again are passed over.
    """
    form, found, tried = FORMS[kind_of(answer)], [], dict[tuple[Any, ...], int]()
    before = {(finding.claim, finding.why) for finding in verify(case, answer).unchecked}
    places = [(False, path) for path in leaves(answer)] + [(True, path) for path in items(answer)]
    for taken_out, path in places:
        kind = taken_out, *("*" if isinstance(key, int) else key for key in path)
        if named(path, form, taken_out) or tried.setdefault(kind, 0) == each_kind:
            continue
        tried[kind] += 1
        try:
            checked = verify(case, altered(answer, path, taken_out))
        except DetenteError:
            continue  # it cannot be read any more
        if checked.accepted and not {(finding.claim, finding.why) for finding in checked.unchecked} - before:
            found.append(("taken out" if taken_out else "changed", path))
    return found
