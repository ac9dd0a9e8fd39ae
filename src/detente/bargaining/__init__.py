"""This package owns the mathematics of deals over numbers: one module a method, numbers in and numbers out."""
