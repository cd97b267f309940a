"""Reading a message from an event of a feed."""

import msgspec

from gateways.client.feed import Event
from gateways.command_line.play.ledger import Sighting

__all__ = ["sighting_of"]


class _Sender(msgspec.Struct):
    type: str


class _Content(msgspec.Struct):
    text: str | None = None


class _Posted(msgspec.Struct):
    message_id: str
    sender: _Sender
    content: _Content


_posted_decoder = msgspec.json.Decoder(_Posted)


def sighting_of(event: Event) -> Sighting:
    """Returns the message that a MessagePosted event shows."""
    posted = _posted_decoder.decode(event.data)
    return Sighting(posted.message_id, event.version, posted.sender.type, posted.content.text)
