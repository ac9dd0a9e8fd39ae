"""Published inputs and answers on plans, numbers only, each with how far its source was read.

`seen`: inputs and answer read in a public source; `mixed`: part read, part recalled; `recalled`: known values from
memory; `theorem`: a closed form of the literature; `derived`: made for this project, by two independent methods.
"""

from fractions import Fraction

F = Fraction

TAGS = {
    "jain_2008_commitment": "mixed",
    "two_terminal_security_game": "seen",
    "five_target_security_game": "mixed",
    "ww_parallel_arcs": "theorem",
    "ww_small_network": "derived",
    "boyd_a15_4_interdiction_effort": "mixed",
    "pan_charlton_morton_12node": "seen",
    "pyomo_gallery_shortest_path_interdiction": "seen",
    "pyomo_gallery_max_flow_interdiction": "seen",
    "pao_six_node_max_flow_interdiction": "derived",
    "comparative_advantage_2x2": "derived",
    "uncoordinated_random_coverage": "derived",
    "tri_state_schematic": "derived",
}

# Jain, Pita, Tambe, Ordóñez, Paruchuri & Kraus (2008), SIGecom Exchanges, table I (values read, matrix recalled).
JAIN_LEADER = ((2, 4), (1, 3))
JAIN_FOLLOWER = ((1, 0), (0, 2))
JAIN_EQUILIBRIUM, JAIN_HALF, JAIN_VALUE, JAIN_MIX, JAIN_REPLY = 2, 3.5, F(11, 3), (F(2, 3), F(1, 3)), 1

# Slides of Kukreja, Halfond & Tambe, ASE 2013.
TERMINALS_DEFENDER = ((5, -1), (-5, 2))
TERMINALS_ATTACKER = ((-3, 1), (5, -1))
TERMINALS_MIX, TERMINALS_VALUE, TERMINALS_ATTACKED = (0.6, 0.4), 1.0, 0

# Inputs as in Kukreja et al., ASE 2013; answers by bisection and by one program a target.
TARGETS = {
    "attacker_uncovered": (4, 3, 5, 7, 3),
    "attacker_covered": (-7, -1, -6, -3, -10),
    "defender_uncovered": (-10, -4, -1, -9, -9),
    "defender_covered": (2, 7, 6, 9, 9),
}
TARGETS_ANSWERS = {  # teams: coverage, the defender's value, the target attacked, the attacker's value
    1: ((0.13978382, 0.13440551, 0.23069291, 0.45376221, 0.04135554), 0.6148504, 2, 2.46237794),
    2: ((0.28912328, 0.54508903, 0.38003237, 0.61803561, 0.1677197), 2.12464101, 3, 0.81964388),
}

# Washburn & Wood (1995), Operations Research 43(2); von Neumann's hide and seek.
PARALLEL_CHANCES = (F(1, 2), F(1, 4), F(1, 5))
PARALLEL_VALUE, PARALLEL_INSPECT = F(1, 11), (F(2, 11), F(4, 11), F(5, 11))

# Own network, by the theorem and by the matrix game over all simple routes.
SMALL_NETWORK = (
    ("s", "a", 0.8), ("s", "b", 0.5), ("a", "b", 0.6), ("a", "t", 0.4), ("b", "t", 0.9), ("b", "c", 0.3),
    ("c", "t", 0.7),
)  # fmt: skip
SMALL_VALUE, SMALL_FLOW, SMALL_INSPECT = F(4, 13), 3.25, {0: F(5, 13), 1: F(8, 13)}

# Boyd & Vandenberghe, additional exercise A15.4 (a and 15 of 20 limits read, the other 5 recalled).
BOYD_EDGES = (
    (1, 2), (1, 3), (1, 4), (2, 6), (2, 3), (2, 4), (3, 5), (3, 6), (4, 6), (4, 7), (5, 8), (5, 7), (6, 7), (6, 8),
    (7, 8), (7, 9), (8, 9), (7, 10), (8, 10), (9, 10),
)  # fmt: skip
BOYD_EFFECT = (
    1.900258570294351, 0.462277027148576, 1.213685167083573, 0.971964937418599, 1.782597932297803, 1.524193666054789,
    0.912935330336683, 0.037007286496449, 1.642814328590507, 0.889406728706388, 1.230864696200189, 1.583874074854071,
    1.843625941489605, 1.476414491621331, 0.352532288989236, 0.811412426124191, 1.870939398215211, 1.833808879826815,
    0.820540413981891, 1.787299061827067,
)  # fmt: skip
BOYD_LIMIT = (
    1.057891304784269, 1.352868132217, 1.813166497303758, 1.009861300660924, 1.13889088195695, 1.202765218560273,
    1.19872174266149, 1.603792479193819, 1.27218792496996, 1.198814267761062, 1.015273927029036, 1.746785676564429,
    1.445096432287947, 1.931814578461665, 1.465995341675424, 1.418649467727506, 1.846221417824324, 1.525152496305172,
    1.202647357650387, 1.672137468474288,
)  # fmt: skip
BOYD_BUDGET = 10.0
BOYD_PASSING, BOYD_EXPONENT, BOYD_UNIFORM = 0.043284208439946334, 3.139967411649307, 0.24706109873986656

