"""This module owns the check of answers that list states: what `stability` lists for each definition, with its counts,
and what `explain` says of one state.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Any

from detente.verification.findings import TOO_LONG, Finding, found
from detente.verification.stability import DEFINITIONS, Judge, TooLongError
from detente.verification.survey import Survey, coalition_proof
from detente.verification.worlds import Worlds


def check_stability(worlds: Worlds, data: Mapping[str, Any]) -> Iterator[Finding]:
    """Yield what is found of an answer of `stability`: each list derived again, whole where it is not cut."""
    case, judge = worlds.case, worlds.judge(data["approach"])
    for key, right in (("parties", case.party_ids), ("options", [option.key for option in case.options])):
        if list(data[key]) != list(right):
            yield Finding(key, "refused", f"the case has {', '.join(right)}")
    for key in ("equilibria", "counts"):
        if set(data[key]) != set(DEFINITIONS):
            yield Finding(key, "refused", f"the definitions are {', '.join(DEFINITIONS)}")
            return
    if set(data["stable"]) != set(case.party_ids) or any(set(t) != set(DEFINITIONS) for t in data["stable"].values()):
        yield Finding("stable", "refused", "it does not list each party and definition")
        return
    try:
        survey: Survey | None = worlds.survey(data["approach"])
    except OverflowError:
        survey = None
        yield Finding("whether the lists and counts are whole", "unchecked", "there are too many states to list")
    if survey is not None:
        count = len(survey.states)
        yield _finding("how many states there are", "" if count == data["feasible"] else f"there are {count:,}")
    yield from _lists(judge, survey, data)
    yield from _proof(worlds, survey, data)


def _lists(judge: Judge, survey: Survey | None, data: Mapping[str, Any]) -> Iterator[Finding]:
    """Check every list; those that are cut are cut at the same length."""
    told = [words for each in (*data["stable"].values(), data["equilibria"]) for words in each.values()]
    longest = max((len(words) for words in told if words is not None), default=0)
    cut = False
    for definition in DEFINITIONS:
        parties = judge.world.case.party_ids
        lists = {party: data["stable"][party][definition] for party in parties}
        if definition in data["undecided"] or None in (data["equilibria"][definition], *lists.values()):
            yield from _undecided(definition, data)
            continue
        try:
            whole = None if survey is None else {party: survey.stable(definition, party) for party in parties}
        except TooLongError:
            whole = None
            yield Finding(f"whether the lists of {definition} are whole", "unchecked", TOO_LONG)
        if whole is None:
            yield from _state_by_state(judge, definition, lists, data["equilibria"][definition])
            continue
        assert survey is not None
        equilibria = frozenset(survey.states).intersection(*whole.values())
        for name, right, words in (
            *((f"{definition} {party}", whole[party], lists[party]) for party in parties),
            (f"{definition} equilibria", equilibria, data["equilibria"][definition]),
        ):
            yield _finding(name, fault_in_list(words, right, longest))
            cut = cut or len(words) < len(right)
        count = data["counts"][definition]
        yield _finding(f"count of {definition}", "" if count == len(equilibria) else f"there are {len(equilibria):,}")
    if cut:
        yield Finding("what is beyond the lists", "unchecked", f"lists are cut at {longest:,} states")


def fault_in_list(words: Sequence[str], right: Collection[str], longest: int) -> str:
    """Return what is wrong with a list that is whole, or cut at `longest`; "" if nothing is."""
    if len(set(words)) < len(words):
        return "a state is listed twice"
    if strange := [word for word in words if word not in right]:
        return f"{strange[0]} does not belong there"
    if len(words) < len(right) and len(words) != longest:
        return f"{min(set(right) - set(words))} is not listed"
    return ""


def _undecided(definition: str, data: Mapping[str, Any]) -> Iterator[Finding]:
    lists = [each[definition] for each in (*data["stable"].values(), data["equilibria"], data["counts"])]
    if definition not in data["undecided"] or any(each is not None for each in lists):
        yield Finding(definition, "refused", "it is decided for some parties and not for others, or no reason is given")
    else:
        yield Finding(definition, "unchecked", "it was not decided")


def _state_by_state(
    judge: Judge, definition: str, lists: Mapping[str, Sequence[str]], equilibria: Sequence[str]
) -> Iterator[Finding]:
    """Check what is listed, each state by itself."""

    def fault(parties: Sequence[str], word: str) -> str:
        if judge.world.states(word) != [word]:
            return f"{word} is not a possible state"
        unstable = [party for party in parties if not judge.stable(definition, party, word)]
        return f"{word} is not {definition} stable for {unstable[0]}" if unstable else ""

    for party, words in lists.items():
        for word in words:
            yield found(f"{definition} {party} {word}", fault, [party], word)
    for word in equilibria:
        yield found(f"{definition} equilibrium {word}", fault, judge.world.case.party_ids, word)


def _proof(worlds: Worlds, survey: Survey | None, data: Mapping[str, Any]) -> Iterator[Finding]:
    """Check which equilibria, of any definition, no coalition of the approach can upset."""
    told, name = data.get("coalition proof"), "coalition proof"
    judge = worlds.judge(data["approach"])
    if coalition_proof(judge, ()) is None or survey is None:
        if survey is None and told is not None:
            yield Finding(name, "unchecked", "there are too many states to list")
        elif told is not None:
            yield Finding(name, "refused", "the approach lists no coalitions")
        return
    held = sorted({word for words in data["equilibria"].values() for word in words or ()})
    right = coalition_proof(judge, held)
    if told is None or right is None or sorted(told) != right:
        yield Finding(name, "refused", f"these are {right}")
    else:
        yield Finding(name, "accepted")


def check_explanation(worlds: Worlds, data: Mapping[str, Any]) -> Iterator[Finding]:
    """Yield what is found of an answer of `explain` beside its certificates."""
    judge, state = worlds.judge(data["approach"]), data["state"].replace(" ", "")
    words = judge.world.states(state if judge.world.keys else data["state"])
    if not words or not data["verdicts"] or not all(data["verdicts"].values()):
        yield Finding(f"state {state}", "refused", "it is not a possible state" if not words else "it has no verdict")
        return
    explained = data.get("explained", "" if len(words) > 1 else words[0])
    if len(words) > 1 and (data.get("stands for") != len(words) or explained not in words):
        yield Finding(f"state {state}", "refused", f"it stands for {len(words)} states, one of which is explained")
    for party, told in data["verdicts"].items():
        for definition, verdict in told.items():
            shares = data.get("completions", {}).get(party, {}).get(definition) if len(words) > 1 else None
            yield found(
                f"verdict {definition} {party} {state}",
                _fault_in_verdict,
                judge,
                words,
                definition,
                party,
                verdict,
                shares,
            )
    yield _finding("the certificates", _unsupported(data, explained))


def _fault_in_verdict(
    judge: Judge, words: Sequence[str], definition: str, party: str, verdict: bool, share: str | None
) -> str:
    if definition not in DEFINITIONS or party not in judge.world.case.party_ids:
        return f"no definition {definition!r} or no party {party!r}"
    truths = [judge.stable(definition, party, word) for word in words]
    if all(truths) is not verdict:
        return f"it is {not verdict}"
    right = "all" if all(truths) else "some" if any(truths) else "none"
    return f"it is so in {right} of them" if len(words) > 1 and share != right else ""


def _unsupported(data: Mapping[str, Any], explained: str) -> str:
    """Return which verdict has no certificate; "" where each has one."""
    there = [(item.get("party"), item.get("definition"), item.get("state")) for item in data["certificates"]]
    needed = [(party, definition, explained) for party, told in data["verdicts"].items() for definition in told]
    lacking = [each for each in needed if each not in there]
    if lacking:
        return f"the verdict {lacking[0][1]} of {lacking[0][0]} has no certificate"
    return "" if len(there) == len(needed) else "there are more certificates than verdicts"


def _finding(name: str, why: str) -> Finding:
    return Finding(name, "refused" if why else "accepted", why)
