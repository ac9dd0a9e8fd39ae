"""This module owns the commands on what all can live with: analyze, demands, approaches, accord, change, compare."""

from typing import Annotated

from detente.commands.parameters import AMOUNT, Approach, CaseName, Engine, Format, Parameter, Seconds, StateWord
from detente.commands.streams import show


def analyze(case: CaseName, /, *, time: Seconds = None, format: Format = "text") -> None:
    """What is the whole story, on one page?

    Common ground, demands that clash, what each approach leads to, the best package, and what it rests on.
    """
    from detente.questions.analyze import analyze as ask
    from detente.questions.check import read

    show(ask(read(case), case, time=time), format)


def demands(
    case: CaseName,
    /,
    *,
    approach: Approach = "none",
    limit: Annotated[int, Parameter(help="How many contradictions are looked for.", validator=AMOUNT)] = 100,
    by: Annotated[
        str, Parameter(help="Parties, such as US,PK: what can they do together whatever the others do? Else the table.")
    ] = "",
    time: Seconds = None,
    format: Format = "text",
) -> None:
    """Which demands contradict each other, what repairs that, and who can deliver?

    The smallest sets of demands that cannot be met together, and why; changes after which they can be, each re-checked;
    and for each demand whether its addressee could meet it alone, with whom it could, whether it would, and who can
    prevent it.
    """
    from detente.questions.check import read
    from detente.questions.demands import demands as ask

    parties = [id.strip() for id in by.split(",") if id.strip()]
    show(ask(read(case), approach=approach, limit=limit, by=parties, time=time), format)


def approaches(
    case: CaseName,
    /,
    *,
    engine: Engine = "auto",
    limit: Annotated[
        int | None,
        Parameter(
            help="How many states a list may hold: 10,000, or 100 with the symbolic engine; counts are always exact.",
            validator=AMOUNT,
        ),
    ] = None,
    time: Seconds = None,
    format: Format = "text",
) -> None:
    """What does each approach lead to, side by side?

    How many outcomes hold under each, which meet the core concerns of whom, and which demands they meet.
    """
    from detente.questions.approaches import approaches as ask
    from detente.questions.check import read

    show(ask(read(case), limit, engine=engine, time=time), format)


def accord(
    case: CaseName,
    /,
    *,
    limit: Annotated[
        int | None,
        Parameter(
            help="How many packages are kept under one approach, the best first: 1,000, or 100 with the symbolic "
            "engine.",
            validator=AMOUNT,
        ),
    ] = None,
    package: Annotated[
        str,
        Parameter(
            help="Judge this package instead, a state's word in which - stands for any value.",
            allow_leading_hyphen=True,
        ),
    ] = "",
    approach: Approach = "none",
    engine: Engine = "auto",
    time: Seconds = None,
    format: Format = "text",
) -> None:
    """Which packages can all live with, and do they hold?

    Each package has its verdicts (accommodates, deliverable, holds, reachable, lasts) and, in JSON, its certificates,
    which detente verify re-checks. A package that is named is judged over all its completions, under one approach:
    which verdicts always pass, sometimes or never.
    """
    from detente.errors import DetenteError
    from detente.questions.accord import accord as ask
    from detente.questions.check import read
    from detente.questions.partial import partial

    if approach != "none" and not package:
        raise DetenteError("accord judges packages under every approach; leave out --approach, or name a --package")

    whole = read(case)
    answer = partial(whole, package, approach) if package else ask(whole, limit=limit, engine=engine, time=time)
    show(answer, format)


def change(
    case: CaseName,
    /,
    *,
    goal: Annotated[
        str | None,
        Parameter(help="A statement: some state in which it is true is to hold. Otherwise: some package is to pass."),
    ] = None,
    approach: Approach = "none",
    verdict: Annotated[
        str | None,
        Parameter(
            help="Which verdicts are to pass: accommodates, deliverable, holds, reachable or lasts, or several "
            "(holds,lasts); otherwise each, or with a goal: holds."
        ),
    ] = None,
    state: Annotated[StateWord | None, Parameter(help="Only this state counts: YNYN..., or its plain name.")] = None,
    costs: Annotated[str, Parameter(help="What a kind of edit costs where not as usual, such as swap=2,drop=5.")] = "",
    limit: Annotated[int, Parameter(help="How many changes are listed.", validator=AMOUNT)] = 5,
    most: Annotated[
        int | None,
        Parameter(
            help="The largest total cost that is looked at; otherwise any where that can be proven.",
            validator=AMOUNT,
        ),
    ] = None,
    time: Annotated[float, Parameter(help="How many seconds of CPU time it may take.")] = 30,
    format: Format = "text",
) -> None:
    """What is the smallest change after which a goal holds?

    Sets of edits, the cheapest first, by who must move; each was applied, and with any fewer the goal fails. An edit
    swaps two neighbouring concerns, adds one, adds a promise, a contract or clout over a party outside the table (cost
    1 each), forms a coalition (cost 2), or gives up a concern, a core mark or a relaxable rule (cost 3 each). For what
    is to last it may also be more patience, or pay after success (cost 1 each).
    """
    from detente.questions.change import change as ask
    from detente.questions.check import read
    from detente.questions.nearest_offers import checked_costs

    answer = ask(
        read(case),
        goal,
        approach,
        verdict=None if verdict is None else tuple(filter(None, map(str.strip, verdict.split(",")))),
        state=state,
        costs=checked_costs(costs),
        limit=limit,
        most=most,
        time=time,
    )
    show(answer, format)


def compare(
    case: CaseName,
    other: Annotated[str | None, Parameter(help="The case to compare with.")] = None,
    /,
    *,
    approach: Approach = "none",
    approaches: Annotated[str | None, Parameter(help="Two approaches, x,y: of one case, or one for each.")] = None,
    time: Seconds = None,
    format: Format = "text",
) -> None:
    """Where do two cases, or two approaches to one case, differ?

    What differs in the files, what differs in the answers, and whether the best package of each survives.
    """
    from detente.errors import DetenteError
    from detente.questions.check import read
    from detente.questions.compare import compare as ask
    from detente.questions.sides import called

    pair = tuple(name.strip() for name in approaches.split(",")) if approaches is not None else None
    if pair is not None and len(pair) != 2:
        raise DetenteError(f"--approaches takes two, with a comma between, not {approaches!r}; such as none,shared")
    first, second = read(case), read(other) if other is not None else None
    names = None if other is None else called(case, other)
    show(ask(first, second, approach=approach, approaches=pair, names=names, time=time), format)
