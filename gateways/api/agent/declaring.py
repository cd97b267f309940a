"""How the Agent API's endpoints are declared."""

from typing import Any

from gateways.http.endpoints import Endpoint, Handler, QueryParameter

__all__ = ["BASE", "CONVERSATION", "ENDED", "LEADERS", "get", "post", "put"]

BASE = "/agent/v1"
CONVERSATION = f"{BASE}/conversations/{{id}}"
ENDED = ("409 conversation_ended", "403 not_participant")
"""What may be wrong with anything that an agent does in a conversation."""
LEADERS = ("403 role_missing", "403 not_supervised")
"""What keeps agents from what is for their supervisors."""


def post(
    path: str, handler: Handler, summary: str, request: Any, response: Any, *errors: str, **options: Any
) -> Endpoint:
    return Endpoint("POST", path, handler, summary, "agent", response, request=request, errors=errors, **options)


def get(path: str, handler: Handler, summary: str, response: Any, *query: QueryParameter, **options: Any) -> Endpoint:
    return Endpoint("GET", path, handler, summary, "agent", response, query=query, **options)


def put(path: str, handler: Handler, summary: str, request: Any, response: Any, *errors: str) -> Endpoint:
    return Endpoint("PUT", path, handler, summary, "agent", response, request=request, errors=errors)
