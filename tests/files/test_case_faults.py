"""Every fault of a case file, word for word, at its place."""

import pytest
from case_texts import PAIR
from fault_texts import one, told

ADDED = {
    # form
    "titel: x\n": "6:1: there is no key 'titel' here; did you mean title?",
    "rules: A.a\n": "6:8: a list is expected here, not the text 'A.a'; "
    "put it in brackets: [ ... ], or write a line `- ...` for each item",
    "rules: {x: A.a}\n": "6:8: a list is expected here, not a mapping; "
    "put it in brackets: [ ... ], or write a line `- ...` for each item",
    "rules: [[A.a]]\n": "6:9: a mapping (key: value) is expected here, not a list; write key: value",
    "rules: [5]\n": "6:9: a statement is expected here, not the number 5; "
    "write what is wanted in words, such as: not Party.option",
    "rules:\n  -\n": "7:4: nothing stands here; write it, or take the line out",
    "rules: [{kind: causal}]\n": "6:9: the key 'that' is missing; add it, as in `that: Party.option`",
    "rules: [{that: A.a, kind: logicl}]\n": "6:27: logical, causal or resource is expected here, "
    "not the text 'logicl'; did you mean logical?",
    "rules: [{that: A.a, kind: political}]\n": "6:27: logical, causal or resource is expected here, "
    "not the text 'political'; logical: by what the words mean; causal: one thing leads to another; "
    "resource: means are lacking",
    "rules: [{that: A.a, relaxable: yes}]\n": "6:32: true or false is expected here, not the text 'yes'; write true",
    "conventions: {tie sanction: true}\n": "6:15: there is no key 'tie sanction' here; "
    "did you mean ties sanction or return sanctions?",
    "monitoring: [x]\n": "6:13: a mapping (key: value) is expected here, not a list; write key: value",
    "monitoring: {fingerprint: x}\n": "6:1: the key 'scenario' is missing; add it, as in `scenario: ...`",
    "monitoring: {scenario: b, classes: 1}\n": "6:36: a number from 2 to 20 is expected here, not 1",
    "monitoring: {scenario: b, classes: 2.5}\n": "6:36: a whole number is expected here, not 2.5",
    "monitoring: {scenario: b, taking part: {A: {joint team: a}}}\n": "6:45: no way of taking part is called "
    "'joint team'; did you mean joint teams?",
    "monitoring: {scenario: b, taking part: {C: {none: A.a}}}\n": "6:41: no party is called 'C'; known: A, B",
    "monitoring: {scenario: b, in place: {fence: A.x}}\n": "6:45: no option or outcome is called 'A.x'; "
    "did you mean A.l or A.a?\n    A.x\n    ^",
    "accommodate: B\n": "6:14: a list is expected here, not the text 'B'; "
    "put it in brackets: [ ... ], or write a line `- ...` for each item",
    "source: rizvy ¶3\n": "6:9: warning: no source is called 'rizvy'; did you mean rizvi?",
    "source: Smith, p. 3\n": "6:9: warning: no source is called 'Smith'; list it under sources",
    "note: x\nstanding: red\n": "7:11: read, recalled, unverified or judgement is expected here, not the text 'red'; "
    "did you mean read?",
    # numbers
    "patience: 1\n": "6:11: a number from 0 to below 1 is expected here, not 1",
    "patience: high\n": "6:11: a number is expected here, not the text 'high'; write it as 3, 0.25, 2/5 or 40%",
    "patience: .nan\n": "6:11: a number is expected here, not the number .nan; write it as 3, 0.25, 2/5 or 40%",
    "patience: 1/0\n": "6:11: 1/0 divides by zero",
    "patience: 1e-999999999\n": "6:11: the number 1e-999999999 is too large or too long; "
    "40 characters and an exponent of 30 are the most",
    # statements
    "rules: ['']\n": "6:10: the statement is empty; write what is wanted, or take the line out\n    \n    ^",
    "rules: [A.a and]\n": "6:16: the statement ends too soon; an option's name is expected here\n"
    "    A.a and\n           ^",
    "rules: [not A.aa]\n": "6:13: no option or outcome is called 'A.aa'; did you mean A.a?\n    not A.aa\n        ^",
    'rules: ["not A.aa"]\n': "6:14: no option or outcome is called 'A.aa'; did you mean A.a?\n    not A.aa\n        ^",
    "rules: [no A.a]\n": "6:9: 'no' is no word of statements; write 'not'\n    no A.a\n    ^",
    "rules: [not both (A.a and B.b)]\n": "6:13: 'both' is no word of statements; write (A and B), or not (A and B)\n"
    "    not both (A.a and B.b)\n        ^",
    "rules: [A.a but B.b]\n": "6:13: 'but' is not expected here; write 'and'\n    A.a but B.b\n        ^",
    "rules: [b]\n": "6:9: 'b' stands outside its party's block; write B.b\n    b\n    ^",
    "rules: [A.a if B.b if B.c]\n": "6:20: 'if' is not expected here; put one of the two in parentheses\n"
    "    A.a if B.b if B.c\n               ^",
    "rules: [A.l = sme]\n": "6:15: A.l has no level 'sme'; did you mean some?\n    A.l = sme\n          ^",
    "rules: [at most 1 of (A.a, B.b)]\n": "6:9: the comma splits 'at most 1 of (A.a, B.b)'; "
    'quote the statement: "at most 1 of (A.a, B.b)"',
    "rules: [{that: at most 1 of (A.a, B.b, B.c), kind: causal}]\n": "6:16: the comma splits "
    "'at most 1 of (A.a, B.b, B.c)'; quote the statement: \"at most 1 of (A.a, B.b, B.c)\"",
    # named statements
    "outcomes: {a: B.b}\n": "6:12: the outcome 'a' is called as an option is, so that statements could mean either; "
    "rename the outcome",
    "outcomes: {x: y, y: not x}\n": "6:15: named statements form a circle: x uses y uses x; "
    "say one of them without the others",
    "outcomes: {x: x or A.a}\n": "6:15: 'x' is said by itself; say one of them without the others",
    "outcomes: {not: A.a}\n": "6:12: 'not' is a word of statements; choose another id for an outcome",
    "outcomes: {2x: A.a}\n": "6:12: '2x' cannot be the id of an outcome; "
    "ids are letters, digits, _ and -, and start with a letter",
    # states
    "coalesce: [A.a or B.b]\n": "6:12: 'A.a or B.b' does not give options one value each; "
    "join options, `not` options and `option = level` by and",
    "coalesce: [A.l]\n": "6:12: 'A.l' does not give options one value each; "
    "join options, `not` options and `option = level` by and",
    "states: [0000]\n": '6:10: the state 0000 is read as the number 0000; quote it: "0000"',
    "states: [Y0NN, NNN, N0NN]\n": "6:16: the state 'NNN' has 3 characters, and there are 4 options; "
    "one character for each of A.a, A.l, B.b, B.c",
    "states: [Y0NN, N0NN, Y0NN]\n": "6:22: the state 'Y0NN' is listed twice; keep one of the two",
    "states: [N0NN, Y9NN]\n": "6:16: '9' in the state 'Y9NN' is not a value of A.l; write one of 0, 1, 2 or -",
    "states: []\n": "6:9: no state is listed; list them, or take the key out",
    "states: [N0NN]\nrules: [not A.a]\n": "7:1: the states are listed, and rules say which there are too; "
    "keep one of the two",
    "moves: {A: {N0NN: [N0NN]}}\n": "6:20: this move leads from N0NN to itself; take it out",
    "moves: {A: {0000: [N0NN]}}\n": "6:13: the state '0000' is not a state",
    "moves: {Z: {}}\n": "6:9: no party is called 'Z'; known: A, B",
    "moves: {A: {N0NN: [Y0NN]}}\nrules: [not A.a]\n": "6:20: the state 'Y0NN' is not possible: "
    "the rule 'not A.a' rules it out; take the move out",
    # today
    "today: unknwon\n": "6:8: the state 'unknwon' has 7 characters, and there are 4 options; "
    "one character for each of A.a, A.l, B.b, B.c",
    "today: [A.b]\n": "6:9: no option is called 'A.b'; did you mean B.b or A.l or A.a?",
    "today: [A.l]\n": "6:9: A.l has 3 levels, and today does not say which; write {A.l: full}",
    "today: [{A.l: sme}]\n": "6:15: A.l has no level 'sme'; did you mean some?",
    "today: [A.a, A.a]\n": "6:14: A.a stands in today twice; keep one of the two",
    "today: YN\n": "6:8: the state 'YN' has 2 characters, and there are 4 options; "
    "one character for each of A.a, A.l, B.b, B.c",
    "today: 0000\n": '6:8: the state 0000 is read as the number 0000; quote it: "0000"',
    "today: Y-NN\n": "6:8: 'Y-NN' stands for several states, and today is one; "
    "write a value for each -, or list the options taken now",
    "today: not much\n": "6:8: 'not much' is no state; list the options taken now, as in `today: [Party.option]`",
    "rules: [{that: B.b, name: bee must}]\ntoday: [B.c]\n": "7:8: today is not possible: "
    "the rule 'bee must' rules it out; change today or the rule",
    "states: [N0NN]\ntoday: [B.c]\n": "7:8: today is not possible: N0NY is not among the listed states; "
    "change today or the rule",
    # who
    "table: []\n": "6:8: no party is listed here; list some, or take the key out for all",
    "table: [A, C]\n": "6:12: no party is called 'C'; known: A, B",
    "accommodate: [A, A]\n": "6:18: A stands here twice; keep one of the two",
    # items
    "demands: [{id: core, from: A, to: B, that: B.b}]\n": "6:16: 'core' has a meaning of its own here; "
    "choose another id for a demand",
    "demands: [{id: d, from: A, to: A, that: B.b}]\n": "6:32: A demands this of itself; name another party",
    "demands: [{id: d, from: A, to: B, that: B.b, from time: 3, by time: 1}]\n": "6:57: the demand begins at 3, "
    "after it has to be met at 1; make from time the earlier of the two",
    "demands: [{id: d, from: A, to: B, that: B.b}, {id: d, from: B, to: A, that: A.a}]\n": "6:52: "
    "two demands are called 'd'; rename one of them",
    "complaints: [{id: s, from: A, about: B, that: B.b, concern: bea}]\n": "6:61: A has no concern called 'bea'; "
    "did you mean bee?",
    "complaints: [{id: s, from: B, about: A, that: A.a, concern: bee}]\n": "6:61: warning: 'bee' is a concern of A, "
    "not of B, which complains; name one of B's own if you can",
    "resources: [{name: r, of: A, amount: -3, uses: {A.a: 2}}]\n": "6:38: a number from 0 up is expected here, not -3",
    "resources: [{name: r, of: A, amount: 3, uses: {A.b: 2}}]\n": "6:48: no option or outcome is called 'A.b'; "
    "did you mean B.b or A.l or A.a?\n    A.b\n    ^",
    "clout: [{of: A, over: B, on: A.a, strength: weak}]\n": "6:30: A.a belongs to A, not to B; "
    "name an option of B: B.b, B.c",
    "clout: [{of: A, over: B, on: [B.b], strength: mild}]\n": "6:47: weak or strong is expected here, "
    "not the text 'mild'",
    "needs: [{party: A, needs: x, from: A}]\n": "6:36: A needs this from itself; name another party",
    "needs: [{party: A, needs: x, from: B, substitutes: [{from: C, loss: 1}]}]\n": "6:60: no party is called 'C'; "
    "known: A, B",
    "payments: [{by: A, to: B, with: B.b, for: B.c, amount: 5}]\n": "6:33: B.b belongs to B, not to A; "
    "name an option of A: A.a, A.l",
    "payments: [{by: A, to: B, with: A.a, for: B.c, amount: 5, solves with chance: 1.2}]\n": "6:79: "
    "a number from 0 to 1 is expected here, not 1.2",
    "issues: {p: {positions: {A: 101}}}\n": "6:29: a number from 0 to 100 is expected here, not 101",
    "issues: {p: {positions: {C: 10}}}\n": "6:26: no party is called 'C'; known: A, B",
    # approaches
    "approaches: {none: {}}\n": "6:14: 'none' has a meaning of its own here; choose another id for an approach",
    "approaches: {x: {attitudes: {}}}\n": "6:18: the key 'attitudes' of an approach is not available yet; "
    "take it out; the other clauses of the approach can be used",
    "approaches: {x: {power: {}}}\n": "6:18: the key 'power' of an approach is not available yet; "
    "take it out; the other clauses of the approach can be used",
    "approaches: {x: {contracts: [{by: A, with: A.a, iff: B.b}, {by: A, with: A.a, iff: B.c}]}}\n": "6:29: "
    "approach x: two contracts pay with A.a; join their conditions in one contract",
    "approaches: {x: {contracts: [{by: A, with: A.a, iff: B.b}, {by: B, with: B.b, iff: A.a}]}}\n": "6:29: "
    "approach x: contracts form a circle: A.a depends on B.b depends on A.a; "
    "take one of them out, or make it a promise (binding: false)",
    "approaches: {x: {contracts: [{by: A, with: A.a, iff: not A.a}]}}\n": "6:30: approach x: "
    "the contract on A.a depends on itself; take one of them out, or make it a promise (binding: false)",
    "approaches: {x: {contracts: [{by: B, with: A.a, iff: B.b}]}}\n": "6:30: approach x: "
    "the contract by B pays with A.a, which belongs to A; write by: A, or name an option of B",
    "approaches: {x: {contracts: [{by: A, with: A.l, iff: B.b}]}}\n": "6:30: approach x: the contract pays with A.l, "
    "which has levels; a contract needs a yes/no option; split the option, or contract on another one",
    "approaches: {x: {contracts: [{by: A, with: A.q, iff: B.b}]}}\n": "6:44: no option is called 'A.q'; "
    "did you mean A.l or A.a?",
    "approaches: {x: {contracts: [{by: B, with: B.b, iff: not A.a}]}}\nrules: [not B.b]\n": "6:14: approach x: "
    "the contracts change today to N0YN, which cannot be: the rule 'not B.b' rules it out; "
    "change today, the rule or the contract",
    "approaches: {x: {deference: [{client: B, patron: A, on: core}]}}\n": "6:30: approach x: B defers to A and has no "
    "concerns; write concerns for B (concerns: [] where everything is equal to it), or take the clause out",
    "approaches: {x: {deference: [{client: A, patron: B, on: [e]}]}}\n": "6:58: no demand is called 'e'; "
    "there are none",
    "approaches: {x: {deference: [{client: A, patron: B, on: []}]}}\n": "6:57: nothing is deferred on; "
    "name demands, or core, or all",
    "approaches: {x: {shared concerns: {parties: [A]}}}\n": "6:45: at least two parties are expected here; "
    "add a party, or take the clause out",
    "approaches: {x: {shared concerns: {parties: [A, B]}}}\n": "6:35: approach x: B shares concerns and has no "
    "concerns; write concerns for B (concerns: [] where everything is equal to it), or take the clause out",
    "approaches: {x: {shared concerns: [A, B]}}\n": "6:35: a mapping is expected here, not a list of parties; "
    "write {parties: [A, B], which: core}",
    "approaches: {x: {coalitions: [[A, B], [A, A]]}}\n": "6:43: A stands here twice; keep one of the two",
}
SEVERAL = ("moves: {A: {0000", "approaches: {x: {coalitions")


