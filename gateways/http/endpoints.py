"""Endpoints: declared once, served and described from the same declaration."""

import re
import types
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, Literal, TypeVar, Union, get_args, get_origin, get_type_hints

from starlette.responses import Response

from gateways.http.answer import Answer
from gateways.http.principal import TokenAccess

__all__ = [
    "UPLOAD_ERRORS",
    "Access",
    "Endpoint",
    "Feed",
    "Handler",
    "PathParameter",
    "QueryParameter",
    "declared",
]

Access = TokenAccess | Literal["anyone"]
Handler = Callable[..., Awaitable[Answer[Any] | Response]]
"""``handler(call)``, or ``handler(call, body)`` where it takes a body. The annotations of ``body`` and of what it
answers are the one source of the request's and the answer's type."""
FeedHandler = Callable[[Any], Awaitable[object]]

H = TypeVar("H", bound=Callable[..., Any])

UPLOAD_ERRORS = (
    "id_conflict",
    "not_a_form",
    "media_type_not_allowed",
    "media_type_mismatch",
    "attachments_unavailable",
    "storage_full",
)
"""What may be wrong with an upload, beside its form."""

_PLACEHOLDER = re.compile(r"\{(\w+)\}")


@dataclass(frozen=True)
class PathParameter:
    """A part of the path. ``type`` is that of its values."""

    name: str
    description: str
    type: Any


@dataclass(frozen=True)
class QueryParameter:
    name: str
    description: str
    type: Literal["integer", "string", "boolean"] = "string"
    required: bool = False


@dataclass(frozen=True, kw_only=True)
class Endpoint:
    """A method and path, what it takes and answers, and who may call it.

    A ``form`` is a body with parts, which the handler reads from ``HttpCall.stream``; ``takes`` lists the media types
    of a body that the handler reads itself. ``empty_body`` lets the body be left out; ``takes_key`` lets a connector
    send its API key. ``errors`` lists the codes particular to this endpoint, ``also`` other statuses of success with
    the same answer. One that ``replays`` marks the repetition of an earlier answer in a header. A handler may answer
    with a whole response of its own.
    """

    method: Literal["GET", "POST", "PUT", "DELETE"]
    path: str
    handler: Handler
    summary: str
    access: Access
    status: int = 200
    path_parameters: tuple[PathParameter, ...] = ()
    query: tuple[QueryParameter, ...] = ()
    form: Any = None
    empty_body: bool = False
    takes_key: bool = False
    takes: tuple[str, ...] = ()
    media: tuple[str, ...] = ("application/json",)
    also: tuple[int, ...] = ()
    replays: bool = False
    errors: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        _check_path(self.path, self.path_parameters)

    @property
    def names_position(self) -> bool:
        """Whether a header names the position in the journal that a read has to reach to see what was written. All
        writes have it but those of customers, whom it does not concern how much is recorded."""
        return self.method != "GET" and self.access not in ("customer", "anyone")

    @cached_property
    def request(self) -> Any:
        """The type of the JSON body, as the handler's signature has it; None where it takes none."""
        return get_type_hints(self.handler).get("body")

    @cached_property
    def response(self) -> Any:
        """The type of what the handler answers; bytes for a whole response of its own, None for nothing."""
        return _answered(get_type_hints(self.handler)["return"])


@dataclass(frozen=True, kw_only=True)
class Feed:
    """A feed at a path: JSON, an event stream or a WebSocket, as the client asks. ``page`` is the type of a JSON answer
    that is more than the audience's page."""

    path: str
    handler: FeedHandler
    summary: str
    access: Literal["customer", "agent", "inspector"]
    method: Literal["GET"] = "GET"
    path_parameters: tuple[PathParameter, ...] = ()
    query: tuple[QueryParameter, ...] = field(
        default=(
            QueryParameter("after", "The cursor to go on from; 0 for the beginning.", "integer"),
            QueryParameter("limit", "The most events of a JSON answer.", "integer"),
        )
    )
    page: Any = None
    errors: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        _check_path(self.path, self.path_parameters)


def declared(handler: H, *, name: str, description: str | None, answer: Any, body: Any = None) -> H:
    """Gives a handler that is made for one of many things the signature, name and description of that one."""
    annotations = {"return": Answer[answer]}
    handler.__annotations__ = annotations if body is None else {"body": body, **annotations}
    handler.__name__, handler.__doc__ = name, description
    return handler


def _check_path(path: str, parameters: tuple[PathParameter, ...]) -> None:
    """Raises ValueError when the declared parameters are not those of the path."""
    if _PLACEHOLDER.findall(path) != [parameter.name for parameter in parameters]:
        raise ValueError(f"the path parameters of {path} are not those that are declared")


def _answered(annotation: Any) -> Any:
    options = get_args(annotation) if get_origin(annotation) in (Union, types.UnionType) else (annotation,)
    for option in options:
        if get_origin(option) is Answer:
            answered = get_args(option)[0]
            return None if answered is type(None) else answered
    return bytes
