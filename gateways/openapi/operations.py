"""Describes an endpoint as an OpenAPI operation."""

import inspect
from collections.abc import Iterator
from http import HTTPStatus

import msgspec

from gateways.http.endpoints import Endpoint, Feed, PathParameter, QueryParameter
from gateways.openapi.json_object import JsonObject
from gateways.openapi.problems import describe_problems
from gateways.openapi.schemas import Schemas
from gateways.openapi.security import security_of
from gateways.openapi.tags import tag_of
from schemas.identifiers import Id

__all__ = ["HEADERS", "describe_endpoint", "heading", "parameters"]

HEADERS: JsonObject = {
    "IdempotentReplayed": {
        "description": "`true` when the request had been carried out before; this is a repetition of its answer.",
        "schema": {"type": "string", "enum": ["true"]},
    },
    "Position": {
        "description": "A position of the journal that includes all that the request has done. Pass it to a report as "
        "`after_position`.",
        "schema": {"type": "integer", "minimum": 0},
    },
    "Location": {
        "description": "The address to which the browser is redirected.",
        "schema": {"type": "string", "format": "uri"},
    },
    "ETag": {
        "description": "The version of what is read or has been written, in quotation marks.",
        "schema": {"type": "string", "pattern": '^"[0-9]+"$'},
    },
    "RetryAfter": {
        "description": "The seconds to wait before trying again.",
        "schema": {"type": "integer", "minimum": 0},
    },
}


def describe_endpoint(endpoint: Endpoint, schemas: Schemas) -> JsonObject:
    described = {
        **heading(endpoint, "get" if endpoint.method == "GET" else ""),
        "security": security_of(endpoint),
        "parameters": parameters(endpoint),
        "responses": {**_successes(endpoint, schemas), **describe_problems(endpoint)},
    }
    if endpoint.request is not None or endpoint.form is not None:
        media = "application/json" if endpoint.form is None else "multipart/form-data"
        body = {media: schemas.media_type(endpoint.form or endpoint.request)}
        described["requestBody"] = {"required": not endpoint.empty_body, "content": body}
    elif endpoint.takes:
        content = {
            media: _taken_json(endpoint, schemas) if media.endswith("json") else {"schema": {"type": "string"}}
            for media in endpoint.takes
        }
        described["requestBody"] = {"required": True, "content": content}
    return described


def _taken_json(endpoint: Endpoint, schemas: Schemas) -> JsonObject:
    return {"schema": {}} if endpoint.takes_json is None else schemas.media_type(endpoint.takes_json)


def heading(endpoint: Endpoint | Feed, verb: str) -> JsonObject:
    """The id, tag and texts of an operation. ``verb`` is put before the name of a handler that is named after its
    answer."""
    api = endpoint.path.split("/")[1]
    name = endpoint.handler.__name__.removeprefix(f"{api}_")
    described: JsonObject = {
        "operationId": "_".join(part for part in (api, verb, name) if part),
        "tags": [tag_of(endpoint.path)],
        "summary": endpoint.summary,
    }
    explanation = inspect.getdoc(endpoint.handler)
    return {**described, "description": explanation} if explanation else described


def parameters(endpoint: Endpoint | Feed) -> list[JsonObject]:
    in_path = [_path_parameter(parameter) for parameter in endpoint.path_parameters]
    in_headers = list(_preconditions(endpoint)) if isinstance(endpoint, Endpoint) else []
    return [*in_path, *(_query_parameter(parameter) for parameter in endpoint.query), *in_headers]


def _preconditions(endpoint: Endpoint) -> Iterator[JsonObject]:
    """The headers with which a change depends on the version that it changes."""
    if endpoint.versioned not in ("item", "whole") or endpoint.method == "GET":
        return
    words = "The `ETag` of the version to change; the request is refused when there has been another change since."
    yield {"name": "If-Match", "in": "header", "required": False, "description": words, "schema": {"type": "string"}}
    if endpoint.versioned == "item" and endpoint.method == "PUT":
        words = "`*` to add what is not there yet; the request is refused when it is."
        schema = {"type": "string", "enum": ["*"]}
        yield {"name": "If-None-Match", "in": "header", "required": False, "description": words, "schema": schema}


def _path_parameter(parameter: PathParameter) -> JsonObject:
    return {
        "name": parameter.name,
        "in": "path",
        "required": True,
        "schema": msgspec.json.schema(parameter.type),
        "description": parameter.description,
    }


def _query_parameter(parameter: QueryParameter) -> JsonObject:
    schema: JsonObject = msgspec.json.schema(Id) if parameter.type == "id" else {"type": parameter.type}
    if parameter.type == "integer":
        schema["minimum"] = parameter.minimum
    if parameter.listed:
        schema = {"type": "array", "items": schema, "minItems": 1}
    if parameter.values:
        schema.get("items", schema)["enum"] = list(parameter.values)
    return {
        "name": parameter.name,
        "in": "query",
        "description": parameter.description,
        "required": parameter.required,
        "schema": schema,
        **({"explode": False} if parameter.listed else {}),
    }


def _successes(endpoint: Endpoint, schemas: Schemas) -> JsonObject:
    return {str(status): _success(endpoint, status, schemas) for status in sorted((endpoint.status, *endpoint.also))}


def _success(endpoint: Endpoint, status: int, schemas: Schemas) -> JsonObject:
    described: JsonObject = {"description": HTTPStatus(status).phrase}
    if endpoint.response is not None:
        described["content"] = {
            media: schemas.media_type(endpoint.response) if media.endswith("json") else _other(media)
            for media in endpoint.media
        }
    if headers := _headers(endpoint):
        described["headers"] = {name: {"$ref": f"#/components/headers/{header}"} for name, header in headers.items()}
    return described


def _headers(endpoint: Endpoint) -> dict[str, str]:
    """The headers of a success, with the components that describe them."""
    headers = {"Location": "Location"} if endpoint.status == HTTPStatus.FOUND else {}
    if endpoint.replays:
        headers["Idempotent-Replayed"] = "IdempotentReplayed"
    if endpoint.names_position:
        headers["Hybridchat-Position"] = "Position"
    if endpoint.versioned and endpoint.status != HTTPStatus.NO_CONTENT:
        headers["ETag"] = "ETag"
    return headers


def _other(media: str) -> JsonObject:
    """The description of a body that is not JSON. In OpenAPI 3.1, raw bytes have no schema."""
    return {} if media == "application/octet-stream" else {"schema": {"type": "string"}}
