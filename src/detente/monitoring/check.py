"""This module owns the check of a joint plan's certificate, with sums and comparisons only, and nothing from outside.

It shares no code with what finds plans, and no solver is called. What does not hold is said; what does is a proof: the
efforts keep all limits and reach the value; and for any efforts within the limits, flows and prices bound the value. A
measure whose worth is above its price by rounding makes the bound looser by that much for all the effort it could take.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from math import exp, fsum, inf, isfinite, log
from typing import Any

CLOSE = 1e-7  # relative to the numbers compared: what rounding may leave
GAP = 1e-6  # of the value: how far a plan that is called the best may be from its bound


@dataclass(frozen=True, slots=True)
class Checked:
    """What a certificate proves.

    Parameters
    ----------
    faults : tuple of str
        What does not hold, as sentences; () where the certificate is good.
    primal : float
        The value that the plan is shown to reach.
    dual : float
        The value that no plan is shown to better.
    """

    faults: tuple[str, ...]
    primal: float = 0.0
    dual: float = 0.0

    @property
    def holds(self) -> bool:
        """Whether everything in the certificate is so."""
        return not self.faults

    @property
    def gap(self) -> float:
        """How far the plan's value is from the bound; close to 0 where the plan is proven to be the best."""
        return abs(self.dual - self.primal)

    @property
    def optimal(self) -> bool:
        """Whether the plan is proven to be the best."""
        return self.holds and self.gap <= GAP * max(1.0, abs(self.primal))


def check(data: Mapping[str, Any]) -> Checked:
    """Check a certificate of a joint plan, given as plain data.

    Parameters
    ----------
    data : mapping
        From `certificate`, or read back from JSON.
    """
    try:
        return _checked(data)
    except (KeyError, IndexError, TypeError, ValueError, OverflowError) as error:
        return Checked((f"the certificate is not complete: {type(error).__name__} {error}",))


def _checked(data: Mapping[str, Any]) -> Checked:
    objective, problem = data["objective"], data["problem"]
    if objective not in {"worst", "weighted", "expected"}:
        return Checked((f"{objective!r} is no objective",))
    malformed = list(_malformed(data))
    if malformed:
        return Checked(tuple(malformed))
    faults = [*_limits(problem, data["plan"]["effort"]), *_potentials(problem, data["plan"])]
    weights = [who["weight"] for who in problem["adversaries"]]
    reached = [
        min(away[node] if away[node] is not None else inf for node in who["sinks"])
        for who, away in zip(problem["adversaries"], data["plan"]["potentials"], strict=True)
    ]
    primal = {
        "worst": min(reached),
        "weighted": fsum(weight * each for weight, each in zip(weights, reached, strict=True)),
        "expected": fsum(weight * exp(-each) for weight, each in zip(weights, reached, strict=True)),
    }[objective]
    faults += _weights(objective, weights, data["prices"])
    faults += _flows(problem, data["prices"])
    if wrong := list(_signs(problem, data["prices"])):  # then there is no bound to speak of
        return Checked((*faults, *wrong), primal, inf)
    dual = _bound(problem, data["prices"])
    if objective == "expected":  # exp(-L) is above its tangent of slope -s, which is s (1 - ln s) - s L
        pairs = zip(weights, data["prices"]["weights"], strict=True)
        dual = fsum(held * (1 - log(held / weight)) for weight, held in pairs if held > 0 < weight) - dual
    faults += _claims(data, primal, dual, better=-1 if objective == "expected" else 1)
    return Checked(tuple(faults), primal, dual)


def _malformed(data: Mapping[str, Any]) -> Iterator[str]:
    """Say which lists are not as long as they have to be, and which numbers are none."""
    problem, plan, prices = data["problem"], data["plan"], data["prices"]
    arcs, types, measures = len(problem["arcs"]), len(problem["adversaries"]), len(problem["measures"]["arc"])
    budgets = len(problem["budgets"])
    lengths = [
        ("measures: exponent", problem["measures"]["exponent"], measures),
        ("measures: cap", problem["measures"]["cap"], measures),
        ("measures: use", problem["measures"]["use"], budgets),
        ("plan: effort", plan["effort"], measures),
        ("plan: potentials", plan["potentials"], types),
        ("prices: weights", prices["weights"], types),
        ("prices: flows", prices["flows"], types),
        ("prices: budgets", prices["budgets"], budgets),
        ("prices: rows", prices["rows"], len(problem["rows"])),
        *(("baseline", who["baseline"], arcs) for who in problem["adversaries"]),
        *(("potentials", away, problem["nodes"]) for away in plan["potentials"]),
    ]
    for name, values, length in lengths:
        if len(values) != length:
            yield f"{name}: there are {len(values)} entries, and {length} are needed"
    numbers = [plan["effort"], prices["weights"], prices["budgets"], prices["rows"], [data["primal"], data["dual"]]]
    if not all(isfinite(number) for some in numbers for number in some):
        yield "some numbers are not finite"


