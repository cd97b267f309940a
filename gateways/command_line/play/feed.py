"""Following a feed over one WebSocket, from cursor to cursor across dropped connections."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import NoReturn

import aiohttp
import msgspec

from gateways.command_line.play.exceptions import PlayError
from gateways.command_line.play.ledger import Sighting
from gateways.command_line.play.server import Server

__all__ = ["Event", "Feed", "Opener", "sighting_of"]

Opener = Callable[[str], Awaitable[aiohttp.ClientWebSocketResponse]]

_PAUSE_SECONDS = 0.2


class Event(msgspec.Struct):
    """A frame of a feed: an agent's counts positions, a conversation's versions."""

    type: str
    data: msgspec.Raw
    version: int | None = None
    position: int | None = None
    conversation_id: str | None = None


class _Sender(msgspec.Struct):
    type: str


class _Content(msgspec.Struct):
    text: str | None = None


class _Posted(msgspec.Struct):
    message_id: str
    sender: _Sender
    content: _Content


_event_decoder = msgspec.json.Decoder(Event)
_posted_decoder = msgspec.json.Decoder(_Posted)


def sighting_of(event: Event) -> Sighting:
    """Of an event MessagePosted."""
    posted = _posted_decoder.decode(event.data)
    return Sighting(posted.message_id, event.version, posted.sender.type, posted.content.text)


class Feed:
    """``opener`` opens a WebSocket at a path; ``take`` is handed each event once, in order."""

    def __init__(
        self, server: Server, path: str, opener: Opener, take: Callable[[Event], None], cursor: int = 0
    ) -> None:
        self._server = server
        self._path = path
        self._opener = opener
        self._take = take
        self._cursor = cursor
        self._opened = False

    async def follow(self) -> NoReturn:
        """Until cancelled. Raises RefusedError, or ServerGoneError when the server stays away."""
        while True:
            before = self._cursor
            async with await self._server.persist(self._open) as socket:
                cut = await self._read_until_cut(socket)
            if self._cursor == before and not cut:
                await asyncio.sleep(_PAUSE_SECONDS)

    async def _open(self) -> aiohttp.ClientWebSocketResponse:
        socket = await self._opener(f"{self._path}?after={self._cursor}")
        self._server.resumed += self._opened
        self._opened = True
        return socket

    async def _read_until_cut(self, socket: aiohttp.ClientWebSocketResponse) -> bool:
        """Whether it was cut on purpose; else the connection broke."""
        interruptions = self._server.interruptions
        try:
            async with asyncio.timeout(interruptions.next_in()):
                await self._read(socket)
        except TimeoutError:
            interruptions.cut(socket)
            return True
        return False

    async def _read(self, socket: aiohttp.ClientWebSocketResponse) -> None:
        async for frame in socket:
            if frame.type is aiohttp.WSMsgType.TEXT:
                try:
                    self._take_frame(frame.data)
                except msgspec.MsgspecError as error:
                    raise PlayError(f"{self._path} sends what is no event: {error}") from error

    def _take_frame(self, frame: str) -> None:
        event = _event_decoder.decode(frame)
        cursor = event.version if event.position is None else event.position
        if cursor is not None:
            self._cursor = cursor
        self._take(event)
