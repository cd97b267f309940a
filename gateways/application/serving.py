"""Serves declared endpoints and feeds over ASGI."""

from collections.abc import Iterator, Mapping, Sequence

import msgspec
from starlette.responses import Response
from starlette.types import Receive, Scope, Send

from config.log import REQUEST_ID
from gateways.api.call import Call
from gateways.application.auditing import audit_answer, audit_problem
from gateways.application.problems import to_problem
from gateways.application.route_table import WEBSOCKET, Route
from gateways.configuration.names import GivenNames, check_names
from gateways.feeds import FeedAnswer, FeedRequest, serve_feed
from gateways.http.answer import JSON, Answer
from gateways.http.call import HttpCall
from gateways.http.endpoints import Endpoint, Feed, QueryParameter
from gateways.http.problems import (
    RUNS_NOTHING,
    Problem,
    invalid_body,
    invalid_inputs,
    refuse_nul,
    refuse_websocket,
    send_problem,
)
from gateways.http.request_ids import HEADER
from gateways.services import Services
from schemas.field_errors import FieldError

__all__ = ["routes_of"]

_NO_CONTENT = 204
_JSON = (b"content-type", JSON.encode())
_NOT_STORED = (b"cache-control", b"no-store")
_MAX_CURSOR_DIGITS = 18
_OF_A_PAGE = frozenset({"limit", "before"})
"""The parameters of a feed that a live form does not take."""
_OF_A_LIVE_FEED = frozenset({"place", "primary"})


class _EndpointApp:
    """An endpoint as an ASGI application."""

    def __init__(self, endpoint: Endpoint, services: Services) -> None:
        self._endpoint = endpoint
        self._services = services
        self._decoder = msgspec.json.Decoder(endpoint.request) if endpoint.request is not None else None
        self._max_body = endpoint.max_body
        self._requires_query = any(parameter.required for parameter in endpoint.query)
        self._names_position = endpoint.names_position
        self._encoder = msgspec.json.Encoder()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        call: Call = HttpCall(scope, receive, self._services, self._services.unfinished_bodies)
        try:
            answer = await self._answer(call)
        except Exception as error:
            problem = to_problem(error)
            audit_problem(self._endpoint, call, call.body, problem)
            await send_problem(send, problem)
            return
        audit_answer(self._endpoint, call, call.body, answer)
        if isinstance(answer, Response):
            answer.raw_headers.append((HEADER, REQUEST_ID.get().encode()))
            await answer(scope, receive, send)
            return
        body = self._body(answer)
        await send({"type": "http.response.start", "status": answer.status, "headers": self._headers(answer, body)})
        await send({"type": "http.response.body", "body": body})

    def _body(self, answer: Answer[object]) -> bytes:
        if answer.status == _NO_CONTENT:
            return b""
        return answer.body if isinstance(answer.body, bytes) else self._encoder.encode(answer.body)

    def _headers(self, answer: Answer[object], body: bytes) -> list[tuple[bytes, bytes]]:
        headers = [(HEADER, REQUEST_ID.get().encode())]
        if answer.status != _NO_CONTENT:
            headers.append(_JSON if answer.media == JSON else (b"content-type", answer.media.encode()))
            headers.append((b"content-length", b"%d" % len(body)))
        if answer.replayed and self._endpoint.replays:
            headers.append((b"idempotent-replayed", b"true"))
        if self._names_position:
            headers.append((b"hybridchat-position", b"%d" % self._services.hub.position))
        if answer.headers:
            headers += [(name.lower().encode(), value.encode()) for name, value in answer.headers]
        headers.append(_NOT_STORED if answer.max_age is None else (b"cache-control", b"max-age=%d" % answer.max_age))
        if self._endpoint.method == "GET":
            headers.append(RUNS_NOTHING)
        return headers

    async def _answer(self, call: Call) -> Answer[object] | Response:
        endpoint, services = self._endpoint, self._services
        services.waiting_requests.check()
        services.rate_limits.check_address(call.address)
        if endpoint.access != "anyone":
            call.principal = services.authenticator.authenticate(call.bearer_token, endpoint.access)
        if self._requires_query or call.scope["query_string"]:
            call.check_query(endpoint.query, endpoint.open_query)
        if call.query:
            await check_names(services, _given_names(endpoint.query, call.query))
        if endpoint.form is not None:
            return await endpoint.handler(call)
        body = None if self._decoder is None else await call.read(self._max_body)
        waiting = services.waiting_requests
        waiting.count += 1
        try:
            if body is None:
                return await endpoint.handler(call)
            call.body = self._decode(body)
            return await endpoint.handler(call, call.body)
        finally:
            waiting.count -= 1

    def _decode(self, body: bytes) -> object:
        assert self._decoder is not None  # noqa: S101 - it is asked for what a body holds
        try:
            decoded: object = self._decoder.decode(b"{}" if self._endpoint.empty_body and not body else body)
        except RecursionError:
            raise Problem("malformed_json", "the body nests too deeply") from None
        except msgspec.ValidationError as error:
            raise invalid_body(body or b"{}", self._endpoint.request, error) from None
        refuse_nul(body)
        return decoded


