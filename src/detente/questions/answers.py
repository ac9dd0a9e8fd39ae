"""This module owns how it is told what the others could answer to an improvement, under each definition."""

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from detente.engine.interface import Definition
from detente.questions import wording
from detente.questions.reachability import Steps
from detente.questions.sanctioning import CREDIBLE

if TYPE_CHECKING:
    from detente.questions.explanation import Explanation

FEARED = (Definition.GMR, Definition.SMR)
WEAKER: Mapping[Definition, tuple[Definition, ...]] = {
    Definition.NASH: (),
    Definition.GMR: (),
    Definition.SMR: (Definition.GMR,),
    Definition.SEQ: (Definition.GMR,),
    Definition.SSEQ: (Definition.GMR, Definition.SMR, Definition.SEQ),
}


def answers(about: "Explanation", party: int, move: int) -> Iterator[str]:
    """Yield how the others can answer an improvement: in one sentence where one answer serves all definitions."""
    asked, known = set(about.decided(party)), about.decided(party, beyond=True)
    found = {d: about.why(party, d).answer(move) for d in (*FEARED, *CREDIBLE) if d in known}
    missing = [d for d, steps in found.items() if steps is None]
    for said, definitions in _unanswered(missing):
        if names := ", ".join(d.value for d in definitions if d in asked):
            yield f"{said} ({names})."
    while answered := {d: steps for d, steps in found.items() if steps is not None and d in asked}:
        strict, steps = next(reversed(answered.items()))
        same = [d for d in answered if d is strict or d in WEAKER[strict]]
        yield _answer(about, party, move, steps, strict, same)
        asked -= set(same)


def _unanswered(missing: list[Definition]) -> Iterator[tuple[str, list[Definition]]]:
    """Yield what is said of the definitions under which nothing answers an improvement."""
    if Definition.GMR in missing:
        yield "Nothing the others can do makes it a loss", missing
        return
    if Definition.SEQ in missing:
        credible = [d for d in missing if d in CREDIBLE]
        yield "No answer that would serve those who give it makes it a loss", credible
    if Definition.SMR in missing:
        left = [d for d in missing if d is Definition.SMR or Definition.SEQ not in missing]
        yield "After every answer that makes it a loss, it has a way out", left
    elif Definition.SSEQ in missing and Definition.SEQ not in missing:
        yield "After every answer that would serve those who give it, it has a way out", [Definition.SSEQ]


def _answer(
    about: "Explanation", party: int, move: int, steps: Steps, strict: Definition, under: list[Definition]
) -> str:
    end = steps[-1][1]
    kind = "Credible answer" if strict in CREDIBLE else "Feared answer"
    who = wording.name(about.setting, party)
    if end == about.state:
        then = "which brings back the present state"
    else:
        then = f"where {who} {wording.reason(about.setting, party, about.state, end)}"
    escape = _escape(about, party, end)
    out = "" if escape is None else f" (a way out remains: {wording.move(about.setting, party, end, escape)})"
    if escape is None and strict in (Definition.SMR, Definition.SSEQ):
        out = " and has no way out"
    names = ", ".join(d.value for d in under)
    return f"{kind} ({names}): {wording.path(about.setting, move, steps)}, {then}{out}."


def _escape(about: "Explanation", party: int, end: int) -> int | None:
    game = about.setting.game
    equal = not about.setting.conventions.ties_sanction
    found = (game.moves(party, end) & game.better(party, about.state, equal)).first(about.most)
    return wording.plainest(about.setting, party, end, found) if found else None
