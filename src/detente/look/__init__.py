"""A summary and its surfaces: text, markdown, LaTeX, HTML and CSV. Knows no case and no game."""
