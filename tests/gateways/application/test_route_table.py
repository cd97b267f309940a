"""The table finds what trying all routes in order would find."""

import re
from collections.abc import Sequence

import pytest
from starlette.routing import Match, Route, WebSocketRoute
from starlette.types import Receive, Scope, Send

from gateways.application.application import API
from gateways.application.route_table import RouteTable


async def nothing(scope: Scope, receive: Receive, send: Send) -> None:
    raise NotImplementedError


ROUTES: list[Route | WebSocketRoute] = [Route(each.path, nothing, methods=[each.method]) for each in API]
PATHS = sorted({path for each in API for path in (each.path, re.sub(r"{\w+}", "me", each.path))})
NOWHERE = ["", "/", "/customer", "/agent/v1/nothing", "/agent/v1/me/", "//", "/customer/v1/conversations/a/b/messages"]


def matching(routes: Sequence[Route | WebSocketRoute], path: str, method: str) -> list[str]:
    scope = {"type": "http", "path": path, "method": method, "root_path": ""}
    return [str(route) for route in routes if route.matches(scope)[0] is not Match.NONE]


@pytest.mark.parametrize("method", ["GET", "POST", "PUT", "DELETE"])
def test_the_candidates_are_all_routes_that_match_in_their_order(method: str) -> None:
    table = RouteTable(ROUTES)
    for path in [*PATHS, *NOWHERE, *(f"{path}/" for path in PATHS)]:
        assert matching(table.candidates(path), path, method) == matching(ROUTES, path, method)


def test_few_routes_are_tried_for_a_message() -> None:
    assert len(RouteTable(ROUTES).candidates("/customer/v1/conversations/me/messages")) <= 5
