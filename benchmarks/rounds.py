"""
Measuring that bears a busy machine: every round runs all the candidates in turn.

A sample is CPU time of this process, so what other processes take is left out as far
as the system can tell, and whatever slows the machine down slows all candidates of a
round alike. The minimum of many rounds is the figure to compare, the median shows how
quiet the machine was.
"""

from collections.abc import Callable, Mapping
from math import ceil
from statistics import median
from time import process_time
from timeit import Timer
from typing import NamedTuple

__all__ = ["Timing", "interleaved"]

# Short enough that a sample often runs without an interruption.
_SAMPLE_SECONDS = 0.003


class Timing(NamedTuple):
    """What the rounds of one candidate came to, in seconds per call."""

    best: float
    middle: float


def interleaved(
    candidates: Mapping[str, Callable[[], object]],
    rounds: int = 40,
    sample_seconds: float = _SAMPLE_SECONDS,
) -> dict[str, Timing]:
    """
    Time each candidate once per round, A B C A B C ..., with the collector off.

    A sample repeats the call until it lasts long enough to be read from the clock.
    """
    timers = {
        name: Timer(candidate, timer=process_time)
        for name, candidate in candidates.items()
    }
    repeats = {
        name: max(1, ceil(sample_seconds / max(min(timer.repeat(3, 1)), 1e-7)))
        for name, timer in timers.items()
    }
    samples: dict[str, list[float]] = {name: [] for name in timers}
    for _ in range(rounds):
        for name, timer in timers.items():
            number = repeats[name]
            samples[name].append(timer.timeit(number) / number)
    return {name: Timing(min(taken), median(taken)) for name, taken in samples.items()}
