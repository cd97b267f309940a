"""The waits of a first-come-first-served line, by the textbook's recursion: no engine, no events."""

import heapq
from collections.abc import Sequence

from tests.theory.centre import Passage
from tests.theory.load import Arrival

__all__ = ["recursion"]


def recursion(agents: int, came: Sequence[Arrival]) -> list[Passage]:
    """The passage of each customer, who gets the agent that is free first, unless patience ends before (Kiefer and
    Wolfowitz 1955)."""
    free_at = [0] * agents
    passages = []
    for at, service, patience in came:
        wait = max(free_at[0] - at, 0)
        abandoned = patience is not None and patience < wait
        if patience is not None and abandoned:
            wait = patience
        else:
            heapq.heapreplace(free_at, at + wait + service)
        passages.append(Passage(wait, abandoned))
    return passages
