"""Who calls."""

from typing import Literal

import msgspec

__all__ = ["Kind", "Principal"]

Kind = Literal["customer", "agent", "application"]


class Principal(msgspec.Struct, frozen=True):
    """Who calls. ``subject`` is the conversation of a customer, the agent's id, or the API key's name.

    ``expires_at`` is a Unix time in seconds. ``session_id`` names an agent's login, ``role`` the agent's role.
    """

    kind: Kind
    subject: str
    expires_at: float
    role: str = ""
    session_id: str = ""
