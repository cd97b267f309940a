"""The caller of a request, and whose token opens what."""

from typing import Literal

import msgspec

from schemas.actors import CUSTOMER, agent_actor, application_actor

__all__ = ["Kind", "Principal", "TokenAccess"]

Kind = Literal["customer", "agent", "application"]

TokenAccess = Literal["customer", "agent", "supervisor", "administrator", "inspector", "reporter", "extern"]
"""Whose token it takes. An API key with the scope admin stands in for a supervisor or an administrator. An inspector
is a supervisor, or has an API key with the scope inspect; a reporter likewise, with the scope reports. extern takes an
API key with this scope."""


class Principal(msgspec.Struct, frozen=True):
    """The caller of a request. ``subject`` is the conversation of a customer, the agent's id, or the API key's name.

    ``expires_at`` is a Unix time in seconds. ``session_id`` names an agent's login, ``role`` the agent's role.
    """

    kind: Kind
    subject: str
    expires_at: float
    role: str = ""
    session_id: str = ""

    @property
    def actor(self) -> str:
        """The caller's name as recorded events hold it."""
        match self.kind:
            case "customer":
                return CUSTOMER
            case "agent":
                return agent_actor(self.subject)
            case "application":
                return application_actor(self.subject)
