"""Every fault of a scenario file, word for word, at its place."""

import pytest
from scenario_texts import FULL, SMALL

from detente.files.load import load, read_document
from detente.files.scenario import load_scenario, read_scenario_document


def told(text, file="f.yaml"):
    """Return all faults of a text, each as a user sees it, without the file's name."""
    loaded = read_scenario_document(text, file)
    assert (loaded.scenario is None) == bool(loaded.errors)
    return [fault.text() for fault in loaded.faults]


ADDED = {
    "titel: x\n": [
        "15:1: there is no key 'titel' here; did you mean title?",
    ],
    "gps: 3\n": [
        "15:1: there is no key 'gps': nothing finer than a sector has a place in a scenario; "
        "take it out; name the sector, and its length in km if that matters",
    ],
    "watchlist: [x]\n": [
        "15:1: there is no key 'watchlist': a scenario says nothing about persons or groups of "
        "them; take it out; only flows and shares of all who cross can be given, as flow and "
        "base rates",
    ],
    "patrolRoutes: {}\n": [
        "15:1: there is no key 'patrolRoutes': nothing finer than a sector has a place in a "
        "scenario; take it out; name the sector, and its length in km if that matters",
    ],
    "strike: 1\n": [
        "15:1: there is no key 'strike': a scenario plans what is watched, not who is followed, "
        "tasked or struck; take it out; measures say what they use and what they add to the "
        "chance of detection",
    ],
    "names: [x]\n": [
        "15:1: there is no key 'names': a scenario says nothing about persons or groups of them; "
        "take it out; only flows and shares of all who cross can be given, as flow and base rates",
    ],
    "note: near 34.1021, 71.0912\n": [
        "15:7: 'near 34.1021, 71.0912' holds coordinates, and nothing finer than a sector has a "
        "place in a scenario; take them out",
    ],
    "note: at 34°06'N\n": [
        '15:7: "at 34°06\'N" holds coordinates, and nothing finer than a sector has a place in a '
        "scenario; take them out",
    ],
    "note: 42SXD1234567\n": [
        "15:7: '42SXD1234567' holds coordinates, and nothing finer than a sector has a place in "
        "a scenario; take them out",
    ],
    "parties: {A: {}, B: {ethnicity: x}}\n": [
        "15:22: there is no key 'ethnicity': a scenario says nothing about persons or groups of "
        "them; take it out; only flows and shares of all who cross can be given, as flow and "
        "base rates",
    ],
    "parties: {A: {}}\n": [
        "5:25: no party is called 'B'; known: A",
        "8:3: no party is called 'B', as this agency is; say which it stands for: party: ...",
        "11:98: no party is called 'B'; known: A",
    ],
    "parties: [A, B, A]\n": [
        "15:10: 'A' stands here twice; keep one of the two",
    ],
    "parties: [A, 3]\n": [
        "15:10: an id is expected in this list, not the number 3; write a mapping, id: {...}, to say more",
    ],
    "crossings: {Gate: {sector: S3}}\n": [
        "15:28: no sector is called 'S3'; known: S1, S2",
    ],
    "crossings: {Gate: {sector: S1, keep open: false}}\n": [
        "15:32: a protection of the people who cross is taken away without a reason; say why: "
        "because: ...; it is reported first",
    ],
    "crossings: {Gate: {sector: S1, any wait: true}}\n": [
        "15:32: a protection of the people who cross is taken away without a reason; say why: "
        "because: ...; it is reported first",
    ],
    "crossings: {Gate: {sector: S1, any wait: true, most wait: 3, because: x}}\n": [
        "15:32: a longest wait is given, and any wait is allowed too; keep one of the two",
    ],
    "crossings: {Gate: {sector: S1, flow: 12}}\n": [
        "15:38: warning: so few people a day (fewer than 50) may be told apart; give figures for a longer stretch",
    ],
    "crossings: {Gate: {sector: S1, flow: {value: 120, source: gazet}}}\n": [
        "15:59: no source is called 'gazet'; did you mean gazette?",
    ],
    "crossings: {Gate: {sector: S1, flow: {value: 120, source: gazette, synthetic: true}}}\n": [
        "15:38: this number has a source, and is said to be synthetic too; keep one of the two",
    ],
    "crossings: {Gate: {sector: S1, flow: {value: 120, synthetic: false}}}\n": [
        "15:38: this number has neither a source nor the word synthetic; give the item a "
        "`source:`, or write `synthetic: true` beside it, or `numbers: synthetic` at the top for "
        "all",
    ],
    "crossings: {Gate: {sector: S1, flow: 5 to 3}}\n": [
        "15:38: the range 5 to 3 begins above its end; write the smaller number first",
    ],
    "crossings: {Gate: {sector: S1, flow: {value: 3, low: 4}}}\n": [
        "15:38: the value does not lie between low and high; write low <= value <= high",
        "15:38: warning: so few people a day (fewer than 50) may be told apart; give figures for a longer stretch",
    ],
    "crossings: {Gate: {sector: S1, flow: -3}}\n": [
        "15:38: a number from 0 up is expected here, not -3",
    ],
    "crossings: {Gate: {sector: S1, flow: many}}\n": [
        "15:38: a number is expected here, not the text 'many'; write it as 3, 0.25, 2/5 or 40%",
    ],
    "crossings: {Gate: {sector: S1, flow: [1, 2]}}\n": [
        "15:38: a number is expected here, not a list; write a range as: 0.4 to 0.6",
    ],
    "crossings: {Gate: {sector: S1, flow: 1e29}}\n": [
        "15:38: the number 1e29 is too large; count in larger units",
    ],
    "crossings: {S1: {sector: S1}}\n": [
        "15:13: a sector is called 'S1' too; rename one of them",
    ],
    "crossings: {west: {sector: S1}}\n": [
        "15:13: 'west' has a meaning of its own here; choose another id for a crossing",
    ],
    "along: {north: 0.1}\n": [
        "15:9: no side is called 'north'; known: east, west",
    ],
    "along: 3\n": [
        "15:8: a mapping (key: value) is expected here, not the number 3; write key: value",
    ],
    "baseline: {S9: 1}\n": [
        "15:12: no place is called 'S9'; known: S1.east, S1.line, S1.west, S2.east, S2.line, S2.west, east, line, west",
    ],
    "arcs: {a: {from: x, to: y}}\n": [
        "5:1: ground is said of sectors, and the arcs are given by hand; say it of each arc",
        "10:29: no place is called 'west'; known: a",
        "11:29: no place is called 'east'; known: a",
        "11:35: no place is called 'line'; known: a",
        "12:28: no place is called 'east'; known: a",
        "14:19: no place is called 'west'; known: x, y",
        "14:29: no place is called 'east'; known: x, y",
        "15:18: no place is called 'x'; there are none",
        "15:25: no place is called 'y'; there are none",
    ],
    "constraints: {c: {rule: no measures}}\n": [
        "15:25: no measure, only joint, own side only, needs consent, at most, at least, "
        "reciprocity, most delay, most intrusiveness or budget transfer is expected here, not "
        "the text 'no measures'; did you mean no measure?",
    ],
    "constraints: {c: {rule: no measure}}\n": [
        "15:15: this bars every measure everywhere; say which measures, at, or sectors",
    ],
    "constraints: {c: {rule: no measure, measures: wach}}\n": [
        "15:47: no measure is called 'wach'; did you mean watch?",
    ],
    "constraints: {c: {rule: no measure, measures: watch, agency: A}}\n": [
        "15:54: the rule 'no measure' has no key 'agency'; take it out",
    ],
    "constraints: {c: {rule: own side only}}\n": [
        "15:15: the rule 'own side only' needs the key 'agency'; add it, as in `agency: A`",
    ],
    "constraints: {c: {rule: own side only, agency: X}}\n": [
        "15:48: no agency is called 'X'; known: A, B",
    ],
    "constraints: {c: {rule: at most}}\n": [
        "15:15: the rule 'at most' needs the key 'amount'; add it, as in `amount: 1`",
    ],
    "constraints: {c: {rule: reciprocity, between: [A, A], amount: 1}}\n": [
        "15:47: reciprocity is between two agencies; name two of them",
    ],
    "constraints: {c: {rule: reciprocity, between: [A, X], amount: 1}}\n": [
        "15:51: no agency is called 'X'; known: A, B",
    ],
    "constraints: {c: {rule: needs consent, party: X}}\n": [
        "15:47: no party is called 'X'; known: A, B",
    ],
    "constraints: {c: {rule: no measure, measures: barrier}}\n": [
        "15:15: warning: this limits nothing: no measure is of the kind and at the place that it "
        "names; name measures and places that there are",
    ],
    "constraints: {c: {rule: at least, measures: barrier, amount: 1}}\n": [
        "15:15: this asks for measures of which there are none; name measures and places that there are",
    ],
    "constraints: {c: {rule: no measure, measures: watch, asked by: X}}\n": [
        "15:64: no party is called 'X'; known: A, B",
    ],
    "constraints: {c: {rule: no measure, measures: watch}, d: {rule: most delay, amount: 5}}\n": [
        "7:3: warning: A may act nowhere: every measure that uses what it has is barred by 'c'; "
        "lift one of these constraints",
        "15:55: warning: this limits nothing: no measure is of the kind and at the place that it "
        "names; name measures and places that there are",
    ],
    "agreement: {products: {p: {receives: {X: yes}}}}\n": [
        "15:39: no party is called 'X'; known: A, B",
    ],
    "agreement: {products: {p: {receives: {A: perhaps}}}}\n": [
        "15:42: yes, no or unknown is expected here, not the text 'perhaps'",
    ],
    "agreement: {anomaly procedure: soon}\n": [
        "15:32: yes, no or unknown is expected here, not the text 'soon'",
    ],
    "inspection: {periods: 2, inspections: 3}\n": [
        "15:39: there are 3 inspections in 2 periods; plan one a period at most",
    ],
    "inspection: {periods: 2.5}\n": [
        "15:23: a whole number from 0 to 10,000 is expected here, not 2.5",
    ],
    "inspection: {party: X}\n": [
        "15:21: no party is called 'X'; known: A, B",
    ],
    "risks: {X: {leak: 0.1}}\n": [
        "15:9: no party is called 'X'; known: A, B",
    ],
    "risks: {A: {leak: 1.1}}\n": [
        "15:19: a number from 0 to 1 is expected here, not 1.1",
    ],
    "risks: {A: {temptation: 1, reward: 2, punishment: 3}}\n": [
        "15:9: warning: temptation, reward and punishment do not fall in this order; if they are "
        "meant so, nothing tempts it, or cooperation is no gain to it",
    ],
    "base rates: {b: {prevalence: 1, detection: 1}}\n": [
        "15:14: the key 'false alarm' is missing; add it, as in `false alarm: ...`",
    ],
    "base rates: {b: {prevalence: 1, detection: 1, false alarm: 0, crossing: X}}\n": [
        "15:73: no crossing is called 'X'; there are none",
    ],
    "price: {currency: x}\n": [
        "15:1: the key 'amount' is missing; add it, as in `amount: ...`",
    ],
}
SWAPPED = {
    ("effect: 0.3", "finds: 0.3"): [],
    ("effect: 0.3", "slows: 3"): [
        "12:3: a barrier slows people, and it is not said how many hours it takes to pass 'S1.west', 'S1.line', "
        "'S1.east', 'S2.west', 'S2.line' and 'S2.east' without any; say it under hours, by layer, along, segment or "
        "crossing; 0 if it takes none",
    ],
    ("effect: 0.3}", "slows: 3}\nhours: {west: 1, line: 2, S1.east: 3}"): [
        "13:1: a barrier slows people, and it is not said how many hours it takes to pass 'S2.east' without any; say "
        "it under hours, by layer, along, segment or crossing; 0 if it takes none",
    ],
    ("effect: 0.3}", "slows: 3}\nhours: {wst: 1, along: 3}"): [
        "13:9: no place is called 'wst'; did you mean west or S2.west or S1.west?",
        "13:17: no place is called 'along'; known: S1.east, S1.line, S1.west, S2.east, S2.line, S2.west, east, line, "
        "west",
    ],
    ("effect: 0.3}", "slows: 3}\nhours: 2"): [],
    ("effect: 0.3", "stops: true"): [],
    ("effect: 0.3", "stops: false"): [
        "12:3: the key 'effect' is missing; add it, as in `effect: 0.5`, or finds for teams sent at random, slows or "
        "stops for barriers",
    ],
    (", effect: 0.3", ""): [
        "12:3: the key 'effect' is missing; add it, as in `effect: 0.5`, or finds for teams sent at random, slows or "
        "stops for barriers",
    ],
    ("effect: 0.3", "effect: 0.3, finds: 0.3"): [
        "12:53: teams that are sent at random have no key 'effect' beside finds; list another measure for that",
    ],
    ("effect: 0.3", "finds: 0.3, stops: true"): [
        "12:65: teams that are sent at random have no key 'stops' beside finds; list another measure for that",
    ],
    ("effect: 0.3", "slows: 3, stops: true"): [
        "12:63: a barrier slows, or stops, and both are said of this one; keep one of the two",
    ],
    ("effect: 0.3", "finds: 1.3"): [
        "12:60: a number from 0 to 1 is expected here, not 1.3",
    ],
    ("effect: 0.3", "finds: {S1: 0.3, S9: 0.1}"): [
        "12:70: no place is called 'S9'; known: S1, S1.east, S1.line, S1.west, S2, S2.east, S2.line, S2.west, east, "
        "line, west",
    ],
    ("{B.walk: 1}, effect: 0.3", "{B.walk: 0.5}, finds: 0.3"): [
        "12:34: teams that are sent at random cannot be divided, and are one agency's; let it use 1 of one budget, "
        "the number of teams",
    ],
    ("{B.walk: 1}, effect: 0.3", "{B.walk: 1, A: 1}, finds: 0.3"): [
        "12:34: teams that are sent at random cannot be divided, and are one agency's; let it use 1 of one budget, "
        "the number of teams",
    ],
    (
        "walk: 2, look: 1}}\nmeasures:",
        "walk: 2.5, look: 1}}\nmeasures:\n  d: {kind: inspection, at: line, uses: {B.walk: 1}, finds: 1}",
    ): [
        "8:23: 2.5 teams are no whole number of them; write a whole number, as they cannot be divided",
    ],
    ("effect: 0.3", "effect: chance 1"): [
        "12:61: no detection is certain: a chance below 1 is expected here, not 1; write chance 0.99, say",
    ],
    ("effect: 0.3", "effect: chance 1.2"): [
        "12:61: a number from 0 to 1 is expected here, not 1.2",
    ],
    ("effect: 0.3", "effect: chance high"): [
        "12:61: a number is expected here, not the text 'high'; write it as 3, 0.25, 2/5 or 40%",
    ],
    ("numbers: synthetic\n", ""): [
        "6:16: this number has neither a source nor the word synthetic; give the item a "
        "`source:`, or write `synthetic: true` beside it, or `numbers: synthetic` at the top for "
        "all",
        "7:23: this number has neither a source nor the word synthetic; give the item a "
        "`source:`, or write `synthetic: true` beside it, or `numbers: synthetic` at the top for "
        "all",
        "7:32: this number has neither a source nor the word synthetic; give the item a "
        "`source:`, or write `synthetic: true` beside it, or `numbers: synthetic` at the top for "
        "all",
        "9:45: this number has neither a source nor the word synthetic; give the item a "
        "`source:`, or write `synthetic: true` beside it, or `numbers: synthetic` at the top for "
        "all",
        "9:57: this number has neither a source nor the word synthetic; give the item a "
        "`source:`, or write `synthetic: true` beside it, or `numbers: synthetic` at the top for "
        "all",
        "10:57: this number has neither a source nor the word synthetic; give the item a "
        "`source:`, or write `synthetic: true` beside it, or `numbers: synthetic` at the top for "
        "all",
        "10:74: this number has neither a source nor the word synthetic; give the item a "
        "`source:`, or write `synthetic: true` beside it, or `numbers: synthetic` at the top for "
        "all",
        "10:83: this number has neither a source nor the word synthetic; give the item a "
        "`source:`, or write `synthetic: true` beside it, or `numbers: synthetic` at the top for "
        "all",
        "11:49: this number has neither a source nor the word synthetic; give the item a "
        "`source:`, or write `synthetic: true` beside it, or `numbers: synthetic` at the top for "
        "all",
        "11:61: this number has neither a source nor the word synthetic; give the item a "
        "`source:`, or write `synthetic: true` beside it, or `numbers: synthetic` at the top for "
        "all",
    ],
    ("[S1, S2]", "[S1, S1]"): [
        "4:10: 'S1' stands here twice; keep one of the two",
    ],
    ("[S1, S2]", "10000000"): [
        "4:10: 10,000,000 sectors are more than the 600,000 that can be planned for; join them into longer ones",
    ],
    ("[S1, S2]", "0"): [
        "4:10: a number of sectors is expected here, not 0; write a whole number from 1 up",
    ],
    ("[S1, S2]", "2.5"): [
        "4:10: a number of sectors is expected here, not 2.5; write a whole number from 1 up",
    ],
    ("[S1, S2]", "{S1: {length: 10}}"): [
        "4:24: S1 is 10 km long, and nothing shorter than 25 km is planned; join it with a neighbouring sector",
        "11:79: no place is called 'S2'; known: S1, S1.east, S1.line, S1.west, east, line, west",
    ],
    ("[S1, S2]", "{S1: {lenght: 100}, S2: {}}"): [
        "4:16: there is no key 'lenght' here; did you mean length?",
    ],
    ("[S1, S2]", "{S1: {lat: 34}, S2: {}}"): [
        "4:16: there is no key 'lat': nothing finer than a sector has a place in a scenario; "
        "take it out; name the sector, and its length in km if that matters",
    ],
    ("sectors: [S1, S2]\n", ""): [
        "1:1: the scenario has neither sectors nor arcs; write sectors: [S1, S2], from one end to the other",
        "10:70: no place is called 'S1'; known: east, line, west",
        "10:79: no place is called 'S2'; known: east, line, west",
    ],
    ("[S1, S2]", "[S1, west]"): [
        "4:10: 'west' has a meaning of its own here; choose another id for a sector",
        "11:79: no place is called 'S2'; known: S1, S1.east, S1.line, S1.west, east, line, west, "
        "west.east, west.line, west.west",
    ],
    ("[S1, S2]", "{S1 north: {}, S2: {}}"): [
        "4:11: 'S1 north' cannot be the id of a sector; ids are letters, digits, _ and -, and start with a letter",
        "11:70: no place is called 'S1'; known: S1 north, S1 north.east, S1 north.line, S1 "
        "north.west, S2, S2.east, S2.line, S2.west, east, line, west",
    ],
    ("ground: {west: A, east: B}", "ground: {west: X, middle: B}"): [
        "5:16: no party is called 'X'; known: A, B",
        "5:19: no layer is called 'middle'; known: east, line, west",
    ],
    ("A: {budgets: 4}", "A: {budgets: -4}"): [
        "7:16: a number from 0 up is expected here, not -4",
    ],
    ("A: {budgets: 4}", "A: {budgets: 0}"): [
        "7:16: warning: A has nothing: its budget is 0, and it can only consent or refuse; that "
        "is a benchmark; give it a budget if it is to do anything",
    ],
    ("A: {budgets: 4}", "A: {}"): [
        "7:3: the key 'budgets' is missing; add it, as in `budgets: 4`",
    ],
    ("A: {budgets: 4}", "A: {budgets: {}}"): [
        "7:16: no number stands here; write one, or one by name: {S1: 0.5}",
    ],
    ("A: {budgets: 4}", "A: {party: X, budgets: 4}"): [
        "5:16: no party is called 'A'; known: B, X",
    ],
    ("uses: {A: 1}", "uses: {}"): [
        "10:41: nothing limits this measure: it uses nothing; say most: ...",
    ],
    ("uses: {A: 1}", "uses: {A: 0}"): [
        "10:41: nothing limits this measure: it uses nothing; say most: ...",
    ],
    ("uses: {A: 1}", "uses: {C: 1}"): [
        "10:42: no agency has 'C'; known: A, B.look, B.walk",
    ],
    ("uses: {A: 1}", "uses: {B: 1}"): [
        "10:42: B has several resources; name one: B.walk or B.look",
    ],
    ("uses: {A: 1}", "uses: {B.wlk: 1}"): [
        "10:42: no agency has 'B.wlk'; did you mean B.walk or B.look?",
    ],
    ("kind: sensor", "kind: drone"): [
        "11:16: patrol, post, sensor, overflight, inspection, joint team, barrier or liaison is "
        "expected here, not the text 'drone'; measures watch, count, check or keep out; none "
        "follows or strikes anybody",
    ],
    ("kind: sensor", "kind: sensors"): [
        "11:16: patrol, post, sensor, overflight, inspection, joint team, barrier or liaison is "
        "expected here, not the text 'sensors'; did you mean sensor?",
    ],
    ("kind: sensor", "kind: joint team"): [
        "11:52: warning: a joint team uses the means of one party only; let it use those of all that take part",
    ],
    ("at: west", "at: wst"): [
        "10:29: no place is called 'wst'; did you mean west or S2.west or S1.west?",
    ],
    ("at: west", "at: []"): [
        "7:3: warning: no measure uses what A has; add measures that use it, or take it out",
        "10:3: warning: this measure is nowhere: no place under `at` is one on which it has an "
        "effect; name the places that its effect lists",
    ],
    ("at: west, uses", "at: west, sectors: S3, uses"): [
        "10:44: no sector is called 'S3'; known: S1, S2",
    ],
    ("effect: {S1: 0.4, S2: 0.2}", "effect: {S1: 0.4, S3: 0.2}"): [
        "11:79: no place is called 'S3'; known: S1, S1.east, S1.line, S1.west, S2, S2.east, "
        "S2.line, S2.west, east, line, west",
    ],
    ("effect: {S1: 0.4, S2: 0.2}", "effect: {west: 0.4}"): [
        "11:3: warning: this measure is nowhere: no place under `at` is one on which it has an "
        "effect; name the places that its effect lists",
    ],
    ("effect: {S1: 0.4, S2: 0.2}", "effect: [0.4, 0.2]"): [
        "11:69: a number, or one by name, is expected here, not a list; write it as: {S1: 0.5, S2: 0.4}",
    ],
    ("effect: {S1: 0.4, S2: 0.2}", "effect: {}"): [
        "11:69: no number stands here; write one, or one by name: {S1: 0.5}",
    ],
    ("effect: 0.5", "effect: high"): [
        "10:57: a number is expected here, not the text 'high'; write it as 3, 0.25, 2/5 or 40%",
    ],
    ("consent: B", "consent: X"): [
        "11:98: no party is called 'X'; known: A, B",
    ],
    ("consent: B", "consent: [B, B]"): [
        "11:102: 'B' stands here twice; keep one of the two",
    ],
    ("from: west, to: east", "from: west, to: west"): [
        "14:29: this type starts where it wants to get: S1 west; name other places",
    ],
    ("from: west, to: east", "from: nowhere, to: east"): [
        "14:19: no place is called 'nowhere'; known: S1 east, S1 east of the line, S1 west, S1 "
        "west of the line, S2 east, S2 east of the line, S2 west, S2 west of the line, east, west",
    ],
    ("from: west, to: east", "from: west"): [
        "14:3: the key 'to' is missing; add it, as in `to: east`",
    ],
    ("from: west, to: east", "from: [], to: east"): [
        "14:19: no place is named here; name one, such as west",
    ],
    ("from: west, to: east", "from: west, to: S1 east of the line, weight: 0"): [
        "13:1: no adversary type counts: all weights are 0; give one a weight above 0",
    ],
    ("  through: {from: west, to: east}", "  {}"): [
        "14:3: no adversary type is listed here; list one at least",
    ],
    ("from: west, to: east", "from: S1 west, to: S2 east"): [
        "14:3: through cannot get from S1 west to S2 east in any way, so that there is nothing "
        "to plan against; add the segments that lead there, or take this adversary type out",
    ],
    ("  watch:", "  patrol:"): [
        "10:3: 'patrol' has a meaning of its own here; choose another id for a measure",
    ],
    ("effect: 0.3", "effect: 0.3, closes: Gate"): [
        "12:74: no crossing is called 'Gate'; there are none",
    ],
    ("effect: 0.3", "effect: 0.3, most: {value: 1, lat: 3}"): [
        "12:83: there is no key 'lat': nothing finer than a sector has a place in a scenario; "
        "take it out; name the sector, and its length in km if that matters",
    ],
}


