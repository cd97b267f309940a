"""Confidence intervals for the mean of a simulated queue, from the means of batches."""

import math
from collections.abc import Sequence
from functools import cache
from statistics import fmean, stdev
from typing import NamedTuple

__all__ = ["Interval", "interval", "student_t"]


class Interval(NamedTuple):
    mean: float
    half_width: float

    def holds(self, value: float) -> bool:
        return abs(value - self.mean) <= self.half_width

    def __str__(self) -> str:
        return f"{self.mean:.5f} ± {self.half_width:.5f}"


def interval(batches: Sequence[float], confidence: float) -> Interval:
    """The interval for the mean, from the means of equal batches (Law, Simulation Modeling and Analysis, 9.5.3).

    One wait is much like the wait before it; batches that are far longer than this memory are nearly independent.
    """
    quantile = student_t(confidence, len(batches) - 1)
    return Interval(fmean(batches), quantile * stdev(batches) / math.sqrt(len(batches)))


@cache
def student_t(confidence: float, freedom: int) -> float:
    """The bound that the absolute value of a Student's t of so many degrees of freedom keeps with this probability."""
    low, high = 0.0, 1e6
    for _ in range(200):
        middle = (low + high) / 2
        low, high = (middle, high) if _within(middle, freedom) < confidence else (low, middle)
    return high


def _within(t: float, freedom: int) -> float:
    """P{|T| <= t}: Abramowitz and Stegun, Handbook of Mathematical Functions, 26.7.3 and 26.7.4."""
    theta = math.atan(t / math.sqrt(freedom))
    odd = freedom % 2
    term = math.cos(theta) if odd else 1.0
    total = 0.0 if freedom == 1 else term
    for number in range(2 + odd, freedom - 1, 2):
        term *= (number - 1) / number * math.cos(theta) ** 2
        total += term
    return 2 / math.pi * (theta + math.sin(theta) * total) if odd else math.sin(theta) * total
