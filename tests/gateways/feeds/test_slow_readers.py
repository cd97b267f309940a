"""Readers that are too slow, or never read, are cut off, and do not disturb others."""

import asyncio
import socket
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any, Self

import msgspec
import pytest
import pytest_asyncio
from websockets.client import ClientProtocol
from websockets.frames import Frame, Opcode
from websockets.uri import parse_uri

from gateways.feeds import delivery
from tests.gateways.centre import PATIENCE, Centre, eventually, open_centre
from tests.gateways.clients import Customer

pytestmark = pytest.mark.asyncio

BUFFER = 20
FLOOD = 100
LONG = "x" * 4000


class StalledReader:
    """A client that asks for a feed and reads nothing of the answer until ``read`` is called."""

    def __init__(self) -> None:
        self._socket = socket.socket()
        self._socket.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
        self._socket.setblocking(False)

    async def ask(self, centre: Centre, request: bytes) -> None:
        loop = asyncio.get_running_loop()
        await loop.sock_connect(self._socket, ("127.0.0.1", centre.port))
        await loop.sock_sendall(self._socket, request)

    async def read(self) -> bytes:
        """A piece of what was sent; empty at the end of the connection."""
        async with asyncio.timeout(PATIENCE):
            return await asyncio.get_running_loop().sock_recv(self._socket, 65536)

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *_: object) -> None:
        self._socket.close()


class StalledWebSocket(StalledReader):
    def __init__(self, centre: Centre, customer: Customer) -> None:
        super().__init__()
        path = f"{customer.path}/events?after=2"
        self._protocol = ClientProtocol(parse_uri(f"ws://127.0.0.1:{centre.port}{path}"))
        self._token = customer.token
        self.close_code = 0

    async def open(self, centre: Centre) -> None:
        request = self._protocol.connect()
        request.headers["Authorization"] = f"Bearer {self._token}"
        self._protocol.send_request(request)
        await self.ask(centre, b"".join(self._protocol.data_to_send()))

    async def read_frames(self) -> list[Any]:
        """The events up to the closing frame, whose code is kept."""
        frames: list[Frame] = []
        while not frames or frames[-1].opcode is not Opcode.CLOSE:
            self._protocol.receive_data(await self.read())
            frames += [event for event in self._protocol.events_received() if isinstance(event, Frame)]
        self.close_code = int.from_bytes(frames.pop().data[:2])
        return [msgspec.json.decode(bytes(frame.data)) for frame in frames]


@pytest_asyncio.fixture
async def centre(tmp_path: Path, quick_passwords: None) -> AsyncIterator[Centre]:
    """Feeds with small buffers."""
    async with open_centre(tmp_path, feeds={"buffer": BUFFER}) as opened:
        yield opened


async def is_listened_to(centre: Centre, readers: int) -> None:
    """Waits until so many feeds are open."""
    await eventually(lambda: centre.services.hub.listener_count >= readers)


async def flood(customer: Customer) -> None:
    for _ in range(FLOOD):
        (await customer.write(LONG)).of(201)


async def test_a_slow_web_socket_is_closed_and_may_resume(centre: Centre) -> None:
    customer = await Customer.start(centre)
    async with customer.follow(2) as quick, StalledWebSocket(centre, customer) as slow:
        await slow.open(centre)
        await is_listened_to(centre, 2)
        for version in range(3, FLOOD + 3):
            await customer.write(LONG)
            assert (await quick.next())["version"] == version
        assert centre.services.hub.listener_count == 1, "the slow reader holds no buffer any more"
        versions = [event["version"] for event in await slow.read_frames()]
    assert slow.close_code == 4008
    assert versions == list(range(3, 3 + len(versions)))
    assert 0 < len(versions) < FLOOD
    async with customer.follow(versions[-1]) as resumed:
        rest = await resumed.take(FLOOD - len(versions))
    assert [event["version"] for event in rest] == list(range(versions[-1] + 1, FLOOD + 3))


async def test_a_web_socket_client_that_never_reads_is_cut_off(centre: Centre, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(delivery, "_SEND_SECONDS", 0.05)
    customer = await Customer.start(centre)
    async with StalledWebSocket(centre, customer) as never:
        await never.open(centre)
        await is_listened_to(centre, 1)
        await flood(customer)
        await nothing_under_way(centre)


async def test_an_event_stream_client_that_never_reads_is_cut_off(
    centre: Centre, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(delivery, "_SEND_SECONDS", 0.05)
    customer = await Customer.start(centre)
    async with StalledReader() as never:
        await open_stalled_stream(centre, customer, never)
        await flood(customer)
        await nothing_under_way(centre)


async def test_a_slow_event_stream_ends_and_may_resume(centre: Centre) -> None:
    customer = await Customer.start(centre)
    async with StalledReader() as slow:
        await open_stalled_stream(centre, customer, slow)
        await flood(customer)
        assert centre.services.hub.listener_count == 0
        read = b""
        while piece := await slow.read():
            read += piece
    assert read.endswith(b"\r\n0\r\n\r\n"), "a whole answer, not a torn one"
    ids = [int(line.removeprefix(b"id: ")) for line in read.splitlines() if line.startswith(b"id: ")]
    assert ids == list(range(3, 3 + len(ids)))
    assert 0 < len(ids) < FLOOD


async def test_a_reader_that_leaves_in_the_middle_causes_no_error(centre: Centre) -> None:
    customer = await Customer.start(centre)
    for _ in range(5):
        async with StalledWebSocket(centre, customer) as reader:
            await reader.open(centre)
            await is_listened_to(centre, 1)
            posting = asyncio.create_task(flood(customer))
            await customer.write("while more is on its way")
        await posting
        await nothing_under_way(centre)


async def open_stalled_stream(centre: Centre, customer: Customer, reader: StalledReader) -> None:
    request = [
        f"GET {customer.path}/events?after=2 HTTP/1.1",
        "Host: localhost",
        "Connection: close",
        "Accept: text/event-stream",
        f"Authorization: Bearer {customer.token}",
        "\r\n",
    ]
    await reader.ask(centre, "\r\n".join(request).encode())
    await is_listened_to(centre, 1)


async def nothing_under_way(centre: Centre) -> None:
    if centre.calls:
        _, running = await asyncio.wait(centre.calls, timeout=PATIENCE)
        assert not running
    assert centre.services.hub.listener_count == 0