@pytest.mark.parametrize("added", ADDED)
def test_what_is_said_of_a_key_more(added):
    assert told(SMALL + added) == ADDED[added]


@pytest.mark.parametrize("before, after", SWAPPED)
def test_what_is_said_of_a_change(before, after):
    assert before in SMALL
    assert told(SMALL.replace(before, after, 1)) == SWAPPED[before, after]


def test_the_scenarios_that_are_changed_have_no_faults():
    assert told(SMALL) == []
    assert [text for text in told(FULL) if "warning" not in text] == []


@pytest.mark.parametrize("text", ["", "[]", "3", "# nothing\n"])
def test_what_is_no_scenario_at_all(text):
    (only,) = told(text)
    assert only.endswith("begin with title:, sectors: and agencies:")


def test_what_a_scenario_needs():
    assert told("title: x\n") == [
        "1:1: the key 'agencies' is missing; add it, as in `agencies: {A: {budgets: 4}}`",
        "1:1: the key 'measures' is missing; add it, as in `measures: {patrol: {kind: patrol, at: west, uses: {A: 1}, "
        "effect: 0.5}}`",
        "1:1: the key 'adversaries' is missing; add it, as in `adversaries: {crossing: {from: west, to: east}}`",
    ]


def test_all_faults_are_told_at_once():
    text = (
        SMALL.replace("effect: 0.5", "effect: high").replace("from: west", "from: wst")
        + "lat: 3\nconstraints: {c: {}}\n"
    )
    assert [line.partition(": ")[0] for line in told(text)] == ["10:57", "14:19", "15:1", "16:15"]


