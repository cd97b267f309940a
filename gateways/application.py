"""The ASGI application: all APIs over the same services."""

from collections.abc import Sequence

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.middleware.cors import CORSMiddleware
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute

from gateways import agent, customer
from gateways.http.endpoints import Endpoint, Feed, routes_of
from gateways.http.problems import PROBLEM_TYPE, Problem, to_problem
from gateways.operations import operations_routes
from gateways.services import Services

__all__ = ["API", "make_application"]

API: tuple[Endpoint | Feed, ...] = (*customer.ENDPOINTS, *agent.ENDPOINTS)

_CODES = {404: "not_found", 405: "method_not_allowed"}


def make_application(services: Services) -> Starlette:
    routes: Sequence[BaseRoute] = [*routes_of(API, services), *operations_routes(API, services)]
    return Starlette(
        routes=routes,
        middleware=[_cors(services)],
        exception_handlers={HTTPException: _http_error, Exception: _unforeseen},
    )


def _cors(services: Services) -> Middleware:
    origins = {origin for channel in services.settings.channels.values() for origin in channel.allowed_origins}
    return Middleware(
        CORSMiddleware,
        allow_origins=sorted(origins),
        allow_methods=["GET", "POST", "PUT", "DELETE"],
        allow_headers=["authorization", "content-type", "last-event-id"],
        expose_headers=["idempotent-replayed", "retry-after"],
        max_age=600,
    )


async def _http_error(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)  # noqa: S101 - registered for it
    code = _CODES.get(error.status_code, "http_error")
    detail = f"{request.method} {request.url.path[:256]}: {error.detail}"
    return _response(Problem(error.status_code, code, detail, headers=error.headers))


async def _unforeseen(request: Request, error: Exception) -> Response:
    return _response(to_problem(error))


def _response(problem: Problem) -> Response:
    return Response(problem.body(), problem.status, problem.headers, PROBLEM_TYPE)
