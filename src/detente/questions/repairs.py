"""This module owns what mends a contradiction: drop, weaken, sequence, shift or split, as edits that were applied and
re-checked before they are offered.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

from detente.game import Setting
from detente.look.summary import listed
from detente.model.case import Case
from detente.model.edits import AddDemand, DropDemand, DropRule, Edit, RedirectDemand, WeakenDemand
from detente.model.items import Concern, Demand
from detente.model.statements import And, Compare, If, Not, Tree, holds, made, spelled_out
from detente.questions.delivery import Repair
from detente.questions.phrases import bracketed, called, in_words
from detente.questions.powers import Choice, Groups, Powers, literal_of, minimal_groups, options_of
from detente.questions.sequences import InOrder

Met = Callable[[Case, Sequence[Tree]], bool]
"""Whether the edited case has a state, of the kind that is asked for, in which all these statements hold."""


@dataclass(frozen=True, slots=True)
class Broken:
    """A contradiction to be mended.

    Parameters
    ----------
    case : Case
        As written.
    demands : tuple of Demand
    met : callable
        What re-checks a repair.
    setting : Setting or None
        The case under its approach, None where its states are too many to list.
    rules : tuple of int
        The rules that clash with the demands, as places in the case.
    in_turn : tuple of InOrder
        The orders in which they can be met one after the other, and those in which they cannot.
    """

    case: Case
    demands: tuple[Demand, ...]
    met: Met
    setting: Setting | None = None
    rules: tuple[int, ...] = ()
    in_turn: tuple[InOrder, ...] = ()

    def mends(self, edits: Sequence[Edit], kept: Sequence[str], also: Sequence[Tree] = ()) -> bool:
        """Apply edits, and return whether the demands that are kept (by id) can then all be met."""
        case = self.case.edit(*edits)
        return self.met(case, [*(case.demand(id).that.tree for id in kept), *also])

    def others(self, demand: Demand) -> list[Demand]:
        """Return the other demands of the contradiction."""
        return [other for other in self.demands if other is not demand]

    @property
    def ids(self) -> list[str]:
        """The ids of the demands."""
        return [demand.id for demand in self.demands]


def repairs(broken: Broken) -> tuple[Repair, ...]:
    """Return what mends a contradiction: other ways to what a demand is for, then giving way, then sequences."""
    makers = (_elsewhere, _dropped, _weakened, _relaxed, _sequences)
    return tuple(repair for maker in makers for repair in maker(broken))


def _dropped(broken: Broken) -> Iterator[Repair]:
    for demand in broken.demands:
        edits = (DropDemand(demand.id),)
        if broken.mends(edits, [other.id for other in broken.others(demand)]):
            yield Repair("drop", f"drop ‘{demand.label}’", edits)


def _weakened(broken: Broken) -> Iterator[Repair]:
    for demand in broken.demands:
        for tree, text in (*_lower_levels(broken.case, demand), *_unless(broken, demand)):
            edits = (WeakenDemand(demand.id, made(tree)),)
            if broken.mends(edits, broken.ids):
                yield Repair("weaken", text, edits)
                break


def _lower_levels(case: Case, demand: Demand) -> Iterator[tuple[Tree, str]]:
    tree = spelled_out(demand.that.tree)
    match tree:
        case Compare(key, ">=" | "=" | ">", level):
            option = case.option(str(key))
            asked = level + (tree.relation == ">")
            for lower in range(asked - 1, 0, -1):
                name = option.levels[lower]
                yield Compare(key, ">=", lower, name), f"ask less with ‘{demand.label}’: ‘{option.label}’ at {name}"


def _unless(broken: Broken, demand: Demand) -> Iterator[tuple[Tree, str]]:
    others = broken.others(demand)
    if others:
        rest = others[0].that.tree if len(others) == 1 else And(tuple(other.that.tree for other in others))
        labels = listed([f"‘{other.label}’" for other in others])
        verb = "is" if len(others) == 1 else "are"
        unless = Not(rest)
        yield If(demand.that.tree, unless), f"ask for ‘{demand.label}’ only if {labels} {verb} not met"


def _sequences(broken: Broken) -> Iterator[Repair]:
    """Yield the orders in which the demands can be met one after the other, where it takes edits to ask for them so."""
    for order in broken.in_turn:
        if (
            order.legs is not None
            and order.edits
            and all(broken.mends(order.edits, [demand.id for demand in stage]) for stage in order.stages)
        ):
            yield Repair("sequence", order.text, tuple(order.edits))


def _elsewhere(broken: Broken) -> Iterator[Repair]:
    """Yield how what a demand is for can be had without it: from somebody else, or from several."""
    about = broken.setting
    if about is None or not isinstance(about.rewritten.today, tuple):
        return
    for demand in broken.demands:
        others = [other.that.tree for other in broken.others(demand)]
        for concern in purposes(about, demand):
            alongside = about.where(And((*others, Not(demand.that.tree))))
            powers = Powers(about, concern.want.tree, alongside)
            for group in _asked(minimal_groups(powers), about, demand):
                repair = _asking(broken, demand, concern, powers, group)
                if repair:
                    yield repair
                    break
            else:
                continue
            break


def purposes(about: Setting, demand: Demand) -> list[Concern]:
    """Return what a demand is for: the demander's concerns that it meets wherever it is met, and that ask for less."""
    met = about.where(demand.that)
    found = []
    for concern in about.case.party(demand.sender).concerns or ():
        wanted = about.where(concern.want)
        if not met - wanted and wanted - met and wanted.count() < about.game.feasible().count():
            found.append(concern)
    return found


