"""This module owns edits as plain data: what is kept in a file, sent to a browser, and read back."""

from collections.abc import Callable, Mapping
from dataclasses import MISSING, Field, fields
from fractions import Fraction
from typing import Any

from detente.errors import CaseError, Fault, UnknownNameError, did_you_mean
from detente.model.case import Case
from detente.model.document import (
    approach_data,
    clout_data,
    concern_data,
    contract_data,
    demand_data,
    number,
    rule_data,
    text_of,
)
from detente.model.edits import approaches, concerns, demands, situation
from detente.model.edits.edit import Edit, Together
from detente.model.items import Approach, Clout, Concern, Contract, Deference, Demand, Mark, Rule, SharedConcerns
from detente.model.parser import parse
from detente.model.statements import Statement

Data = Mapping[str, Any]
KINDS: dict[str, Callable[..., Edit]] = {
    kind.__name__: kind
    for kind in (
        approaches.AddApproach,
        approaches.AddAssurance,
        situation.AddClout,
        concerns.AddConcern,
        approaches.AddContract,
        demands.AddDemand,
        situation.AddRule,
        approaches.ChangeApproach,
        approaches.DissolveCoalition,
        approaches.DropApproach,
        situation.DropClout,
        concerns.DropConcern,
        approaches.DropContract,
        demands.DropDemand,
        situation.DropRule,
        approaches.FormCoalition,
        concerns.MarkCore,
        situation.PayAfterSuccess,
        situation.RaiseClout,
        demands.RedirectDemand,
        situation.RelaxRule,
        situation.SetPatience,
        situation.SetToday,
        concerns.SwapConcerns,
        demands.TimeDemand,
        Together,
        demands.WeakenDemand,
    )
}


def edit_data(edit: Edit) -> dict[str, Any]:
    """Return an edit as plain data: its kind under ``edit``, then its fields; what has its usual value is left out."""
    data: dict[str, Any] = {"edit": type(edit).__name__}
    for field in _fields(type(edit).__name__):
        value = getattr(edit, field.name)
        if field.default is MISSING or value != field.default:
            data[field.name] = _plain(value, getattr(edit, "party", ""))
    return data


def edit_from(data: Any, case: Case) -> Edit:
    """Read an edit back from the plain data that `Edit.data` returns.

    Parameters
    ----------
    data : mapping
        ``{"edit": KIND, ...}``, as JSON or YAML gives it.
    case : Case
        The case whose options and named statements its statements speak of.

    Raises
    ------
    CaseError
        When the data is not that of an edit, with what is wrong.
    UnknownNameError
        When there is no such kind of edit.
    StatementError
        When a statement in it cannot be read.
    """
    given = dict(_expect(data, Mapping, "an edit"))
    name = given.pop("edit", None)
    if name not in KINDS:
        raise UnknownNameError("edit", str(name), KINDS)
    known = {field.name: field for field in _fields(name)}
    unknown = [key for key in given if key not in known]
    missing = [key for key, field in known.items() if field.default is MISSING and key not in given]
    if unknown or missing:
        faults = [Fault(f"{name} has no {key!r}", did_you_mean(str(key), known)) for key in unknown]
        raise CaseError([*faults, *(Fault(f"{name} needs {key!r}", "add it") for key in missing)])
    reader = _Reader(case, str(given.get("party", "")))
    return KINDS[name](**{key: _reading(key)(reader, value) for key, value in given.items()})


def _fields(kind: str) -> tuple[Field[Any], ...]:
    known: Any = KINDS[kind]
    return fields(known)


def _plain(value: Any, party: str) -> Any:
    match value:
        case Edit():
            return edit_data(value)
        case Statement():
            return text_of(value, party)
        case Concern():
            return concern_data(value, party)
        case Rule():
            return rule_data(value)
        case Demand():
            return demand_data(value)
        case Clout():
            return clout_data(value)
        case Contract():
            return contract_data(value)
        case Approach():
            return {"id": value.id} | approach_data(value)
        case Fraction():
            return number(value)
        case tuple():
            return [_plain(item, party) for item in value]
    return value


