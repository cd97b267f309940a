"""The headers of a request by their names."""

from collections.abc import Mapping

from starlette.types import Scope

__all__ = ["headers_of"]

_KEY = "hybridchat.headers"


def headers_of(scope: Scope) -> Mapping[bytes, bytes]:
    """The headers by their names in lower case. Of one that is repeated, the first counts."""
    found: Mapping[bytes, bytes] | None = scope.get(_KEY)
    if found is None:
        found = scope[_KEY] = dict(reversed(scope["headers"]))
    return found
