"""The whole OpenAPI description: the server, its tags, paths and components."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from importlib.metadata import metadata
from statistics import median

from gateways.feeds.delivery import FeedPage
from gateways.http.endpoints import Endpoint, Feed, TypeForm
from gateways.openapi.events import describe_events
from gateways.openapi.feeds import ALL_SIGNALS, add_feed_schemas, describe_feed
from gateways.openapi.health import HEALTH_PATHS
from gateways.openapi.json_object import JsonObject
from gateways.openapi.operations import HEADERS, describe_endpoint
from gateways.openapi.schemas import Schemas
from gateways.openapi.security import SECURITY_SCHEMES
from gateways.openapi.tags import OPERATIONS, TAGS, tag_of
from schemas.api.problem import ProblemDetails
from schemas.events import REGISTRY

__all__ = ["describe"]

_PACKAGE = "hybrid-chat"
_INTRODUCTION = """\
- **Writes are durable.** A 2xx answer to a write means that it is on disk; nothing that a client has seen is ever lost.
- **Repeating is safe.** A client may choose the `id` of what it creates, and the id is the idempotency key: the same \
request again answers as the first did, with `Idempotent-Replayed: true`; the same id with other content is a 409.
- **Feeds are resumable.** Every `…/events` is numbered and answers as JSON, as `text/event-stream` or over a \
WebSocket: history from your cursor, then live, with no gap and no duplicate.
- **Problems are typed.** Errors are `application/problem+json` (RFC 9457) with a `code` to act on; bad input lists \
its `errors` by field.
- **Plain values.** JSON in snake_case, instants in RFC 3339 UTC, ids as UUIDs in lower case. A body of a \
customer or an agent holds at most 128 KiB, any other 1 MiB, uploads apart; a message at most 4,096 characters.
"""


def describe(api: Sequence[Endpoint | Feed]) -> JsonObject:
    schemas = Schemas(_types(api), _requests(api))
    add_feed_schemas(schemas)
    return {
        "openapi": "3.1.0",
        "info": _info(),
        "servers": [{"url": ".", "description": "This server"}],
        "tags": _tags(api),
        "paths": {**_paths(api, schemas), **HEALTH_PATHS},
        "components": {
            "schemas": dict(sorted(schemas.components.items())),
            "headers": HEADERS,
            "securitySchemes": SECURITY_SCHEMES,
        },
        "x-events": describe_events(),
    }


def _info() -> JsonObject:
    package = metadata(_PACKAGE)
    return {
        "title": "Hybrid Chat",
        "version": package["Version"],
        "summary": package["Summary"],
        "description": _INTRODUCTION,
        "license": {"name": "Apache License 2.0", "identifier": package["License-Expression"]},
    }


def _tags(api: Sequence[Endpoint | Feed]) -> list[dict[str, str]]:
    names = dict.fromkeys([*(tag_of(endpoint.path) for endpoint in api), OPERATIONS])
    return [{"name": name, "description": TAGS[name]} if name in TAGS else {"name": name} for name in names]


def _paths(api: Sequence[Endpoint | Feed], schemas: Schemas) -> dict[str, JsonObject]:
    paths: dict[str, JsonObject] = {}
    for endpoint in _in_reading_order(api):
        described = (
            describe_feed(endpoint, schemas) if isinstance(endpoint, Feed) else describe_endpoint(endpoint, schemas)
        )
        paths.setdefault(endpoint.path, {})[endpoint.method.lower()] = described
    return paths


def _in_reading_order(api: Sequence[Endpoint | Feed]) -> list[Endpoint | Feed]:
    """The endpoints, resource after resource. A resource stands at the median place of its endpoints' declarations, and
    its shorter paths come first."""
    places = defaultdict(list)
    for place, endpoint in enumerate(api):
        places[_resource(endpoint.path)].append(place)
    return sorted(api, key=lambda endpoint: (median(places[_resource(endpoint.path)]), endpoint.path.count("/")))


def _resource(path: str) -> str:
    """The resource of a path, such as ``/agent/v1/tasks`` of ``/agent/v1/tasks/{task_id}/accept``."""
    return "/".join(path.split("/")[:4])


def _types(api: Sequence[Endpoint | Feed]) -> Iterator[type]:
    """Every type that a path uses, and every event."""
    yield from (ProblemDetails, FeedPage)
    yield from ALL_SIGNALS
    for endpoint in api:
        bodies = (
            (endpoint.page,) if isinstance(endpoint, Feed) else (endpoint.form, endpoint.response, endpoint.json_body)
        )
        yield from (body for body in bodies if body is not None)
    yield from REGISTRY.types.values()


def _requests(api: Sequence[Endpoint | Feed]) -> list[TypeForm]:
    """The type of every JSON body of a request."""
    endpoints = [endpoint for endpoint in api if isinstance(endpoint, Endpoint)]
    return [endpoint.json_body for endpoint in endpoints if endpoint.json_body is not None]
