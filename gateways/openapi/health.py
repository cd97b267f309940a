"""Health and readiness as OpenAPI paths."""

from gateways.openapi.json_object import JsonObject
from gateways.openapi.tags import OPERATIONS

__all__ = ["HEALTH_PATHS"]


def _operation(name: str, summary: str, responses: JsonObject) -> JsonObject:
    return {
        "get": {
            "operationId": f"operations_get_{name}",
            "tags": [OPERATIONS],
            "summary": summary,
            "security": [],
            "responses": responses,
        }
    }


def _response(description: str, example: JsonObject) -> JsonObject:
    properties: JsonObject = {"status": {"type": "string", "enum": [example["status"]]}}
    if "position" in example:
        properties["position"] = {
            "type": "integer",
            "minimum": 0,
            "description": "The position of the last event that was handed out.",
        }
    schema = {"type": "object", "properties": properties, "required": list(properties)}
    return {"description": description, "content": {"application/json": {"schema": schema, "example": example}}}


HEALTH_PATHS: JsonObject = {
    "/healthz": _operation(
        "health",
        "Report that the process answers",
        {"200": _response("The process answers.", {"status": "ok"})},
    ),
    "/readyz": _operation(
        "readiness",
        "Report whether commands are served",
        {
            "200": _response("Commands are served.", {"status": "ready", "position": 42}),
            "503": _response("Commands are not served.", {"status": "not_ready"}),
        },
    ),
}
