"""Reading every conversation back when all have been played."""

import asyncio
from collections.abc import Iterable, Iterator

from gateways.client.exceptions import CallRefusedError
from gateways.client.feed import Event
from gateways.command_line.play.customer import CustomerOfConversation
from gateways.command_line.play.ledger import Thread
from gateways.command_line.play.sightings import sighting_of

__all__ = ["Played", "read_back_all"]

Played = tuple[Thread, CustomerOfConversation]

_READERS = 16


async def read_back_all(played: Iterable[Played]) -> None:
    """Enters into each thread the messages that the server has recorded. Raises ServerGoneError."""
    remaining = iter([each for each in played if each[0].started])
    async with asyncio.TaskGroup() as group:
        for _ in range(_READERS):
            group.create_task(_read_back_some(remaining))


async def _read_back_some(remaining: Iterator[Played]) -> None:
    for thread, customer in remaining:
        await _read_back(thread, customer)


async def _read_back(thread: Thread, customer: CustomerOfConversation) -> None:
    """A conversation that the server refuses to show counts as empty: every message acknowledged in it is lost."""

    def take(event: Event) -> None:
        if event.type == "MessagePosted":
            thread.read_back.saw(sighting_of(event))

    try:
        await customer.read_back(take)
    except CallRefusedError as error:
        thread.broken_off = f"the conversation cannot be read back: {error}"
    thread.read_back.complete = thread.verified = True
    thread.drop_sightings()
