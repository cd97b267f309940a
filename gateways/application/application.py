"""The ASGI application: all APIs over the same services."""

from collections.abc import Awaitable
from pathlib import Path

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware.cors import CORSMiddleware
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from config.log import REQUEST_ID
from gateways.api import admin, agent, customer, extern, inspection, reports
from gateways.application.connectors import connector_routes
from gateways.application.desk import desk_routes
from gateways.application.operations import operations_routes
from gateways.application.page_files import PageFiles
from gateways.application.pages import page_routes
from gateways.application.problems import to_problem
from gateways.application.route_table import WEBSOCKET, Route, RouteTable
from gateways.application.serving import routes_of
from gateways.application.widget import widget_routes
from gateways.application.widget_preview import widget_preview_routes
from gateways.connectors.bots import endpoints as bots
from gateways.connectors.channels import endpoints as channels
from gateways.connectors.webhooks import endpoints as webhooks
from gateways.http.endpoints import Endpoint, Feed
from gateways.http.headers import headers_of
from gateways.http.problems import PROBLEM_TYPE, RUNS_NOTHING, Problem, refuse_websocket, send_problem
from gateways.http.request_ids import HEADER, request_id_of
from gateways.services import Services
from schemas.origins import origins_regex

__all__ = ["API", "Application"]

API: tuple[Endpoint | Feed, ...] = (
    *customer.ENDPOINTS,
    *agent.ENDPOINTS,
    *extern.ENDPOINTS,
    *admin.ENDPOINTS,
    *bots.ENDPOINTS,
    *channels.ENDPOINTS,
    *webhooks.ENDPOINTS,
    *inspection.ENDPOINTS,
    *reports.ENDPOINTS,
)

_PAGES = Path(__file__).parent.parent / "pages"
_CUSTOMERS = "/customer/"
"""The Customer API is for pages of the channels' origins; all others are for desktops."""
_BEGINNINGS = frozenset({"http.response.start", "websocket.accept", "websocket.http.response.start"})
_CODES = {404: "not_found", 405: "method_not_allowed"}


class Application:
    """The ASGI application. It serves the APIs itself, and leaves the pages and all else to Starlette.

    The endpoints of the APIs turn every error into a response themselves, so they do not need Starlette's middleware,
    whose wrappers took a fifth of a message's time. CORS applies to requests with an origin: a channel's origins may
    read the Customer API alone.
    """

    def __init__(self, services: Services) -> None:
        self._routes = RouteTable([*routes_of(API, services), *connector_routes(services)])
        files = PageFiles(_PAGES)
        self._rest = Starlette(
            routes=[
                *operations_routes(API, services),
                *page_routes(files),
                *desk_routes(services, files),
                *widget_routes(services, files),
                *widget_preview_routes(services, files),
            ],
            exception_handlers={HTTPException: _http_error, Exception: _unforeseen},
        )
        # Starlette would build the address of such a redirect from the caller's Host.
        self._rest.router.redirect_slashes = False
        self._configuration = services.configuration
        openid = services.settings.openid
        desktops = {*services.settings.server.allowed_origins, *(openid.allowed_origins if openid is not None else ())}
        self._for_desktops = _cors(desktops, self._serve)
        self._origins: set[str] = set()
        self._for_customers = _cors(self._origins, self._serve)
        self._configured = 0

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        headers = headers_of(scope)
        REQUEST_ID.set(request_id_of(headers))
        if b"origin" in headers and scope["type"] == "http":
            cors = self._cors_for_customers() if scope["path"].startswith(_CUSTOMERS) else self._for_desktops
            await cors(scope, receive, _naming(send))
        else:
            await self._serve(scope, receive, send)

    def _cors_for_customers(self) -> ASGIApp:
        """The application with CORS for the origins that the channels allow now."""
        if self._configured != self._configuration.version:
            self._configured = self._configuration.version
            channels = self._configuration.channels.values()
            origins = {origin for channel in channels for origin in channel.allowed_origins}
            if origins != self._origins:
                self._origins, self._for_customers = origins, _cors(origins, self._serve)
        return self._for_customers

    def _serve(self, scope: Scope, receive: Receive, send: Send) -> Awaitable[None]:
        found = self._routes.find(scope, scope["method"] if scope["type"] == "http" else WEBSOCKET)
        if isinstance(found, Route):
            return found.app(scope, receive, send if found.names_requests else _naming(send))
        if scope["type"] == WEBSOCKET:
            problem = Problem("not_found", f"no feed is at {scope['path'][:256]}")
            return refuse_websocket(scope, _naming(send), problem)
        if found:
            allowed = ", ".join(sorted(found - {WEBSOCKET}))
            detail = f"{scope['method']} {scope['path'][:256]}: the path takes {allowed}"
            return send_problem(_naming(send), Problem("method_not_allowed", detail, headers={"Allow": allowed}))
        return self._rest(scope, receive, _naming(send))


def _naming(send: Send) -> Send:
    """Names the request in the beginning of an answer, of whatever kind, that does not name it yet."""

    async def sending(message: Message) -> None:
        if message["type"] in _BEGINNINGS:
            headers = list(message.get("headers", ()))
            if all(name != HEADER for name, _ in headers):
                headers.append((HEADER, REQUEST_ID.get().encode()))
            message["headers"] = headers
        await send(message)

    return sending


def _cors(origins: set[str], application: ASGIApp) -> ASGIApp:
    return CORSMiddleware(
        application,
        allow_origins=sorted(origins),
        allow_origin_regex=origins_regex(origins),
        allow_methods=["GET", "POST", "PUT", "DELETE"],
        allow_headers=["authorization", "content-type", "if-match", "if-none-match", "last-event-id", "x-request-id"],
        expose_headers=[
            "content-disposition",
            "etag",
            "hybridchat-position",
            "idempotent-replayed",
            "retry-after",
            "x-request-id",
        ],
        max_age=600,
    )


async def _http_error(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)  # noqa: S101 - registered for it
    code = _CODES.get(error.status_code, "http_error")
    detail = f"{request.method} {request.url.path[:256]}: {error.detail}"
    return _response(Problem(code, detail, headers=error.headers, status=error.status_code))


async def _unforeseen(request: Request, error: Exception) -> Response:
    return _response(to_problem(error))


def _response(problem: Problem) -> Response:
    headers = {"Cache-Control": "no-store", RUNS_NOTHING[0].decode(): RUNS_NOTHING[1].decode(), **problem.headers}
    return Response(problem.body(), problem.status, headers, PROBLEM_TYPE)
