"""Published inputs, numbers only: retyped from the papers and data sets that each table cites."""

from fractions import Fraction

from detente.bargaining.exchange import Stands

F = Fraction

# Nash (1950), Econometrica 18(2): 155-162, example of Bill and Jack: utility to each; Bill owns the first five.
TOYS = {"book": (2, 4), "whip": (2, 2), "ball": (2, 1), "bat": (2, 2), "box": (4, 1),
        "pen": (10, 1), "toy": (4, 1), "knife": (6, 2), "hat": (2, 2)}  # fmt: skip
OF_BILL = 5

# Brams & Togman (1996), Conflict Management and Peace Science 15(1): 99-112: Israel, Egypt (recalled).
CAMP_DAVID = {"Sinai": (35, 55), "recognition": (10, 5), "West Bank": (20, 10), "Gaza Strip": (10, 5),
              "Palestinian rights": (5, 20), "Jerusalem": (20, 5)}  # fmt: skip

# Raiffa (1982), The Art and Science of Negotiation; divided in Brams & Taylor (1996): US, Panama (recalled).
PANAMA = {"US defence rights": (22, 9), "use rights": (22, 15), "land and water": (15, 15),
          "expansion rights": (14, 3), "duration": (11, 15), "expansion routes": (6, 5), "compensation": (4, 11),
          "jurisdiction": (2, 7), "US military rights": (2, 7), "defence role of Panama": (2, 13)}  # fmt: skip

# Bueno de Mesquita & Stokman (1994), European Community Decision Making; Scholz, Calbert & Smith (2011), Journal of
# Theoretical Politics 23(4): 510-531. Car emission standards, years: clout, position, salience.
CARS = {"NL": (".08", 4, ".8"), "BE": (".08", 7, ".4"), "LU": (".03", 4, ".2"), "DE": (".16", 4, ".8"),
        "FR": (".16", 10, ".6"), "IT": (".16", 10, ".6"), "UK": (".16", 10, ".9"), "IE": (".05", 7, ".1"),
        "DK": (".05", 4, "1"), "GR": (".08", 7, ".7")}  # fmt: skip

# Greek debt relief 2015, the inputs of a public replication of the same model: clout, position, salience.
GREECE = {"Greece": (100, 40, 100), "USA": (30, 60, 100), "IMF": (20, 70, 100), "Juncker": (10, 80, 100),
          "Germany": (100, 100, 80), "France": (70, 100, 100), "Dijsselbloem": (70, 100, 40), "Tusk": (70, 100, 40),
          "Italy": (50, 100, 100), "ECB": (20, 100, 70), "Spain": (20, 100, 100)}  # fmt: skip

# Stokman (2015), ASONAM: 770-778. Copenhagen climate treaty 2009: clout; position/salience on new treaty, developing
# countries 2020, domestic reduction, MRV, commitments, control, extra.
COPENHAGEN = """
USA        .260 10/.90   10/.80  10/.75 90/1.0 10/.80 10/.60 10/.60
EU         .156 50/.40   70/.90  50/.80 70/.50 20/.20 50/.75 50/.40
Australia  .026 20/.40   50/.50  30/.60 80/.60 20/.40 40/.50 25/.40
Canada     .039 10/.80   30/.80  30/.60 70/.50 10/.40 60/.50 25/.40
Japan      .052 50/.60   50/.60  20/.60 70/.50 20/.20 20/.40 40/.40
Russia     .013 90/.70   60/.60  0/.90  30/.10 -      60/.10 -
China      .247 100/.90  70/.80  10/.90 10/1.0 85/.70 75/.75 90/.85
Brazil     .026 100/.50  70/.80  20/.75 15/.90 70/.30 75/.75 70/.60
LDCs       .078 100/.90  100/1.0 75/.90 40/.30 90/.85 90/1.0 100/.95
Developing .026 100/.50  80/.80  50/.80 15/.80 70/.30 90/.80 80/.80
AOSIS      .078 100/.90  100/1.0 80/.95 50/.30 90/.85 90/1.0 100/.95
"""

# Stokman & Van Oosten (1994)'s exchange model, sample data of its program: Groningen road toll. The second scale has
# thirteen steps. Clout; position/salience on zone, height, time, commuters, extra investment, ring.
GRONINGEN = """
Willems 1   100/.95 5/.7 100/.9 100/.8 25/.6  75/.95
PvdA    1   50/.8   5/.7 75/.7  100/.6 25/.5  25/.8
GL      .6  100/.95 9/.9 100/.95 100/.8 50/.4 100/.9
VVD     .5  0/.9    0/.5 0/.9   0/.9   50/.8  0/.7
SP      .4  75/.7   3/.5 75/.6  50/.4  0/.3   0/.7
CDA     .5  25/.8   1/.6 25/.7  50/.4  25/.5  50/.6
D66     .2  25/.5   5/.3 50/.5  75/.6  25/.5  50/.7
CU      .2  75/.7   5/.5 75/.6  100/.6 50/.5  75/.8
KvK     .6  25/.8   1/.6 0/.7   0/.9   50/.5  25/.8
City    .9  0/.95   0/.8 0/1    0/.95  100/.9 100/.9
"""
THIRTEENTHS = 1  # the issue of Groningen that is counted so

# Godet (1991), Futures 23(6): 605-622, airports of Paris, as the example of the method's program has it:
# manufacturers, scheduled airlines, charter airlines, state, airport authority, residents.
AIRPORTS = ((0, 1, 1, 3, 0, 2), (2, 0, 3, 2, 1, 1), (1, 2, 0, 1, 1, 0), (2, 3, 3, 0, 3, 2), (0, 2, 3, 1, 0, 2),
            (0, 1, 1, 3, 2, 0))  # fmt: skip
OBJECTIVES = ((2, 3, 0, 0, 1), (-2, 0, 3, -1, -3), (-1, 0, -3, 3, -2), (0, 3, 2, 0, 1), (-1, 0, -2, 2, -2),
              (0, 0, 0, 0, 3))  # fmt: skip


def stands(table: str, thirteenths: int | None = None) -> tuple[list[str], Stands]:
    """Return the parties of a table, and where they stand."""
    lines = [line.split() for line in table.split("\n") if line]
    names = [words[0] for words in lines]
    issues = range(len(lines[0]) - 2)
    cells = [[None if word == "-" else tuple(map(F, word.split("/"))) for word in words[2:]] for words in lines]
    scale = [F(100, 13) if issue == thirteenths else F(1) for issue in issues]
    positions = tuple(tuple(row[issue] and row[issue][0] * scale[issue] for row in cells) for issue in issues)
    salience = tuple(tuple(row[issue] and row[issue][1] for row in cells) for issue in issues)
    clout = tuple(tuple(F(words[1]) for words in lines) for _ in issues)
    return names, Stands(positions, salience, clout)
