"""uvicorn's protocols with bounds on what a peer may send, and on how long it may keep a connection waiting.

llhttp, which parses for uvicorn, has no limits of its own: it joins a header of any size piece by piece, on the event
loop.
"""

import asyncio
import math
from http import HTTPStatus
from typing import Any

from uvicorn._types import ASGI3Application
from uvicorn.config import Config
from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol, RequestResponseCycle
from uvicorn.protocols.websockets.websockets_sansio_impl import WebSocketsSansIOProtocol
from uvicorn.server import ServerState

from gateways.command_line.serve.answer_writer import AnswerWriter
from gateways.command_line.serve.connection_bounds import ConnectionBounds
from gateways.http.problems import PROBLEM_TYPE, Problem

__all__ = ["BoundedHttpProtocol", "BoundedWebSocketProtocol"]

_MAX_PIPELINED = 16
_FRAMING_BYTES = 6
"""The bytes on the wire of a body's byte that is sent as a chunk of its own."""
_MAX_UNSPENT = 64 * 1024
_MAX_DISCARDED = 16 * 1024 * 1024
_LINGERING_SECONDS = 2.0
_MAX_UNSENT = 1024 * 1024
_MAX_FRAGMENTS = 1_000


class _RefusedRequestError(Exception):
    """Raised in the parser's callbacks to stop it."""


class BoundedHttpProtocol(HttpToolsProtocol):
    """A connection is looked at every few seconds, which costs a request nothing but the noting of its deadlines.

    A refused connection is answered, and what the peer still sends is discarded for a while: if it were closed at once,
    the system would tell the peer of a broken connection instead of delivering the answer.
    """

    # uvicorn's protocol has nearly as many attributes as CPython keeps fast in a dictionary of attributes.
    __slots__ = (
        "_body_seconds",
        "_bounds",
        "_discarded",
        "_head_seconds",
        "_idle_deadline",
        "_idle_seconds",
        "_in_head",
        "_look_timer",
        "_max_head_bytes",
        "_max_headers",
        "_overhead",
        "_refusal",
        "_request_deadline",
        "_seconds_per_byte",
        "_taking",
        "_unread_deadline",
    )

    def __init__(
        self,
        config: Config,
        server_state: ServerState,
        app_state: dict[str, Any],
        _loop: asyncio.AbstractEventLoop | None = None,
        *,
        bounds: ConnectionBounds,
    ) -> None:
        super().__init__(config, server_state, app_state, _loop)
        self._bounds = bounds
        self._max_head_bytes = bounds.settings.max_head_bytes
        self._max_headers = bounds.settings.max_headers
        self._head_seconds = bounds.settings.head_seconds
        self._body_seconds = bounds.settings.body_seconds
        self._seconds_per_byte = 1 / bounds.settings.min_bytes_per_second
        self._overhead = 0  # bytes of the request that are no body: its head, framing and trailers
        self._discarded = 0
        self._in_head = True
        self._request_deadline = math.inf
        self._idle_seconds = config.timeout_keep_alive
        self._idle_deadline = math.inf
        self._unread_deadline = math.inf
        self._refusal: Problem | None = None
        self._taking = True  # whether what comes in is parsed
        self._look_timer: asyncio.TimerHandle | None = None

    @property
    def _address(self) -> str:
        return self.client[0] if self.client else ""

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        super().connection_made(transport)
        self._request_deadline = self.loop.time() + self._head_seconds
        self._look_timer = self.loop.call_later(self._bounds.look_seconds, self._look)
        problem = self._bounds.add(self._address)
        if problem is not None:
            self._refuse(problem)

    def connection_lost(self, exc: Exception | None) -> None:
        self._stop_looking()
        self._bounds.remove(self._address)
        super().connection_lost(exc)

    def data_received(self, data: bytes) -> None:
        while self._taking and self._in_head and len(data) > self._max_head_bytes:
            self._take(data[: self._max_head_bytes])
            data = data[self._max_head_bytes :]
        if self._taking:
            self._take(data)
        else:
            self._discard(data)

    def _take(self, data: bytes) -> None:
        self._idle_deadline = math.inf
        if self._request_deadline == math.inf:
            self._request_deadline = self.loop.time() + self._head_seconds
        self._overhead += len(data)
        super().data_received(data)
        if self._overhead > self._max_head_bytes and self._taking:
            self._refuse(Problem("head_too_large", f"the head of a request has at most {self._max_head_bytes} bytes"))

    def on_headers_complete(self) -> None:
        hosts = 0
        for name, _ in self.headers:
            if name == b"host":
                hosts += 1
        if hosts != 1 or len(self.headers) > self._max_headers or len(self.pipeline) >= _MAX_PIPELINED:
            self._refusal = self._fault_of_head(hosts)
            if self._refusal is not None:
                raise _RefusedRequestError
        self._in_head = False
        self._request_deadline += self._body_seconds
        super().on_headers_complete()

    def _start_asgi_task(self, cycle: RequestResponseCycle, app: ASGI3Application) -> None:
        super()._start_asgi_task(cycle, AnswerWriter(app, cycle))

    def on_body(self, body: bytes) -> None:
        size = len(body)
        # What a body leaves unspent of its allowance is bounded, or a large body would make room for large trailers.
        self._overhead -= _FRAMING_BYTES * size
        if self._overhead < -_MAX_UNSPENT:
            self._overhead = -_MAX_UNSPENT
        self._request_deadline += size * self._seconds_per_byte
        if self.cycle.response_complete:
            self._discard(body)
        super().on_body(body)

    def on_message_complete(self) -> None:
        self._overhead = 0
        self._in_head = True
        self._request_deadline = math.inf
        cycle: RequestResponseCycle | None = self.cycle  # None for the first request if it opens a WebSocket
        if cycle is not None and cycle.response_complete:  # before the request had come in whole
            self._idle_deadline = self.loop.time() + self._idle_seconds
        super().on_message_complete()

    def on_response_complete(self) -> None:
        """uvicorn would set a timer for each answer, and cancel it with the next request."""
        if self.pipeline or self.transport.is_closing():
            super().on_response_complete()
            return
        self.server_state.total_requests += 1
        self.flow.resume_reading()
        self._idle_deadline = self.loop.time() + self._idle_seconds

    def _fault_of_head(self, hosts: int) -> Problem | None:
        if len(self.headers) > self._max_headers:
            return Problem("head_too_large", f"a request has at most {self._max_headers} headers")
        if len(self.pipeline) >= _MAX_PIPELINED:
            return Problem("malformed_request", f"at most {_MAX_PIPELINED} requests may wait for their answers")
        if hosts > 1 or self.parser.get_http_version() != "1.0":
            return Problem("malformed_request", f"a request names its Host once, not {hosts} times")
        return None

    def send_400_response(self, msg: str) -> None:
        self._refuse(self._refusal or Problem("malformed_request", "this is no valid HTTP/1.1 request"))

    def _refuse(self, problem: Problem) -> None:
        """Answers with the problem unless another answer is on its way, and lets no more of the connection be heard."""
        self._taking = False
        self._unset_keepalive_if_required()
        if self._is_answered_otherwise() or self._bounds.flooded or self.transport.is_closing():
            self.transport.abort()
            return
        if self._is_answering():
            self.cycle.disconnected = True
            self.cycle.message_event.set()
        self.transport.write(_response(problem))
        self.transport.write_eof()
        self.loop.call_later(_LINGERING_SECONDS, self.transport.abort)

    def _is_answering(self) -> bool:
        cycle: RequestResponseCycle | None = self.cycle  # None before the first request, whatever its annotation says
        return cycle is not None and not cycle.response_complete

    def _is_answered_otherwise(self) -> bool:
        """Whether the answer to the request has begun, or the one to an earlier request is due first."""
        if self._in_head:
            return self._is_answering()
        return self.cycle.response_started or bool(self.pipeline)

    def _discard(self, data: bytes) -> None:
        self._discarded += len(data)
        if self._discarded > _MAX_DISCARDED:
            self.transport.abort()

    def pause_writing(self) -> None:
        super().pause_writing()
        self._expect_reading()

    def resume_writing(self) -> None:
        self._unread_deadline = math.inf
        super().resume_writing()

    def _expect_reading(self) -> None:
        """The peer has to read what is written by then, at the lowest rate."""
        unsent = self.transport.get_write_buffer_size()
        seconds = self._bounds.settings.unread_seconds + unsent * self._seconds_per_byte
        self._unread_deadline = self.loop.time() + seconds

    def _look(self) -> None:
        self._look_timer = self.loop.call_later(self._bounds.look_seconds, self._look)
        now = self.loop.time()
        if self.transport.is_closing() and self._unread_deadline == math.inf:
            self._expect_reading()
        if now > self._unread_deadline:
            self.transport.abort()
        elif now > self._request_deadline and self._taking:
            self._end_late_request(now)
        elif now > self._idle_deadline:
            self.transport.close()

    def _end_late_request(self, now: float) -> None:
        if self.flow.read_paused:  # it is the server that keeps the peer waiting
            self._request_deadline = now + self._body_seconds
        elif self._overhead == 0 and self._in_head:
            self.transport.close()
        else:
            self._refuse(Problem("request_timeout", "the request did not come in whole in time"))

    def _stop_looking(self) -> None:
        if self._look_timer is not None:
            self._look_timer.cancel()
            self._look_timer = None

    def handle_websocket_upgrade(self) -> None:
        self._stop_looking()
        self._taking = False
        self._bounds.remove(self._address)
        super().handle_websocket_upgrade()


