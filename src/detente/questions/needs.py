"""This module owns the question who needs whom for what, with what leverage, and which threat to withhold is credible.

A party depends on a supplier for a need by what it loses without it, less what its best substitute saves. Losses are
those of the case, in its own unit.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from fractions import Fraction
from typing import Any

from detente.engine.interface import StateSet
from detente.errors import TooLargeError
from detente.game import Setting, setting
from detente.look.summary import Block, Summary, as_given, listed
from detente.model.case import Case
from detente.model.items import Need
from detente.questions.phrases import traced
from detente.questions.reachability import changes
from detente.questions.result import Made, Result
from detente.questions.split import MOST_PARTIES, balanced
from detente.questions.wording import move

CREDIBLE, BLUFF, UNKNOWN = "credible", "bluff", "unknown"
MOST_COMPARED = 256


@dataclass(frozen=True)
class Dependence:
    """One need: how far the party depends on the supplier for it, and whether the supplier could withhold it.

    Parameters
    ----------
    need : Need
    lost, saved : Fraction or None
        What is lost without it; how much of that the best substitute saves. None where the case does not say.
    given : bool or None
        Whether it is given today; None where that is not known.
    threat : str
        credible: the best that the supplier can do while withholding is at least as good for it as the best while
        giving; bluff: it is not; unknown.
    why : str
        The moves that decide, in words.
    """

    need: Need
    lost: Fraction | None
    saved: Fraction | None
    given: bool | None
    threat: str
    why: str

    @property
    def dependence(self) -> Fraction | None:
        """What the party loses even with the best substitute."""
        return None if self.lost is None else self.lost - (self.saved or 0)

    def data(self) -> dict[str, Any]:
        """Return the need as JSON-ready data."""
        return {
            "party": self.need.party,
            "needs": self.need.needs,
            "from": self.need.sender,
            "loss without": _float(self.lost),
            "substitutes": [{"from": s.sender, "loss": float(s.loss)} for s in self.need.substitutes],
            "dependence": _float(self.dependence),
            "given today": self.given,
            "threat to withhold": self.threat,
            "why": self.why,
            "source": self.need.mark.source,
            "standing": self.need.mark.standing,
        }


@dataclass(frozen=True, repr=False)
class Needs(Result):
    """Who depends on whom for what; leverage both ways; the balanced split of what the deals are worth.

    Parameters
    ----------
    needs : tuple of Dependence
    shares : mapping from party to Fraction, or None
        What each gets of the deals in a balanced outcome; None where there is none or losses are missing.
    alone : mapping from party to Fraction, or None
        The same if nobody had a substitute; None, too, where nobody has one.
    """

    made: Made
    case: Case = field(compare=False)
    needs: tuple[Dependence, ...]
    shares: dict[str, Fraction] | None
    alone: dict[str, Fraction] | None = None

    @property
    def pairs(self) -> tuple[tuple[str, str], ...]:
        """Pairs of which one depends on the other, each once."""
        found = dict.fromkeys(frozenset((d.need.party, d.need.sender)) for d in self.needs)
        return tuple(
            (a, b) for a, b in (sorted(pair, key=self.case.party_ids.index) for pair in found if len(pair) == 2)
        )

    @property
    def leverages(self) -> list[str]:
        """Who depends on whom by how much, a sentence a pair."""
        return [self._leverage(a, b) for a, b in self.pairs]

    @property
    def threats(self) -> str:
        """Whose threat to withhold what is credible, and whose would be a bluff, in a sentence; "" if none is known."""
        told = []
        for threat, said in ((CREDIBLE, "credible"), (BLUFF, "a bluff")):
            whose = [
                f"{self.case.party(each.need.sender).label}'s (‘{each.need.needs}’)"
                for each in self.needs
                if each.threat == threat
            ]
            told += [f"{listed(whose)} {'is' if len(whose) == 1 else 'are'} {said}"] if whose else []
        return f"Of the threats to withhold, {listed(told)}." if told else ""

    def dependence(self, party: str, on: str) -> Fraction:
        """Return how much one party depends on another over all needs, as far as the case says."""
        return sum((amount or Fraction(0) for amount in self._amounts(party, on)), Fraction(0))

    def _amounts(self, party: str, on: str) -> list[Fraction | None]:
        return [each.dependence for each in self.needs if (each.need.party, each.need.sender) == (party, on)]

    def _known(self, party: str, on: str) -> Fraction | None:
        """Return how much one party depends on another; None where the case gives no figure for some need."""
        return None if None in self._amounts(party, on) else self.dependence(party, on)

    def data(self) -> dict[str, Any]:
        leverage = [
            {"of": a, "over": b, "amount": _float(self._known(b, a)), "against": _float(self._known(a, b))}
            for a, b in self.pairs
        ]
        return self.made.data() | {
            "needs": [each.data() | {"place": f"needs[{place}]"} for place, each in enumerate(self.needs)],
            "leverage": leverage,
            "balanced split": _words(self.shares),
            **({"balanced split without substitutes": _words(self.alone)} if self.alone else {}),
            "text": [line for line in self._told() if isinstance(line, str)],
        }

    columns = ("party", "needs", "from")

    def rows(self) -> list[dict[str, Any]]:
        """Return one row a need."""
        return [each.data() | {"substitutes": listed([s.sender for s in each.need.substitutes])} for each in self.needs]

    def summary(self) -> Summary:
        lines = (
            tuple(self._told())
            if self.needs
            else ("The case lists no needs: write under ‘needs’ who needs what from whom, and what is lost without.",)
        )
        blocks = (Block("Who needs whom", lines), Block("", (self.made.line(),)))
        return Summary(f"Needs: {self.case.title}", "", blocks)

    def _told(self) -> Iterator[str]:
        for place, each in enumerate(self.needs, 1):
            yield from self._need(each, place)
        yield from self.leverages
        if any(each.need.mark.standing == "judgement" and each.lost is not None for each in self.needs):
            yield "The losses are judgements, and so is comparing one party's with another's."
        if self.shares:
            yield (
                "If each party makes one deal, and both sides of a deal gain the same over the best that each could "
                f"have elsewhere, they get of the deals: {self._split(self.shares)}."
            )
            if self.alone and self.alone != self.shares:
                yield f"If nobody had a substitute, it would be: {self._split(self.alone)}."
        elif missing := [f"‘{each.need.needs}’" for each in self.needs if each.lost is None]:
            yield f"How the deals would split is not worked out: what is lost without {listed(missing)} is not given."
        elif len(self.case.parties) > MOST_PARTIES:
            yield f"How the deals would split is looked for with up to {MOST_PARTIES} parties only."
        else:
            yield "No balanced split was found: whatever the deals, somebody seems to have a better offer elsewhere."

    def _split(self, shares: dict[str, Fraction]) -> str:
        """Say who gets what, of those who take part in some deal."""
        sides = [(each.need.party, each.need.sender, *(s.sender for s in each.need.substitutes)) for each in self.needs]
        taking = {id for side in sides for id in side}
        told = {self.case.party(id).label: share for id, share in shares.items() if id in taking}
        return listed([f"{label} {_share(share)}" for label, share in told.items()])

    def _need(self, each: Dependence, place: int) -> Iterator[str]:
        need = each.need
        party, sender = self.case.party(need.party).label, self.case.party(need.sender).label
        source = traced(need.mark, self.case, f"needs {place}")
        others = [f"{self.case.party(s.sender).label} (loss {as_given(s.loss)})" for s in need.substitutes]
        instead = f"instead it could turn to {listed(others, 'or')}" if others else "nobody can stand in"
        lost = f"without it {party} loses {as_given(each.lost)}" if each.lost is not None else "the loss is not given"
        yield f"{party} needs ‘{need.needs}’ from {sender}{source}: {lost}; {instead}."
        if each.threat != UNKNOWN:
            verb = {CREDIBLE: "is credible", BLUFF: "would be a bluff"}[each.threat]
            yield f"  {sender}'s threat to withhold it {verb}: {each.why}."
        elif each.why:
            yield f"  Whether {sender} could credibly withhold it is not known: {each.why}."

    def _leverage(self, a: str, b: str) -> str:
        one, other = self._known(a, b), self._known(b, a)
        first, second = self.case.party(a).label, self.case.party(b).label
        if one is None or other is None:
            open_ = [
                f"{x} depends on {y}" for x, y, known in ((first, second, one), (second, first, other)) if known is None
            ]
            return f"Who has the leverage is not told: the case does not say how much {listed(open_)}."
        said = f"{first} depends on {second} by {as_given(one)}, and {second} on {first} by {as_given(other)}"
        if one == other:
            return f"{said}: neither has the upper hand."
        return f"{said}: the leverage is with {second if one > other else first}."


def needs(case: Case) -> Needs:
    """Return who needs whom for what, with leverage both ways, and which threats to withhold are credible.

    Parameters
    ----------
    case : Case

    Returns
    -------
    Needs
        Amounts are those of the case; nothing is made up where it gives none.
    """
    try:
        about = setting(case) if case.needs else None
        engine = about.game.engine if about else ""
    except TooLargeError:
        about, engine = None, ""
    made = Made(case.title, case.fingerprint, "none", case.conventions.data(), engine)
    found = tuple(_dependence(about, need) for need in case.needs)
    alone = tuple(replace(each, need=replace(each.need, substitutes=())) for each in found)
    helped = any(each.need.substitutes for each in found)
    return Needs(made, case, found, _shares(case, found), _shares(case, alone) if helped else None)


def _dependence(about: Setting | None, need: Need) -> Dependence:
    lost = need.loss_without
    saved = None if lost is None else lost - min([lost, *(substitute.loss for substitute in need.substitutes)])
    return Dependence(need, lost, saved, *_threat(about, need))


def _threat(about: Setting | None, need: Need) -> tuple[bool | None, str, str]:
    """Say whether a need is given today, and whether its supplier could withhold it without loss, with the reason.

    Staying and every move of its own count, on the side of giving or of withholding.
    """
    if need.given_when is None:
        return None, UNKNOWN, "the case does not say when it is given"
    if about is None:
        return None, UNKNOWN, "there are too many states to list"
    if about.today is None:
        return None, UNKNOWN, "the case does not say where things stand today"
    supplier, today = about.party(need.sender), about.today
    giving = about.where(need.given_when)
    given = today in giving
    open_ = about.game.moves(supplier, today) | about.game.only([today])
    give, withhold = open_ & giving, open_ - giving
    if not (give and withhold):
        kept = "no move of its own takes it away" if given else "no move of its own would give it"
        return given, BLUFF if given else CREDIBLE, kept
    return given, *_weighed(about, supplier, today, give, withhold)


def _weighed(about: Setting, supplier: int, today: int, give: StateSet, withhold: StateSet) -> tuple[str, str]:
    """Compare the best that a supplier can do while withholding with the best while giving, by its own preferences."""
    best, other = _best(about, supplier, today, withhold), _best(about, supplier, today, give)
    change = about.judging.rank(supplier, best) - about.judging.rank(supplier, other)
    steps = ["as today" if end == today else move(about, supplier, today, end) for end in (best, other)]
    how = "as well off as" if change == 0 else "better off than" if change > 0 else "worse off than"
    who = about.case.parties[supplier].label
    why = f"withholding it, at best ({steps[0]}), leaves {who} {how} giving it ({steps[1]})"
    return CREDIBLE if change >= 0 else BLUFF, why


def _best(about: Setting, party: int, today: int, states: StateSet) -> int:
    """Return the best of some states for a party, by its own preferences; of several one that changes least."""
    game = about.judging
    best = states.first(1)[0]
    while better := (states & game.better(party, best)).first(1):
        best = better[0]
    alike = (states & game.better(party, best, equal=True)).first(MOST_COMPARED)
    return min([today, *alike] if today in states and game.rank(party, today) == game.rank(party, best) else alike,
               key=lambda state: changes(game, today, state))  # fmt: skip


def _shares(case: Case, found: tuple[Dependence, ...]) -> dict[str, Fraction] | None:
    """Split what the deals are worth: a deal with a substitute is worth what it saves."""
    if not found or any(each.lost is None for each in found):
        return None
    deals: dict[frozenset[int], Fraction] = {}
    index = case.party_ids.index
    for each in found:
        worth = [(each.need.sender, each.lost or Fraction(0))]
        worth += [(s.sender, (each.lost or Fraction(0)) - s.loss) for s in each.need.substitutes]
        for supplier, amount in worth:
            pair = frozenset((index(each.need.party), index(supplier)))
            if len(pair) == 2:
                deals[pair] = deals.get(pair, Fraction(0)) + max(amount, Fraction(0))
    shares = balanced(len(case.parties), deals)
    return None if shares is None else dict(zip(case.party_ids, shares, strict=True))


def _share(value: Fraction) -> str:
    """Say a share exactly, always as a whole number and a fraction: ``1/3``, ``2 1/2``, ``nothing``."""
    whole, rest = divmod(value, 1)
    return " ".join([*([str(whole)] if whole else []), *([str(rest)] if rest else [])]) or "nothing"


def _words(shares: dict[str, Fraction] | None) -> dict[str, str] | None:
    return None if shares is None else {party: str(share) for party, share in shares.items()}


def _float(value: Fraction | None) -> float | None:
    return None if value is None else float(value)
