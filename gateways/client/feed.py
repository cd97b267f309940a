"""Following a feed over WebSockets: after a dropped connection it goes on at its cursor."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import NoReturn

import aiohttp
import msgspec

from gateways.client.client import Client
from gateways.client.exceptions import UnexpectedAnswerError

__all__ = ["Event", "Feed", "Opener"]

Opener = Callable[[str], Awaitable[aiohttp.ClientWebSocketResponse]]

_PAUSE_SECONDS = 0.2


class Event(msgspec.Struct):
    """A frame of a feed. An agent's feed counts positions; a conversation's feed counts versions."""

    type: str
    data: msgspec.Raw
    version: int | None = None
    position: int | None = None
    conversation_id: str | None = None


_event_decoder = msgspec.json.Decoder(Event)


class Feed:
    """Follows one feed. ``opener`` opens a WebSocket at a path; ``take`` is called with each event once, in order."""

    def __init__(
        self, client: Client, path: str, opener: Opener, take: Callable[[Event], None], cursor: int = 0
    ) -> None:
        self._client = client
        self._path = path
        self._opener = opener
        self._take = take
        self._cursor = cursor
        self._opened = False

    async def follow(self) -> NoReturn:
        """Runs until it is cancelled. Raises CallRefusedError, and ServerGoneError when the server stays away."""
        while True:
            before = self._cursor
            async with await self._client.retry_while_unavailable(self._open) as socket:
                cut = await self._read_until_cut(socket)
            if self._cursor == before and not cut:
                await asyncio.sleep(_PAUSE_SECONDS)

    async def _open(self) -> aiohttp.ClientWebSocketResponse:
        socket = await self._opener(f"{self._path}?after={self._cursor}")
        self._client.resumed += self._opened
        self._opened = True
        return socket

    async def _read_until_cut(self, socket: aiohttp.ClientWebSocketResponse) -> bool:
        """Returns True if the feed was cut on purpose, and False if its connection broke."""
        interruptions = self._client.interruptions
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
                    raise UnexpectedAnswerError(f"{self._path} sent a frame that is no event: {error}") from error

    def _take_frame(self, frame: str) -> None:
        event = _event_decoder.decode(frame)
        cursor = event.version if event.position is None else event.position
        if cursor is not None:
            self._cursor = cursor
        self._take(event)
