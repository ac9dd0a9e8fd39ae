"""Indices, statement trees and arrays in, sets of states out; never names, files or prose."""
