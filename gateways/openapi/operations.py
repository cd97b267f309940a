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
    "RetryAfter": {
        "description": "The seconds to wait before trying again.",
        "schema": {"type": "integer", "minimum": 0},
    },
}

_PARTS = {
    "conversations": ("The conversation's id.", msgspec.json.schema(Id)),
    "tasks": ("The task's id.", msgspec.json.schema(Id)),
    "agents": ("The agent's id.", msgspec.json.schema(ConfiguredName)),
    "queues": ("The queue's name.", msgspec.json.schema(ConfiguredName)),
    "mrds": ("The name of a media routing domain of the agent.", msgspec.json.schema(ConfiguredName)),
}
"""What a part of the path means, by the part before it."""


def describe_endpoint(endpoint: Endpoint, schemas: Schemas) -> dict[str, Any]:
    described = {
        **heading(endpoint, "get" if endpoint.method == "GET" else ""),
        "security": security_of(endpoint),
        "parameters": parameters(endpoint),
        "responses": {str(endpoint.status): _success(endpoint, schemas), **describe_problems(endpoint)},
    }
    if endpoint.request is not None:
        body = {"application/json": schemas.media_type(endpoint.request)}
        described["requestBody"] = {"required": not endpoint.empty_body, "content": body}
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
    return described


def _query_parameter(parameter: QueryParameter) -> dict[str, Any]:
    whole_number = {"type": "integer", "minimum": 1 if parameter.name == "limit" else 0}
    return {
        "name": parameter.name,
        "in": "query",
        "description": parameter.description,
        "schema": whole_number if parameter.type == "integer" else {"type": "string"},
    }


def _success(endpoint: Endpoint, schemas: Schemas) -> dict[str, Any]:
    described: dict[str, Any] = {"description": HTTPStatus(endpoint.status).phrase}
    if endpoint.response is not None:
        described["content"] = {
            media: schemas.media_type(endpoint.response) if media.endswith("json") else {"schema": {"type": "string"}}
            for media in endpoint.media
        }
    if _remembers(endpoint):
        described["headers"] = {"Idempotent-Replayed": {"$ref": "#/components/headers/IdempotentReplayed"}}
    return described


def _remembers(endpoint: Endpoint) -> bool:
    """A POST that tells what it recorded tells it again when repeated; a login records no answer."""
    chosen_id = "id" in getattr(endpoint.request, "__struct_fields__", ())
    return endpoint.method == "POST" and endpoint.response is not None and (endpoint.access != "anyone" or chosen_id)
