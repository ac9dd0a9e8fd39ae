"""What an analyst says, as frozen values: cases, statements, states, approaches, edits."""
