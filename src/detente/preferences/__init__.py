"""From what a party said it wants to what an engine can use: a Ladder, or Ranks."""
