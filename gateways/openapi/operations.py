"""An endpoint as an OpenAPI operation."""

import inspect
from http import HTTPStatus
from itertools import pairwise
from typing import Any

import msgspec

from gateways.http.endpoints import Endpoint, Feed, QueryParameter
from gateways.openapi.problems import describe_problems
from gateways.openapi.schemas import Schemas
from gateways.openapi.security import security_of
from gateways.openapi.tags import tag_of
from schemas.identifiers import ConfiguredName, Id

__all__ = ["HEADERS", "describe_endpoint", "heading", "parameters"]

HEADERS: dict[str, Any] = {
    "IdempotentReplayed": {
        "description": "`true` when the request had been carried out before and this is the first answer again.",
        "schema": {"type": "string", "enum": ["true"]},
    },
    "Position": {
        "description": "A position by which what was done is in the record: give it to a report as `after_position`.",
        "schema": {"type": "integer", "minimum": 0},
    },
    "Location": {
        "description": "Where to go on.",
        "schema": {"type": "string", "format": "uri"},
    },
    "RetryAfter": {
        "description": "The seconds to wait before trying again.",
        "schema": {"type": "integer", "minimum": 0},
    },
}

_PARTS = {
    "conversations": ("The conversation's id.", msgspec.json.schema(Id)),
    "attachments": ("The attachment's id.", msgspec.json.schema(Id)),
    "tasks": ("The task's id.", msgspec.json.schema(Id)),
    "agents": ("The agent's id.", msgspec.json.schema(ConfiguredName)),
    "queues": ("The queue's name.", msgspec.json.schema(ConfiguredName)),
    "streams": ("The stream, such as `conversation-<id>`, `agent-<id>`, `router-<mrd>`.", {"type": "string"}),
    "correlations": ("The id of a conversation, or a correlation id.", msgspec.json.schema(Id)),
    "events": ("The event's id.", msgspec.json.schema(Id)),
    "mrds": ("The name of a media routing domain.", msgspec.json.schema(ConfiguredName)),
}
"""What a part of the path means, by the part before it."""


def describe_endpoint(endpoint: Endpoint, schemas: Schemas) -> dict[str, Any]:
    described = {
        **heading(endpoint, "get" if endpoint.method == "GET" else ""),
        "security": security_of(endpoint),
        "parameters": parameters(endpoint),
        "responses": {**_successes(endpoint, schemas), **describe_problems(endpoint)},
    }
    if endpoint.request is not None:
        media = "multipart/form-data" if endpoint.streamed else "application/json"
        body = {media: schemas.media_type(endpoint.request)}
        described["requestBody"] = {"required": not endpoint.empty_body, "content": body}
    elif endpoint.takes:
        content = {media: {"schema": {} if media.endswith("json") else {"type": "string"}} for media in endpoint.takes}
        described["requestBody"] = {"required": True, "content": content}
    return described


def heading(endpoint: Endpoint | Feed, verb: str) -> dict[str, Any]:
    """``verb`` leads the names of handlers that are named for what they answer."""
    api = endpoint.path.split("/")[1]
    name = endpoint.handler.__name__.removeprefix(f"{api}_")
    described: dict[str, Any] = {
        "operationId": "_".join(part for part in (api, verb, name) if part),
        "tags": [tag_of(endpoint.path)],
        "summary": endpoint.summary,
    }
    explanation = inspect.getdoc(endpoint.handler)
    return {**described, "description": explanation} if explanation else described


def parameters(endpoint: Endpoint | Feed) -> list[dict[str, Any]]:
    parts = endpoint.path.split("/")
    in_path = [_path_parameter(part.strip("{}"), before) for before, part in pairwise(parts) if part.startswith("{")]
    return in_path + [_query_parameter(parameter) for parameter in endpoint.query]


def _path_parameter(name: str, before: str) -> dict[str, Any]:
    described: dict[str, Any] = {"name": name, "in": "path", "required": True, "schema": {"type": "string"}}
    if before in _PARTS:
        described["description"], described["schema"] = _PARTS[before]
    elif name == "name":
        described["schema"] = msgspec.json.schema(ConfiguredName)
    return described


def _query_parameter(parameter: QueryParameter) -> dict[str, Any]:
    schema: dict[str, Any] = {"type": parameter.type}
    if parameter.type == "integer":
        schema["minimum"] = 1 if parameter.name == "limit" else 0
    return {
        "name": parameter.name,
        "in": "query",
        "description": parameter.description,
        "required": parameter.required,
        "schema": schema,
    }


def _successes(endpoint: Endpoint, schemas: Schemas) -> dict[str, Any]:
    return {str(status): _success(endpoint, status, schemas) for status in sorted((endpoint.status, *endpoint.also))}


def _success(endpoint: Endpoint, status: int, schemas: Schemas) -> dict[str, Any]:
    described: dict[str, Any] = {"description": HTTPStatus(status).phrase}
    if endpoint.response is not None:
        described["content"] = {
            media: schemas.media_type(endpoint.response) if media.endswith("json") else _other(media)
            for media in endpoint.media
        }
    if headers := _headers(endpoint):
        described["headers"] = {name: {"$ref": f"#/components/headers/{header}"} for name, header in headers.items()}
    return described


def _headers(endpoint: Endpoint) -> dict[str, str]:
    """Of a success, and what describes each."""
    headers = {"Location": "Location"} if endpoint.status == HTTPStatus.FOUND else {}
    if _remembers(endpoint):
        headers["Idempotent-Replayed"] = "IdempotentReplayed"
    if endpoint.tells_position:
        headers["Hybridchat-Position"] = "Position"
    return headers


def _other(media: str) -> dict[str, Any]:
    """As OpenAPI 3.1 has it: bytes as they are have no schema."""
    return {} if media == "application/octet-stream" else {"schema": {"type": "string"}}


def _remembers(endpoint: Endpoint) -> bool:
    """A POST that tells what it recorded tells it again when repeated; a login records no answer. What an administrator
    puts says when it was so already; a new key is told once."""
    if endpoint.access == "administrator":
        return endpoint.method == "PUT" and endpoint.response is not None
    chosen_id = "id" in getattr(endpoint.request, "__struct_fields__", ())
    return endpoint.method == "POST" and endpoint.response is not None and (endpoint.access != "anyone" or chosen_id)
