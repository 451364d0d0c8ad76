"""Measurements: `python -m benchmarks [name …]` runs them, `make bench` runs all.

Ratios of things measured side by side in one run; absolute times of one machine mean little.

Not here: tests. Nothing in a benchmark decides whether the code is right.
"""
