"""Signals that are not kept: typing."""

import msgspec

from gateways.feeds.hub import Signal
from gateways.services import Services
from schemas.content import Sender
from schemas.instants import format_instant
from schemas.records import conversation_stream

__all__ = ["signal_typing"]


def signal_typing(services: Services, conversation_id: str, sender: Sender, active: bool, owner: str) -> None:
    """Tells everyone in the conversation but ``owner`` (see Hub.listen)."""
    data = msgspec.json.encode({"sender": sender, "active": active})
    at = format_instant(services.clock())
    signal = Signal("TypingChanged", at, msgspec.Raw(data), conversation_id, owner)
    services.hub.signal(conversation_stream(conversation_id), signal)
