"""This module owns clauses: literals, what must hold of them, and what each costs where it is true."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from detente.questions.nearest_kinds import Atom

YES, NO = 1, -1  # variable 1 is always true, so that constants are literals too


@dataclass(eq=False)
class Formula:
    """Clauses that must hold, and literals that cost something where they are true."""

    top: int = YES
    hard: list[list[int]] = field(default_factory=lambda: [[YES]])
    costs: dict[int, int] = field(default_factory=dict)
    atoms: dict[Atom, int] = field(default_factory=dict)
    movers: dict[str, int] = field(default_factory=dict)

    def new(self, cost: int = 0) -> int:
        """Return a new literal."""
        self.top += 1
        if cost:
            self.costs[self.top] = cost
        return self.top

    def need(self, literals: Iterable[int]) -> None:
        """Ask for one of some literals."""
        clause = [literal for literal in literals if literal != NO]
        if YES not in clause:
            self.hard.append(clause)

    def edit(self, atom: Atom, cost: int, mover: str) -> int:
        """Return the literal of an edit; whoever makes it is among those who move."""
        literal = self.new(cost)
        self.implies(literal, self.atom(atom))
        self.implies(literal, self.mover(mover))
        return literal

    def atom(self, atom: Atom) -> int:
        """Return the literal that is true where an edit known by this atom is made."""
        if atom not in self.atoms:
            self.atoms[atom] = self.new()
        return self.atoms[atom]

    def mover(self, party: str) -> int:
        """Return the literal that is true where a party must move."""
        if party not in self.movers:
            self.movers[party] = self.new()
        return self.movers[party]

    def implies(self, literal: int, other: int) -> None:
        """Ask for one literal where another one is true."""
        self.hard.append([-literal, other])

    def conjunction(self, literals: Sequence[int]) -> int:
        """Return a literal that is true exactly where all of some are."""
        kept = [literal for literal in literals if literal != YES]
        if NO in kept or len(kept) < 2:
            return NO if NO in kept else kept[0] if kept else YES
        both = self.new()
        self.hard += [[-both, literal] for literal in kept]
        self.hard.append([both, *(-literal for literal in kept)])
        return both

    def disjunction(self, literals: Sequence[int]) -> int:
        """Return a literal that is true exactly where one of some is."""
        return -self.conjunction([-literal for literal in literals])
