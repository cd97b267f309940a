"""Finding the routes that may serve a path, without trying them all."""

from collections.abc import Sequence

from starlette.routing import Route, WebSocketRoute

__all__ = ["RouteTable"]

_ANY = ""


class RouteTable:
    """The routes by the number of their paths' segments and the last of these, in the order in which they are
    declared. A parameter of a path is one segment."""

    def __init__(self, routes: Sequence[Route | WebSocketRoute]) -> None:
        ends = [(route.path.count("/"), _end(route.path)) for route in routes]
        self._found: dict[tuple[int, str], tuple[Route | WebSocketRoute, ...]] = {
            end: tuple(
                route
                for route, (count, last) in zip(routes, ends, strict=True)
                if count == end[0] and last in (end[1], _ANY)
            )
            for end in ends
        }

    def candidates(self, path: str) -> Sequence[Route | WebSocketRoute]:
        """The routes whose paths may match; none where no route can."""
        count = path.count("/")
        found = self._found.get((count, path[path.rfind("/") + 1 :]))
        return self._found.get((count, _ANY), ()) if found is None else found


def _end(path: str) -> str:
    """The last segment; ``_ANY`` if it is a parameter."""
    last = path.rpartition("/")[2]
    return _ANY if last.startswith("{") else last
