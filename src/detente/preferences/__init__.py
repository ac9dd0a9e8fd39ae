"""From what a party said it wants to what an engine can use: a Ladder, Weighted statements, or Ranks."""

from detente.preferences.wants import Ladder, Ranks, Want, Weighted, ranks

__all__ = ["Ladder", "Ranks", "Want", "Weighted", "ranks"]
