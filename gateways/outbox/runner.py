"""The interface by which those who change the outbox reach what is running."""

from collections.abc import Iterable
from typing import Protocol

__all__ = ["Runner"]


class Runner(Protocol):
    """Makes the deliveries of one effect. Its methods are called on the event loop."""

    def notify(self, targets: Iterable[str]) -> None:
        """Something waits for these targets."""

    def resume(self) -> None:
        """Targets that were stopped may work now."""

    async def rewind(self, target: str, position: int) -> None:
        """The events beyond the position go to the target again. Raises DataFileError."""