class _Reader:
    """Reads the items of one edit: statements in the words of the case, items in the form of the case file."""

    def __init__(self, case: Case, party: str) -> None:
        self.case, self.party = case, party

    def statement(self, value: Any, party: str = "") -> Statement:
        return parse(_expect(value, str, "a statement"), self.case.names, party)

    def maybe(self, value: Any) -> Statement | None:
        return None if value is None else self.statement(value)

    def number(self, value: Any) -> Fraction | None:
        if value is None:
            return None
        try:
            return Fraction(str(_expect(value, int | float | str, "a number")))
        except (ValueError, ZeroDivisionError):
            raise CaseError([Fault(f"{value!r} is not a number", "write 3, 0.25 or 2/5")]) from None

    def concern(self, value: Any) -> Concern:
        if isinstance(value, str):
            return Concern(self.statement(value, self.party))
        data = _item(value, "concern", ("want", "core"), ("want",))
        core = _expect(data.get("core", False), bool, "core")
        return Concern(self.statement(data["want"], self.party), core, _mark(data))

    def rule(self, value: Any) -> Rule:
        if isinstance(value, str):
            return Rule(self.statement(value))
        data = _item(value, "rule", ("that", "kind", "because", "relaxable"), ("that",))
        relaxable = _expect(data.get("relaxable", False), bool, "relaxable")
        kind, because = _word(data, "kind", "logical"), _word(data, "because")
        return Rule(self.statement(data["that"]), kind, because, relaxable, _mark(data))

    def demand(self, value: Any) -> Demand:
        needed = ("id", "from", "to", "that")
        data = _item(value, "demand", (*needed, "from time", "by time"), needed)
        times = self.number(data.get("from time")), self.number(data.get("by time"))
        that = self.statement(data["that"])
        return Demand(_word(data, "id"), _word(data, "from"), _word(data, "to"), that, *times, mark=_mark(data))

    def clout(self, value: Any) -> Clout:
        needed = ("of", "over", "on", "strength")
        data = _item(value, "clout", (*needed, "while"), needed)
        on = (data["on"],) if isinstance(data["on"], str) else _words(data["on"])
        condition = self.maybe(data.get("while"))
        return Clout(_word(data, "of"), _word(data, "over"), on, _word(data, "strength"), condition, _mark(data))

    def contract(self, value: Any) -> Contract:
        data = _item(value, "contract", ("by", "with", "iff", "binding"), ("by", "with", "iff"))
        binding = _expect(data.get("binding", True), bool, "binding")
        return Contract(_word(data, "by"), _word(data, "with"), self.statement(data["iff"]), binding, _mark(data))

    def deference(self, value: Any) -> Deference:
        data = _item(value, "deference", ("client", "patron", "while", "on"), ("client", "patron", "on"))
        on = (data["on"],) if isinstance(data["on"], str) else _words(data["on"])
        condition = self.maybe(data.get("while"))
        return Deference(_word(data, "client"), _word(data, "patron"), on, condition, _mark(data))

    def shared(self, value: Any) -> SharedConcerns:
        data = _item(value, "shared concerns", ("parties", "which", "order"), ("parties",))
        which, order = _word(data, "which", "core"), _word(data, "order")
        return SharedConcerns(_words(data["parties"]), which, order, _mark(data))

    def approach(self, value: Any) -> Approach:
        keys = ("id", "contracts", "deference", "shared concerns", "coalitions")
        data = _item(value, "approach", keys, ("id",))
        shared = data.get("shared concerns", [])
        return Approach(
            _word(data, "id"),
            tuple(self.contract(item) for item in _expect(data.get("contracts", []), list, "contracts")),
            tuple(self.deference(item) for item in _expect(data.get("deference", []), list, "deference")),
            tuple(self.shared(item) for item in (shared if isinstance(shared, list) else [shared])),
            tuple(_words(item) for item in _expect(data.get("coalitions", []), list, "coalitions")),
            _mark(data),
        )

    def today(self, value: Any) -> tuple[int, ...] | str | None:
        if value is None or isinstance(value, str):
            return value
        return tuple(_expect(level, int, "a level") for level in _expect(value, list | tuple, "today"))

    def place(self, value: Any) -> int:
        return int(_expect(value, int, "a place"))

    def flag(self, value: Any) -> bool:
        return bool(_expect(value, bool, "core or binding"))

    def edits(self, value: Any) -> tuple[Edit, ...]:
        return tuple(edit_from(item, self.case) for item in _expect(value, list | tuple, "edits"))


def _as_is(reader: _Reader, value: Any) -> str:
    return str(_expect(value, str, "a name"))


Reading = Callable[[_Reader, Any], Any]
READERS: dict[str, Reading] = {
    "at": lambda reader, value: None if value is None else reader.place(value),
    "first": _Reader.place,
    "second": _Reader.place,
    "core": _Reader.flag,
    "binding": _Reader.flag,
    "that": _Reader.statement,
    "iff": _Reader.statement,
    "from_time": _Reader.number,
    "patience": _Reader.number,
    "amount": _Reader.number,
    "by_time": _Reader.number,
    "concern": _Reader.concern,
    "rule": _Reader.rule,
    "demand": _Reader.demand,
    "clout": _Reader.clout,
    "contract": _Reader.contract,
    "content": _Reader.approach,
    "today": _Reader.today,
    "members": lambda _, value: _words(value),
    "edits": _Reader.edits,
}


def _reading(key: str) -> Reading:
    return READERS.get(key, _as_is)


MARKS = ("name", "source", "note", "standing")


def _expect(value: Any, kind: Any, what: str) -> Any:
    if not isinstance(value, kind) or (isinstance(value, bool) and kind is not bool):
        raise CaseError([Fault(f"{what} is {value!r}", "write it as `data` of an edit does")])
    return value


def _item(value: Any, kind: str, keys: tuple[str, ...], needed: tuple[str, ...]) -> Data:
    data: Data = _expect(value, Mapping, f"a {kind}")
    faults = [
        Fault(f"a {kind} has no {key!r}", did_you_mean(str(key), (*keys, *MARKS)))
        for key in data
        if key not in (*keys, *MARKS)
    ]
    faults += [Fault(f"a {kind} needs {key!r}", "add it") for key in needed if key not in data]
    if faults:
        raise CaseError(faults)
    return data


def _mark(data: Data) -> Mark:
    return Mark(*(_word(data, key) for key in MARKS))


def _word(data: Data, key: str, usual: str = "") -> str:
    return str(_expect(data.get(key, usual), str, key))


def _words(value: Any) -> tuple[str, ...]:
    return tuple(_expect(item, str, "a name") for item in _expect(value, list | tuple, "a list of names"))
