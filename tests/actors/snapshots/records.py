"""Simulated days, and reading their journals in steps."""

from collections.abc import Iterator
from functools import cache
from itertools import pairwise
from random import Random

from actors.journal import Journal
from schemas.events import REGISTRY, Event
from schemas.records import Record
from tests.simulation.days.run import simulate_days
from tests.simulation.run import Mishaps, simulate

__all__ = ["CODE", "Item", "crowd", "days", "decoded", "steps"]

CODE = "these tests"
Item = tuple[Record, Event]
_MISHAPS = Mishaps(restarts=2, failures=5, nights=1, jumps=2)


@cache
def crowd(seed: int, events: int) -> Journal:
    """The journal of a crowd that does everything that can be done, sensible or not."""
    return simulate(seed, events, _MISHAPS).journal


@cache
def days(seed: int, events: int) -> Journal:
    return simulate_days(seed, events, _MISHAPS)[0].world.journal


def decoded(journal: Journal, after: int = 0, until: int | None = None) -> list[Item]:
    last = journal.last_position() if until is None else until
    return [(record, REGISTRY.decode(record)) for record in journal.read_all(after, last - after)]


def steps(journal: Journal, random: Random, most: int) -> Iterator[list[Item]]:
    """The whole journal in pieces of random lengths."""
    last = journal.last_position()
    ends = sorted({0, last, *(random.randrange(last) for _ in range(2 * last // most))})
    for after, until in pairwise(ends):
        yield decoded(journal, after, until)
