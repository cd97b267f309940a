"""Health and readiness as OpenAPI paths."""

from typing import Any

from gateways.openapi.tags import OPERATIONS

__all__ = ["HEALTH_PATHS"]


def _operation(name: str, summary: str, responses: dict[str, Any]) -> dict[str, Any]:
    return {
        "get": {
            "operationId": f"operations_get_{name}",
            "tags": [OPERATIONS],
            "summary": summary,
            "security": [],
            "responses": responses,
        }
    }


def _response(description: str, example: dict[str, Any]) -> dict[str, Any]:
    properties: dict[str, Any] = {"status": {"type": "string", "enum": [example["status"]]}}
    if "position" in example:
        properties["position"] = {
            "type": "integer",
            "minimum": 0,
            "description": "The position of the last event that was handed out.",
        }
    schema = {"type": "object", "properties": properties, "required": list(properties)}
    return {"description": description, "content": {"application/json": {"schema": schema, "example": example}}}


HEALTH_PATHS: dict[str, Any] = {
    "/healthz": _operation(
        "health",
        "Tell that the process answers",
        {"200": _response("The process answers.", {"status": "ok"})},
    ),
    "/readyz": _operation(
        "readiness",
        "Tell whether commands are served",
        {
            "200": _response("Commands are served.", {"status": "ready", "position": 42}),
            "503": _response("Commands are not served.", {"status": "not_ready"}),
        },
    ),
}
