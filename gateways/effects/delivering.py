"""The interface between an effect and the engine of deliveries that runs it."""

from collections.abc import Sequence
from typing import Protocol

from actors.engine import Committed
from gateways.outbox import Delivery, Outcome, Planned, TargetPolicy

__all__ = ["DeliveringEffect"]


class DeliveringEffect(Protocol):
    """Calls outside systems because of events, over the durable outbox.

    ``repeatable`` says that a call whose answer was lost may be made again, because the target recognises it. What a
    call brings back must become commands whose ids derive from the event, because the call may still be repeated
    between them and the outbox.
    """

    name: str
    repeatable: bool

    def plan(self, item: Committed) -> Sequence[Planned]:
        """Where the event has to go. It is called on the event loop for every event, and must be quick."""

    def policy(self, target: str) -> TargetPolicy | None:
        """How much the target is asked of; None when it is gone, and nothing goes there any more."""

    async def perform(self, delivery: Delivery, item: Committed | None) -> Outcome:
        """Makes one try. ``item`` is the event, unless the delivery has a payload. An exception parks the delivery."""

    async def look_up(self, delivery: Delivery, item: Committed | None) -> Outcome | None:
        """What became of a call that was being made when the server ended, if that can be known."""

    async def set_aside(self, delivery: Delivery, item: Committed | None, outcome: Outcome) -> None:
        """The delivery is about to be parked: nobody knows what became of it, or it is given up."""
