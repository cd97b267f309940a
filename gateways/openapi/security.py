"""Who may call: the security schemes, and which of them an endpoint takes."""

from typing import Any

from gateways.http.endpoints import Endpoint, Feed

__all__ = ["SECURITY_SCHEMES", "security_of", "takes_key"]

SECURITY_SCHEMES: dict[str, Any] = {
    "customerToken": {
        "type": "http",
        "scheme": "bearer",
        "bearerFormat": "JWT",
        "description": "The `token` from starting a conversation. It opens that conversation and no other.",
    },
    "agentToken": {
        "type": "http",
        "scheme": "bearer",
        "bearerFormat": "JWT",
        "description": "The `access_token` of an agent who logged in. Renew it with the `refresh_token`.",
    },
    "apiKey": {
        "type": "http",
        "scheme": "bearer",
        "description": "The API key of a connector, with the scope for what it calls.",
    },
}

_KEYED_CHANNELS = ("POST", "/customer/v1/conversations")
"""Open to anyone on web channels; on all others a connector's key is asked for."""


def security_of(endpoint: Endpoint | Feed) -> list[dict[str, list[str]]]:
    if endpoint.access == "customer":
        return [{"customerToken": []}]
    if endpoint.access == "agent":
        return [{"agentToken": []}]
    return [{}, {"apiKey": []}] if takes_key(endpoint) else []


def takes_key(endpoint: Endpoint | Feed) -> bool:
    return (endpoint.method, endpoint.path) == _KEYED_CHANNELS
