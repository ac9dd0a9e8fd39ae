"""Certificates checked again, with a statement parser, moves and definitions of its own: it shares no code with the
search that made them, only the case as data. The public function is `detente.verify`.
"""
