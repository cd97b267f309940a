"""The measurements of a play."""

from array import array
from collections.abc import Sequence

__all__ = ["Measurements", "percentile"]


class Measurements:
    """``moves`` counts the events that show progress, and ``pausing`` the people who wait on purpose now.

    ``peak_open`` is the highest number of conversations that were open at once. Times are in seconds.
    """

    def __init__(self) -> None:
        self.moves = 0
        self.pausing = 0
        self.open = 0
        self.peak_open = 0
        self.acknowledged = 0
        self.acknowledgement_seconds = array("d")
        self.to_agent_seconds = array("d")

    def opened(self) -> None:
        self.open += 1
        self.peak_open = max(self.peak_open, self.open)

    def closed(self) -> None:
        self.open -= 1


def percentile(values: Sequence[float], percent: float) -> float:
    """Returns the smallest value that at least ``percent`` percent of the values do not exceed."""
    rank = -(-len(values) * percent // 100)
    return sorted(values)[max(int(rank) - 1, 0)]
