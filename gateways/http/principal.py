"""The caller of a request, and whose token opens what."""

from typing import Literal

import msgspec

from schemas.actors import CUSTOMER, agent_actor, application_actor

__all__ = ["Kind", "Principal", "TokenAccess"]

Kind = Literal["customer", "agent", "application", "file"]

TokenAccess = Literal[
    "customer", "agent", "supervisor", "administrator", "inspector", "reporter", "extern", "subscriber"
]
"""The callers whose tokens an endpoint accepts. An API key with the scope admin is accepted in place of a supervisor or
an administrator. An inspector is a supervisor, or has an API key with the scope inspect; a reporter is a supervisor, or
has one with the scope reports. extern accepts an API key with the scope extern, and a subscriber has one with the scope
extern or admin."""


class Principal(msgspec.Struct, frozen=True):
    """The caller of a request. ``subject`` is the customer's conversation, the agent's id, the API key's name, or the
    conversation and the attachment which a link opens, and nothing else.

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
            case "file":
                raise ValueError("a link to a file does nothing")
