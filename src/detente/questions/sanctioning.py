"""This module owns why a state is stable for a party or not: its improvements, and how the others answer each.

A state is stable if every improvement is answered: by any legal moves of the others (GMR, SMR) or by moves that improve
their mover at each step (SEQ, SSEQ), into a state that the party does not prefer to the one it left, and for SMR and
SSEQ with no way out for it from there. Under Nash nothing answers.
"""

from dataclasses import dataclass
from functools import cached_property

from detente.engine.interface import Definition, StateSet
from detente.game import Setting
from detente.questions.certificate import Certificate
from detente.questions.reachability import Leading, Steps
from detente.questions.wording import steps_data

CREDIBLE = (Definition.SEQ, Definition.SSEQ)
LOOKED_AT = {"symbolic": 100}  # of how many improvements an answer is shown; all with other engines
ESCAPELESS = (Definition.SMR, Definition.SSEQ)


@dataclass(frozen=True, eq=False)
class Sanctioning:
    """One party in one state under one definition."""

    setting: Setting
    party: int
    state: int
    definition: Definition

    @cached_property
    def improvements(self) -> StateSet:
        """Where one move of the party leads to a state it prefers."""
        return self.setting.game.improvements(self.party, self.state)

    @cached_property
    def _leading(self) -> Leading:
        game = self.setting.game
        targets = game.none()
        if self.definition is not Definition.NASH:
            targets = game.sanctions(self.party, self.state, self.definition)
        others = [party for party in range(game.parties) if party != self.party]
        return Leading(game, targets, others, self.definition in CREDIBLE)

    @cached_property
    def answered(self) -> StateSet:
        """The improvements that the others can answer."""
        found, moves = self.setting.game.none(), 0
        while (self.improvements - found) and (layer := self._leading.layer(moves)):
            for states in layer.values():
                found = found | (states & self.improvements)
            moves += 1
        return found

    def answer(self, improvement: int) -> Steps | None:
        """Return a shortest answer to an improvement, as a path; None where there is none."""
        return self._leading.path(improvement) if improvement in self.answered else None

    def certificate(self) -> Certificate:
        """Return the verdict with its evidence: an answer to every improvement, or one that nothing answers."""
        unanswered = (self.improvements - self.answered).first(1)
        word = self.setting.word
        shown = unanswered or self.improvements.first(LOOKED_AT.get(self.setting.game.engine))
        left = 0 if unanswered else self.improvements.count() - len(shown)
        because = []
        for move in shown:
            steps = None if unanswered else self.answer(move)
            because.append({"move": word(move), "answer": None if steps is None else steps_data(self.setting, steps)})
        return Certificate(
            "holds",
            not unanswered,
            word(self.state),
            self.setting.approach,
            self.setting.case.fingerprint,
            self.setting.conventions.data(),
            self.definition.value,
            self.setting.case.party_ids[self.party],
            {"because": because, **({"answered, but not shown": left} if left else {})},
        )


def certificate(setting: Setting, party: int, state: int, definition: Definition) -> Certificate:
    """Return whether a state is stable for a party under a definition, with the evidence.

    Parameters
    ----------
    setting : Setting
    party, state : int
        The game's indices.
    definition : Definition

    Returns
    -------
    Certificate
        Of a stable state, `because` has an answer to every improvement; of an unstable one, the first improvement that
        nothing answers.
    """
    return Sanctioning(setting, party, state, definition).certificate()
