"""The loads that are compared with theory, and the number of customers that each needs."""

import math
from typing import NamedTuple

from tests.theory.comparison import Widest
from tests.theory.load import Load

__all__ = ["ENGINE", "ENGINE_WIDEST", "EVERYTHING", "EVERYTHING_WIDEST", "Cell"]

AGENTS = (1, 2, 5, 20)
PATIENCES = (0.5, 1.0, 3.0)
BATCHES = 20


class Cell(NamedTuple):
    """A load, and the number of customers counted, in so many runs that each begin with an empty centre."""

    load: Load
    customers: int
    runs: int = 1

    @property
    def batches(self) -> int:
        """The number of batches in one run."""
        return BATCHES // self.runs

    @property
    def warm_up(self) -> int:
        """The first customers of a run, who are left out until the line has forgotten that it began empty.

        The memory of M/M/n lasts (1 - sqrt(rho))^-2 / n mean service times, that of M/M/n+M about as long as customers
        are served or are patient. Five times that is left out.
        """
        load = self.load
        if load.patience is None:
            return 50 + round(5 * load.rho / (1 - math.sqrt(load.rho)) ** 2)
        return 50 + round(5 * load.offered * max(load.patience, 1.0))

    @property
    def arrivals(self) -> int:
        """The number of arrivals in one run, with the warm-up."""
        return self.warm_up + self.customers // self.runs


ENGINE = [
    *(Cell(Load(agents, 0.5), 3_000) for agents in (1, 2, 5)),
    *(Cell(Load(agents, 0.8), 4_000) for agents in (1, 2, 5)),
    Cell(Load(20, 0.8), 6_000),
    *(Cell(Load(agents, 1.2, patience), 1_500) for agents in (1, 2, 5) for patience in PATIENCES),
    Cell(Load(20, 1.2, 1.0), 2_000),
]
"""The loads that the engine carries out in seconds."""

ENGINE_WIDEST: Widest = {"waiting": 0.35, "mean_wait": 0.75, "abandoned": 0.30}

EVERYTHING = [
    *(Cell(Load(agents, 0.5), 40_000, 4) for agents in (1, 2, 5)),
    Cell(Load(20, 0.5), 300_000, 4),
    *(Cell(Load(agents, 0.8), 80_000, 4) for agents in AGENTS),
    *(Cell(Load(agents, 0.9), 120_000, 4) for agents in AGENTS),
    *(Cell(Load(agents, 0.95), 160_000, 4) for agents in AGENTS),
    *(Cell(Load(agents, 0.8, patience), 20_000, 4) for agents in AGENTS for patience in PATIENCES),
    *(Cell(Load(agents, 1.2, patience), 20_000, 4) for agents in AGENTS for patience in PATIENCES),
]
"""The whole grid: minutes for the engine, seconds for the recursion."""

EVERYTHING_WIDEST: Widest = {"waiting": 0.30, "mean_wait": 0.60, "abandoned": 0.30}
