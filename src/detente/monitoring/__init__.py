"""This package owns the mathematics of cooperative monitoring: arrays in, numbers out; no names, no prose, no files."""