@pytest.mark.parametrize("more", [more for more in ADDED if not more.startswith(SEVERAL)])
def test_the_fault_of_one_addition_is_the_only_one(more):
    assert one(PAIR + more) == f"f.yaml:{ADDED[more]}"


def test_a_digit_state_as_a_key():
    faults = told(PAIR + "moves: {A: {0000: [N0NN]}}\n")
    assert faults[0] == "f.yaml:6:13: '0' in the state '0000' is not a value of A.a; write one of N, Y or -"


def test_a_coalition_of_one():
    assert told(PAIR + "approaches: {x: {coalitions: [[A, B], [A, A]]}}\n") == [
        "f.yaml:6:39: at least two parties are expected here; add a party, or take the clause out",
        "f.yaml:6:43: A stands here twice; keep one of the two",
    ]


PARTY = {
    "{options: {2b: x}, concerns: []}": "16: '2b' cannot be the id of an option; "
    "ids are letters, digits, _ and -, and start with a letter",
    "{options: {at: x}, concerns: []}": "16: 'at' is a word of statements; choose another id for an option",
    "{options: {B.b: x, a: y}, concerns: []}": "16: 'B.b' stands under A, and is B's option too: "
    "an option belongs to one party; keep it under B alone",
    "{options: {B.c: x}, concerns: []}": "16: 'B.c' stands under A, and is B's option: "
    "an option belongs to one party; keep it under B alone",
    "{options: {A.a: x}, concerns: []}": "16: 'A.a' names its party again; write a",
    "{options: {a: x, a: y}, concerns: []}": "22: the key 'a' stands here again, first in line 2; "
    "keep one of the two, or rename one",
    "{options: [a, a], concerns: []}": "19: the option 'a' stands here twice; keep one of the two",
    "{options: [a, {b: x}], concerns: []}": "19: an option's id is expected here, not a mapping; "
    "write options as a mapping, id: name, to say more of them",
    "{options: {a: {levels: [x]}}, concerns: []}": "28: one level is no choice; "
    "name at least two, lowest first; or none for a yes/no option",
    "{options: {a: {levels: [x, y, x]}}, concerns: []}": "35: the level 'x' stands here twice; rename one of the two",
    "{options: {a: {levels: [x, not]}}, concerns: []}": "32: 'not' is a word of statements; "
    "choose another name for the level",
    "{options: {a: {levels: [x, y z]}}, concerns: []}": "32: 'y z' cannot name a level; "
    "write one word: letters, digits, _ and -",
    "{options: {a: {levels: [a, b, c, d, e, f, g, h, i, j, k]}}, concerns: []}": "28: the option has 11 levels; "
    "10 are the most; join some of them",
    "{options: {a: {direction: up}}, concerns: []}": "31: on or off is expected here, not the text 'up'",
    "{options: [a], concerns: [a], ranking: [NN]}": "35: A says what it wants in 2 ways: concerns and ranking; "
    "keep one of them",
    "{options: [a]}": "2: warning: A does not say what it wants, and counts as indifferent; "
    "write concerns, a ranking or weights; or concerns: [] if it is meant",
    "{options: [a], concerns: [{want: a, name: x}, {want: not a, name: x}]}": "71: two concerns of A are called 'x'; "
    "rename one",
    "{options: [a], ranking: [YN, 00]}": '34: the state 00 is read as the number 00; quote it: "00"',
    "{options: [a], ranking: [YN, [NN, YN]]}": "39: the state 'YN' is ranked twice; keep one of the two",
    "{options: [a], ranking: [YN, []]}": "34: this list of tied states is empty; take it out",
    "{options: [a], ranking: [YN, YYY]}": "34: the state 'YYY' has 3 characters, and there are 2 options; "
    "one character for each of A.a, B.b",
    "{options: [a], weights: {a: much}}": "33: a number is expected here, not the text 'much'; "
    "write it as 3, 0.25, 2/5 or 40%",
    "{options: [a], weights: {c: 1}}": "30: no option or outcome is called 'c'; known: A.a, B.b, a\n    c\n    ^",
}


