"""The interface between an effect and the consumer that runs it."""

from typing import Protocol

from actors.engine import Committed

__all__ = ["Effect"]


class Effect(Protocol):
    """Calls an outside system because of events.

    A call may be repeated after a crash, so its results must become commands whose ids are derived from the event.
    ``lane`` names the lane to which an event belongs: the events of one lane are performed in order, different lanes
    run side by side.
    """

    name: str

    def lane(self, item: Committed) -> str | None:
        """The event's lane, or None when the effect ignores the event. It is called on the event loop for every event,
        and must be quick."""

    def target(self, item: Committed) -> str:
        """The name of the outside system that is called for the event."""

    async def perform(self, item: Committed) -> None:
        """Makes the call and handles its failure. An exception that it raises is logged, and the event is parked in the
        outbox with the reason.

        Thousands of calls may run at once, so the effect must limit the calls to each outside system.
        """