def _limits(problem: Mapping[str, Any], effort: Sequence[float]) -> Iterator[str]:
    """Say which limits efforts do not keep."""
    measures = problem["measures"]
    for index, (each, cap) in enumerate(zip(effort, measures["cap"], strict=True)):
        if each < -CLOSE:
            yield f"the effort on measure {index} is negative: {each:.6g}"
        if cap is not None and each > cap + CLOSE * max(1.0, cap):
            yield f"the effort on measure {index} is {each:.6g}, above its cap of {cap:.6g}"
    for index in measures["whole"]:
        if abs(effort[index] - round(effort[index])) > CLOSE:
            yield f"measure {index} comes in whole units, and its effort is {effort[index]:.6g}"
    for index, (use, budget) in enumerate(zip(measures["use"], problem["budgets"], strict=True)):
        used = fsum(amount * effort[measure] for measure, amount in use)
        if used > budget + CLOSE * max(1.0, budget):
            yield f"the plan uses {used:.6g} of budget {index}, and there is {budget:.6g}"
    for index, row in enumerate(problem["rows"]):
        value = fsum(factor * effort[measure] for measure, factor in row["entries"])
        size = max(1.0, *(abs(factor * effort[measure]) for measure, factor in row["entries"]), 1.0)
        if row["upper"] is not None and value > row["upper"] + CLOSE * size:
            yield f"side constraint {index} allows {row['upper']:.6g}, and the plan has {value:.6g}"
        if row["lower"] is not None and value < row["lower"] - CLOSE * size:
            yield f"side constraint {index} asks for {row['lower']:.6g}, and the plan has {value:.6g}"


def _potentials(problem: Mapping[str, Any], plan: Mapping[str, Any]) -> Iterator[str]:
    """Say where potentials claim more than routes have."""
    there = [0.0] * len(problem["arcs"])
    measures = problem["measures"]
    for arc, exponent, effort in zip(measures["arc"], measures["exponent"], plan["effort"], strict=True):
        there[arc] += exponent * effort
    for who, (adversary, away) in enumerate(zip(problem["adversaries"], plan["potentials"], strict=True)):
        for node in adversary["sources"]:
            if away[node] is None or away[node] > CLOSE:
                yield f"adversary {who} starts at node {node}, and its potential is not 0"
        for index, (tail, head) in enumerate(problem["arcs"]):
            if away[tail] is None:
                continue
            length = there[index] + adversary["baseline"][index]
            if away[head] is None or away[head] > away[tail] + length + CLOSE * max(1.0, away[tail] + length):
                yield f"adversary {who} passes arc {index} for {length:.6g}, and its potential rises by more"


def _weights(objective: str, weights: Sequence[float], prices: Mapping[str, Any]) -> Iterator[str]:
    """Say where flows are not of the weights that they must have."""
    held = prices["weights"]
    if any(weight < -CLOSE for weight in held):
        yield "a weight of an adversary is negative"
    if objective == "worst" and abs(fsum(held) - 1) > CLOSE:
        yield f"the shares of adversaries add up to {fsum(held):.6g}, not to 1"
    for index, (weight, due) in enumerate(zip(held, weights, strict=True)):
        if objective == "weighted" and abs(weight - due) > CLOSE * max(1.0, due):
            yield f"adversary {index} has the weight {weight:.6g}, and it must be {due:.6g}"
        if objective == "expected" and weight > 0 >= due:
            yield f"adversary {index} has the weight {weight:.6g}, and it does not count"