# PAO (Sandia, BSD), after a draft of Pan, Charlton & Morton 2002; the value with one sensor is as its file records it.
SENSOR_EDGES = (
    (2, 1), (3, 1), (3, 2), (3, 6), (4, 3), (4, 5), (5, 2), (5, 6), (6, 4), (6, 7), (6, 8), (6, 9), (9, 11), (10, 6),
    (11, 10), (11, 12),
)  # fmt: skip
SENSOR_PASSING = (0.5, 0.5, 0.5, 0.5, 0.25, 0.25, 0.25, 0.25, 0.25, 0.5, 0.5, 0.5, 0.25, 0.5, 0.25, 0.25)
SENSOR_SENSED = (0.25, 0.25, 0.25, 0.25, 0.1, 0.1, 0.1, 0.1, 0.1, 0.25, 0.25, 0.25, 0.1, 0.25, 0.1, 0.1)
SENSOR_ORIGINS, SENSOR_DESTINATIONS = (4, 5, 11), (1, 7, 8, 12)
SENSOR_ANSWERS = {  # sensors: the chance to pass, where
    0: (0.08463541666666667, ()),
    1: (0.07154947916666667, ((11, 12),)),
    2: (0.058854166666666666, ((4, 3), (5, 6))),
    3: (0.046119791666666674, ((4, 3), (5, 6), (11, 12))),
    16: (0.01878125, None),
}

# Pyomo Gallery, network_interdiction (BSD-3), its data and printed output.
DETOUR_ARCS = (
    ("Start", "B", 10), ("Start", "C", 2), ("C", "B", 2), ("B", "End", 1), ("C", "D", 7), ("D", "End", 8),
)  # fmt: skip
DETOUR_ANSWERS, DETOUR_BEST = {0: 5, 1: 17, 2: float("inf")}, ("B", "End")
FLOW_ARCS = (
    ("Start", "B", 10), ("Start", "C", 70), ("C", "B", 30), ("B", "End", 100), ("C", "D", 40), ("D", "End", 50),
)  # fmt: skip
FLOW_ANSWERS, FLOW_BEST = {0: 80, 1: 10, 2: 0}, ("Start", "C")

# Inputs of a documentation example of Pyomo's and PAO's bilevel modules; answers by enumeration.
SIX_NODES = (
    (0, 1, 2), (0, 2, 6), (0, 3, 4), (0, 4, 2), (1, 5, 3), (2, 1, 2), (2, 3, 2), (3, 4, 2), (4, 5, 1), (3, 5, 5),
)  # fmt: skip
SIX_ANSWERS, SIX_BEST = {0: 9, 1: 4, 2: 1, 3: 0}, {1: ((3, 5),), 2: ((1, 5), (3, 5))}

# Own: two parallel sectors, two agencies of one unit each.
ADVANTAGE = ((1.0, 0.2), (0.2, 1.0))
ADVANTAGE_SOLO, ADVANTAGE_SUM, ADVANTAGE_JOINT = F(1, 6), F(1, 3), 1

# Own, in the spirit of Jiang et al., IJCAI 2013: two teams that spread evenly over n targets.
STRANGERS = {2: (1, F(3, 4)), 3: (F(2, 3), F(5, 9)), 4: (F(1, 2), F(7, 16)), 10: (F(1, 5), F(19, 100))}

# Own synthetic schematic of three states (see schematic.py), without real data; by HiGHS and by hand.
TRI_STATE_EXPONENTS = {
    (0,): 0.2051282051282051, (1,): 0.7164179104477612, (2,): 0.0, (0, 1): 2.2142857142857144,
    (0, 2): 0.7413793103448276, (1, 2): 1.1194029850746268, (0, 1, 2): 2.6375,
}  # fmt: skip
TRI_STATE_DETECTION, TRI_STATE_SOLO, TRI_STATE_SOLO_DETECTION = 0.9284597, 0.921546, 0.6020969
TRI_STATE_OWN_SIDE, TRI_STATE_OWN_SIDE_AND_SENSORS, TRI_STATE_MULTIPLIER = 1.2698413, 1.6984127, 2.86
