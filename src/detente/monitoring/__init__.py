"""This package owns cooperative monitoring: scenarios as frozen values, and the mathematics of plans; no files."""
