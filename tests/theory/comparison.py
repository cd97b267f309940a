"""Simulated figures against theory's, and the rule by which a simulation is rejected.

The rule's quantiles and the seeds were fixed before any result was seen; the widest intervals allowed for the whole
grid were loosened once, with the lengths of the runs. With one interval for each load and figure:

1. Theory lies within every interval when these are widened so far that all of them hold at once with 95 % (Šidák).
2. Of the plain 95 % intervals of a figure, no more miss than chance explains: the 99 % quantile of the binomial.
3. Each plain interval is narrow enough to mean something: its half-width is below a stated share of theory's value.
"""

import math
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from tests.theory.centre import Passage
from tests.theory.formulas import Figures, erlang_a, erlang_c
from tests.theory.intervals import Interval, interval
from tests.theory.load import SERVICE, Load

__all__ = ["Comparison", "Widest", "batch_figures", "compare", "most_misses", "objections"]

CONFIDENCE = 0.95
SURE = 0.99

Widest = Mapping[str, float]
"""For each figure the largest half-width of its interval, as a share of theory's value."""


@dataclass(frozen=True)
class Comparison:
    """``batches`` holds the figure of each batch of customers."""

    load: Load
    figure: str
    theory: float
    batches: list[float]

    def interval(self, confidence: float = CONFIDENCE) -> Interval:
        return interval(self.batches, confidence)


def batch_figures(passages: Sequence[Passage], batches: int) -> list[Figures]:
    """The figures of each batch, all of the same number of customers who followed each other."""
    size = len(passages) // batches
    return [_figures(passages[start : start + size]) for start in range(0, size * batches, size)]


def compare(load: Load, batches: Sequence[Figures]) -> list[Comparison]:
    theory = _theory(load)
    figures = ("waiting", "mean_wait") if load.patience is None else Figures._fields
    return [
        Comparison(load, figure, getattr(theory, figure), [getattr(batch, figure) for batch in batches])
        for figure in figures
    ]


def objections(comparisons: Sequence[Comparison], widest: Widest) -> list[str]:
    """The reasons why the simulation does not agree with theory; empty if it agrees."""
    return [*_far_off(comparisons), *_too_often_off(comparisons), *_too_wide(comparisons, widest)]


def most_misses(intervals: int) -> int:
    """The number of misses that is exceeded in only 1 % of all cases, if each interval misses in 5 %."""
    misses = -1
    probability = 0.0
    while probability < SURE:
        misses += 1
        one_way = (1 - CONFIDENCE) ** misses * CONFIDENCE ** (intervals - misses)
        probability += math.comb(intervals, misses) * one_way
    return misses


def _far_off(comparisons: Sequence[Comparison]) -> Iterator[str]:
    confidence = CONFIDENCE ** (1 / len(comparisons))
    for each in comparisons:
        found = each.interval(confidence)
        if not found.holds(each.theory):
            yield f"{each.load}: {each.figure} is {found}, theory says {each.theory:.5f}"


def _too_often_off(comparisons: Sequence[Comparison]) -> Iterator[str]:
    missed: dict[str, list[bool]] = defaultdict(list)
    for each in comparisons:
        missed[each.figure].append(not each.interval().holds(each.theory))
    for figure, misses in missed.items():
        if sum(misses) > most_misses(len(misses)):
            yield f"{figure}: {sum(misses)} of {len(misses)} intervals miss, more than chance explains"


def _too_wide(comparisons: Sequence[Comparison], widest: Widest) -> Iterator[str]:
    for each in comparisons:
        found = each.interval()
        if found.half_width > widest[each.figure] * each.theory:
            yield f"{each.load}: {each.figure} of {found} says too little about {each.theory:.5f}"


def _theory(load: Load) -> Figures:
    if load.patience is None:
        return erlang_c(load.agents, load.offered)
    return erlang_a(load.agents, load.offered, load.patience)


def _figures(passages: Sequence[Passage]) -> Figures:
    count = len(passages)
    return Figures(
        waiting=sum(passage.wait > 0 for passage in passages) / count,
        mean_wait=sum(passage.wait for passage in passages) / count / SERVICE,
        abandoned=sum(passage.abandoned for passage in passages) / count,
    )
