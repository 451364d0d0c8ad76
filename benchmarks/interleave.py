"""Timing several things fairly: taken in turns, compared pair by pair.

A machine slows down and speeds up while it measures. Two things timed one right after the other
meet the same machine; the median of many such pairs is a ratio that can be trusted.
"""

import statistics
import time
from collections.abc import Callable, Mapping


def interleaved(
    functions: Mapping[str, Callable[[], object]],
    rounds: int,
    clock: Callable[[], float] = time.perf_counter,
) -> dict[str, list[float]]:
    """Run all functions in turns.

    Args:
        functions: name → what to time.
        rounds: how many times each is run, after one round that does not count.
        clock: what to read; `time.process_time` does not count waiting for a busy machine.

    Returns:
        name → seconds of each round.
    """
    seconds: dict[str, list[float]] = {name: [] for name in functions}
    for count in range(rounds + 1):
        for name, function in functions.items():
            start = clock()
            function()
            if count:
                seconds[name].append(clock() - start)
    return seconds


def ratio(seconds: Mapping[str, list[float]], one: str, other: str) -> float:
    """The median over the rounds of time(one) / time(other)."""
    return statistics.median(a / b for a, b in zip(seconds[one], seconds[other], strict=True))


def quantile(values: list[float], share: float) -> float:
    """The value below which this share of the values lies."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))]
