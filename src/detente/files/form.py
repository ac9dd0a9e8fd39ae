"""This module owns checking the form of any kind of document: plain data in, a model of the sound items and faults out.

Which keys there are is the model's; what its complaints are called in words, and which items go when one of them is
faulty, is the same for every kind of file.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from itertools import islice
from typing import Any, Generic, TypeVar, get_args

from pydantic import BaseModel, ValidationError

from detente.errors import did_you_mean
from detente.files.findings import Findings
from detente.files.nodes import Path, kind_of, shorten

FIRST_CUT = 2_000  # items
Whole = TypeVar("Whole", bound=BaseModel)


def _no_refusal(model: Any, key: str) -> tuple[str, str] | None:
    return None


def _no_item(path: Path) -> bool:
    return False


def _no_reading_on(data: Any, detail: Any, findings: Findings, expected: Callable[[Path], Any]) -> bool:
    return False


@dataclass(frozen=True)
class Form(Generic[Whole]):
    """The form of one kind of document.

    Parameters
    ----------
    whole : type of the model
        Of the whole document.
    examples : mapping from str to str
        By needed key, what may stand there.
    refusal : function (model, key) to (str, str) or None
        What to say of an unknown key that deserves a sentence of its own: what is wrong, what to do.
    standing_in : mapping from str to data
        By needed key, what stands in for what is missing or no good, so that the rest of its item is looked at too.
    named : function Path to bool
        Whether an item is one that others may name, so that it stays, empty, when it is faulty.
    onward : function (data, complaint, findings, model at a path) to bool
        Puts something in the place of a needed thing that is missing or no good; whether it did: see `onward.filled`.
    """

    whole: type[Whole]
    examples: Mapping[str, str] = field(default_factory=dict)
    refusal: Callable[[Any, str], tuple[str, str] | None] = _no_refusal
    standing_in: Mapping[str, Any] = field(default_factory=dict)
    named: Callable[[Path], bool] = _no_item
    onward: Callable[[Any, Any, Findings, Callable[[Path], Any]], bool] = _no_reading_on

    def checked(self, data: dict[str, Any], findings: Findings) -> Whole | None:
        """Return the document that plain data says, without what is faulty; the faults go to `findings`.

        Returns
        -------
        Document or None
            None where the whole cannot be without what is faulty.
        """
        document, details = self._validated(data)
        if document is not None:
            return document
        for detail in details:
            self._tell(detail, findings)
        rest = [detail for detail in details if not self._read_on(data, detail, findings)]
        self._prune(data, {self._removable(data, detail) for detail in rest}, findings)
        return self._validated(data)[0]  # None without its parties, say; what is wrong has been told above

    def _read_on(self, data: Any, detail: Any, findings: Findings) -> bool:
        """Put something in the place of a needed thing, so that the rest of its item is looked at; whether it was."""
        if self._required(tuple(detail["loc"])) and self.onward(data, detail, findings, self._model_at):
            return True
        return self._stood_in(data, detail)

    def _validated(self, data: dict[str, Any]) -> tuple[Whole | None, list[Any]]:
        """Return the document, or the schema's complaints: of a large file only those about the beginning of its lists.

        A list of a million wrong items would give a million complaints, and fill the memory with them.
        """
        most = FIRST_CUT
        while True:
            cut = _cut(data, most)
            try:
                document = self.whole.model_validate(cut)
            except ValidationError as error:
                return None, list(error.errors(include_url=False))
            if cut == data:
                return document, []
            most *= 4

    def _tell(self, detail: Any, findings: Findings) -> None:
        """Note one of the schema's complaints as a fault, in words of ours."""
        path: Path = tuple(detail["loc"])
        value = detail["input"]
        match detail["type"]:
            case "said":
                context = detail["ctx"]
                findings.fault(path, context["what"], context["remedy"])
            case "missing":
                key = str(path[-1])
                example = self.examples.get(key, "...")
                findings.fault(path[:-1], f"the key {key!r} is missing", f"add it, as in `{key}: {example}`", key=True)
            case "extra_forbidden":
                self._unknown_key(path, findings)
            case "list_type":
                remedy = "put it in brackets: [ ... ], or write a line `- ...` for each item"
                findings.fault(path, f"a list is expected here, not {kind_of(value)}", remedy)
            case _:  # dict_type, model_type
                what = f"a mapping (key: value) is expected here, not {kind_of(value)}"
                findings.fault(path, what, "write key: value")

    def _unknown_key(self, path: Path, findings: Findings) -> None:
        model, key = self._model_at(path[:-1]), str(path[-1])
        refused = self.refusal(model, key)
        if refused is not None:
            findings.fault(path, *refused, key=True)
            return
        remedy = did_you_mean(key, model.keys()) if model is not None and hasattr(model, "keys") else ""
        findings.fault(path, f"there is no key {shorten(key)!r} here", remedy, key=True)

    def _model_at(self, path: Path) -> Any:
        """Return the model of the item at a path."""
        found: Any = self.whole
        for step in path:
            if isinstance(found, type) and issubclass(found, BaseModel):
                by_key = {field.alias or name: field.annotation for name, field in found.model_fields.items()}
                found = _without_none(by_key.get(str(step)))
            else:  # list[X] or dict[str, X]
                found = _without_none(get_args(found)[-1]) if get_args(found) else None
        return found

    def _stood_in(self, data: Any, detail: Any) -> bool:
        """Put what stands in for a needed thing in its place, if there is such; return whether that was done."""
        path: Path = tuple(detail["loc"])
        for length in range(len(path), 0, -1):
            holder, step = _at(data, path[: length - 1]), path[length - 1]
            if isinstance(holder, dict) and (step in holder or detail["type"] == "missing"):
                if step not in self.standing_in or not self._required(path[:length]):
                    return False
                holder[step] = self.standing_in[str(step)]
                return True
        return False

    def _removable(self, data: Any, detail: Any) -> Path:
        """Return the path of the smallest item whose absence mends one complaint; () where only the whole could go."""
        path: Path = tuple(detail["loc"])
        if detail["type"] == "missing":
            path = path[:-1]
        for length in range(len(path), 0, -1):
            holder, step = _at(data, path[: length - 1]), path[length - 1]
            if isinstance(holder, list):
                return path[:length]
            if isinstance(holder, dict) and step in holder and not self._required(path[:length]):
                return path[:length]
        return ()

    def _required(self, path: Path) -> bool:
        model = self._model_at(path[:-1])
        fields = model.model_fields.items() if isinstance(model, type) and issubclass(model, BaseModel) else ()
        return any((field.alias or name) == path[-1] and field.is_required() for name, field in fields)

    def _prune(self, data: Any, doomed: set[Path], findings: Findings) -> None:
        """Take faulty items out of the data, and note which of every list stayed."""
        lists: dict[Path, set[str | int]] = {}
        outermost = {path for path in doomed if path and not any(path[:n] in doomed for n in range(1, len(path)))}
        for path in outermost:
            holder = _at(data, path[:-1])
            if isinstance(holder, list):
                lists.setdefault(path[:-1], set()).add(path[-1])
            elif self.named(path):
                holder[path[-1]] = {}
            else:
                holder.pop(path[-1])
        for path, gone in sorted(lists.items(), key=lambda entry: -len(entry[0])):
            holder = _at(data, path)
            if path == ("demands",):
                findings.dropped |= {str(holder[place].get("id")) for place in gone if isinstance(holder[place], dict)}
            findings.kept[path] = [place for place in range(len(holder)) if place not in gone]
            holder[:] = [item for place, item in enumerate(holder) if place not in gone]


def _cut(data: Any, most: int) -> Any:
    """Return the data with at most so many items in every list and mapping."""
    if isinstance(data, dict):
        return {key: _cut(inner, most) for key, inner in islice(data.items(), most)}
    return [_cut(inner, most) for inner in islice(data, most)] if isinstance(data, list) else data


def _without_none(annotation: Any) -> Any:
    """Return the type behind ``X | None`` and ``Annotated[X, ...]``."""
    while hasattr(annotation, "__metadata__") or type(None) in get_args(annotation):
        choices = [choice for choice in get_args(annotation) if choice is not type(None)]
        annotation = choices[0]
    return annotation


def _at(data: Any, path: Path) -> Any:
    for step in path:
        if isinstance(data, dict):
            data = data.get(step)
        elif isinstance(data, list) and isinstance(step, int):
            data = data[step]
        else:
            return None
    return data
