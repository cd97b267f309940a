"""Personal data on the way out: who sees it, and what others see."""

from gateways.http.call import Call

__all__ = ["MASK", "sees_personal"]

MASK = "•••"


def sees_personal(call: Call) -> bool:
    """Administrators do, and API keys with the scope admin or personal."""
    principal = call.principal
    if principal.role == "administrator":
        return True
    key = call.services.configuration.api_keys.get(principal.subject) if principal.kind == "application" else None
    return key is not None and "personal" in key.scopes
