"""This module owns the check of what is said of a package that was named: over all its completions, always, sometimes
or never, and what spoils it.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from detente.verification.accord import GRADES, REACHED
from detente.verification.findings import Finding, found
from detente.verification.packages import check_package, differing
from detente.verification.worlds import Worlds, failed

VERDICTS = ("accommodates", "deliverable", "holds", "reachable", "lasts")
ALWAYS, SOMETIMES, NEVER, UNASKED = "always", "sometimes", "never", "not asked"


def check_partial(worlds: Worlds, data: Mapping[str, Any]) -> Iterator[Finding]:
    """Yield what is found of an answer of `accord` about one package beside its certificates."""
    name, approach = f"package {data['state']}", data["approach"]
    words: Sequence[str] = worlds.judge(approach).world.states(data["state"].replace(" ", "") or data["state"])
    if not words or len(words) != data["completions"]:
        yield Finding(name, "refused", f"it stands for {len(words)} states")
        return
    packages = data["packages"]
    best = data["best completion"]
    if len(packages) != 1 or packages[0]["state"] != best or best not in words or packages[0]["approach"] != approach:
        yield Finding(name, "refused", "it does not show its best completion, or another one")
        return
    if packages[0]["rank"] != 0:
        yield Finding(name, "refused", "a package that is judged alone has no rank")
    yield from check_package(worlds, packages[0])
    yield found(f"{name} over its completions", _fault, worlds, data, words)


def _fault(worlds: Worlds, data: Mapping[str, Any], words: Sequence[str]) -> str:
    approach = data["approach"]
    verdicts = {word: worlds.verdicts(approach, word) for word in words}
    fails = {word: failed(told) for word, told in verdicts.items()}
    passing = {word: _passing(verdicts[word], fails[word]) for word in words}
    often, spoiled = {}, {}
    for verdict in VERDICTS:
        asked = [word for word in words if passing[word][verdict] is not None]
        good = [word for word in asked if passing[word][verdict]]
        often[verdict] = UNASKED if not asked else ALWAYS if good == asked else SOMETIMES if good else NEVER
        if bad := [word for word in asked if word not in good]:
            fewest = min(len(fails[word]) for word in bad)
            spoiled[verdict] = [word for word in bad if len(fails[word]) == fewest]
    told = {"verdicts over completions": data["verdicts over completions"], "passes": data["passes"]}
    passes = all(each in (ALWAYS, UNASKED) for each in often.values())
    if fault := differing(told, {"verdicts over completions": often, "passes": passes}):
        return fault
    if set(data["spoiled by"]) != set(spoiled):
        return f"{', '.join(spoiled) or 'nothing'} is spoiled"
    wrong = [verdict for verdict, word in data["spoiled by"].items() if word not in spoiled[verdict]]
    if wrong:
        return f"{data['spoiled by'][wrong[0]]} does not spoil {wrong[0]}, or fails more than another one"
    keys = {word: _key(worlds, approach, word, verdicts[word], fails[word]) for word in words}
    return "" if keys[data["best completion"]] == min(keys.values()) else "another completion is better"


def _passing(told: Mapping[str, Any], fails: Sequence[str]) -> dict[str, bool | None]:
    """Return whether each verdict passes; None for what cannot be asked."""
    asked = {"reachable": "reachable" in told, "lasts": told.get("lasts at stated") is not None}
    return {verdict: verdict not in fails if asked.get(verdict, True) else None for verdict in VERDICTS}


def _key(worlds: Worlds, approach: str, word: str, told: Mapping[str, Any], fails: Sequence[str]) -> tuple[Any, ...]:
    standing = GRADES.index(told["grade"]), REACHED.index(told.get("reachable by"))
    return len(fails), worlds.vector(approach, word), standing
