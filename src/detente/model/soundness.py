"""This module owns what makes a case sound, as far as its own words can tell without listing its states.

`detente.files` says the same of a file with the spot of every fault; here edits are checked, so that no edit makes a
case that could not have been written down.
"""

from collections import Counter
from collections.abc import Iterable, Iterator

from detente.errors import Fault, did_you_mean
from detente.model.approaches import approach_faults
from detente.model.case import Case
from detente.model.feasibility import broken
from detente.model.statements import Compare, Statement, Tree, children


def soundness(case: Case) -> list[Fault]:
    """Return every fault of a case: names that it does not have, names said twice, a today that cannot be."""
    faults = [
        *_repeated("party", case.party_ids),
        *_repeated("option", (option.key for option in case.options)),
        *_repeated("demand", (demand.id for demand in case.demands)),
        *_repeated("approach", (approach.id for approach in case.approaches)),
        *(fault for statement in case.every_statement() for fault in _statement(case, statement)),
        *(Fault(f"no party is called {id!r}", did_you_mean(id, case.party_ids)) for id in _parties(case)),
        *(Fault(f"no option is called {key!r}", did_you_mean(key, case.position)) for key in _options(case)),
        *_kinds(case),
        *(fault for approach in case.approaches for fault in approach_faults(case, approach)),
    ]
    return list(dict.fromkeys(faults)) or list(_today(case))


def _repeated(kind: str, ids: Iterable[str]) -> Iterator[Fault]:
    for id, times in Counter(ids).items():
        if times > 1:
            yield Fault(f"{times} {kind}s are called {id!r}".replace("partys", "parties"), "give each its own id")


def _statement(case: Case, statement: Statement) -> Iterator[Fault]:
    for leaf in _leaves(statement.tree):
        key = str(leaf.option)
        if key not in case.position:
            yield Fault(f"{statement.text!r}: no option is called {key!r}", did_you_mean(key, case.position))
        elif not 0 <= leaf.level < case.option(key).size:
            yield Fault(f"{statement.text!r}: {key} has no level {leaf.level}", "name one of its levels")


def _leaves(tree: Tree) -> Iterator[Compare]:
    if isinstance(tree, Compare):
        yield tree
    for child in children(tree):
        yield from _leaves(child)


def _parties(case: Case) -> Iterator[str]:
    """Yield the ids under which the case speaks of parties that it does not have."""
    spoken = [*case.table, *case.accommodate]
    spoken += [id for demand in case.demands for id in (demand.sender, demand.to)]
    spoken += [id for complaint in case.complaints for id in (complaint.sender, complaint.about)]
    spoken += [id for clout in case.clout for id in (clout.of, clout.over)]
    spoken += [id for need in case.needs for id in (need.party, need.sender, *(s.sender for s in need.substitutes))]
    spoken += [id for payment in case.payments for id in (payment.by, payment.to)]
    spoken += [resource.of for resource in case.resources]
    spoken += [id for issue in case.issues for id, _ in (*issue.positions, *issue.salience, *issue.clout)]
    spoken += [id for row in case.influence for id in (row.of, *(party for party, _ in row.on))]
    yield from dict.fromkeys(id for id in spoken if id not in case.party_ids)


def _options(case: Case) -> Iterator[str]:
    """Yield the keys under which the case speaks of options that it does not have."""
    spoken = [key for clout in case.clout for key in clout.on] + [payment.paid for payment in case.payments]
    yield from dict.fromkeys(key for key in spoken if key not in case.position)


def _kinds(case: Case) -> Iterator[Fault]:
    for rule in case.rules:
        if rule.kind not in ("logical", "causal", "resource"):
            yield Fault(f"the rule {rule.label!r} has the kind {rule.kind!r}", "write logical, causal or resource")
    for clout in case.clout:
        if clout.strength not in ("weak", "strong"):
            yield Fault(f"the clout of {clout.of} over {clout.over} is {clout.strength!r}", "write weak or strong")
        for key in clout.on:
            if key in case.position and case.option(key).party != clout.over:
                what = f"the clout of {clout.of} over {clout.over} is on {key}, which {clout.over} does not own"
                yield Fault(what, f"name an option of {clout.over}")


def _today(case: Case) -> Iterator[Fault]:
    if isinstance(case.today, str):
        if case.today not in (case.states or ()):
            yield Fault(f"no state is called {case.today!r}", did_you_mean(case.today, case.states or ()))
    elif case.today is not None:
        sizes = [option.size for option in case.options]
        if len(case.today) != len(sizes):
            yield Fault(f"today has {len(case.today)} levels, and there are {len(sizes)} options", "give one for each")
        elif any(not 0 <= level < size for level, size in zip(case.today, sizes, strict=True)):
            yield Fault("today has a level that its option does not have", "count levels from 0")
        else:
            for reason in broken(case, case.today):
                yield Fault(f"today cannot be: {reason}", "change today or what rules it out")
