"""A connection on which a test sends bytes as it likes, and sees when the server closes it."""

import asyncio
import contextlib
import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import msgspec

from schemas.api.problem import ProblemDetails
from tests.gateways.centre import PATIENCE, Centre

__all__ = ["RawConnection", "open_connection"]

_PIECE = 64 * 1024


class RawConnection:
    def __init__(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._reader = reader
        self._writer = writer

    async def send(self, *pieces: bytes) -> None:
        """Sends until the server takes no more."""
        with contextlib.suppress(ConnectionError):
            for piece in pieces:
                self._writer.write(piece)
                await self._writer.drain()

    async def head(self) -> tuple[int, dict[str, str]]:
        """The status and the headers of the next answer."""
        async with asyncio.timeout(PATIENCE):
            lines = (await self._reader.readuntil(b"\r\n\r\n")).decode("latin-1").split("\r\n")
        headers = (line.partition(": ") for line in lines[1:] if line)
        return int(lines[0].split()[1]), {name.lower(): value for name, _, value in headers}

    async def answer(self) -> tuple[int, dict[str, str], bytes]:
        status, headers = await self.head()
        async with asyncio.timeout(PATIENCE):
            return status, headers, await self._reader.readexactly(int(headers.get("content-length", 0)))

    async def refusal(self, status: int, code: str) -> dict[str, str]:
        """The headers of an answer with this problem, after which the connection ends."""
        found, headers, body = await self.answer()
        details = msgspec.json.decode(body, type=ProblemDetails, strict=True)
        assert (found, details.status, details.code) == (status, status, code), body
        assert headers["connection"] == "close"
        assert await self.rest() == b""
        return headers

    async def rest(self) -> bytes:
        """All that still comes until the server closes."""
        received = b""
        with contextlib.suppress(ConnectionError):
            async with asyncio.timeout(PATIENCE):
                while piece := await self._reader.read(_PIECE):
                    received += piece
        return received

    def close(self) -> None:
        self._writer.transport.abort()


@asynccontextmanager
async def open_connection(centre: Centre, source: str = "127.0.0.1") -> AsyncIterator[RawConnection]:
    """A connection from this address of the machine, with small buffers, so that what is not read soon fills them."""
    plain = socket.socket()
    plain.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
    plain.setblocking(False)
    plain.bind((source, 0))
    await asyncio.get_running_loop().sock_connect(plain, ("127.0.0.1", centre.port))
    reader, writer = await asyncio.open_connection(sock=plain, limit=4096)
    connection = RawConnection(reader, writer)
    try:
        yield connection
    finally:
        connection.close()
