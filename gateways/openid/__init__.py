"""Agents' identities from an OpenID provider."""

from gateways.openid.logins import HandOver, OpenIdLogins, PendingLogin

__all__ = ["HandOver", "OpenIdLogins", "PendingLogin"]
