"""One HTTP request as a handler sees it."""

import re
from collections.abc import AsyncIterator, Mapping, Sequence
from typing import Generic, TypeVar

from starlette.types import Receive, Scope

from gateways.http.headers import headers_of
from gateways.http.principal import Principal
from gateways.http.problems import Problem
from gateways.http.query_checks import read_query
from gateways.http.query_parameter import QueryParameter
from gateways.http.unfinished_bodies import UnfinishedBodies

__all__ = ["MAX_BODY", "MAX_CONVERSING_BODY", "HttpCall", "too_large"]

MAX_BODY = 1024 * 1024
MAX_CONVERSING_BODY = 128 * 1024
"""For what customers and agents send, of which there are many."""
_BEARER = b"bearer "
_BEARER_PROTOCOL = "bearer."
_UUID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")


S = TypeVar("S")


class HttpCall(Generic[S]):
    """A request whose sender is known. ``services`` are the services that handlers use."""

    __slots__ = ("_query", "_receive", "_unfinished", "body", "principal", "scope", "services")

    principal: Principal
    """The sender. It is not set if the endpoint takes no token."""
    body: object
    """The decoded JSON body, once it is read."""

    def __init__(self, scope: Scope, receive: Receive, services: S, unfinished: UnfinishedBodies) -> None:
        self.scope = scope
        self.services = services
        self._receive = receive
        self._unfinished = unfinished
        self._query: Mapping[str, str] = {}
        self.body: object = None

    def parameter(self, name: str) -> str:
        """A part of the path."""
        value: str = self.scope["path_params"][name]
        return value

    def identifier(self, name: str) -> str:
        """A part of the path that is an id. Raises Problem with ``not_found`` when it cannot be an id."""
        value = self.parameter(name)
        if _UUID.fullmatch(value) is None:
            raise Problem("not_found", f"{value[:64]!r} is not the id of anything here")
        return value

    @property
    def query(self) -> Mapping[str, str]:
        """The parameters of the query string, which fit their declarations."""
        return self._query

    def check_query(self, declared: Sequence[QueryParameter], open_to_others: bool = False) -> None:
        """Raises Problem when the query does not fit its declaration. It is called before the handler."""
        self._query = read_query(self.scope["query_string"], declared, open_to_others)

    def number(self, name: str, default: int, maximum: int) -> int:
        """A whole number of the query. A number above ``maximum`` is replaced by ``maximum``."""
        text = self._query.get(name)
        return default if text is None else min(int(text), maximum)

    def header(self, name: bytes) -> bytes | None:
        """The value of the header with this name in lower case; the first if it is repeated."""
        return headers_of(self.scope).get(name)

    @property
    def bearer_token(self) -> str | None:
        """The token from the Authorization header or, as browsers' WebSockets send it, from the subprotocol
        ``bearer.<token>``."""
        value = self.header(b"authorization")
        if value is not None and value[:7].lower() == _BEARER:
            return value[7:].strip().decode("latin-1")
        for protocol in self.scope.get("subprotocols", ()):
            if protocol.startswith(_BEARER_PROTOCOL):
                return str(protocol.removeprefix(_BEARER_PROTOCOL))
        return None

    @property
    def address(self) -> str:
        client = self.scope.get("client")
        return client[0] if client else ""

    @property
    def length(self) -> int:
        """The size of the body according to its header; 0 when there is no such header."""
        value = self.header(b"content-length")
        return int(value) if value is not None and value.isdigit() else 0

    async def read(self, max_bytes: int = MAX_BODY) -> bytes:
        """The body. Raises Problem when it breaks off, or is larger than ``max_bytes``; the rest is then not read."""
        if self.length > max_bytes:
            raise too_large(max_bytes)
        chunks: list[bytes] = []
        size, more = 0, True
        try:
            while more:
                message = await self._receive()
                if message["type"] == "http.disconnect":
                    raise Problem("malformed_json", "the body breaks off")
                chunk: bytes = message.get("body", b"")
                more = message.get("more_body", False)
                if size + len(chunk) > max_bytes:
                    raise too_large(max_bytes)
                if not more and not chunks:
                    return chunk
                size += len(chunk)
                chunks.append(chunk)
                self._unfinished.hold(len(chunk))
            return b"".join(chunks)
        finally:
            if size:
                self._unfinished.release(size)

    async def stream(self) -> AsyncIterator[bytes]:
        """The body in pieces as it arrives, of any size. Raises Problem when it breaks off."""
        more = True
        while more:
            message = await self._receive()
            if message["type"] == "http.disconnect":
                raise Problem("malformed_form", "the body breaks off")
            more = message.get("more_body", False)
            yield message.get("body", b"")


def too_large(max_bytes: int) -> Problem:
    return Problem("body_too_large", f"the body is larger than {max_bytes} bytes")