class BoundedWebSocketProtocol(WebSocketsSansIOProtocol):
    """Messages are bounded by ``ws_max_size``. Empty fragments and pings that are not read are bounded here."""

    def __init__(
        self,
        config: Config,
        server_state: ServerState,
        app_state: dict[str, Any],
        _loop: asyncio.AbstractEventLoop | None = None,
        *,
        bounds: ConnectionBounds,
    ) -> None:
        super().__init__(config, server_state, app_state, _loop)
        self._bounds = bounds

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        super().connection_made(transport)
        self._bounds.add(self.client[0] if self.client else "")

    def connection_lost(self, exc: Exception | None) -> None:
        self._bounds.remove(self.client[0] if self.client else "")
        super().connection_lost(exc)

    def data_received(self, data: bytes) -> None:
        super().data_received(data)
        if len(self.frames) > _MAX_FRAGMENTS or self.transport.get_write_buffer_size() > _MAX_UNSENT:
            self.transport.abort()


def _response(problem: Problem) -> bytes:
    body = problem.body()
    headers = {"Content-Type": PROBLEM_TYPE, "Content-Length": str(len(body)), "Connection": "close", **problem.headers}
    lines = [f"HTTP/1.1 {problem.status} {HTTPStatus(problem.status).phrase}"]
    lines += [f"{name}: {value}" for name, value in headers.items()]
    return "\r\n".join([*lines, "", ""]).encode("latin-1") + body
