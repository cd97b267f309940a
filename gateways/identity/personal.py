"""The right to see personal data in answers."""

from gateways.http.principal import Principal
from projections import ConfigurationView

__all__ = ["sees_personal"]


def sees_personal(principal: Principal, configuration: ConfigurationView) -> bool:
    """Administrators see personal data, and so do API keys with the scope admin or personal."""
    if principal.role == "administrator":
        return True
    key = configuration.api_keys.get(principal.subject) if principal.kind == "application" else None
    return key is not None and "personal" in key.scopes
