"""What an effect is to the consumer that runs it."""

from typing import Protocol

from actors.engine import Committed

__all__ = ["Effect"]


class Effect(Protocol):
    """Calls the outside on account of events.

    A call may be repeated after a crash, so what it brings back must enter as commands whose ids derive from the
    event. ``lane`` names what the event belongs to: one lane is kept in order, different lanes run side by side.
    """

    name: str

    def lane(self, item: Committed) -> str | None:
        """None when the event is of no concern. Called on the event loop for every event; must be quick."""

    async def perform(self, item: Committed) -> None:
        """Does the call and deals with its failure; an exception that leaves it is logged and the event passed.

        Thousands may run at once: the effect bounds what it asks of each of those whom it calls.
        """
