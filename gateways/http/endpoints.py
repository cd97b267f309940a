"""Endpoints: declared once, served as ASGI and described as OpenAPI from the same declaration."""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal

import msgspec
from starlette.responses import Response
from starlette.routing import BaseRoute, Route, WebSocketRoute
from starlette.types import Receive, Scope, Send

from gateways.http.call import Answer, Call
from gateways.http.problems import Problem, refuse_websocket, send_problem, to_problem
from gateways.identity.authentication import Access as TokenAccess
from gateways.identity.authentication import authenticate
from gateways.services import Services

__all__ = ["UPLOAD_ERRORS", "Access", "Endpoint", "Feed", "Handler", "QueryParameter", "routes_of"]

Access = TokenAccess | Literal["anyone"]
Handler = Callable[[Call], Awaitable[Answer | Response]]
FeedHandler = Callable[[Call, Receive, Send], Awaitable[None]]

UPLOAD_ERRORS = (
    "409 id_conflict",
    "415 not_a_form",
    "415 media_type_not_allowed",
    "415 media_type_mismatch",
    "503 attachments_unavailable",
    "507 storage_full",
)
"""What may be wrong with an upload, beside its form."""
_NO_CONTENT = 204


@dataclass(frozen=True)
class QueryParameter:
    name: str
    description: str
    type: Literal["integer", "string", "boolean"] = "string"
    required: bool = False


@dataclass(frozen=True)
class Endpoint:
    """A method and path, what it takes and answers, and who may call it.

    A body that is ``streamed`` is a form with parts, which the handler reads from ``Call.stream``; ``takes`` lists the
    media types of a body that the handler reads itself. ``empty_body`` lets the body be left out; ``takes_key`` lets a
    connector send its API key. ``errors`` lists the codes particular to this endpoint as ``status code``, ``also``
    other statuses of success with the same answer. A handler may answer with a whole response of its own.
    """

    method: Literal["GET", "POST", "PUT", "DELETE"]
    path: str
    handler: Handler
    summary: str
    access: Access
    response: Any
    status: int = 200
    request: Any = None
    streamed: bool = False
    empty_body: bool = False
    takes_key: bool = False
    query: tuple[QueryParameter, ...] = ()
    errors: tuple[str, ...] = ()
    media: tuple[str, ...] = ("application/json",)
    takes: tuple[str, ...] = ()
    also: tuple[int, ...] = ()

    @property
    def tells_position(self) -> bool:
        """Writes do, but for customers', whom it does not concern how much is recorded."""
        return self.method != "GET" and self.access not in ("customer", "anyone")


@dataclass(frozen=True)
class Feed:
    """A feed at a path: JSON, an event stream or a WebSocket, as the client asks. ``page`` is the type of a JSON answer
    that is more than the audience's page."""

    path: str
    handler: FeedHandler
    summary: str
    access: Literal["customer", "agent", "inspector"]
    method: Literal["GET"] = "GET"
    query: tuple[QueryParameter, ...] = field(
        default=(
            QueryParameter("after", "The cursor to go on from; 0 for the beginning.", "integer"),
            QueryParameter("limit", "The most events of a JSON answer.", "integer"),
        )
    )
    page: Any = None
    errors: tuple[str, ...] = ()


class _EndpointApp:
    """An endpoint as an ASGI application."""

    def __init__(self, endpoint: Endpoint, services: Services) -> None:
        self._endpoint = endpoint
        self._services = services
        decoded = endpoint.request is not None and not endpoint.streamed
        self._decoder = msgspec.json.Decoder(endpoint.request) if decoded else None
        self._encoder = msgspec.json.Encoder()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        call = Call(scope, receive, self._services)
        try:
            answer = await self._answer(call)
        except Exception as error:
            await send_problem(send, to_problem(error))
            return
        if isinstance(answer, Response):
            await answer(scope, receive, send)
            return
        body = answer.body if isinstance(answer.body, bytes) else self._encoder.encode(answer.body)
        headers = []
        if answer.status != _NO_CONTENT:
            headers = [(b"content-type", answer.media.encode()), (b"content-length", b"%d" % len(body))]
        if answer.replayed:
            headers.append((b"idempotent-replayed", b"true"))
        if self._endpoint.tells_position:
            headers.append((b"hybridchat-position", b"%d" % self._services.hub.position))
        headers += [(name.lower().encode(), value.encode()) for name, value in answer.headers]
        if answer.max_age is not None:
            headers.append((b"cache-control", b"max-age=%d" % answer.max_age))
        await send({"type": "http.response.start", "status": answer.status, "headers": headers})
        await send({"type": "http.response.body", "body": body})

    async def _answer(self, call: Call) -> Answer | Response:
        endpoint = self._endpoint
        call.services.rate_limits.check_address(call.address)
        if endpoint.access != "anyone":
            call.principal = authenticate(call, endpoint.access)
        if self._decoder is not None:
            body = await call.read()
            try:
                call.body = self._decoder.decode(b"{}" if endpoint.empty_body and not body else body)
            except RecursionError:
                raise Problem(400, "malformed_json", "the body nests too deeply") from None
        return await endpoint.handler(call)


class _FeedApp:
    """A feed as an ASGI application, for HTTP and for WebSockets."""

    def __init__(self, feed: Feed, services: Services) -> None:
        self._feed = feed
        self._services = services

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        call = Call(scope, receive, self._services)
        try:
            call.services.rate_limits.check_address(call.address)
            call.principal = authenticate(call, self._feed.access)
            await self._feed.handler(call, receive, send)
        except Exception as error:
            problem = to_problem(error)
            if scope["type"] == "websocket":
                await refuse_websocket(scope, send, problem)
            else:
                await send_problem(send, problem)


def routes_of(endpoints: Sequence[Endpoint | Feed], services: Services) -> list[BaseRoute]:
    routes: list[BaseRoute] = []
    for endpoint in endpoints:
        if isinstance(endpoint, Feed):
            app = _FeedApp(endpoint, services)
            routes.append(Route(endpoint.path, app, methods=["GET"]))
            routes.append(WebSocketRoute(endpoint.path, app))
        else:
            routes.append(Route(endpoint.path, _EndpointApp(endpoint, services), methods=[endpoint.method]))
    return routes
