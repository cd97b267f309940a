"""Agents' identities from an OpenID provider."""

from gateways.identity.openid.logins import HandOver, OpenIdLogins, PendingLogin

__all__ = ["HandOver", "OpenIdLogins", "PendingLogin"]
