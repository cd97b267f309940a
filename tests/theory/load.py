"""The load of a contact centre: random customers, with the service that they need and the patience that they have."""

from dataclasses import dataclass
from math import log
from random import Random
from typing import NamedTuple

__all__ = ["SERVICE", "Arrival", "Load", "arrivals"]

SERVICE = 100_000_000
"""The mean service time, in microseconds."""


@dataclass(frozen=True)
class Load:
    """``rho`` is the work that arrives per agent; ``patience`` its mean in service times, None for endless patience."""

    agents: int
    rho: float
    patience: float | None = None

    @property
    def offered(self) -> float:
        """The work that arrives, in Erlang."""
        return self.agents * self.rho

    def __str__(self) -> str:
        name = f"M/M/{self.agents} at {self.rho}"
        return name if self.patience is None else f"{name}, patience {self.patience}"


class Arrival(NamedTuple):
    """A customer; times in microseconds. ``patience`` of None never ends."""

    at: int
    service: int
    patience: int | None


def arrivals(load: Load, count: int, seed: int) -> list[Arrival]:
    """Poisson arrivals, exponential service, exponential patience."""
    draw = Random(f"{load} {seed}").random
    gap, patience = SERVICE / load.offered, None if load.patience is None else SERVICE * load.patience
    now, came = 0, []
    for _ in range(count):
        now += round(-log(1 - draw()) * gap)
        service = round(-log(1 - draw()) * SERVICE)
        came.append(Arrival(now, service, None if patience is None else round(-log(1 - draw()) * patience)))
    return came
