"""Readers of feeds, over WebSockets and as event streams."""

import asyncio
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from typing import Any

import aiohttp
import msgspec

from tests.gateways.centre import PATIENCE, Centre

__all__ = ["EventStream", "WebSocketFeed", "open_event_stream", "open_web_socket"]


class Reader:
    """A reader that receives event after event."""

    async def next(self) -> Any:
        raise NotImplementedError

    async def take(self, count: int) -> list[Any]:
        return [await self.next() for _ in range(count)]

    async def until(self, type_: str, **where: Any) -> Any:
        """The next event of this type with these values in its data. Events before it are skipped."""
        while True:
            event = await self.next()
            if event["type"] == type_ and where.items() <= event["data"].items():
                return event


class WebSocketFeed(Reader):
    def __init__(self, socket: aiohttp.ClientWebSocketResponse) -> None:
        self.socket = socket

    async def next(self) -> Any:
        async with asyncio.timeout(PATIENCE):
            message = await self.socket.receive()
        assert message.type is aiohttp.WSMsgType.TEXT, f"closed with {self.socket.close_code}"
        return msgspec.json.decode(message.data)

    async def close_code(self) -> int | None:
        """The code with which the server closes. Events before it are skipped."""
        async with asyncio.timeout(PATIENCE):
            while (await self.socket.receive()).type is aiohttp.WSMsgType.TEXT:
                pass
        return self.socket.close_code


class EventStream(Reader):
    """``last_id`` is the id of the last event that has one."""

    def __init__(self, response: aiohttp.ClientResponse) -> None:
        self.response = response
        self.last_id: int | None = None

    async def next(self) -> Any:
        fields = await self._block()
        while "data" not in fields:
            fields = await self._block()
        event = msgspec.json.decode(fields["data"])
        assert fields["event"] == event["type"]
        if "id" in fields:
            self.last_id = int(fields["id"])
        return event

    async def rest(self) -> bytes:
        """The events until the server ends the stream."""
        async with asyncio.timeout(PATIENCE):
            return await self.response.content.read()

    async def _block(self) -> dict[str, str]:
        lines = []
        async with asyncio.timeout(PATIENCE):
            while line := (await self.response.content.readline()).decode().rstrip("\n"):
                lines.append(line)
        return dict((line.split(": ", 1)) for line in lines)


@asynccontextmanager
async def open_web_socket(centre: Centre, path: str, token: str | None, **options: Any) -> AsyncIterator[WebSocketFeed]:
    """Opens a WebSocket, with the token, if any, in the Authorization header."""
    headers = {} if token is None else {"Authorization": f"Bearer {token}"}
    async with centre.http.ws_connect(centre.url + path, headers=headers, **options) as socket:
        yield WebSocketFeed(socket)


@asynccontextmanager
async def open_event_stream(
    centre: Centre, path: str, token: str | None, headers: Mapping[str, str]
) -> AsyncIterator[EventStream]:
    sent = {"Accept": "text/event-stream", **headers}
    if token is not None:
        sent["Authorization"] = f"Bearer {token}"
    timeout = aiohttp.ClientTimeout(total=None)
    async with centre.http.get(centre.url + path, headers=sent, timeout=timeout) as response:
        assert response.status == 200
        assert response.headers["Content-Type"] == "text/event-stream"
        yield EventStream(response)
