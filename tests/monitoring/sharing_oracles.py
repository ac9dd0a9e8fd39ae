"""Published inputs and answers on sharing, numbers only, each with how far its source was read.

`seen`: inputs and answer read in a public source; `mixed`: part read, part recalled; `recalled`: known values from
memory; `theorem`: a closed form of the literature; `derived`: made for this project, by two independent methods.
"""

from fractions import Fraction

from detente.monitoring.coalitional import Game

F = Fraction

TAGS = {
    "tva_cost_sharing": "recalled",
    "lemaire_investors": "mixed",
    "talmud_bankruptcy": "recalled",
    "swedish_municipalities": "mixed",
    "airport_game_1_2_4": "theorem",
}


def by_digits(text: str, count: int) -> Game:
    """Read lines of a set, as digits from 1, and its value."""
    rows = (line.split() for line in text.strip().splitlines())
    return Game.of(count, {tuple(int(digit) - 1 for digit in group): F(value) for group, value in rows})


def by_letters(text: str, letters: str) -> Game:
    """Read words of a set, as letters, and its value."""
    words = text.split()
    pairs = zip(words[::2], words[1::2], strict=True)
    return Game.of(len(letters), {tuple(map(letters.index, group)): F(value) for group, value in pairs})


# Tennessee Valley Authority: Ransmeier (1942); Straffin & Heaney (1981), International Journal of Game Theory 10(1).
# Costs of navigation, flood control, power.
TVA = by_digits("1 163520\n2 140826\n3 250096\n12 301607\n13 378821\n23 367370\n123 412584", 3)
TVA_SHAPLEY = (117829, F("100756.5"), F("193998.5"))
TVA_NUCLEOLUS = (116234, 93540, 202810)

# Three investors: Lemaire (1984, 1991). Interest on deposits: gains.
LEMAIRE = by_digits("1 46125\n2 17437.5\n3 5812.5\n12 69187.5\n13 53812.5\n23 30750\n123 90000", 3)
LEMAIRE_SHAPLEY = (51750, 25875, 12375)
LEMAIRE_NUCLEOLUS = (F("52687.5"), F("24468.75"), F("12843.75"))

# Aumann & Maschler (1985), Journal of Economic Theory 36(2): three estates and claims of 100, 200, 300.
TALMUD_CLAIMS = (F(100), F(200), F(300))
TALMUD = {100: (F(100, 3),) * 3, 200: (50, 75, 75), 300: (50, 100, 150)}

# Water supply of six Swedish municipalities: Young, Okada & Hashimoto (1979; 1982, Water Resources Research 18(3)).
SWEDEN = by_letters(
    """A 21.95 H 17.08 K 10.91 L 15.88 M 20.81 T 21.98
    AH 34.69 AK 32.86 AL 37.83 AM 42.76 AT 43.93 HK 22.96 HL 25.0 HM 37.89 HT 39.06 KL 26.79 KM 31.45 KT 32.89
    LM 31.1 LT 37.86 MT 39.41
    AHK 40.74 AHL 43.22 AHM 55.5 AHT 56.67 AKL 48.74 AKM 53.4 AKT 54.84 ALM 53.05 ALT 59.81 AMT 61.36
    HKL 27.26 HKM 42.55 HKT 44.94 HLM 45.81 HLT 46.98 HMT 56.49 KLM 42.01 KLT 48.77 KMT 50.32 LMT 51.46
    AHKL 48.95 AHKM 60.25 AHKT 62.72 AHLM 64.03 AHLT 65.2 AHMT 74.1 AKLM 63.96 AKLT 70.72 AKMT 72.27 ALMT 73.41
    HKLM 48.07 HKLT 49.24 HKMT 59.35 HLMT 64.41 KLMT 56.61
    AHKLM 69.76 AHKLT 70.93 AHKMT 77.42 AHLMT 83.0 AKLMT 73.97 HKLMT 66.46 AHKLMT 83.82""",
    "AHKLMT",
)
SWEDEN_SHAPLEY = (20.01, 10.71, 6.61, 10.37, 16.94, 19.18)
SWEDEN_SCRB = (19.54, 13.28, 5.62, 10.9, 16.66, 17.82)
SWEDEN_MARGINAL = (17.36, 9.85, 0.82, 6.4, 12.9, 14.06)
# From this table. The working paper prints 18.60 and 19.21 for the last two, so two entries of its table differ.
SWEDEN_NUCLEOLUS = (20.35, 12.06, 5.0, 8.61, 18.32, 19.49)