@pytest.mark.parametrize("party", PARTY)
def test_faults_of_a_party(party):
    assert one(f"parties:\n A: {party}\n B: {{options: [b], concerns: []}}\n") == f"f.yaml:2:{PARTY[party]}"


def test_ids_of_parties():
    assert told("parties:\n  not: {options: [a], concerns: []}\n  A.b: {options: [a], concerns: []}\n") == [
        "f.yaml:2:3: 'not' is a word of statements; choose another id for a party",
        "f.yaml:3:3: 'A.b' cannot be the id of a party; ids are letters, digits, _ and -, and start with a letter",
    ]


def test_a_case_without_parties_options_or_states():
    assert one("title: x\n") == (
        "f.yaml:1:1: the key 'parties' is missing; add it, as in `parties: {A: {options: [act]}}`"
    )
    assert one("parties: {}\n") == "f.yaml:1:10: a case has at least one party; add it, as in `A: {options: [act]}`"
    assert one("parties: {A: {concerns: []}}\n") == (
        "f.yaml:1:1: the case has neither options nor states; give the parties options, or list the states"
    )


def test_plain_names_of_states():
    start = "parties: {A: {ranking: [calm, war]}, B: {concerns: []}}\nstates: [calm, war]\n"
    assert one(start.replace("[calm, war]}", "[calm, wor]}")) == (
        "f.yaml:1:31: no state is called 'wor'; did you mean war?"
    )
    assert one(start + "today: peace\n") == "f.yaml:3:8: no state is called 'peace'; known: calm, war"
    assert one(start + "today: [war]\n") == (
        "f.yaml:3:8: the name of a state is expected here, not a list; the case has no options"
    )
    assert one(start + "moves: {A: {calm: [peace]}}\n") == ("f.yaml:3:20: no state is called 'peace'; known: calm, war")