def _given_names(declared: Sequence[QueryParameter], query: Mapping[str, str]) -> Iterator[GivenNames]:
    for parameter in declared:
        if parameter.names is not None and (text := query.get(parameter.name)) is not None:
            names = {name for name in text.split(",") if name} if parameter.listed else {text}
            yield GivenNames(parameter.name, parameter.names, names - {parameter.none})


class _FeedApp:
    """A feed as an ASGI application, for HTTP and for WebSockets."""

    def __init__(self, feed: Feed, services: Services) -> None:
        self._feed = feed
        self._services = services

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        services = self._services
        call: Call = HttpCall(scope, receive, services, services.unfinished_bodies)
        try:
            services.waiting_requests.check()
            services.rate_limits.check_address(call.address)
            _check_upgrade(call)
            call.principal = services.authenticator.authenticate(call.bearer_token, self._feed.access)
            call.check_query(self._feed.query)
            if call.query:
                await check_names(services, _given_names(self._feed.query, call.query))
            request = _request(call)
            answer = await self._feed.handler(call)
            assert isinstance(answer, FeedAnswer)  # noqa: S101 - a feed's handler answers with nothing else
            await serve_feed(request, call.principal, receive, send, services.journal, services.hub, answer)
        except Exception as error:
            problem = to_problem(error)
            audit_problem(self._feed, call, None, problem)
            if scope["type"] == "websocket":
                await refuse_websocket(scope, send, problem)
            else:
                await send_problem(send, problem)


def _check_upgrade(call: Call) -> None:
    """Raises Problem for a WebSocket's handshake that arrives as a plain request. Its token, in the subprotocols of a
    browser, would be taken for missing."""
    if call.scope["type"] == "http" and call.header(b"sec-websocket-key") is not None:
        detail = (
            "this is a WebSocket's handshake without its upgrade: a proxy has to pass on the headers Upgrade and"
            " Connection, and speak HTTP/1.1 to this server; event streams need neither"
        )
        raise Problem("upgrade_lost", detail)


def _request(call: Call) -> FeedRequest:
    live = call.scope["type"] == "websocket" or b"text/event-stream" in (call.header(b"accept") or b"")
    if live and (of_a_page := _OF_A_PAGE & call.query.keys()):
        raise invalid_inputs([FieldError(name, "applies to a JSON page alone") for name in sorted(of_a_page)])
    if call.scope["type"] == "websocket":
        return FeedRequest("websocket", _cursor(call), subprotocols=tuple(call.scope.get("subprotocols", ())))
    if live:
        return FeedRequest("event_stream", _cursor(call))
    if of_a_live_feed := _OF_A_LIVE_FEED & call.query.keys():
        raise invalid_inputs([FieldError(name, "applies to a live feed alone") for name in sorted(of_a_live_feed)])
    return FeedRequest("page", _cursor(call), call.number("limit", 100, 1000))


def _cursor(call: Call) -> int:
    last = call.header(b"last-event-id")
    if last is not None and last.isdigit() and len(last) <= _MAX_CURSOR_DIGITS:
        return int(last)
    return call.number("after", 0, 2**62)


def routes_of(endpoints: Sequence[Endpoint | Feed], services: Services) -> list[Route]:
    routes: list[Route] = []
    for endpoint in endpoints:
        if isinstance(endpoint, Feed):
            feed = _FeedApp(endpoint, services)
            routes += [Route(endpoint.path, method, feed) for method in ("GET", "HEAD", WEBSOCKET)]
        else:
            app = _EndpointApp(endpoint, services)
            methods = ("GET", "HEAD") if endpoint.method == "GET" else (endpoint.method,)
            routes += [Route(endpoint.path, method, app, names_requests=True) for method in methods]
    return routes
