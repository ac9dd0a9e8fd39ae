"""This module owns what all results share: how they were made, and the surfaces they are shown on."""

import json
from abc import ABC, abstractmethod
from collections.abc import Mapping
from dataclasses import dataclass, field, fields, replace
from typing import TYPE_CHECKING, Any, ClassVar

from detente.errors import DetenteError
from detente.game import Setting
from detente.look import surfaces
from detente.look.summary import Block, Summary
from detente.model.fixed import fixed
from detente.progress import end, incomplete

if TYPE_CHECKING:
    from detente.look.svg import Picture

EVERY = "every"
"""Under which approach an answer stands that asks all of them."""

DETERS = {
    (True, True): "an equally good state counts as a deterrent, and so does a return to the start",
    (True, False): "an equally good state counts as a deterrent, a return to the start does not",
    (False, True): "an equally good state does not count as a deterrent, a return to the start does",
    (False, False): "neither an equally good state nor a return to the start counts as a deterrent",
}
"""What counts as a deterrent: by whether ties sanction, and whether returning does."""

FORMATS = ("text", "json", "csv", "markdown", "latex")
INCOMPLETE = "Interrupted: this is what was known by then. What is left out or called undecided was not looked at."


@dataclass(frozen=True, slots=True)
class Made:
    """How a result was made: of which case, under which approach and conventions, by which engine, within what."""

    title: str
    fingerprint: str
    approach: str
    conventions: Mapping[str, bool | str]
    engine: str = ""
    parameters: Mapping[str, Any] = field(default_factory=dict)

    def __post_init__(self) -> None:
        object.__setattr__(self, "conventions", fixed(self.conventions))
        object.__setattr__(self, "parameters", fixed(self.parameters))

    def data(self) -> dict[str, Any]:
        """Return the head of every JSON answer."""
        return {
            "case": {"title": self.title, "fingerprint": self.fingerprint},
            "approach": self.approach,
            "conventions": dict(self.conventions),
        }

    def line(self) -> str:
        """Say it in a sentence, for the foot of an answer."""
        kept = bool(self.conventions["ties sanction"]), bool(self.conventions["return sanctions"])
        under = f"approach: {self.approach}" if self.approach != EVERY else "every approach"
        joint = "joint answers in any order, nobody twice in a row (docs: definitions)"
        return f"case {self.fingerprint} · {under} · conventions: {DETERS[kept]}; {joint}"


def made(setting: Setting, **parameters: Any) -> Made:
    """Return how a result about a setting is made."""
    return Made(
        setting.case.title,
        setting.case.fingerprint,
        setting.approach,
        setting.conventions.data(),
        setting.game.engine,
        parameters,
    )


class Result(ABC):
    """An answer: a frozen value that remembers how it was made and shows itself on every surface."""

    made: Made

    def __post_init__(self) -> None:
        for each in fields(self):  # type: ignore[arg-type] # every answer is a dataclass
            value = getattr(self, each.name)
            if type(value) is dict:
                object.__setattr__(self, each.name, fixed(value))

    columns: ClassVar[tuple[str, ...]] = ()  # the first heads of the flat table, which stand also where it has no row

    @abstractmethod
    def summary(self) -> Summary:
        """Return the answer in sentences and tables."""

    @abstractmethod
    def data(self) -> dict[str, Any]:
        """Return the answer as JSON-ready data, in the published form."""

    @abstractmethod
    def rows(self) -> list[dict[str, Any]]:
        """Return the answer as a flat table, for CSV and data frames."""

    def pictures(self) -> "dict[str, Picture]":
        """Return what the answer can be drawn as, by name; nothing for most questions."""
        return {}

    def render(self, format: str = "text", width: int = surfaces.WIDTH) -> str:
        """Return the answer as text, json, csv, markdown or latex; what an interruption leaves of it says so."""
        try:
            return self._rendered(format, width)
        except KeyboardInterrupt:
            if not end():
                raise
        return self._rendered(format, width)  # with what is known

    def _rendered(self, format: str, width: int) -> str:
        match format:
            case "text":
                return surfaces.text(self._marked(), width)
            case "json":
                data = self.data()
                if incomplete():
                    data |= {"complete": False, "interrupted": True}
                return json.dumps(data, ensure_ascii=False, indent=2) + "\n"
            case "csv":
                return surfaces.comma_separated(self.rows(), self.columns)
            case "markdown":
                return surfaces.markdown(self._marked())
            case "latex":
                return surfaces.latex(self._marked())
        raise DetenteError(f"no format is called {format!r}; known: {', '.join(FORMATS)}")

    def _marked(self) -> Summary:
        summary = self.summary()
        if not incomplete():
            return summary
        return replace(summary, blocks=(Block("", (INCOMPLETE,)), *summary.blocks))

    def __str__(self) -> str:
        return self.render("text")

    def __repr__(self) -> str:
        return self.render("text")

    def _repr_html_(self) -> str:
        from detente.look.svg import svg

        return surfaces.html(self.summary()) + "".join(map(svg, self.pictures().values()))

    def _repr_markdown_(self) -> str:
        return surfaces.markdown(self.summary())

    def to_pandas(self) -> Any:
        """Return `rows` as a pandas data frame (pandas is not installed with detente)."""
        try:
            import pandas
        except ImportError:
            raise DetenteError("to_pandas needs pandas; install it with: pip install pandas") from None
        return pandas.DataFrame(self.rows())

    def to_polars(self) -> Any:
        """Return `rows` as a polars data frame (polars is not installed with detente)."""
        try:
            import polars
        except ImportError:
            raise DetenteError("to_polars needs polars; install it with: pip install polars") from None
        return polars.DataFrame(self.rows())
