"""Finding what serves a path and a method, without trying all paths."""

import re
from collections.abc import Iterable
from typing import NamedTuple

from starlette.types import ASGIApp, Scope

__all__ = ["WEBSOCKET", "Route", "RouteTable"]

WEBSOCKET = "websocket"
"""What stands for the method of a WebSocket."""

_PARAMETER = re.compile(r"\\{(\w+)\\}")
_ANY = ""


class Route(NamedTuple):
    """The application that serves a path and a method, which is WEBSOCKET for one.

    The answers of one that ``names_requests`` have the request's id in a header already: the message path has no time
    for another function around each of its answers.
    """

    path: str
    method: str
    app: ASGIApp
    names_requests: bool = False


class _Path:
    """A path with parameters, each of which is one segment, and its routes by their methods."""

    def __init__(self, path: str) -> None:
        self.match = re.compile(_PARAMETER.sub(r"(?P<\1>[^/]+)", re.escape(path))).fullmatch
        self.routes: dict[str, Route] = {}


class RouteTable:
    """Paths are kept by the number of their segments and the last of these, in the order in which they are declared. A
    parameter as the last one is any."""

    def __init__(self, routes: Iterable[Route]) -> None:
        paths: dict[str, _Path] = {}
        ends: dict[int, list[tuple[str, _Path]]] = {}
        for route in routes:
            path = paths.get(route.path)
            if path is None:
                path = paths[route.path] = _Path(route.path)
                ends.setdefault(route.path.count("/"), []).append((_end(route.path), path))
            path.routes.setdefault(route.method, route)
        self._paths = {
            (count, last): [path for end, path in ended if end in (last, _ANY)]
            for count, ended in ends.items()
            for last in {end for end, _ in ended}
        }

    def find(self, scope: Scope, method: str) -> Route | set[str]:
        """The route, whose parameters are put into the scope; where there is none, the methods that the path takes."""
        path: str = scope["path"].removeprefix(scope["root_path"])
        count = path.count("/")
        taken: set[str] = set()
        found = self._paths.get((count, path[path.rfind("/") + 1 :]))
        for candidate in self._paths.get((count, _ANY), ()) if found is None else found:
            matched = candidate.match(path)
            if matched is None:
                continue
            route = candidate.routes.get(method)
            if route is not None:
                scope["path_params"] = matched.groupdict()
                return route
            taken |= candidate.routes.keys()
        return taken


def _end(path: str) -> str:
    last = path.rpartition("/")[2]
    return _ANY if last.startswith("{") else last
