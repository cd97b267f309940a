"""Reading every conversation back, when all is over."""

import asyncio
from collections.abc import Iterable, Iterator

from gateways.client.exceptions import RefusedError
from gateways.client.feed import Event
from gateways.command_line.play.customer import Customer
from gateways.command_line.play.ledger import Thread
from gateways.command_line.play.sightings import sighting_of

__all__ = ["Played", "verify"]

Played = tuple[Thread, Customer]

_READERS = 16


async def verify(played: Iterable[Played]) -> None:
    """Enters into each thread what the server has on record. Raises ServerGoneError."""
    remaining = iter([each for each in played if each[0].started])
    async with asyncio.TaskGroup() as group:
        for _ in range(_READERS):
            group.create_task(_verify_some(remaining))


async def _verify_some(remaining: Iterator[Played]) -> None:
    for thread, customer in remaining:
        await _verify(thread, customer)


async def _verify(thread: Thread, customer: Customer) -> None:
    """A conversation that the server refuses to show counts as empty: whatever was acknowledged in it is lost."""

    def take(event: Event) -> None:
        if event.type == "MessagePosted":
            thread.record.saw(sighting_of(event))

    try:
        await customer.read_back(take)
    except RefusedError as error:
        thread.broken_off = f"the record cannot be read: {error}"
    thread.record.complete = thread.verified = True
    thread.settle()
