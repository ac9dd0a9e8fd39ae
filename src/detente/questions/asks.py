"""This module owns what a package asks of each party, told against today: what starts, what goes on, what stops."""

from collections.abc import Iterator

from detente.look.summary import listed
from detente.model.case import Case
from detente.model.items import Option, Party
from detente.model.states import in_words
from detente.questions.packages import Package

VERBS = ("starts", "sets", "keeps", "stops", "stays without", "either way:")


def asks(package: Package) -> list[str]:
    """Return what a package asks of each party at the table, a sentence each; then what it expects of the others.

    Without options the package is a name; without a today it is told by what each does and does not.
    """
    case, about = package.setting.case, package.setting
    if not case.options:
        return [f"It is the state ‘{package.state}’."]
    if about.today is None:
        told = in_words(package.values, case)
        return [f"{party.label}: {told[party.id]}." for party in case.parties if party.options]
    return [*_of_the_table(package), *_of_the_others(package)]


def _of_the_table(package: Package) -> Iterator[str]:
    case = package.setting.case
    for party in (case.party(id) for id in case.at_table):
        if party.options:
            yield f"{party.label} {changes(package, party)}."


def _of_the_others(package: Package) -> Iterator[str]:
    case = package.setting.case
    others = [party for party in case.parties if party.id not in case.at_table and party.options]
    told = [f"{party.label} {changes(package, party)}" for party in others]
    if told:
        yield f"Not asked, but counted on, outside the table: {'; '.join(told)}."


def changes(package: Package, party: Party) -> str:
    """Say what a party does in a package against today: ``starts ‘aid’, keeps ‘watch’ and stops ‘fence’``."""
    case, about = package.setting.case, package.setting
    assert about.today is not None
    now = about.game.values(about.today)
    said: dict[str, list[str]] = {verb: [] for verb in VERBS}
    for option in party.options:
        place = case.position[option.key]
        verb, label = _change(case, option, now[place], package.values[place])
        said[verb].append(label)
    parts = [f"{verb} {listed(labels)}" for verb, labels in said.items() if labels]
    return "; ".join(parts) or "has nothing to do"


def _change(case: Case, option: Option, now: int | None, then: int | None) -> tuple[str, str]:
    label = f"‘{option.label}’"
    if then is None:
        return "either way:", label
    if option.levels:
        level = f"{label} at {option.levels[then]}"
        return ("keeps" if now == then else "sets"), level
    if then:
        return ("keeps" if now else "starts"), label
    return ("stops" if now else "stays without"), label
