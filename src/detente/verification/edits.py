"""This module owns edits as a checker makes them: data in, data out. An edit, as an answer prints it, changes a case's
document, a mapping of strings, numbers and lists; nothing of the search's own edits is used.
"""

from collections.abc import Callable, Mapping, Sequence
from copy import deepcopy
from typing import Any

Data = dict[str, Any]
Edit = Mapping[str, Any]


class CannotBeMadeError(ValueError):
    """An edit that speaks of what the case does not have."""


def edited(document: Mapping[str, Any], edits: Sequence[Edit]) -> Data:
    """Return a case's document after some edits, each made in what those before it left.

    Raises
    ------
    CannotBeMadeError
        When there is no such edit, or what it speaks of is not there.
    """
    data = deepcopy(dict(document))
    for edit in edits:
        make = MAKE.get(str(edit.get("edit")))
        if make is None:
            raise CannotBeMadeError(f"no edit is called {edit.get('edit')!r}")
        try:
            make(data, edit)
        except (KeyError, IndexError, TypeError, AttributeError) as error:
            raise CannotBeMadeError(str(error)) from error
    return data


def _swap(data: Data, edit: Edit) -> None:
    concerns = _concerns(data, edit)
    one, other = _place(concerns, edit["first"]), _place(concerns, edit["second"])
    concerns[one], concerns[other] = concerns[other], concerns[one]


def _add(data: Data, edit: Edit) -> None:
    concerns = _concerns(data, edit)
    at = len(concerns) if edit.get("at") is None else edit["at"]
    if not 0 <= at <= len(concerns):
        raise IndexError(at)
    concerns.insert(at, edit["concern"])


def _drop(data: Data, edit: Edit) -> None:
    concerns = _concerns(data, edit)
    del concerns[_place(concerns, edit["at"])]


def _mark(data: Data, edit: Edit) -> None:
    concerns = _concerns(data, edit)
    at = _place(concerns, edit["at"])
    concern = concerns[at] if isinstance(concerns[at], dict) else {"want": concerns[at]}
    concerns[at] = {**concern, "core": edit.get("core", True)}


def _contract(data: Data, edit: Edit) -> None:
    _into(_approach(data, edit).setdefault("contracts", []), edit.get("at"), edit["contract"])


def _assurance(data: Data, edit: Edit) -> None:
    terms = {"by": edit["by"], "with": edit["option"], "iff": edit["iff"], "binding": edit.get("binding", False)}
    _into(_approach(data, edit).setdefault("contracts", []), None, terms)


def _coalition(data: Data, edit: Edit) -> None:
    approach = _approach(data, edit)
    _into(approach.setdefault("coalitions", []), edit.get("at"), list(edit["members"]))
    if edit.get("share"):
        clauses = approach.get("shared concerns", [])
        clauses = clauses if isinstance(clauses, list) else [clauses]
        approach["shared concerns"] = [*clauses, {"parties": list(edit["members"]), "which": edit["share"]}]


def _clout(data: Data, edit: Edit) -> None:
    _into(data.setdefault("clout", []), edit.get("at"), edit["clout"])


def _raise(data: Data, edit: Edit) -> None:
    strength = edit.get("strength", "strong")
    held = data.setdefault("clout", [])
    for place, item in enumerate(held):
        on = [item["on"]] if isinstance(item["on"], str) else list(item["on"])
        if (item["of"], item["over"], on) == (edit["of"], edit["over"], [edit["on"]]):
            held[place] = {**item, "strength": strength}
            return
    held.append({"of": edit["of"], "over": edit["over"], "on": [edit["on"]], "strength": strength})


def _lift(data: Data, edit: Edit) -> None:
    rules = data.get("rules", [])
    del rules[_place(rules, edit["at"])]


def _patience(data: Data, edit: Edit) -> None:
    _given(data, "patience", edit["patience"])


def _after_success(data: Data, edit: Edit) -> None:
    payments = data["payments"]
    _given(payments[_place(payments, edit["at"])], "after success", edit["amount"])


def _given(item: Data, key: str, value: Any) -> None:
    """Set what a mapping says under a key; nothing where there is no value."""
    item.pop(key, None)
    if value is not None:
        item[key] = value


def _drop_demand(data: Data, edit: Edit) -> None:
    data["demands"].remove(_demand(data, edit))
    for approach in data.get("approaches", {}).values():
        clauses = approach.get("deference", [])
        clauses = clauses if isinstance(clauses, list) else [clauses]
        for clause in clauses:
            on = [clause["on"]] if isinstance(clause["on"], str) else list(clause["on"])
            clause["on"] = [id for id in on if id != edit["id"]]
        if left := [clause for clause in clauses if clause["on"]]:
            approach["deference"] = left
        else:
            approach.pop("deference", None)


def _add_demand(data: Data, edit: Edit) -> None:
    _into(data.setdefault("demands", []), edit.get("at"), edit["demand"])


def _weaken_demand(data: Data, edit: Edit) -> None:
    _demand(data, edit)["that"] = edit["that"]


def _redirect_demand(data: Data, edit: Edit) -> None:
    _demand(data, edit)["to"] = edit["to"]


def _time_demand(data: Data, edit: Edit) -> None:
    demand = _demand(data, edit)
    for key in ("from time", "by time"):
        demand.pop(key, None)
        if edit.get(key.replace(" ", "_")) is not None:
            demand[key] = edit[key.replace(" ", "_")]


def _demand(data: Data, edit: Edit) -> Data:
    return next((demand for demand in data["demands"] if demand["id"] == edit["id"]), None) or _missing(edit["id"])


def _missing(name: str) -> Data:
    raise KeyError(name)


def _concerns(data: Data, edit: Edit) -> list[Any]:
    concerns: list[Any] = data["parties"][edit["party"]]["concerns"]
    return concerns


def _approach(data: Data, edit: Edit) -> Data:
    if edit["approach"] == "none":
        raise KeyError("none")
    approach: Data = data.setdefault("approaches", {}).setdefault(edit["approach"], {})
    return approach


def _place(items: Sequence[Any], at: Any) -> int:
    if isinstance(at, bool) or not isinstance(at, int) or not 0 <= at < len(items):
        raise IndexError(at)
    return at


def _into(items: list[Any], at: Any, item: Any) -> None:
    items.insert(len(items) if at is None else at, item)


MAKE: Mapping[str, Callable[[Data, Edit], None]] = {
    "SwapConcerns": _swap,
    "AddConcern": _add,
    "DropConcern": _drop,
    "MarkCore": _mark,
    "AddContract": _contract,
    "AddAssurance": _assurance,
    "FormCoalition": _coalition,
    "AddClout": _clout,
    "RaiseClout": _raise,
    "DropRule": _lift,
    "SetPatience": _patience,
    "PayAfterSuccess": _after_success,
    "DropDemand": _drop_demand,
    "AddDemand": _add_demand,
    "WeakenDemand": _weaken_demand,
    "RedirectDemand": _redirect_demand,
    "TimeDemand": _time_demand,
}