def _flows(problem: Mapping[str, Any], prices: Mapping[str, Any]) -> Iterator[str]:
    """Say where flows do not lead from sources to sinks, or carry less than they must."""
    for index, (who, flow, weight) in enumerate(
        zip(problem["adversaries"], prices["flows"], prices["weights"], strict=True)
    ):
        balance = [0.0] * problem["nodes"]  # what comes in less what goes out
        for arc, amount in flow:
            if amount < -CLOSE:
                yield f"the flow of adversary {index} along arc {arc} is negative"
            tail, head = problem["arcs"][arc]
            balance[tail] -= amount
            balance[head] += amount
        ends = {*who["sources"], *who["sinks"]}
        for node, rest in enumerate(balance):
            if node not in ends and abs(rest) > CLOSE * max(1.0, weight):
                yield f"the flow of adversary {index} is not kept at node {node}"
        arrived = fsum(balance[node] for node in who["sinks"])
        if abs(arrived - weight) > CLOSE * max(1.0, weight):
            yield f"the flow of adversary {index} is {arrived:.6g}, and its weight {weight:.6g}"
        if any(balance[node] < -CLOSE for node in who["sinks"]):
            yield f"the flow of adversary {index} starts at a sink"


def _signs(problem: Mapping[str, Any], prices: Mapping[str, Any]) -> Iterator[str]:
    """Say which prices are not of limits that are there."""
    for index, price in enumerate(prices["budgets"]):
        if price < 0:
            yield f"the price of budget {index} is negative"
    for measure, price in prices["caps"]:
        if price < 0 or problem["measures"]["cap"][measure] is None:
            yield f"measure {measure} has no cap that could have this price"
    for index, (price, row) in enumerate(zip(prices["rows"], problem["rows"], strict=True)):
        if price and row["upper" if price > 0 else "lower"] is None:
            yield f"side constraint {index} has no limit that could have this price"


def _bound(problem: Mapping[str, Any], prices: Mapping[str, Any]) -> float:
    """Return what flows and prices bound the weighted exponents by."""
    measures, rows = problem["measures"], problem["rows"]
    parts = [price * budget for price, budget in zip(prices["budgets"], problem["budgets"], strict=True)]
    parts += [price * measures["cap"][measure] for measure, price in prices["caps"]]
    parts += [
        price * row["upper" if price > 0 else "lower"] for price, row in zip(prices["rows"], rows, strict=True) if price
    ]
    passing = [0.0] * len(problem["arcs"])
    for who, flow in zip(problem["adversaries"], prices["flows"], strict=True):
        for arc, amount in flow:
            passing[arc] += amount
            parts.append(amount * who["baseline"][arc])
    worth = [exponent * passing[arc] for arc, exponent in zip(measures["arc"], measures["exponent"], strict=True)]
    most = [inf if cap is None else cap for cap in measures["cap"]]
    for measure, price in prices["caps"]:
        worth[measure] -= price
    for use, price, budget in zip(measures["use"], prices["budgets"], problem["budgets"], strict=True):
        for measure, amount in use:
            worth[measure] -= price * amount
            most[measure] = min(most[measure], budget / amount)
    for row, price in zip(rows, prices["rows"], strict=True):
        for measure, factor in row["entries"]:
            worth[measure] -= price * factor
    # what a measure is worth above its price, times all the effort that it could take
    parts += [above * effort for above, effort in zip(worth, most, strict=True) if above > 0 and effort > 0]
    return fsum(parts) if all(isfinite(part) for part in parts) else inf


def _claims(data: Mapping[str, Any], primal: float, dual: float, better: int) -> Iterator[str]:
    """Say where the values claimed are not those that follow; `better` is 1 where more is better, else -1."""
    if not isfinite(primal) or better * (data["primal"] - primal) > GAP * max(1.0, abs(primal)):
        yield f"the plan reaches {primal:.6g}, and {data['primal']:.6g} is claimed"
    if not isfinite(dual) or better * (dual - data["dual"]) > GAP * max(1.0, abs(primal)):
        yield f"the prices prove a bound of {dual:.6g}, and {data['dual']:.6g} is claimed"
    if better * (data["primal"] - data["dual"]) > GAP * max(1.0, abs(primal)):
        yield f"the value claimed, {data['primal']:.6g}, is beyond the bound claimed, {data['dual']:.6g}"
