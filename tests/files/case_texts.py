"""Case files that the tests of this folder read and change."""

PAIR = """title: A pair
sources: {rizvi: a text}
parties:
  A: {options: {a: Act, l: {name: L, levels: [none, some, full]}}, concerns: [not a, {want: B.b, core: true, name: bee}]}
  B: {options: {b: Bee, c: Cee}, weights: {b: 2, A.a: -9}}
"""  # noqa: E501 - as an analyst would write it

FULL = """title: Elmira groundwater contamination
note: A case with every key of the format.
sources: {hipel: "Hipel, Fang, Kilgour, Haight (1993)"}
parties:
  MoE:
    name: Ministry of the Environment
    options: {modify: Modify the control order}
    concerns:
      - not Uniroyal.abandon
      - {want: Uniroyal.accept, core: true, name: clean-up, source: hipel ¶3, standing: recalled}
      - not modify
  Uniroyal:
    options:
      delay: {name: Delay the appeal, direction: off}
      accept: {name: Accept the order, direction: on}
      abandon: {name: Abandon the plant, direction: on}
    concerns: [delay, not abandon]
  LG:
    name: Local government
    options: {insist: Insist on the order}
    weights: {insist: 2, Uniroyal.abandon: -9.5, MoE.modify: 2/3}
  US: {options: {aid: {levels: [none, some, full]}}, concerns: []}
rules:
  - exactly 1 of (Uniroyal.delay, Uniroyal.accept, Uniroyal.abandon)
  - {that: not MoE.modify if US.aid = full, kind: causal, because: aid has strings, relaxable: true}
outcomes: {settled: Uniroyal.accept and not LG.insist, lost: {that: not settled, note: the rest}}
coalesce: [Uniroyal.abandon]
today: [Uniroyal.delay, {US.aid: some}]
table: [MoE, Uniroyal, LG]
accommodate: [MoE, LG]
patience: 0.9
conventions: {ties sanction: false, return sanctions: true}
demands:
  - {id: clean, from: LG, to: Uniroyal, that: Uniroyal.accept, source: hipel, from time: 1, by time: 3}
complaints:
  - {id: slow, from: MoE, about: Uniroyal, that: Uniroyal.delay, concern: clean-up}
resources: [{name: lawyers, of: MoE, amount: 3, uses: {MoE.modify: 2}}]
clout: [{of: MoE, over: Uniroyal, on: Uniroyal.accept, strength: weak, while: not MoE.modify}]
needs: [{party: Uniroyal, needs: permit, from: MoE, given when: not MoE.modify, loss without: 3, substitutes: [{from: LG, loss: 2}]}]
payments: [{by: MoE, to: Uniroyal, with: MoE.modify, for: Uniroyal.accept, amount: 10, cost of effort: 3, solves with chance: 0.2, found out with chance: 30%, after success: 0}]
approaches:
  contract: {contracts: [{by: MoE, with: MoE.modify, iff: Uniroyal.accept}]}
  promise: {contracts: [{by: MoE, with: [MoE.modify], iff: Uniroyal.accept, binding: false}]}
  patronage: {deference: [{client: Uniroyal, patron: MoE, while: MoE.modify, on: [clean]}, {client: MoE, patron: US, on: core}]}
  shared: {name: Together, shared concerns: {parties: [MoE, Uniroyal], which: all, order: interleaved}, coalitions: [[MoE, LG]]}
issues:
  price: {positions: {MoE: 80, Uniroyal: 10}, salience: {MoE: 0.5, Uniroyal: 0.9}, clout: {MoE: 1}}
monitoring: border.yaml
"""  # noqa: E501 - as an analyst would write it

COMMENTED = """# A file that the tests change.
# Second line of the header.

title: "A dispute"   # the title

sources:
  # the first source
  one: First source
  two: Second source, with a comma   # eol two
  # the third
  three: >-
    A longer text that runs
    over two lines

parties:
  # about A
  A:
    name: Party A          # its name
    options:
      # first option
      a: Act
      # the levels
      l: {name: Level, levels: [none, some, full]}  # eol l
      k:
        name: Keep   # eol k
        direction: "on"
    # what A wants
    concerns:
      # most important

      # not acting
      - not a            # eol not a
      # bee
      - {want: B.b, core: true, name: bee}
      # level
      - want: l = full
        # why core
        core: true   # eol core
        note: >-
          a long note
          in two lines
      - "exactly 1 of (a, B.b)"
      # after all
  # about B
  B:
    options: {b: Bee, c: Cee}   # flow
    weights:
      # bee
      b: 2
      A.a: -9   # minus nine
      # both
      "b and A.a": 1/3
  C:
    options: [x, y]
    concerns: [not x, y,   # eol y
      # both
      "x and y"]

rules:   # what cannot be
# indentless comment
- A.a or B.b or not A.a
# second
- {that: A.l != full if A.k, kind: causal}
- that: not (A.a and B.c and C.x)
  because: |
    literal
    text

outcomes: {good: A.a and B.b,
  bad: not good}
today: [A.a, {A.l: some}]

demands:
  # d1
  - {id: d1, from: A, to: B, that: B.b, source: one ¶3}

  # d2
  - id: d2
    from: B
    to: A   # to A
    that: A.a
approaches:
  contract: {contracts: [{by: A, with: A.a, iff: B.b}]}
  # shared
  shared:
    shared concerns: {parties: [A, C]}
# the end
"""
