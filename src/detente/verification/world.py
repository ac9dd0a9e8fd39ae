"""This module owns a case's states, moves and preferences as its words say them, one state at a time: what the
certificates are checked against. It shares nothing with the engines.
"""

from collections.abc import Iterator, Mapping
from fractions import Fraction
from functools import cached_property
from itertools import product
from math import prod
from operator import itemgetter
from typing import Any

from detente.model.case import Case, Party
from detente.verification.statements import Reading, mentioned, understand

MOST_LISTED = 2**13  # so many combinations of levels are listed, to see at once where moves lead


class World:
    """A case under one approach. A state is its word (or plain name), as certificates write it."""

    def __init__(self, case: Case, approach: str) -> None:
        self.case = case.under(approach)
        self.judged, self.approach = case, approach
        self.options = self.case.options
        self.keys = tuple(option.key for option in self.options)
        self.letters = tuple("0123456789"[: option.size] if option.levels else "NY" for option in self.options)
        self._moves: dict[tuple[str, str], tuple[str, ...]] = {}
        self._worth: dict[tuple[str, str, bool], tuple[object, ...]] = {}
        self._members: dict[str, tuple[dict[str, int], ...]] = {}
        self._readings: dict[tuple[str, str], Reading] = {}
        self._feasible: dict[tuple[int, ...], bool] = {}
        self._groups: dict[str, tuple[Any, dict[Any, list[str]]]] = {}

    @property
    def plain(self) -> bool:
        """Whether states are plain names."""
        return not self.options

    @cached_property
    def rules(self) -> list[Reading]:
        """What every state obeys, as functions of a state."""
        return [self.reading(rule.that.text, rule.that.party) for rule in self.case.rules]

    @cached_property
    def definitions(self) -> list[tuple[str, Reading]]:
        """What contracts make of the options that are nobody's move."""
        return [(key, self.reading(s.text, s.party)) for key, s in self.case.definitions]

    @cached_property
    def patterns(self) -> list[str]:
        """The words of the merged states: fixed where the condition fixes an option."""
        return [self._pattern(condition.text, condition.party) for condition in self.case.coalesce]

    def reading(self, text: str, party: str = "") -> Reading:
        """Return a statement as a function of a state; understood once."""
        key = text, party
        if key not in self._readings:
            self._readings[key] = understand(text, self.case, party)
        return self._readings[key]

    def _pattern(self, text: str, party: str) -> str:
        """Return the word of a conjunction of option values: each one's only possible level, or ``-``."""
        holds, named = self.reading(text, party), mentioned(text, self.case)
        lowest = {option.key: 0 for option in self.options}
        choices = [
            [(option.key, level) for level in range(option.size)] for option in self.options if option.key in named
        ]
        good = [dict(levels) for levels in product(*choices) if holds(lowest | dict(levels))]
        letters = []
        for place, option in enumerate(self.options):
            levels = {state[option.key] for state in good if option.key in state}
            letters.append(self.letters[place][levels.pop()] if len(levels) == 1 else "-")
        return "".join(letters)

    def word(self, state: dict[str, int]) -> str:
        """Write a state; merged states by their pattern."""
        word = self._bare(state)
        return next((pattern for pattern in self.patterns if _agrees(word, pattern)), word)

    def members(self, word: str) -> tuple[dict[str, int], ...]:
        """Return the feasible states that a word stands for, one unless it has a ``-``."""
        if word not in self._members:
            self._members[word] = tuple(self._completions(word))
        return self._members[word]

    def _completions(self, word: str) -> Iterator[dict[str, int]]:
        if len(word) != len(self.options):
            return
        choices: list[list[int]] = []
        for letter, letters in zip(word, self.letters, strict=True):
            if letter != "-" and letter not in letters:
                return
            choices.append(list(range(len(letters))) if letter == "-" else [letters.index(letter)])
        for levels in product(*choices):
            state = dict(zip(self.keys, levels, strict=True))
            if self.feasible(state):
                yield state

    @cached_property
    def today(self) -> str | None:
        """Today's state, with what contracts make of it; None if the case does not say."""
        today = self.case.today
        if today is None or isinstance(today, str):
            return today
        state = {option.key: level for option, level in zip(self.options, today, strict=True)}
        for key, holds in self.definitions:
            state[key] = int(holds(state))
        return self.word(state) if self.feasible(state) else None

    def every_state(self, most: int) -> Iterator[str]:
        """Yield every state, by trying all combinations of levels.

        Raises
        ------
        OverflowError
            When there are more than `most` combinations to try.
        """
        if self.plain:
            yield from self.case.states or ()
            return
        if prod(map(len, self.letters)) > most:
            raise OverflowError
        yield from self._every

    @cached_property
    def _every(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(self.word(state) for state in self._completions("-" * len(self.options))))

    def states(self, word: str) -> list[str]:
        """Return the states that a word stands for: itself, or all its completions, each once."""
        if self.plain:
            return [word] if word in (self.case.states or ()) else []
        if word in self.patterns:
            return [word] if self.members(word) else []
        return list(dict.fromkeys(self.word(state) for state in self.members(word)))

    def feasible(self, state: dict[str, int]) -> bool:
        """Whether a state obeys the rules, the resources, the contracts, and the list of states if there is one."""
        key = tuple(state.values())
        if key not in self._feasible:
            self._feasible[key] = self._obeys(state)
        return self._feasible[key]

    def _obeys(self, state: dict[str, int]) -> bool:
        if any(state[key] != int(holds(state)) for key, holds in self.definitions):
            return False
        if not all(rule(state) for rule in self.rules):
            return False
        for resource in self.case.resources:
            uses = ((self.reading(s.text, s.party), cost) for s, cost in resource.uses)
            if sum(cost for holds, cost in uses if holds(state)) > resource.amount:
                return False
        return self.lists(state)

    def lists(self, state: Mapping[str, int]) -> bool:
        """Whether a state is one of those that the case lists, if it lists any."""
        word = self._bare(state)
        return self.case.states is None or word in self.listed or any(_agrees(word, text) for text in self.open_words)

    @cached_property
    def open_words(self) -> list[str]:
        """Those of the listed words that stand for several states."""
        return [word for word in self.listed if "-" in word]

    @cached_property
    def listed(self) -> frozenset[str]:
        """The states that the case lists, as words without spaces."""
        return frozenset(word.replace(" ", "") for word in self.case.states or ())

    def _bare(self, state: Mapping[str, int]) -> str:
        return "".join([letters[state[key]] for letters, key in zip(self.letters, self.keys, strict=True)])

    def moves(self, party: str, word: str) -> tuple[str, ...]:
        """Return where one move of a party leads."""
        key = party, word
        if key not in self._moves:
            found = self._within(party, word) if self.listable else dict.fromkeys(self._ends(party, word))
            self._moves[key] = tuple(end for end in found if end != word)
        return self._moves[key]

    @cached_property
    def listable(self) -> bool:
        """Whether a state is one choice of levels, moves change their mover's own options, and all can be listed."""
        few = prod(map(len, self.letters)) <= MOST_LISTED
        return few and not (self.plain or self.patterns or self.case.moves)

    def _within(self, party: str, word: str) -> list[str]:
        """Return the states that differ from one in nothing but a party's own choices, as far as directions allow."""
        if party not in self._groups:
            held = [place for place in range(len(self.keys)) if place not in self._shifting(party)]
            outside = itemgetter(*held) if held else len
            groups: dict[Any, list[str]] = {}
            for each in self.every_state(MOST_LISTED):
                groups.setdefault(outside(each), []).append(each)
            self._groups[party] = outside, groups
        outside, groups = self._groups[party]
        found = groups.get(outside(word), [])
        for place in self._shifting(party):
            direction = self.options[place].direction
            if direction and self.keys[place] not in self.defined:
                on, letter = direction == "on", word[place]
                found = [end for end in found if (end[place] >= letter if on else end[place] <= letter)]
        return found

    def _shifting(self, party: str) -> list[int]:
        """Return the places of a state's word that a move of a party can change: its own, and what contracts set."""
        return [n for n, o in enumerate(self.options) if o.party == party or o.key in self.defined]

    @cached_property
    def defined(self) -> frozenset[str]:
        """The options that contracts set."""
        return frozenset(key for key, _ in self.definitions)

    def _ends(self, party: str, word: str) -> Iterator[str]:
        given = dict(self.case.moves or ())
        if self.plain:
            for start, ends in given.get(party, ()):
                if start == word:
                    yield from ends
            return
        for state in self.members(word):
            choices = self._given(given[party], state) if party in given else self._chosen(party, state)
            for choice in choices:
                for key, holds in self.definitions:
                    choice[key] = int(holds(choice))
                if self.feasible(choice):
                    yield self.word(choice)

    def _given(self, arcs: tuple[tuple[str, tuple[str, ...]], ...], state: dict[str, int]) -> Iterator[dict[str, int]]:
        for start, ends in arcs:
            if _agrees(self._bare(state), start.replace(" ", "")):
                for end in ends:
                    choices = [
                        [(o.key, int(c) if o.levels else "NY".index(c))]
                        if c != "-"
                        else [(o.key, level) for level in range(o.size)]
                        for o, c in zip(self.options, end.replace(" ", ""), strict=True)
                    ]
                    yield from map(dict, product(*choices))

    def _chosen(self, party: str, state: dict[str, int]) -> Iterator[dict[str, int]]:
        own = [option for option in self.options if option.party == party and option.key not in self.defined]
        choices = []
        for option in own:
            level = state[option.key]
            lowest = level if option.direction == "on" else 0
            highest = level if option.direction == "off" else option.size - 1
            choices.append(range(lowest, highest + 1))
        for levels in product(*choices):
            yield state | {option.key: level for option, level in zip(own, levels, strict=True)}

    def worth(self, party: str, word: str, own: bool = False) -> tuple[object, ...]:
        """Return how good a state is for a party, larger is better (with `own`: by the case as written)."""
        own = own and party in self.rewritten
        key = party, word, own
        if key not in self._worth:
            case = self.judged if own else self.case
            self._worth[key] = self._judge(case, case.party(party), word)
        return self._worth[key]

    @cached_property
    def rewritten(self) -> frozenset[str]:
        """The parties that want something else under the approach than the case as written says."""
        return frozenset(party.id for party in self.case.parties if party != self.judged.party(party.id))

    def _judge(self, case: Case, party: Party, word: str) -> tuple[object, ...]:
        if party.ranking is not None:
            return (-self._place(party.ranking, word),)
        states = ({},) if self.plain else self.members(word)
        truths: list[object] = []
        total = Fraction(0)
        for statement, amount in party.weights or ():
            holds = self.reading(statement.text, statement.party)
            total += amount * all(holds(state) for state in states)
        for concern in party.concerns or ():
            holds = self.reading(concern.want.text, concern.want.party)
            truths.append(all(holds(state) for state in states))
        return (total, *truths) if party.weights else tuple(truths)

    def _place(self, ranking: tuple[tuple[str, ...], ...], word: str) -> int:
        """Return how far down a ranking a state stands: where it is written out, else where a word covers it."""
        written = [[text.replace(" ", "") if self.options else text for text in group] for group in ranking]
        for place, group in enumerate(written):
            if word in group:
                return place
        for place, group in enumerate(written):
            if any(_agrees(member, text) for text in group for member in map(self._bare, self.members(word))):
                return place
        raise ValueError(f"{word} is in no place of the ranking")

    def holds(self, reading: Reading, word: str) -> bool:
        """Whether a statement holds in a state; in a merged one, in every member."""
        return all(reading(state) for state in self.members(word))


def _agrees(word: str, pattern: str) -> bool:
    return len(word) == len(pattern) and all(p in ("-", w) for w, p in zip(word, pattern, strict=True))
