"""This module owns how the verdicts on a package are said, a plain sentence each, its mark in front."""

from collections.abc import Iterator

from detente.look.summary import counted, listed
from detente.questions.lasting import in_words, lasting
from detente.questions.packages import Package
from detente.questions.reachability import GRADES, UNDECIDED, UNREACHED, reachabilities
from detente.questions.verdicts import (
    CREDIBLY,
    FEAR,
    INDIFFERENCE,
    ITSELF,
    NO,
    OWN_INTEREST,
    STRONG,
    TABLE,
    WEAK,
    Judge,
)

KEPT = {
    OWN_INTEREST: "would lose by moving away from it",
    INDIFFERENCE: "would not gain by moving away from it",
    STRONG: "would gain by moving away from it, but for strong clout of the table",
    WEAK: "would gain by moving away from it, but for weak clout of the table",
    NO: "would gain by moving away from it, and the table has no clout to prevent that",
}
HELD = {
    ITSELF: "nobody can gain by moving away from it (Nash equilibrium)",
    TABLE: "nobody at the table can gain by moving away from it, and clout keeps the others",
    CREDIBLY: "somebody could gain by moving, but must expect answers that serve those who give them (SEQ)",
    FEAR: "somebody could gain by moving, and others could spoil it, but only by moves that may hurt themselves (GMR)",
    UNDECIDED: "somebody can gain by moving away, and it is not decided whether others would answer it",
    None: "somebody can gain by moving away, and nothing answers it",
}
STEPS = {
    GRADES[0]: "each improving whoever makes it, with nobody at the table below today on the way",
    GRADES[1]: "each improving whoever makes it, though after some of them somebody at the table is below today",
    GRADES[2]: "which the rules allow, though not every one improves whoever makes it",
}
ONE_STEP = {
    GRADES[0]: "which improves whoever makes it and leaves nobody at the table below today",
    GRADES[1]: "which improves whoever makes it, though it leaves somebody at the table below today",
    GRADES[2]: "which the rules allow, though it does not improve whoever makes it",
}


def verdict_sentences(package: Package) -> Iterator[str]:
    """Yield the verdicts on a package: accommodates, deliverable, holds, reachable, lasts."""
    yield _accommodates(package)
    yield _deliverable(package)
    found = package.verdicts
    open_ = (
        f" Not decided: whether it is an equilibrium under {listed(found.undecided, 'or')}." if found.undecided else ""
    )
    yield f"{_mark(found.holds)} {'holds' if found.holds else 'does not hold by itself'}: {HELD[found.grade]}.{open_}"
    yield _reachable(package)
    yield _lasts(package)


def _mark(good: bool) -> str:
    return "✓" if good else "✗"


def _accommodates(package: Package) -> str:
    case = package.setting.case
    parties = [case.party(id).label for id in case.counted]
    whom = listed(parties)
    if not any(concern.core for id in case.counted for concern in case.party(id).concerns or ()):
        return f"✓ accommodates: no concern of {listed(parties, 'or')} is marked as core, so none has to be met."
    if package.verdicts.accommodates:
        return f"✓ accommodates: every core concern of {whom} is met."
    return f"✗ does not accommodate: some core concern of {whom} is not met."


def _deliverable(package: Package) -> str:
    case, found = package.setting.case, package.verdicts
    outside = [party.label for party in case.parties if party.id not in case.at_table]
    if not outside:
        return "✓ deliverable: everybody is at the table."
    if found.deliverable_by == OWN_INTEREST:
        return f"✓ deliverable: {_staying(package)}."
    who = outside if found.deliverable_by == INDIFFERENCE else _kept_by(package, found.deliverable_by)
    kept = f"{listed(who)}, outside the table, {KEPT[found.deliverable_by]}"
    return f"{_mark(found.deliverable)} {'' if found.deliverable else 'not '}deliverable: {kept}."


def _kept_by(package: Package, by: str) -> list[str]:
    """Name the parties outside the table that only this keeps where the package wants them."""
    judge, case = Judge(package.setting), package.setting.case
    return [
        case.parties[party].label
        for party in judge.outside
        if any(judge.outsider(party, state).by == by for state in package.states)
    ]


def _staying(package: Package) -> str:
    """Say who outside the table would lose by moving away, and who has no move to make."""
    case, game, state = package.setting.case, package.setting.game, package.states[0]
    moving: list[str] = []
    stuck: list[str] = []
    for number, party in enumerate(case.parties):
        if party.id not in case.at_table:
            (moving if game.moves(number, state) else stuck).append(party.label)
    parts = [f"{listed(moving)}, outside the table, {KEPT[OWN_INTEREST]}"] if moving else []
    if stuck:
        where = "" if moving else ", outside the table,"
        parts.append(f"{listed(stuck)}{where} {'has' if len(stuck) == 1 else 'have'} no move to make")
    return "; ".join(parts)


def _reachable(package: Package) -> str:
    by = package.verdicts.reachable_by
    if by is None:
        return "– reachable: not asked, for the case does not say where things stand today."
    if by == UNDECIDED:
        return "– reachable: not decided within the time."
    if by == UNREACHED:
        return "✗ not reachable: no moves that the rules allow lead there from today."
    reach = reachabilities(package.setting)
    path = None if reach is None else reach.path(package.states[0])
    if not path:
        return "✓ reachable: it is where things stand today."
    how = ONE_STEP if len(path) == 1 else STEPS
    return f"✓ reachable from today in {counted(len(path), 'move')}, {how[by]}."


def _lasts(package: Package) -> str:
    found = package.verdicts
    told = in_words(package.setting, lasting(package.setting, package.states[0]))
    if not found.lasts_asked:
        return f"– lasts: {told}."
    return f"{'–' if found.lasts is None else _mark(found.lasts)} {told}, in repeated play."