# Littlechild & Owen (1973), Management Science 20(3): costs of runways for three sizes of aircraft.
AIRPORT = Game.of(3, {group: max(c for i, c in enumerate((1, 2, 4)) if group >> i & 1) for group in range(1, 8)})
AIRPORT_SHAPLEY = (F(1, 3), F(5, 6), F(17, 6))
AIRPORT_NUCLEOLUS = (F(1, 2), F(3, 4), F(11, 4))

# Dresher (1962); Avenhaus, von Stengel & Zamir (2002): value to the violator, by periods, for 0, 1, ... inspections.
TAGS |= {"dresher_values_b1": "theorem", "dresher_values_b2": "theorem"}
DRESHER = {
    1: "1 0 | 1 1/3 0 | 1 1/2 1/7 0 | 1 3/5 3/11 1/15 0 | 1 2/3 3/8 2/13 1/31 0 | 1 5/7 5/11 5/21 5/57 1/63 0",
    2: "1 0 | 1 1/4 0 | 1 2/5 1/13 0 | 1 1/2 1/6 1/40 0 | 1 4/7 1/4 2/29 1/121 0",
}
DRESHER_INSPECT = "0 1 | 0 1/3 1 | 0 1/4 3/7 1 | 0 1/5 4/11 7/15 1 | 0 1/6 5/16 11/26 15/31 1"

# Ferguson & Melolidakis (1998), by what idleness counts: value to the inspector.
TAGS |= {"ferguson_melolidakis_gamma": "theorem"}
FERGUSON = {
    F(1, 2): "0 1/2 | 0 1/3 1/2 | 0 1/4 3/7 1/2 | 0 1/5 4/11 7/15 1/2 | 0 1/6 5/16 11/26 15/31 1/2",
    F(1): "0 1 | 0 1/2 1 | 0 1/3 2/3 1 | 0 1/4 1/2 3/4 1 | 0 1/5 2/5 3/5 4/5 1",
}

# Diamond (1982): one unobservable interim inspection; the same on grids of N times, which come from above.
TAGS |= {"diamond_one_interim": "theorem"}
DIAMOND = 0.36787944117144233
DIAMOND_LATEST = 0.6321205588285577
DIAMOND_GRIDS = {50: 0.37427501, 100: 0.37104278, 200: 0.36946059}

TAGS |= {"leadership_deterrence_threshold": "theorem", "patrolling_line_m2": "theorem"}
LINE_PATROL = {2: F(1), 3: F(1, 2), 4: F(1, 2), 5: F(1, 3), 6: F(1, 3), 7: F(1, 4), 8: F(1, 4)}


def table(text: str) -> dict[tuple[int, int], Fraction]:
    """Read values by periods from 1, then by inspections from 0."""
    rows = enumerate(text.split("|"), start=1)
    return {(periods, m): F(value) for periods, row in rows for m, value in enumerate(row.split())}


# Kunreuther & Heal (2003): thresholds; numbers from them. Own regression on grim trigger with detection.
TAGS |= {"interdependent_security_two_states": "theorem", "self_enforcing_discount": "derived"}
SECURITY = {"own": F("0.2"), "passed_on": F("0.1"), "loss": F(1000)}
SECURITY_EQUILIBRIA = {170: ((0, 1),), 185: ((0, 1), ()), 205: ((),)}
SECURITY_PAYOFFS = {(0, 1): -185, (0,): -285, (1,): -200, (): -280}  # of state 0 at a cost of 185, by who invests

# Own regressions, each by two independent methods: the schematic of three states, two sectors with two agencies.
TAGS |= {"tri_state_schematic": "derived", "comparative_advantage_2x2": "derived"}
TRI_STATE_LEVELS = {  # by members: AF is 0, PK is 1, US is 2
    (0,): 0.2051282051282051, (1,): 0.7164179104477612, (2,): 0.0, (0, 1): 2.2142857142857144,
    (0, 2): 0.7413793103448276, (1, 2): 1.1194029850746268, (0, 1, 2): 2.6375,
}  # fmt: skip
TRI_STATE_DIVISIONS = {
    "owen": (1.3, 1.0, 0.3375),
    "shapley": (0.9476163, 1.3922729, 0.2976108),
    "nucleolus": (1.0239346, 1.4019583, 0.2116071),
}
TRI_STATE_WATERFALL = (0.921546, 1.2698413, 1.6984127, 2.6375)  # apart, planning, third-party sensors, joint teams
TRI_STATE_DETECTION = (0.6020969, 0.9284597)
TRI_STATE_LEAK = 0.3515105

# In the spirit of Jiang et al. (2013): two teams, by number of targets: coordinated, independent.
TAGS |= {"uncoordinated_random_coverage": "derived"}
COVERAGE = {2: (F(1), F(3, 4)), 3: (F(2, 3), F(5, 9)), 4: (F(1, 2), F(7, 16)), 10: (F(1, 5), F(19, 100))}
