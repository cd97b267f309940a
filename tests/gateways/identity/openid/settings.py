"""The settings of a contact centre whose agents log in by OpenID."""

from typing import Any

from tests.gateways.identity.openid.real_provider import PUBLIC_URL, SECRET

__all__ = ["DESKTOP", "EMAILS", "openid_settings"]

DESKTOP = "https://desk.example.com"
"""Another origin, whose pages get sessions."""
EMAILS = {name: {"email": f"{name}@example.org"} for name in ("alice", "bob", "carol")}


def openid_settings(issuer: str, **changed: Any) -> dict[str, Any]:
    return {
        "issuer": issuer,
        "client_id": "centre",
        "client_secret": SECRET,
        "client_authentication": "client_secret_post",
        "public_url": PUBLIC_URL,
        "allowed_origins": [DESKTOP],
        **changed,
    }
