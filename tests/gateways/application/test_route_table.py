"""The table finds what trying all routes in order would find."""

import re
from typing import Any

import pytest
from starlette.types import Receive, Scope, Send

from gateways.application.application import API
from gateways.application.route_table import Route, RouteTable


async def nothing(scope: Scope, receive: Receive, send: Send) -> None:
    raise NotImplementedError


ROUTES = [Route(each.path, each.method, nothing) for each in API]
TABLE = RouteTable(ROUTES)
MATCHES = [re.compile(re.sub(r"{\w+}", "[^/]+", route.path)).fullmatch for route in ROUTES]
PATHS = sorted({path for each in API for path in (each.path, re.sub(r"{\w+}", "me", each.path))})
NOWHERE = ["", "/", "/customer", "/agent/v1/nothing", "/agent/v1/me/", "//", "/customer/v1/conversations/a/b/messages"]


def scope_of(path: str, root: str = "") -> dict[str, Any]:
    return {"path": root + path, "root_path": root}


def matching(path: str) -> list[Route]:
    """All routes whose paths match, in order."""
    return [route for route, matches in zip(ROUTES, MATCHES, strict=True) if matches(path)]


@pytest.mark.parametrize("path", [*PATHS, *NOWHERE, *(f"{path}/" for path in PATHS), *(f"{path}\n" for path in PATHS)])
def test_the_first_route_that_matches_is_found_or_else_the_methods_of_the_path(path: str) -> None:
    matched = matching(path)
    for method in ("GET", "POST", "PUT", "DELETE"):
        expected = [route for route in matched if route.method == method]
        assert TABLE.find(scope_of(path), method) == (expected[0] if expected else {each.method for each in matched})


def test_the_parameters_of_the_path_are_in_the_scope() -> None:
    scope = scope_of("/customer/v1/conversations/c-1/attachments/a.b")
    assert isinstance(TABLE.find(scope, "GET"), Route)
    assert scope["path_params"] == {"id": "c-1", "attachment_id": "a.b"}


def test_the_prefix_of_a_proxy_is_no_part_of_the_path() -> None:
    assert isinstance(TABLE.find(scope_of("/customer/v1/conversations", "/chat"), "POST"), Route)
