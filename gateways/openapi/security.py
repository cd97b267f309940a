"""The security schemes, and the choice among them that an endpoint accepts."""

from gateways.http.endpoints import Endpoint, Feed
from gateways.openapi.json_object import JsonObject

__all__ = ["SECURITY_SCHEMES", "security_of"]

SECURITY_SCHEMES: JsonObject = {
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
        "description": "An API key with the scope that is needed, such as connector, extern, inspect or admin.",
    },
}


def security_of(endpoint: Endpoint | Feed) -> list[dict[str, list[str]]]:
    if endpoint.access == "customer":
        return [{"customerToken": []}]
    if endpoint.access == "agent":
        return [{"agentToken": []}]
    if endpoint.access in ("extern", "subscriber"):
        return [{"apiKey": []}]
    if endpoint.access != "anyone":
        return [{"agentToken": []}, {"apiKey": []}]
    return [{}, {"apiKey": []}] if endpoint.takes_key else []