def test_all_faults_at_once_in_the_order_of_the_file():
    text = """title: 5
titel: x
parties:
  A:
    options: {a: Act, 2b: x, l: {levels: [x], direction: up}}
    concerns:
      - a and
      - {want: B.b or a, core: yes, nam: x}
      -
  B: {options: [b, b], concerns: x}
table: [A, Z]
demands:
  - {id: d, from: A, to: Q, that: b}
"""
    places = [fault.partition(": ")[0] for fault in told(text)]
    assert places == [
        "f.yaml:2:1",
        "f.yaml:5:23",
        "f.yaml:5:42",
        "f.yaml:5:58",
        "f.yaml:7:14",
        "f.yaml:8:32",
        "f.yaml:8:37",
        "f.yaml:9:8",
        "f.yaml:10:20",
        "f.yaml:10:34",
        "f.yaml:11:12",
        "f.yaml:13:26",
        "f.yaml:13:35",
    ]


def test_a_faulty_item_brings_no_faults_of_those_that_name_it():
    more = """demands:
  - {id: d, from: A, to: B, that: B.x}
  - {id: e, from: A, to: B}
approaches: {x: {deference: [{client: A, patron: B, on: [d, e]}]}}
complaints: [{id: s, from: A, about: B, that: B.b, concern: cee}]
"""
    text = PAIR.replace("name: bee}", "name: bee}, {want: B.y, name: cee}") + more
    assert [fault.partition(": ")[2].partition(";")[0].partition("\n")[0] for fault in told(text)] == [
        "no option or outcome is called 'B.y'",
        "no option or outcome is called 'B.x'",
        "the key 'that' is missing",
    ]


