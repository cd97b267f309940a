"""The memory that the bodies of requests take which have not come in whole."""

from gateways.http.problems import Problem

__all__ = ["UnfinishedBodies"]


class UnfinishedBodies:
    """Counts the bytes of all bodies together that are waiting for the rest of themselves."""

    def __init__(self, max_bytes: int) -> None:
        self.held = 0
        self._max_bytes = max_bytes

    def hold(self, size: int) -> None:
        """Counts so many further bytes until ``release``. Raises Problem when they are too many; they are counted all
        the same."""
        self.held += size
        if self.held > self._max_bytes:
            raise Problem("overloaded", "too many requests are coming in slowly; try again shortly")

    def release(self, size: int) -> None:
        self.held -= size
