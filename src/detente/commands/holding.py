"""This module owns the commands that ask what holds, and why: stability, explain, paths, coalitions, robustness."""

from typing import Annotated, Literal

from detente.commands.parameters import (
    AMOUNT,
    Amount,
    Approach,
    CaseName,
    Engine,
    Format,
    Parameter,
    Seconds,
    StateWord,
)
from detente.commands.streams import show

Definition = Literal["Nash", "GMR", "SMR", "SEQ", "SSEQ"]


def stability(
    case: CaseName,
    /,
    *,
    approach: Approach = "none",
    engine: Engine = "auto",
    limit: Annotated[
        int | None,
        Parameter(
            help="How many states a list may hold: 10,000, or 100 with the symbolic engine; counts are always exact.",
            validator=AMOUNT,
        ),
    ] = None,
    meeting: Annotated[
        str, Parameter(help="A statement: how many equilibria meet it, and the first of them, are told too.")
    ] = "",
    best: Annotated[
        Literal["worst-off"] | None,
        Parameter(help="The equilibria (that meet the statement) that are the best for the worst-off party, all ties."),
    ] = None,
    time: Seconds = None,
    format: Format = "text",
) -> None:
    """What is stable for whom, and what is an equilibrium?

    A state is stable for a party that would not leave it: because it cannot gain (Nash), or because of how the others
    could answer (GMR, SMR, SEQ, SSEQ). A state that is stable for every party is an equilibrium: left alone, it lasts.
    """
    from detente.questions.check import read
    from detente.questions.stability import stability as ask

    found = ask(read(case), approach=approach, engine=engine, limit=limit, time=time, meeting=meeting, best=best or "")
    show(found, format)


def explain(
    case: CaseName,
    state: Annotated[StateWord, Parameter(help="The state: YNYN..., in the order of the options, or its plain name.")],
    /,
    *,
    party: Annotated[str | None, Parameter(help="For this party only; otherwise for each.")] = None,
    definition: Annotated[Definition | None, Parameter(help="Under this definition only; otherwise all.")] = None,
    approach: Approach = "none",
    engine: Engine = "auto",
    time: Seconds = None,
    format: Format = "text",
) -> None:
    """Why is a state stable, or not?

    For every improvement that a party has from the state: how the others could answer it, step by step, or that nothing
    answers it.
    """
    from detente.questions.check import read
    from detente.questions.explanation import explain as ask

    show(ask(read(case), state, party, definition, approach, engine=engine, time=time), format)


def paths(
    case: CaseName,
    state: Annotated[StateWord | None, Parameter(help="Where to get to; otherwise every equilibrium.")] = None,
    /,
    *,
    start: Annotated[StateWord | None, Parameter(help="Where to start; otherwise today.")] = None,
    approach: Approach = "none",
    limit: Annotated[
        int, Parameter(help="How many targets, and paths to each, are listed; counts are exact.", validator=AMOUNT)
    ] = 100,
    engine: Engine = "auto",
    time: Seconds = None,
    format: Format = "text",
) -> None:
    """How does one get from today to a state?

    By any moves, by moves that each improve their mover, and without anybody at the table below today; nobody moves
    twice in a row. Also where improving moves can end.
    """
    from detente.questions.check import read
    from detente.questions.paths import paths as ask

    show(ask(read(case), state, approach, start=start, limit=limit, engine=engine, time=time), format)


def coalitions(
    case: CaseName,
    /,
    *states: Annotated[StateWord, Parameter(help="The states to ask about; otherwise the Nash equilibria.")],
    approach: Approach = "none",
    limit: Annotated[
        int | None,
        Parameter(help="How many equilibria are looked at: 1,000, or 30 with the symbolic engine.", validator=AMOUNT),
    ] = None,
    engine: Engine = "auto",
    time: Seconds = None,
    format: Format = "text",
) -> None:
    """Which equilibria can a coalition leave together?

    A coalition upsets a state when its members can get, by moves of their own, to a state that each of them prefers.
    """
    from detente.questions.check import read
    from detente.questions.coalitions import coalitions as ask

    show(ask(read(case), approach, states=states, limit=limit, engine=engine, time=time), format)


def robustness(
    case: CaseName,
    /,
    *states: Annotated[StateWord, Parameter(help="The states to follow; otherwise the equilibria.")],
    approach: Approach = "none",
    encodings: Annotated[
        list[str] | None, Parameter(help="Other encodings of the same dispute: files, or names of shipped cases.")
    ] = None,
    variations: Annotated[int, Parameter(help="How many variations are tried.", validator=AMOUNT)] = 1_000,
    swaps: Annotated[int, Parameter(help="How many random swaps each makes for each party.", validator=AMOUNT)] = 1,
    seed: Annotated[int, Parameter(help="Which variations; the same seed gives the same ones.")] = 0,
    processes: Annotated[int, Parameter(help="How many processes share the work.", validator=Amount(1, 512))] = 1,
    engine: Engine = "auto",
    time: Seconds = None,
    format: Format = "text",
) -> None:
    """How firmly does it stand if what the parties want is a little different?

    Follows states through many variations in which neighbours in each party's preferences are swapped at random, counts
    the swaps that make a party leave, names the lines that carry each state, and compares several analysts' encodings.
    """
    from concurrent.futures import ProcessPoolExecutor
    from contextlib import nullcontext

    from detente.questions.check import read
    from detente.questions.robustness import robustness as ask

    others = [read(name) for name in encodings or ()]
    with ProcessPoolExecutor(processes) if processes > 1 else nullcontext() as executor:
        answer = ask(
            read(case),
            approach,
            states=states,
            encodings=others,
            variations=variations,
            swaps=swaps,
            seed=seed,
            executor=executor,
            engine=engine,
            time=time,
        )
    show(answer, format)