def test_options_that_cannot_be_read_bring_no_faults_of_statements_about_them():
    text = "parties:\n A: {options: x, concerns: [not a]}\n B: {options: {b: {levels: x}}, concerns: [b = full, A.q]}\n"
    assert [fault.partition(": ")[0] for fault in told(text)] == ["f.yaml:2:15", "f.yaml:3:28"]


def test_very_many_faults_are_cut_short():
    faults = told(PAIR + "rules:\n" + "  - A.zzz\n" * 5000)
    assert len(faults) == 201
    assert faults[-1] == "f.yaml: more than 200 faults; mend these first; then the rest is told"


def test_named_statements_that_grow_without_end():
    rows = ["  x0: A.a or B.b"] + [f"  x{n}: x{n - 1} and x{n - 1}" for n in range(1, 60)]
    assert (
        "f.yaml:22:16: with its named statements spelled out the statement has more than"
        in told(PAIR + "outcomes:\n" + "\n".join(rows) + "\n")[0]
    )


def test_a_long_chain_of_named_statements():
    rows = ["  x0: A.a"] + [f"  x{n}: not x{n - 1}" for n in range(1, 500)]
    assert (
        "with its named statements spelled out the statement has more than"
        in told(PAIR + "outcomes:\n" + "\n".join(rows) + "\n")[0]
    )


def test_an_endless_statement():
    assert "the statement has 30005 characters, 20000 are the most" in one(
        PAIR + "rules: [A.a" + " or A.a" * 4286 + " ]"
    )
    assert "more than 50 levels of nesting" in one(PAIR + "rules: ['" + "(" * 60 + "A.a" + ")" * 60 + "']")


def test_many_statements_that_each_are_large_once_spelled_out():
    rows = ["  x0: A.a or B.b"] + [f"  x{n}: x{n - 1} and x{n - 1}" for n in range(1, 14)]
    text = PAIR + "outcomes:\n" + "\n".join(rows) + "\nrules:\n" + "  - x13\n" * 5000
    assert one(text) == (
        "f.yaml:121:5: with named statements spelled out, the statements so far have more than 5,000,000 parts; "
        "use fewer named statements within each other"
    )
