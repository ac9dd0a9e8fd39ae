"""This module owns the statement language: words in, a tree out, or the fault and its spot.

Precedence, tightest first: comparison, ``not``, ``and``, ``or``, ``if``, ``iff``. ``if`` and ``iff`` do not chain
without parentheses, because readers group them differently.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from detente.errors import StatementError, did_you_mean
from detente.model.statements import And, Compare, Count, If, Iff, Not, Or, Outcome, Statement, Tree, extent

WORDS = ("not", "and", "or", "if", "iff", "at", "most", "least", "exactly", "of")
SYMBOLS = {"!": "not", "~": "not", "&": "and", "&&": "and", "|": "or", "||": "or", "->": "if", "<->": "iff", "==": "="}
MEANT = {
    "no": "write 'not'",
    "never": "write 'not'",
    "both": "write (A and B), or not (A and B)",
    "either": "write A or B",
    "neither": "write not A and not B",
    "nor": "write 'and not'",
    "but": "write 'and'",
    "without": "write 'and not'",
    "unless": "write 'if not'",
    "when": "write 'if'",
    "implies": "write 'B if A' for A implies B",
    "xor": "write: exactly 1 of (A, B)",
}
"""What to write instead of words that are none of this language."""
TOKEN = re.compile(r"[A-Za-z0-9][\w-]*(?:\.[A-Za-z0-9][\w-]*)*|<->|->|&&|\|\||[<>!=]=|[<>=(),!~&|]|\S")
DEEPEST, LONGEST = 50, 20_000
LARGEST, DEEPEST_NAMED = 100_000, 150  # parts and levels, with named statements spelled out


@dataclass(frozen=True, slots=True)
class Names:
    """What a statement may speak of.

    Parameters
    ----------
    options : mapping
        ``Party.option`` to the names of its levels, lowest first; () for a yes/no option.
    outcomes : mapping
        The named statements, by name.
    extents : dict
        How large each named statement is; filled when it is first used.
    """

    options: Mapping[str, tuple[str, ...]]
    outcomes: Mapping[str, Tree] = field(default_factory=dict)
    extents: dict[str, tuple[int, int]] = field(default_factory=dict, compare=False, repr=False)


def parse(text: str, names: Names, party: str = "") -> Statement:
    """Read a statement.

    Parameters
    ----------
    text : str
        The statement, in words.
    names : Names
        The options and named statements it may use.
    party : str
        In whose block it stands: there that party's options may be named alone.

    Raises
    ------
    StatementError
        With the spot, what is wrong there and what to do.
    """
    return Statement(text, _Reader(text, names, party).whole(), party)


class _Reader:
    """One reading of one statement: its tokens and the place reached."""

    def __init__(self, text: str, names: Names, party: str) -> None:
        self.text, self.names, self.party = text, names, party
        self.at, self.depth, self.size = 0, 0, 0
        if len(text) > LONGEST:
            raise StatementError(
                text[:100],
                0,
                f"the statement has {len(text)} characters, {LONGEST} are the most",
                "split it, or name parts of it under outcomes",
            )
        self.tokens = [(match.group(), match.start()) for match in TOKEN.finditer(text)]

    def whole(self) -> Tree:
        if not self.tokens:
            raise StatementError(self.text, 0, "the statement is empty", "write what is wanted, or take the line out")
        tree = self.iff()
        if self.word():
            raise self.fault(f"{self.word()!r} is not expected here", self.advice())
        if extent(tree, self.names.extents)[1] > DEEPEST_NAMED:
            what = f"with its named statements spelled out the statement has more than {DEEPEST_NAMED} levels"
            raise StatementError(self.text, 0, what, "build it from fewer named statements")
        return tree

    def word(self) -> str:
        return self.tokens[self.at][0] if self.at < len(self.tokens) else ""

    def take(self, *expected: str) -> bool:
        """Step over the next word if it is one of those expected."""
        if self.word() in expected:
            self.at += 1
            return True
        return False

    def fault(self, what: str, remedy: str = "", back: int = 0) -> StatementError:
        at = self.at - back
        place = self.tokens[at][1] if at < len(self.tokens) else len(self.text.rstrip())
        return StatementError(self.text, place, what, remedy)

    def advice(self) -> str:
        word = self.word()
        if word in SYMBOLS:
            return f"write {SYMBOLS[word]!r}" if word != "->" else "write 'B if A' for A -> B"
        if word.lower() in WORDS and word not in WORDS:
            return f"write {word.lower()!r}"
        if word in ("if", "iff"):
            return "put one of the two in parentheses"
        if word.lower() in MEANT:
            return MEANT[word.lower()]
        return "join statements with and, or, if, iff"

    def iff(self) -> Tree:
        left = self.implication()
        return Iff(left, self.implication()) if self.take("iff") else left

    def implication(self) -> Tree:
        then = self.disjunction()
        return If(then, self.disjunction()) if self.take("if") else then

    def disjunction(self) -> Tree:
        parts = [self.conjunction()]
        while self.take("or"):
            parts.append(self.conjunction())
        return Or(tuple(parts)) if len(parts) > 1 else parts[0]

    def conjunction(self) -> Tree:
        parts = [self.negation()]
        while self.take("and"):
            parts.append(self.negation())
        return And(tuple(parts)) if len(parts) > 1 else parts[0]

    def negation(self) -> Tree:
        if not self.take("not"):
            return self.simple()
        self.deeper()
        tree = Not(self.negation())
        self.depth -= 1
        return tree

    def deeper(self) -> None:
        self.depth += 1
        if self.depth > DEEPEST:
            raise self.fault(f"more than {DEEPEST} levels of nesting", "name parts of it under outcomes", back=1)

    def used(self, name: str, outcome: Tree) -> None:
        """Refuse a named statement that makes this one too large once it is spelled out."""
        extents = self.names.extents
        if name not in extents:
            extents[name] = extent(outcome, extents)
        self.size += extents[name][0]
        if self.size > LARGEST:
            what = f"with its named statements spelled out the statement has more than {LARGEST} parts"
            raise self.fault(what, "build it from fewer named statements", back=1)

    def simple(self) -> Tree:
        if self.take("("):
            self.deeper()
            tree = self.iff()
            self.close()
            self.depth -= 1
            return tree
        if self.word() in ("at", "exactly"):
            return self.count()
        return self.comparison()

    def close(self) -> None:
        if not self.take(")"):
            raise self.fault(
                f"{self.word()!r} is not expected here" if self.word() else "a parenthesis is not closed",
                "write ')'" if not self.word() or self.word() == "," else self.advice(),
            )

    def count(self) -> Tree:
        bound = "exactly"
        if self.take("at"):
            if self.word() not in ("most", "least"):
                raise self.fault("'at' is followed by 'most' or 'least'", "write: at most 1 of (a, b)")
            bound = f"at {self.word()}"
        self.at += 1
        if not self.word().isdecimal():
            raise self.fault(f"{bound!r} is followed by a number", f"write: {bound} 1 of (a, b)")
        number = int(self.word()[:9])
        self.at += 1
        if not self.take("of") or not self.take("("):
            raise self.fault("a list in parentheses is expected", f"write: {bound} {number} of (a, b)")
        self.deeper()
        parts = [] if self.word() == ")" else [self.iff()]
        while self.take(","):
            parts.append(self.iff())
        self.close()
        self.depth -= 1
        return Count(bound, number, tuple(parts))

    def comparison(self) -> Tree:
        name = self.word()
        if not name:
            raise self.fault("the statement ends too soon", "an option's name is expected here")
        if name in WORDS or not name[0].isalnum():
            what = "stands where a name is expected" if name in WORDS else "is not expected here"
            remedy = self.advice() if name in SYMBOLS else "an option's name is expected here"
            raise self.fault(f"{name!r} {what}", remedy)
        outcome = self.names.outcomes.get(name)
        key = f"{self.party}.{name}" if self.party and "." not in name else name
        if key not in self.names.options and outcome is not None:
            self.at += 1
            self.used(name, outcome)
            return Outcome(name, outcome)
        if key not in self.names.options:
            raise self.fault(*self.unknown(name))
        self.at += 1
        levels = self.names.options[key]
        relation = self.word()
        if relation not in ("=", "!=", "<", "<=", ">", ">="):
            return Compare(key)
        if not levels:
            raise self.fault(f"{key} is a yes/no option and has no levels", f"write {name} or not {name}")
        self.at += 1
        if self.word() not in levels:
            what = f"{key} has no level {self.word()!r}" if self.word() else "the statement ends too soon"
            raise self.fault(what, did_you_mean(self.word(), levels))
        self.at += 1
        level = self.tokens[self.at - 1][0]
        return Compare(key, relation, levels.index(level), level)

    def unknown(self, name: str) -> tuple[str, str]:
        """Say what is wrong with a name that is no option and no outcome, and what may have been meant."""
        home = f"{self.party}."
        own = [key.removeprefix(home) for key in self.names.options if self.party and key.startswith(home)]
        elsewhere = [key for key in self.names.options if key.partition(".")[2] == name]
        if elsewhere:
            return f"{name!r} stands outside its party's block", "write " + " or ".join(elsewhere)
        if name.lower() in WORDS:
            return f"{name!r} is not a name", f"write {name.lower()!r}"
        if name.lower() in MEANT:
            return f"{name!r} is no word of statements", MEANT[name.lower()]
        known = [*own, *self.names.options, *self.names.outcomes]
        return f"no option or outcome is called {name!r}", did_you_mean(name, known)
