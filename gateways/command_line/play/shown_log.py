"""The log of a conversation on a page in which one side of it writes."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence

from gateways.command_line.play.dialogues import Speaker
from gateways.command_line.play.exceptions import BrokenOffError
from gateways.command_line.play.ledger import Message, Sighting

__all__ = ["ShownLog"]


class ShownLog:
    """What the page shows now. A message without a version is still being sent."""

    def __init__(self, writer: Speaker) -> None:
        self._writer = writer
        self._log: Sequence[Sighting] = ()
        self._changed = asyncio.Event()

    def show(self, log: Sequence[Sighting]) -> None:
        self._log = log
        self._changed.set()

    async def post(self, message: Message, write: Callable[[], Awaitable[None]], page: str, patience: float) -> int:
        """Has the message written on the page, which gives it its id. Returns the version at which the page shows that
        it is sent. Raises BrokenOffError when it is not sent in time."""
        before = {sighting.message_id for sighting in self._log}
        await write()
        try:
            async with asyncio.timeout(patience):
                written = await self._until_shown(lambda own: own.message_id not in before)
                message.message_id = written.message_id
                sent = await self._until_shown(
                    lambda own: own.message_id == message.message_id and own.version is not None
                )
        except TimeoutError as error:
            raise BrokenOffError(f"{page} has not sent a message in {patience:g} s") from error
        assert sent.version is not None  # noqa: S101 - it has been waited for
        return sent.version

    async def _until_shown(self, is_meant: Callable[[Sighting], bool]) -> Sighting:
        """Waits until the log shows such a message of the writer."""
        while True:
            self._changed.clear()
            for sighting in self._log:
                if sighting.speaker == self._writer and is_meant(sighting):
                    return sighting
            await self._changed.wait()
