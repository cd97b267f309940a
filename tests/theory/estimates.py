"""The estimated waits against the real ones: what was estimated when customers came, and how long they waited."""

import sys
from collections.abc import Sequence
from contextlib import closing
from statistics import fmean
from typing import NamedTuple

from tests.theory.centre import Centre
from tests.theory.load import Arrival, Load, arrivals
from tests.theory.simulation import Simulation

__all__ = ["LOADS", "Score", "main", "score"]

LOADS = (Load(5, 0.8), Load(5, 0.95), Load(20, 0.95), Load(5, 1.2, 1.0))


class Score(NamedTuple):
    """``estimated`` and ``waited`` are mean seconds of the customers who waited for an agent and got one; ``error`` is
    the mean distance of the two. ``guess`` is the mean distance from their mean wait, which is what a constant estimate
    would achieve."""

    customers: int
    estimated: float
    waited: float
    error: float
    guess: float


def score(agents: int, came: Sequence[Arrival], warm_up: int) -> Score:
    """Serves all customers and scores the estimates of those after the warm-up."""
    with closing(Centre(agents)) as centre:
        Simulation(centre, came, None).run()
        pairs = [
            (estimated, waited)
            for estimated, waited in centre.estimates()[warm_up:]
            if estimated is not None and estimated > 0
        ]
    estimated, waited = fmean(pair[0] for pair in pairs), fmean(pair[1] for pair in pairs)
    error = fmean(abs(pair[0] - pair[1]) for pair in pairs)
    return Score(len(pairs), estimated, waited, error, fmean(abs(waited - pair[1]) for pair in pairs))


def main() -> int:
    """``python -m tests.theory.estimates``: prints the table of docs/routing.md."""
    print("| load | customers who waited | mean estimate | mean wait | mean error | error of a constant |")
    print("|---|---|---|---|---|---|")
    for load in LOADS:
        found = score(load.agents, arrivals(load, 8_000, seed=0), 500)
        figures = " | ".join(f"{value:.0f} s" for value in found[1:])
        print(f"| {load} | {found.customers:,} | {figures} |", flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
