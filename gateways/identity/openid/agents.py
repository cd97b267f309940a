"""Finds the agent for a person whom an OpenID provider has identified."""

from collections.abc import Mapping

from config import OpenIdSettings
from schemas.configuration import Agent

__all__ = ["agent_with_claims", "is_unverified_email"]


def agent_with_claims(
    agents: Mapping[str, Agent], settings: OpenIdSettings, claims: Mapping[str, object]
) -> str | None:
    """The agent's id; None when no agent fits, or when several agents have the email. The username of some providers is
    an email, and is then compared as one."""
    value = claims.get(settings.claim)
    if not isinstance(value, str):
        return None
    if settings.claim == "preferred_username" and value in agents:
        return value
    found = [agent_id for agent_id, agent in agents.items() if agent.email and _folded(agent.email) == _folded(value)]
    return found[0] if len(found) == 1 else None


def is_unverified_email(settings: OpenIdSettings, claims: Mapping[str, object]) -> bool:
    return settings.claim == "email" and "email" in claims and claims.get("email_verified") is not True


def _folded(email: str) -> str:
    """The email in lower case if it is ASCII. Beyond ASCII, different addresses would become equal."""
    return email.lower() if email.isascii() else email
