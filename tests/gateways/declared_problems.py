"""The answers of real calls are held against the description: no problem that it does not name."""

import re
from functools import cache

import msgspec

from gateways.application.application import API
from gateways.http.endpoints import Endpoint, Feed
from gateways.openapi.problems import problem_codes

__all__ = ["undeclared_problem"]

_EVERYWHERE = {"malformed_query", "method_not_allowed"}


class _Coded(msgspec.Struct):
    code: str


def undeclared_problem(method: str, path: str, status: int, body: bytes) -> str | None:
    """The problem of an answer if its endpoint does not declare it."""
    endpoint = _endpoint(method, path.partition("?")[0])
    if endpoint is None:
        return None
    code = msgspec.json.decode(body, type=_Coded).code
    declared = problem_codes(endpoint)
    if code in _EVERYWHERE or code in declared.get(str(status), []):
        return None
    return f"{endpoint.method} {endpoint.path} answers {status} {code}, which it does not declare"


def _endpoint(method: str, path: str) -> Endpoint | Feed | None:
    return next((each for each in API if each.method == method and _pattern(each.path).fullmatch(path)), None)


@cache
def _pattern(path: str) -> re.Pattern[str]:
    return re.compile(re.sub(r"\\\{\w+\\\}", "[^/]+", re.escape(path)))