def test_ten_million_sectors_are_refused_before_any_is_made():
    (only,) = told(SMALL.replace("[S1, S2]", "10000000").replace("{S1: 0.4, S2: 0.2}", "0.4"))
    assert (
        only == "4:10: 10,000,000 sectors are more than the 600,000 that can be planned for; join them into longer ones"
    )


def test_a_case_is_told_from_a_scenario():
    assert [fault.text("x") for fault in load_scenario("chicken").faults] == [
        "x: this is a case, not a monitoring scenario; detente check reads it"
    ]
    (fault,) = load("tri-state-schematic").faults
    assert fault.text("x") == "x: this is a monitoring scenario, not a case; detente monitor reads it"
    assert told(load("chicken").text) == ["1:1: this is a case, not a monitoring scenario; detente check reads it"]
    (fault,) = read_document(SMALL).faults
    assert fault.text() == "1:1: this is a monitoring scenario, not a case; detente monitor reads it"


def test_an_unknown_name_gets_the_shipped_ones():
    (fault,) = load_scenario("tri-state").faults
    assert (
        fault.text() == "there is no such file, and no shipped scenario of that name; did you mean tri-state-schematic?"
    )
    (fault,) = load_scenario("nowhere.yaml").faults
    assert "shipped: durand-sectors-schematic, tri-state-schematic" in fault.remedy


