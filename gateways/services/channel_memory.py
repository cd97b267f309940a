"""What the server remembers of channels by which customers come from elsewhere. It is made anew after a restart."""

from datetime import datetime
from typing import NamedTuple

from cachetools import LRUCache

from schemas.content import Content

__all__ = ["ChannelMemory", "LastInbound"]

_MAX_CUSTOMERS = 50_000
_MAX_CONVERSATIONS = 10_000


class LastInbound(NamedTuple):
    """The provider's id of the customer's last message, and when it came."""

    provider_id: str
    at: datetime


class ChannelMemory:
    """``choices`` holds, by conversation, the last message to the customer if it offers buttons, and None if not."""

    def __init__(self) -> None:
        self._inbound: LRUCache[tuple[str, str], LastInbound] = LRUCache(_MAX_CUSTOMERS)
        self.choices: LRUCache[str, Content | None] = LRUCache(_MAX_CONVERSATIONS)

    def note_inbound(self, channel: str, customer_id: str, last: LastInbound) -> None:
        self._inbound[channel, customer_id] = last

    def last_inbound(self, channel: str, customer_id: str) -> LastInbound | None:
        """None for a customer of whom nothing was heard since the server began, or very long ago."""
        return self._inbound.get((channel, customer_id))
