"""The common answer, written at once. uvicorn writes its head and its body apart, and looks at each header with two
expressions."""

from collections.abc import Awaitable, Sequence
from functools import lru_cache
from typing import Any

from uvicorn._types import ASGIReceiveCallable, ASGISendCallable, ASGISendEvent, HTTPResponseStartEvent
from uvicorn.protocols.http.httptools_impl import HEADER_RE, STATUS_LINE, RequestResponseCycle

__all__ = ["AnswerWriter"]

_Header = tuple[bytes, bytes]

_NO_CONTROLS = bytes(byte for byte in range(256) if byte == 0x09 or (byte >= 0x20 and byte != 0x7F))
_UNCOMMON = frozenset({b"connection", b"transfer-encoding"})


class AnswerWriter:
    """The application of one request, whose answer is written here if its length is known, its body comes in one piece
    and its connection stays open. All else, such as a header that is not allowed, is left to uvicorn. A head waits for
    the first piece of its body."""

    __slots__ = ("_app", "_cycle", "_head")

    def __init__(self, app: Any, cycle: RequestResponseCycle) -> None:
        self._app = app
        self._cycle = cycle
        self._head: bytes | None = None

    def __call__(self, scope: object, receive: ASGIReceiveCallable, _: ASGISendCallable) -> Awaitable[None]:
        """``_`` is the cycle's way to send, which is used where this one does not serve."""
        answered: Awaitable[None] = self._app(scope, receive, self._send)
        return answered

    async def _send(self, message: ASGISendEvent) -> None:
        cycle, head = self._cycle, self._head
        if head is not None:
            self._head = None
            if self._finish(head, message):
                return
            if not cycle.disconnected:
                cycle.transport.write(head)
        elif message["type"] == "http.response.start" and _is_common(cycle) and self._begin(message):
            return
        await cycle.send(message)

    def _begin(self, message: HTTPResponseStartEvent) -> bool:
        """False if the head is none that is written here."""
        cycle, headers = self._cycle, list(message.get("headers", ()))
        place = _place_of_length(tuple([name for name, _ in headers]))
        if place is None or not (length := headers[place][1]).isdigit():
            return False
        lines = _lines(headers)
        if lines is None:
            return False
        self._head = b"".join(
            (STATUS_LINE[message["status"]], _same_lines(tuple(cycle.default_headers)), lines, b"\r\n")
        )
        cycle.response_started, cycle.waiting_for_100_continue = True, False
        cycle.chunked_encoding, cycle.expected_content_length = False, int(length)
        return True

    def _finish(self, head: bytes, message: Any) -> bool:
        """False if the body is not whole, or cannot be written now."""
        cycle, body = self._cycle, message.get("body", b"")
        whole = len(body) == cycle.expected_content_length and not message.get("more_body", False)
        if message["type"] != "http.response.body" or not whole or cycle.disconnected or cycle.flow.write_paused:
            return False
        cycle.transport.write(head + body)
        cycle.expected_content_length = 0
        cycle.response_complete = True
        cycle.message_event.set()
        if not cycle.keep_alive:
            cycle.transport.close()
        cycle.on_response()
        return True


def _is_common(cycle: RequestResponseCycle) -> bool:
    if cycle.response_started or cycle.disconnected or cycle.flow.write_paused:
        return False
    return cycle.keep_alive and not cycle.access_log and cycle.scope["method"] != "HEAD"


@lru_cache(maxsize=1_000)
def _place_of_length(names: tuple[bytes, ...]) -> int | None:
    """The place of the length among the headers of these names. None if it is not there once, if the names are not as
    they are written, or if one of them says how the answer is framed or the connection goes on."""
    uncommon = any(HEADER_RE.search(name) or name != name.lower() or name in _UNCOMMON for name in names)
    return None if uncommon or names.count(b"content-length") != 1 else names.index(b"content-length")


@lru_cache(maxsize=10)
def _same_lines(headers: tuple[_Header, ...]) -> bytes:
    """The lines that all answers have in the same second."""
    return b"".join([b"%b: %b\r\n" % (name.lower(), value) for name, value in headers])


def _lines(headers: Sequence[_Header]) -> bytes | None:
    """The headers' lines. None if there is another control character in them than those that end the lines."""
    lines = b"".join([b"%b: %b\r\n" % header for header in headers])
    return lines if lines.translate(None, _NO_CONTROLS) == b"\r\n" * len(headers) else None