MANY = """title: x
numbers: synthetic
sectors: {S1: {gps: 1}}
agencies: {A: {}, B: {budgets: x, party: B}}
measures:
  a: {kind: drone, at: wst, uses: {A: -1}, effect: x, consent: Z}
  b: {at: west}
  c: {kind: patrol, at: west, uses: {A: 1}, effect: {S1: x, S9: 1}}
adversaries: {x: {from: w}, y: {to: east, from: west}}
base rates: {b: {prevalence: 7, crossing: Q}}
"""


def test_every_fault_of_an_item_is_told_and_none_that_only_repeats_another():
    assert [line.partition(";")[0] for line in told(MANY)] == [
        "3:16: there is no key 'gps': nothing finer than a sector has a place in a scenario",
        "4:12: the key 'budgets' is missing",
        "4:32: a number is expected here, not the text 'x'",
        "6:13: patrol, post, sensor, overflight, inspection, joint team, barrier or liaison is expected here, not the "
        "text 'drone'",
        "6:24: no place is called 'wst'",
        "6:39: a number from 0 up is expected here, not -1",
        "6:52: a number is expected here, not the text 'x'",
        "7:3: the key 'kind' is missing",
        "7:3: the key 'uses' is missing",
        "7:3: the key 'effect' is missing",
        "8:58: a number is expected here, not the text 'x'",
        "8:61: no place is called 'S9'",
        "9:15: the key 'to' is missing",
        "9:25: no place is called 'w'",
        "10:14: the key 'detection' is missing",
        "10:14: the key 'false alarm' is missing",
        "10:30: a number from 0 to 1 is expected here, not 7",
        "10:43: no crossing is called 'Q'",
    ]
