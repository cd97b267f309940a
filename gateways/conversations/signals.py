"""Signals that are not kept: typing."""

import msgspec

from gateways.feeds.hub import Signal
from gateways.services import Services
from schemas.content import Sender
from schemas.instants import format_instant

__all__ = ["signal_typing"]


def signal_typing(services: Services, conversation_id: str, sender: Sender, active: bool, owner: str) -> None:
    """Tells everyone in the conversation but ``owner`` (see Hub.listen)."""
    data = msgspec.json.encode({"sender": sender, "active": active})
    at = format_instant(services.clock())
    signal = Signal("TypingChanged", at, msgspec.Raw(data), conversation_id, owner)
    services.hub.signal(f"conversation-{conversation_id}", signal)
