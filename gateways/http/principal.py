"""The caller of a request."""

from typing import Literal

import msgspec

from schemas.actors import CUSTOMER, agent_actor, application_actor

__all__ = ["Kind", "Principal"]

Kind = Literal["customer", "agent", "application"]


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
