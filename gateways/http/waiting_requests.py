"""The requests that wait for their answers: when they are too many, further ones are refused at the door."""

from gateways.http.problems import Problem

__all__ = ["WaitingRequests"]


class WaitingRequests:
    """Counts the requests that have come in whole and are not answered yet. Feeds and uploads do not count: they last
    as long as their clients like."""

    def __init__(self, max_waiting: int) -> None:
        self.count = 0
        self._max_waiting = max_waiting

    def check(self) -> None:
        """Raises Problem when a further request would wait too long for its turn."""
        if self.count >= self._max_waiting:
            raise Problem("overloaded", f"{self.count} requests wait for their answers; try again shortly")
