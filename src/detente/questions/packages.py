"""This module owns what a package is: one state, or several that differ in nothing that counts, with all said of it."""

from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from detente.errors import NotAvailableError, TooLargeError
from detente.game import Setting, setting
from detente.model.fixed import Fixed
from detente.model.items import Concern, Demand
from detente.model.states import Values
from detente.questions.certificate import Certificate
from detente.questions.grouping import joined
from detente.questions.ordering import Unmet, classes, efficient, valued
from detente.questions.roadmap import Roadmap, roadmap
from detente.questions.verdicts import Judge, Verdicts, unmet
from detente.questions.wording import ordinal, plainest

MOST_CERTIFIED = 16


@dataclass(frozen=True, repr=False)
class Package:
    """A package under one approach: its verdicts, and what is said of it.

    Parameters
    ----------
    setting : Setting
        The case under the approach.
    state : str
        A state's word; ``-`` reads "either way".
    states : tuple of int
        What it stands for; the first is the helpful completion where there is one.
    verdicts : Verdicts
        The same for all of them.
    order : tuple of int
        How many counted parties have their k-th concern unmet; smaller is better.
    rank : int
        Its place in the order, from 1; ties share one.
    """

    setting: Setting = field(compare=False)
    state: str
    states: tuple[int, ...]
    verdicts: Verdicts
    order: Unmet
    rank: int = 0

    def __repr__(self) -> str:
        passed = (
            "passes every verdict asked" if not self.verdicts.failed else f"fails {' and '.join(self.verdicts.failed)}"
        )
        return f"<package {self.state}, approach {self.approach}: {passed}>"

    @property
    def approach(self) -> str:
        """The approach under which it is a package."""
        return self.setting.approach

    @property
    def values(self) -> Values:
        """The level of every option; None where it is either way."""
        return joined([self.setting.game.values(state) for state in self.states]) if self.setting.case.options else ()

    @property
    def _judge(self) -> Judge:
        return Judge(self.setting)

    @cached_property
    def unmet_concerns(self) -> Mapping[str, tuple[Concern, ...]]:
        """The concerns of each counted party that it does not meet, most important first."""
        return Fixed({party: tuple(concerns) for party, concerns in unmet(self._judge, self.states[0]).items()})

    @property
    def unmet(self) -> dict[str, list[str]]:
        """The concerns of each counted party that it does not meet, by name."""
        return {party: [concern.label for concern in concerns] for party, concerns in self.unmet_concerns.items()}

    @cached_property
    def ranks(self) -> dict[str, str]:
        """For each counted party with a ranking or weights, how good it is: ``2nd of 9``."""
        found = {}
        for party, owner in enumerate(self.setting.case.parties):
            if owner.id in self.setting.case.counted and valued(owner):
                steps = classes(self.setting, party)
                missed = sum(self.states[0] not in better for better in steps)
                found[owner.id] = f"{ordinal(missed + 1)} of {len(steps) + 1:,}"
        return Fixed(found)

    @cached_property
    def demands(self) -> tuple[Demand, ...]:
        """The demands that it meets, whichever way what is open is settled."""
        return tuple(demand for demand in self.setting.case.demands if self._share(demand) == "all")

    @property
    def demands_met(self) -> list[str]:
        """The ids of the demands that it meets."""
        return [demand.id for demand in self.demands]

    @property
    def demands_broken(self) -> list[str]:
        """The ids of the demands that it breaks, whichever way what is open is settled."""
        return [demand.id for demand in self.setting.case.demands if self._share(demand) == "none"]

    def _share(self, demand: Demand) -> str:
        met = self._judge.where(demand.that)
        return share([state in met for state in self.states])

    @cached_property
    def worse_off(self) -> tuple[str, ...]:
        """The parties that are worse off than today, by their own preferences, in some completion."""
        return tuple(id for id, changes in self._changes.items() if any(change < 0 for change in changes))

    @cached_property
    def surely_worse_off(self) -> tuple[str, ...]:
        """The parties that are worse off than today, by their own preferences, in every completion."""
        return tuple(id for id, changes in self._changes.items() if all(change < 0 for change in changes))

    @cached_property
    def better_off(self) -> tuple[str, ...]:
        """The parties that are better off than today, by their own preferences, in every completion."""
        return tuple(id for id, changes in self._changes.items() if all(change > 0 for change in changes))

    @cached_property
    def _changes(self) -> dict[str, list[int]]:
        """For each party, by how much its rank of each completion is above today's; {} where today is not known."""
        game, today = self.setting.judging, self.setting.today
        if today is None:
            return {}
        return {
            id: [game.rank(party, state) - game.rank(party, today) for state in self.states]
            for party, id in enumerate(self.setting.case.party_ids)
        }

    @cached_property
    def leaving(self) -> tuple[str, ...]:
        """The parties that can gain by moving away from it, in some completion; nobody where it holds by itself."""
        stay = {id: self._judge.nash(party) for party, id in enumerate(self.setting.case.party_ids)}
        return tuple(id for id, states in stay.items() if not all(state in states for state in self.states))

    @cached_property
    def would_leave(self) -> tuple[str, ...]:
        """The parties that could gain by moving away if the approach did not stand: in the case as it is."""
        plain = setting(self.setting.case, "none", self.setting.conventions)
        states, judge = self.as_it_is(plain), Judge(plain)
        return tuple(
            id
            for party, id in enumerate(self.setting.case.party_ids)
            if not all(state in judge.nash(party) for state in states)
        )

    def as_it_is(self, plain: Setting) -> list[int]:
        """Return what it stands for in the game without the approach."""
        if plain.game is self.setting.game:
            return list(self.states)
        return [state for each in self.states for state in plain.states(self.setting.word(each)).first()]

    @property
    def outsiders_changed(self) -> dict[str, str]:
        """Of the parties outside the table, which gain and which lose against today."""
        outside = [id for id in self.setting.case.party_ids if id not in self.setting.case.at_table]
        said = {id: "loses" if id in self.worse_off else "gains" if id in self.better_off else "" for id in outside}
        return {id: what for id, what in said.items() if what}

    @cached_property
    def spoilers(self) -> dict[str, int]:
        """The parties outside the table that could break a counted party's core concern by one move, and where that
        leads: of such moves the plainest of the best for the spoiler."""
        about, found = self.setting, {}
        for party in self._judge.outside:
            ends = about.game.moves(party, self.states[0]) - self._judge.accommodating
            if self.verdicts.accommodates and ends:
                found[about.case.party_ids[party]] = plainest(about, party, self.states[0], ends)
        return Fixed(found)

    def gains_by_spoiling(self, id: str) -> int:
        """Return whether a spoiler gains (1), loses (-1) or neither (0) by its move."""
        game, party = self.setting.game, self.setting.party(id)
        change = game.rank(party, self.spoilers[id]) - game.rank(party, self.states[0])
        return (change > 0) - (change < 0)

    @cached_property
    def roadmap(self) -> Roadmap | None:
        """The best order of steps from today; None without a today or options, or with too many changes."""
        try:
            return roadmap(self.setting, self.states[0])
        except NotAvailableError:
            return None

    @cached_property
    def efficient(self) -> bool:
        """Whether no feasible state is better for one party and worse for none, by the case as written."""
        return efficient(self.setting, self.states[0])

    @cached_property
    def goodwill(self) -> tuple[str, ...]:
        """The parties that the first completion serves better than another one, at no loss to anyone."""
        if len(self.states) < 2:
            return ()
        game = self.setting.judging
        first, ids = self.states[0], self.setting.case.party_ids
        return tuple(
            id
            for party, id in enumerate(ids)
            if any(
                game.rank(party, first) > game.rank(party, other) and no_worse(self.setting, first, other)
                for other in self.states[1:]
            )
        )

    @cached_property
    def certificates(self) -> tuple[Certificate, ...]:
        """The evidence for every verdict, for each state that it stands for (at most 16 of them; with the symbolic
        engine for the first), as far as limits allow."""
        most = 1 if self.setting.game.engine == "symbolic" else MOST_CERTIFIED
        every = (item for state in self.states[:most] for item in self._judge.certificates(state))
        found: list[Certificate] = []
        with suppress(TooLargeError):
            found.extend(every)
        return tuple(found)

    def data(self, certificates: bool = True) -> dict[str, Any]:
        """Return the package in its published form."""
        partial = {"stands for": len(self.states), "helpful completion": self.setting.word(self.states[0])}
        return {
            "state": self.state,
            "approach": self.approach,
            "rank": self.rank,
            "verdicts": self.verdicts.data(),
            "fails": list(self.verdicts.failed),
            "unmet": self.unmet,
            **({"ranked": self.ranks} if self.ranks else {}),
            "demands met": self.demands_met,
            "demands broken": self.demands_broken,
            "worse off than today": list(self.worse_off),
            "would leave without the approach": list(self.would_leave),
            "outside the table": self.outsiders_changed,
            "could spoil": {id: ("loses", "neither", "gains")[self.gains_by_spoiling(id) + 1] for id in self.spoilers},
            "efficient": self.efficient,
            **(partial if len(self.states) > 1 else {}),
            **({"goodwill": list(self.goodwill)} if self.goodwill else {}),
            **({"certificates": [item.data() for item in self.certificates]} if certificates else {}),
        }


def share(truths: Iterable[bool]) -> str:
    """Return in how many of some states something is true: all, some or none (none, too, of no states)."""
    found = list(truths)
    return "none" if not any(found) else "all" if all(found) else "some"


def no_worse(setting: Setting, state: int, other: int) -> bool:
    """Return whether no party finds a state worse than another, by the case as written."""
    game = setting.judging
    return all(game.rank(party, state) >= game.rank(party, other) for party in range(game.parties))
