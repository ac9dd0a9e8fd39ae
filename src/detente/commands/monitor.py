"""This module owns the commands about joint monitoring: solve, compare, share, inspect, risk, civil, feed."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

from detente.commands.parameters import Amount, CaseName, Format, Parameter
from detente.commands.streams import note, show, writing

if TYPE_CHECKING:
    from detente.questions.monitor import Monitor
    from detente.questions.result import Result

ScenarioName = Annotated[
    str, Parameter(help="A monitoring scenario, or the name of a shipped one (tri-state-schematic, ...).")
]
Large = Annotated[
    bool,
    Parameter(
        help="Take more than 5,000 arcs, up to two million. Above 20,000 only budgets may limit a plan, against one "
        "type of adversary, and the extra large is needed.",
        negative=(),
    ),
]
Pictures = Annotated[Path | None, Parameter(help="A folder in which the answer's drawings are written, as SVG.")]


def solve(
    scenario: ScenarioName,
    /,
    *,
    objective: Annotated[
        Literal["worst", "weighted", "expected"],
        Parameter(
            help="What the plan makes best: the worst type of adversary, all types by weight, or the expected share "
            "that is not found."
        ),
    ] = "worst",
    large: Large = False,
    pictures: Pictures = None,
    format: Format = "text",
) -> None:
    """What does the joint plan reach, and what carries it?

    Sector by sector and party by party, with what one more unit of each budget would add, what each red line costs,
    and which numbers carry the result. A sector-level planning illustration, never a recommendation to deploy.
    """
    answered(asked(scenario, large).solve(objective), format, pictures)


def compare(
    scenario: ScenarioName,
    /,
    *,
    starts: Annotated[
        int, Parameter(help="From how many starts plans answer each other.", validator=Amount(1, 1000))
    ] = 10,
    large: Large = False,
    pictures: Pictures = None,
    format: Format = "text",
) -> None:
    """What is cooperation worth against plans made apart?

    Element by element, from plans made apart to the joint one, and free of any order; and by how much all budgets would
    have to grow to reach as much apart.
    """
    answered(asked(scenario, large).compare(starts), format, pictures)


def share(
    scenario: ScenarioName,
    /,
    *,
    outsiders: Annotated[
        Literal["passive", "status-quo"],
        Parameter(help="What those outside a set of parties do meanwhile: nothing, or what they do alone."),
    ] = "passive",
    large: Large = False,
    pictures: Pictures = None,
    format: Format = "text",
) -> None:
    """Who carries what, who gains what, and would anybody do better apart?

    Three rules that divide what is reached together, each set of parties that would leave under them, and who would
    gain by staying out.
    """
    answered(asked(scenario, large).share(outsiders), format, pictures)


def inspect(
    scenario: ScenarioName,
    /,
    *,
    periods: Annotated[int | None, Parameter(help="Otherwise as in the scenario.", validator=Amount(1, 1000))] = None,
    inspections: Annotated[
        int | None, Parameter(help="Otherwise as in the scenario.", validator=Amount(0, 1000))
    ] = None,
    pictures: Pictures = None,
    format: Format = "text",
) -> None:
    """How many inspections keep parties honest?

    One after the other against somebody who sees past ones; announced and kept to; and by surprise.
    """
    answered(asked(scenario, large=True).inspect(periods, inspections), format, pictures)


def risk(
    scenario: ScenarioName, /, *, large: Large = False, pictures: Pictures = None, format: Format = "text"
) -> None:
    """What if the plan leaks, a partner drops out, or patience ends?

    The chance of a leak up to which planning together pays, what is left without each partner, and how much tomorrow
    must count for each to keep the agreement.
    """
    answered(asked(scenario, large).risk(), format, pictures)


def civil(
    scenario: ScenarioName, /, *, large: Large = False, pictures: Pictures = None, format: Format = "text"
) -> None:
    """What does the plan do to the people who cross?

    Delay, ordinary travellers stopped for each true alarm, and crossings kept open, as prominent as what is found.
    """
    answered(asked(scenario, large).civil(), format, pictures)


def feed(
    scenario: ScenarioName,
    case: CaseName,
    /,
    *,
    write: Annotated[bool, Parameter(help="Write the outcomes into the case file.", negative=())] = False,
    large: Large = False,
    pictures: Pictures = None,
    format: Format = "text",
) -> int:
    """What do the options of a case lead to, by a scenario?

    For every way in which the parties can take part, as the case says under monitoring, what is reached, in classes of
    equal width; and for each class the statement over the case's options that holds just there. Exit code 1: the
    outcomes that stand in the case are others.
    """
    fed = asked(scenario, large).feed(case, write=write)
    answered(fed, format, pictures)
    return 0 if fed.fresh else 1


def asked(source: str, large: bool) -> "Monitor":
    """Return the questions to a scenario, large or not; what deserves a look in it is mentioned."""
    from detente.files.scenario import load_scenario
    from detente.look.summary import counted
    from detente.questions.monitor import monitor

    loaded = load_scenario(source, large)
    scenario = loaded.sound
    if loaded.faults:
        told = counted(len(loaded.faults), "item of the scenario deserves", "items of the scenario deserve")
        note(f"{told} a look: detente check {source}")
    return monitor(scenario, large)


def answered(answer: "Result", format: str, pictures: Path | None) -> None:
    """Print an answer, and write its drawings into a folder if one is asked for."""
    show(answer, format)
    if pictures is None:
        return
    from detente.look.svg import svg

    with writing(pictures):
        pictures.mkdir(parents=True, exist_ok=True)
        for name, picture in answer.pictures().items():
            place = pictures / f"{name}.svg"
            place.write_text(svg(picture), encoding="utf-8")
            note(f"drawn: {place}")
