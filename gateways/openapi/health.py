"""Health and readiness as OpenAPI paths."""

from gateways.openapi.json_object import JsonObject
from gateways.openapi.tags import OPERATIONS

__all__ = ["HEALTH_PATHS"]


_TASKS: JsonObject = {
    "type": "object",
    "description": (
        "The tasks in the background that do not work, by their names. While one is failing, the server is not ready; "
        "an impaired one does a part of its work, or waits for another system."
    ),
    "additionalProperties": {
        "type": "object",
        "properties": {
            "status": {"type": "string", "enum": ["failing", "impaired"]},
            "reason": {"type": "string"},
        },
        "required": ["status", "reason"],
    },
}


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


_NUMBERS = {
    "position": "The position of the last event that was handed out.",
    "clock_ahead_seconds": "How far the journal's time is ahead of the machine's clock; 0 unless that was set back.",
}


def _response(description: str, example: JsonObject) -> JsonObject:
    properties: JsonObject = {"status": {"type": "string", "enum": [example["status"]]}}
    for name in sorted(_NUMBERS.keys() & example):
        properties[name] = {"type": "integer", "minimum": 0, "description": _NUMBERS[name]}
    required = list(properties)
    if example["status"] != "ok":
        properties["tasks"] = _TASKS
    schema = {"type": "object", "properties": properties, "required": required}
    return {"description": description, "content": {"application/json": {"schema": schema, "example": example}}}


HEALTH_PATHS: JsonObject = {
    "/healthz": _operation(
        "health",
        "Report that the process answers",
        {"200": _response("The process answers.", {"status": "ok"})},
    ),
    "/readyz": _operation(
        "readiness",
        "Report whether commands are served and every task works",
        {
            "200": _response("Commands are served.", {"status": "ready", "position": 42, "clock_ahead_seconds": 0}),
            "503": _response("Commands are not served, or a task is failing.", {"status": "not_ready"}),
        },
    ),
}
