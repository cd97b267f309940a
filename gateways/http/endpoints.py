"""Declarations of endpoints. An endpoint is declared once, and served and described from the same declaration."""

import re
import types
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Literal, TypeAlias, TypeVar, Union, get_args, get_origin, get_type_hints

from starlette.responses import Response

from gateways.http.answer import Answer
from gateways.http.audit import AuditEvent
from gateways.http.call import MAX_BODY, MAX_CONVERSING_BODY
from gateways.http.principal import TokenAccess
from gateways.http.query_parameter import QueryParameter

__all__ = [
    "FEED_QUERY",
    "UPLOAD_ERRORS",
    "Access",
    "Endpoint",
    "Feed",
    "Handler",
    "PathParameter",
    "QueryParameter",
    "TypeForm",
    "declared",
]

TypeForm: TypeAlias = Any  # Python has no type yet for the types in annotations, such as ``str | None``
"""A type as an annotation has it."""

Access = TokenAccess | Literal["anyone"]
Handler = Callable[..., Awaitable[Answer[object] | Response]]
"""``handler(call)``, or ``handler(call, body)`` if it takes a body. The annotations of ``body`` and of the result are
the only source of the request's and the answer's type."""
FeedHandler = Callable[..., Awaitable[object]]
"""``handler(call)``, which returns the feed to serve."""

H = TypeVar("H", bound=Callable[..., object])

UPLOAD_ERRORS = (
    "id_conflict",
    "not_a_form",
    "media_type_not_allowed",
    "media_type_mismatch",
    "attachments_unavailable",
    "storage_full",
)
"""The problems of an upload, in addition to those of its form."""

FEED_QUERY = (
    QueryParameter("after", "The cursor to go on from; 0 for the beginning.", "integer"),
    QueryParameter("limit", "The largest number of events in a JSON page.", "integer", minimum=1),
)
"""The parameters of every feed that is numbered forwards."""

_PLACEHOLDER = re.compile(r"\{(\w+)\}")


@dataclass(frozen=True)
class PathParameter:
    """A part of the path. ``type`` is the type of its values."""

    name: str
    description: str
    type: TypeForm


@dataclass(frozen=True, kw_only=True)
class Endpoint:
    """A method and a path, the request and the answer, and the callers who may use it.

    A ``form`` is a body with parts, which the handler reads from ``HttpCall.stream``. ``takes`` lists the media types
    of a body that the handler reads itself, ``takes_json`` the type of such a body in JSON. ``empty_body`` allows a
    request without a body; ``takes_key`` allows a connector to send its API key. ``errors`` lists the codes particular
    to this endpoint, ``also`` further statuses of success with the same answer. An endpoint that ``replays`` marks the
    repetition of an earlier answer in a header. A handler may answer with a whole response of its own. The query of an
    endpoint to which others add parameters is ``open_query``. A request that succeeds at an ``audited`` endpoint has a
    line in the log. What is read and changed is ``versioned`` as an item or as the whole configuration: answers name
    the version in ``ETag``, and changes may ask for it in ``If-Match``. What is ``undone`` depends on it always.
    """

    method: Literal["GET", "POST", "PUT", "DELETE"]
    path: str
    handler: Handler
    summary: str
    access: Access
    status: int = 200
    path_parameters: tuple[PathParameter, ...] = ()
    query: tuple[QueryParameter, ...] = ()
    open_query: bool = False
    audited: AuditEvent | None = None
    form: TypeForm = None
    empty_body: bool = False
    takes_key: bool = False
    takes: tuple[str, ...] = ()
    takes_json: TypeForm = None
    media: tuple[str, ...] = ("application/json",)
    also: tuple[int, ...] = ()
    replays: bool = False
    versioned: Literal["item", "whole", "undone"] | None = None
    errors: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        _check_path(self.path, self.path_parameters)

    @property
    def max_body(self) -> int:
        """The most bytes of a JSON body."""
        return MAX_CONVERSING_BODY if self.access in ("customer", "agent", "anyone") else MAX_BODY

    @property
    def names_position(self) -> bool:
        """Whether a header names the position in the journal that a read has to reach to see what was written. All
        writes have it but those of customers, whom it does not concern how much is recorded."""
        return self.method != "GET" and self.access not in ("customer", "anyone")

    @cached_property
    def request(self) -> TypeForm:
        """The type of the JSON body according to the handler's signature; None when it takes no body."""
        return get_type_hints(self.handler).get("body")

    @property
    def json_body(self) -> TypeForm:
        """The type of the JSON body, whoever reads it."""
        return self.takes_json or self.request

    @cached_property
    def response(self) -> TypeForm:
        """The type of the handler's answer; bytes for a whole response of its own, None when the answer is empty."""
        return _answered(get_type_hints(self.handler)["return"])


@dataclass(frozen=True, kw_only=True)
class Feed:
    """A feed at a path, delivered as JSON, as an event stream or over a WebSocket, as the client asks. ``page`` is the
    type of the JSON answer if that holds more than the audience's page."""

    path: str
    handler: FeedHandler
    summary: str
    access: Literal["customer", "agent", "inspector", "extern"]
    method: Literal["GET"] = "GET"
    path_parameters: tuple[PathParameter, ...] = ()
    query: tuple[QueryParameter, ...] = FEED_QUERY
    page: TypeForm = None
    errors: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        _check_path(self.path, self.path_parameters)


def declared(handler: H, *, name: str, description: str | None, answer: TypeForm, body: TypeForm = None) -> H:
    """Gives a generated handler a signature, a name and a description of its own. Such a handler is made for one of
    many similar resources."""
    annotations = {"return": Answer[answer]}
    handler.__annotations__ = annotations if body is None else {"body": body, **annotations}
    handler.__name__, handler.__doc__ = name, description
    return handler


def _check_path(path: str, parameters: tuple[PathParameter, ...]) -> None:
    """Raises ValueError when the declared parameters are not those of the path."""
    if _PLACEHOLDER.findall(path) != [parameter.name for parameter in parameters]:
        raise ValueError(f"the path parameters of {path} are not those that are declared")


def _answered(annotation: TypeForm) -> TypeForm:
    origin: object = get_origin(annotation)
    options = get_args(annotation) if origin in (Union, types.UnionType) else (annotation,)
    for option in options:
        if get_origin(option) is Answer:
            answered = get_args(option)[0]
            return None if answered is type(None) else answered
    return bytes
