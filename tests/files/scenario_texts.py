"""Scenario files that the tests of this folder read and change."""

SMALL = """title: A valley
numbers: synthetic
sources: {gazette: a gazette}
sectors: [S1, S2]
ground: {west: A, east: B}
agencies:
  A: {budgets: 4}
  B: {budgets: {walk: 2, look: 1}}
measures:
  watch: {kind: patrol, at: west, uses: {A: 1}, effect: 0.5}
  look: {kind: sensor, at: [east, line], uses: {B.look: 1}, effect: {S1: 0.4, S2: 0.2}, consent: B}
  walk: {kind: patrol, at: east, uses: {B.walk: 1}, effect: 0.3}
adversaries:
  through: {from: west, to: east}
"""

FULL = """title: A valley, in full
numbers: synthetic
name: valley
note: every key of the format
standing: judgement
sources: {gazette: a gazette, report: a report}
parties:
  A: {name: the west, means: 10, protection: 1, intrusiveness: 0.5, leak: 0.2}
  B: {name: the east, source: gazette p. 3}
  C: the observers
  people: {name: those who cross, note: travellers}
sectors:
  S1: {name: north, length: {value: 120, source: gazette p. 4}, flow: 200}
  S2: {name: south, length: 90 to 110}
  S3: south of south
ground: {west: A, line: [A, B], east: B}
baseline: {west: 0.1, S2.line: 0.2 to 0.3}
hours: {west: 2, line: 1 to 2, east: {value: 3, source: report}, along: 8, Gate: 0}
along: {west: chance 0.2, east: {value: 0.5, low: 0.1, high: 0.6}}
crossings:
  Gate: {sector: S1, flow: 1000, passable: true, baseline: 0.4, most wait: 30, source: gazette}
  Ford: {sector: S2, flow: 100, keep open: false, any wait: true, because: it is flooded}
agencies:
  A: {name: western force, budgets: 4}
  B: {budgets: {walk: 6, look: {value: 2, source: report}}}
  observers: {party: C, budgets: 3, source: report}
  wardens: {party: C, budgets: 2, source: report}
measures:
  watch: {name: western watch, kind: patrol, at: west, uses: {A: 1}, effect: 0.4 to 0.6, most: 3}
  walk: {kind: post, at: [line, east], sectors: [S1, S2], uses: {B.walk: 1}, effect: {S1: 0.3, line: 0.2}, consent: [B]}
  look: {kind: sensor, at: west, uses: {observers: 1}, effect: 1/3, consent: [A, C], intrusiveness: {A: 0.5}}
  fence: {kind: barrier, at: line, uses: {B.look: 1}, effect: 1, most: 1, divisible: false, closes: [Gate]}
  team: {kind: joint team, at: [line, Gate], uses: {A: 0.5, B.walk: 0.5}, effect: 0.8, delay: 2,
    intrusiveness: {people: 1}}
  checks: {kind: inspection, at: [line, Gate], uses: {wardens: 1}, finds: {S1: 10% to 20%, line: 0.3, Gate: 1/2}}
  ditch: {kind: barrier, at: line, uses: {B.look: 1}, slows: {S1: 5 to 7, line: 3}, most: 2, effect: chance 0.2}
  wall: {kind: barrier, at: S3.line, uses: {B.look: 2}, stops: true}
  ridge: {kind: overflight, at: [S1-S2.east], uses: {observers: 2}, effect: 0.1}
adversaries:
  east: {name: eastward, from: west, to: east, weight: 2, weights: {A: 0.5, B: 1}, baseline: {line: 0.05}}
  west: {from: S3 east, to: [S1 west, S2 west]}
constraints:
  c1: {rule: no measure, measures: barrier, at: line, asked by: A, because: families live there, source: report}
  c2: {rule: only joint, sectors: S3}
  c3: {rule: own side only, agency: observers}
  c4: {rule: needs consent, measures: team, party: C}
  c5: {rule: at most, measures: [walk, team], amount: 5}
  c6: {rule: at least, measures: watch, sectors: S1, amount: 0.5}
  c7: {rule: reciprocity, between: [A, B], amount: 3}
  c8: {rule: most delay, amount: 400, asked by: people}
  c9: {rule: most intrusiveness, party: people, amount: 2}
  c10: {rule: budget transfer, agency: B, amount: 3}
agreement:
  products:
    counts: {name: monthly counts, collected by: [A, B], receives: {A: yes, B: yes, C: unknown},
      can verify: {A: yes, B: no}}
    pictures: {collected by: C, receives: {A: true, C: false}, because: B wants none of them}
  anomaly procedure: yes
inspection:
  party: A
  periods: 5
  inspections: 2
  interim: 1
  gain: 1
  sanction: 9
  missed: 20%
  false alarm: 0.05
  false alarm cost: 1
  teams: 1
  sites: {bridge: {gain: 1, sanction: 2, harm: 3, missed: 0.1}}
risks:
  A: {leak: 0.1 to 0.3, default: 0.1, patience: 0.9, temptation: 5, reward: 3, punishment: -1, found out: 0.3}
  B: {cost: 185, own chance: 0.2, passed on: 0.1, loss: 1000}
base rates:
  Gate: {prevalence: 1/10000, detection: 0.9, false alarm: 0.02, crossing: Gate}
price: {amount: 100, currency: rupees}
"""
