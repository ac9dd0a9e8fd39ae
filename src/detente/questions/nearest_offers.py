"""This module owns what parties may take up for a goal, and what edits cost as it is written on the command line."""

from collections.abc import Sequence

from detente.errors import DetenteError
from detente.game import Setting
from detente.model.case import Case
from detente.model.items import Concern
from detente.model.statements import And, Compare, Not, Statement, Tree, made, spelled_out
from detente.questions.nearest_aim import Aim
from detente.questions.nearest_kinds import COSTS
from detente.questions.nearest_lasting import at_stake, punishing
from detente.questions.nearest_shared import plain


def offers(
    about: Setting, goal: Statement | None, words: Sequence[str]
) -> tuple[tuple[Concern, ...], dict[str, tuple[Concern, ...]]]:
    """Return the concerns that any party may take up for a goal, and those that only the owner of an option may."""
    case = about.case
    wanted: tuple[Concern, ...] = ()
    if goal is not None:
        tree = spelled_out(goal.tree)
        parts = tree.parts if isinstance(tree, And) else (tree,)
        wanted = tuple(Concern(made(each)) for each in dict.fromkeys((goal.tree, *parts)))
    own: dict[str, tuple[Concern, ...]] = {}
    if words and case.options:
        values = [about.game.values(about.state(word)) for word in words]
        for place, option in enumerate(case.options):
            levels = {each[place] for each in values}
            level = levels.pop()
            if not levels and level is not None:
                own[option.party] = (*own.get(option.party, ()), Concern(made(_literal(case, place, level))))
    return wanted, own


def _literal(case: Case, place: int, level: int) -> Tree:
    option = case.options[place]
    if option.levels:
        return Compare(option.key, "=", level, option.levels[level])
    return Compare(option.key) if level else Not(Compare(option.key))


def everywhere(aim: Aim, case: Case) -> bool:
    """Return whether a concern may count for more at a lower place, and it matters for what something is promised:
    where more than core concerns are shared or deferred to, and where other outcomes punish."""
    shared = not all(plain(each) for each in case.approaches if each.id == aim.approach)
    return shared or (at_stake(aim, case) and punishing(aim, case))


def checked_costs(text: str) -> dict[str, int]:
    """Read costs as written on the command line: ``swap=1,drop=5``.

    Raises
    ------
    DetenteError
        When it is not written so.
    """
    found = {}
    for item in filter(None, (part.strip() for part in text.split(","))):
        kind, equals, number = item.partition("=")
        if not equals or not number.strip().isdigit():
            raise DetenteError(f"{item!r} is no cost; write KIND=NUMBER, such as {', '.join(f'{k}=2' for k in COSTS)}")
        found[kind.strip()] = int(number)
    return found
