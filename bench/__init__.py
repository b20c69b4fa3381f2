"""Benchmarks that print ratios against a floor of the same run, on a PostgreSQL of their own that really keeps a commit.

`F` is the share of the speed of raw SQL (`bench.floor`), measured alternating with it, operation by operation: machines
are noisy, and a ratio of the same minute is worth more than a rate. A target that is missed is printed as missed. Not
there yet: a city's year under a moved clock.
"""
