"""An answer written at once is, byte for byte, the one that uvicorn writes."""

import logging
from collections.abc import Awaitable, Callable
from types import SimpleNamespace
from typing import Any, NamedTuple

import pytest
from uvicorn.protocols.http.httptools_impl import RequestResponseCycle

from gateways.command_line.serve.answer_writer import AnswerWriter

pytestmark = pytest.mark.asyncio

LENGTH = (b"content-length", b"5")
TYPE = (b"content-type", b"text/plain")
DEFAULTS = [(b"date", b"Tue, 01 Dec 2026 02:00:00 GMT"), (b"X-Content-Type-Options", b"nosniff")]

App = Callable[[Any, Any, Any], Awaitable[None]]


class Transport:
    def __init__(self) -> None:
        self.written: list[bytes] = []
        self.closed = False

    def write(self, data: bytes) -> None:
        self.written.append(bytes(data))

    def close(self) -> None:
        self.closed = True

    def is_closing(self) -> bool:
        return self.closed


class Answered(NamedTuple):
    """What the peer gets, and how the answer ended."""

    written: bytes
    writes: int
    closed: bool
    complete: bool
    completions: int


async def answered(app: App, *, at_once: bool, method: str = "POST", keep_alive: bool = True) -> Answered:
    transport, completions = Transport(), list[int]()
    cycle = RequestResponseCycle(
        scope={"method": method},  # type: ignore[typeddict-item] # nothing else of it is read
        transport=transport,  # type: ignore[arg-type]
        flow=SimpleNamespace(write_paused=False),  # type: ignore[arg-type]
        logger=logging.getLogger("uvicorn.error"),
        access_logger=logging.getLogger("uvicorn.access"),
        access_log=False,
        default_headers=DEFAULTS,
        message_event=SimpleNamespace(set=lambda: None),  # type: ignore[arg-type]
        expect_100_continue=False,
        keep_alive=keep_alive,
        on_response=lambda: completions.append(1),
    )

    async def shutting_down(scope: Any, receive: Any, send: Any) -> None:
        """The application, which may shut the server down between two messages, as a signal would."""

        async def sending(message: Any) -> None:
            if message == "shutdown":
                cycle.keep_alive = False
            elif message == "disconnect":
                cycle.disconnected = True
            else:
                await send(message)

        await app(scope, receive, sending)

    await cycle.run_asgi(AnswerWriter(shutting_down, cycle) if at_once else shutting_down)
    written = transport.written
    return Answered(b"".join(written), len(written), transport.closed, cycle.response_complete, len(completions))


def start(*headers: tuple[bytes, bytes], status: int = 200) -> Any:
    return {"type": "http.response.start", "status": status, "headers": headers}


def body(data: bytes, more: bool = False) -> Any:
    return {"type": "http.response.body", "body": data, "more_body": more}


def sends(*messages: Any) -> App:
    async def app(scope: Any, receive: Any, send: Any) -> None:
        for message in messages:
            await send(message)

    return app


HELLO = body(b"hello")
ANSWERS = {
    "common": sends(start(LENGTH, TYPE), HELLO),
    "upper case": sends(start((b"Content-Length", b"5"), TYPE), HELLO),
    "a tab in a value": sends(start(LENGTH, (b"x", b"a\tb")), HELLO),
    "in pieces": sends(start(LENGTH), body(b"he", more=True), body(b"llo")),
    "an empty piece at the end": sends(start(LENGTH), body(b"hello", more=True), body(b"")),
    "of unknown length": sends(start(TYPE), HELLO),
    "chunked": sends(start((b"transfer-encoding", b"chunked")), HELLO),
    "closing": sends(start(LENGTH, (b"connection", b"close")), HELLO),
    "two lengths": sends(start(LENGTH, LENGTH), HELLO),
    "no number as length": sends(start((b"content-length", b"five")), HELLO),
    "without content": sends(start(status=204), body(b"")),
    "an empty body": sends(start((b"content-length", b"0"), status=201), body(b"")),
    "too long": sends(start(LENGTH), body(b"hello!")),
    "too short": sends(start(LENGTH), body(b"hell")),
    "two lines in a value": sends(start(LENGTH, (b"x", b"a\r\ny: b")), HELLO),
    "a blank in a name": sends(start(LENGTH, (b"x y", b"a")), HELLO),
    "a line's end in a name": sends(start(LENGTH, (b"x\r\ny", b"a")), HELLO),
    "a body first": sends(HELLO),
    "two starts": sends(start(LENGTH), start(LENGTH), HELLO),
    "two empty starts": sends(start((b"content-length", b"0")), start((b"content-length", b"0"))),
    "a body after the end": sends(start(LENGTH), HELLO, HELLO),
    "nothing": sends(),
    "shutdown before the body": sends(start(LENGTH), "shutdown", HELLO),
    "disconnected before the start": sends("disconnect", start(LENGTH), HELLO),
}


@pytest.mark.parametrize("name", ANSWERS)
@pytest.mark.parametrize("method", ["POST", "HEAD"])
@pytest.mark.parametrize("keep_alive", [True, False])
async def test_is_the_same(name: str, method: str, keep_alive: bool) -> None:
    ours = await answered(ANSWERS[name], at_once=True, method=method, keep_alive=keep_alive)
    uvicorns = await answered(ANSWERS[name], at_once=False, method=method, keep_alive=keep_alive)
    assert ours._replace(writes=0) == uvicorns._replace(writes=0)


async def test_the_common_answer_is_one_write() -> None:
    assert (await answered(ANSWERS["common"], at_once=True)).writes == 1


@pytest.mark.parametrize("name", ["two lines in a value", "a blank in a name", "a line's end in a name"])
async def test_a_header_that_is_not_allowed_is_not_written(name: str) -> None:
    assert b"x" not in (await answered(ANSWERS[name], at_once=True)).written.replace(b"x-content", b"")


async def test_a_body_is_not_sent_to_a_peer_that_has_gone() -> None:
    gone = await answered(sends(start(LENGTH), "disconnect", HELLO), at_once=True)
    assert (gone.written, gone.complete) == (b"", False)