def _asked(groups: Groups, about: Setting, demand: Demand) -> list[tuple[int, ...]]:
    """Return the groups in which somebody other than the demander would be asked."""
    sender = about.case.party_ids.index(demand.sender)
    return [group for group in groups.groups if set(group) - {sender}]


def _asking(broken: Broken, demand: Demand, concern: Concern, powers: Powers, group: tuple[int, ...]) -> Repair | None:
    chosen = powers.choice(options_of(powers.space, group))
    if chosen is None:
        return None
    parts = parts_of(broken.case, powers, powers.needed(chosen))
    asked = {party: tree for party, tree in parts.items() if party != demand.sender}
    own = parts.get(demand.sender)
    if not asked:
        return None
    edits = asking_instead(demand, asked)
    kept = [other.id for other in broken.others(demand)]
    also = [*asked.values(), *([own] if own is not None else [])]
    if not broken.mends(edits, kept, also):
        return None
    case, today = broken.case, powers.today
    told = listed([f"{case.party(id).label} {_request(tree, case, today)}" for id, tree in asked.items()])
    mine = f", and {_doing(own, case, today)}" if own is not None else ""
    whose = f"{case.party(demand.sender).label}'s concern{'' if concern.mark.name else ','} {called(concern, case)}"
    text = f"instead of the demand ‘{demand.label}’, ask {told}{mine}: that meets {whose}"
    text += bracketed(concern.mark, case)
    return Repair("split" if len(asked) + (own is not None) > 1 else "shift", text, edits)


def parts_of(case: Case, powers: Powers, chosen: Choice) -> dict[str, Tree]:
    """Return what a choice asks of each party, as a statement."""
    literals: dict[str, list[Tree]] = {}
    for option, level in sorted(chosen.items()):
        literals.setdefault(case.options[option].party, []).append(literal_of(case, option, level))
    return {party: trees[0] if len(trees) == 1 else And(tuple(trees)) for party, trees in literals.items()}


def asking_instead(demand: Demand, asked: dict[str, Tree]) -> tuple[Edit, ...]:
    """Return the edits that put demands on other parties in a demand's place."""
    if len(asked) == 1:
        ((party, tree),) = asked.items()
        weaken = WeakenDemand(demand.id, made(tree))
        return (weaken,) if party == demand.to else (RedirectDemand(demand.id, party), weaken)
    new = [
        replace(demand, id=f"{demand.id}-{party}", to=party, that=made(tree), mark=replace(demand.mark, name=""))
        for party, tree in asked.items()
    ]
    return (DropDemand(demand.id), *(AddDemand(each) for each in new))


def _request(tree: Tree, case: Case, today: Sequence[int]) -> str:
    """Say what is asked of a party: ``for ‘aid’``, and ``to keep ‘watch’`` where it does so today."""
    new, kept = _split(tree, case, today)
    return listed([*([f"for {listed(new)}"] if new else []), *([f"to keep {listed(kept)}"] if kept else [])])


def _doing(tree: Tree, case: Case, today: Sequence[int]) -> str:
    """Say what the demander does for its part: ``add ‘aid’``, ``keep ‘watch’``."""
    new, kept = _split(tree, case, today)
    return listed([*([f"add {listed(new)}"] if new else []), *([f"keep {listed(kept)}"] if kept else [])])


def _split(tree: Tree, case: Case, today: Sequence[int]) -> tuple[list[str], list[str]]:
    """Say the parts of a conjunction: those that do not hold today, and those that do."""
    new: list[str] = []
    kept: list[str] = []
    for part in tree.parts if isinstance(tree, And) else (tree,):
        so = holds(part, lambda key: today[case.position[key]])
        (kept if so else new).append(in_words(part, case))
    return new, kept


def _relaxed(broken: Broken) -> Iterator[Repair]:
    for place in broken.rules:
        rule = broken.case.rules[place]
        if rule.relaxable:
            said = f"‘{rule.mark.name}’" if rule.mark.name else f"{place + 1}: {in_words(rule.that.tree, broken.case)}"
            edits = (DropRule(place),)
            if broken.mends(edits, broken.ids):
                yield Repair("weaken", f"lift the rule {said}, which the case allows to be lifted", edits)


def whom_to_ask(about: Setting, demand: Demand, powers: Powers, coalitions: Sequence[tuple[str, ...]]) -> list[Repair]:
    """Return whom to ask for a demand that its addressee cannot deliver; each is checked to be able to."""
    found: list[Repair] = []
    for group in coalitions:
        asked = [id for id in group if id != demand.sender]
        if not asked or group == (demand.to,):
            continue
        members = [about.case.party_ids.index(id) for id in group]
        chosen = powers.choice(options_of(powers.space, members))
        assert chosen is not None
        label = about.case.party(asked[0]).label
        if len(group) == 1:
            found.append(Repair("shift", f"ask {label} instead", (RedirectDemand(demand.id, asked[0]),)))
            continue
        parts = parts_of(about.case, powers, powers.needed(chosen))
        told = listed(
            [f"{about.case.party(id).label} {_request(tree, about.case, powers.today)}" for id, tree in parts.items()]
        )
        edits = asking_instead(demand, {id: tree for id, tree in parts.items() if id != demand.sender})
        found.append(Repair("split", f"ask for it in parts: {told}", edits))
    return found
