"""A message is read from an event of a feed."""

import msgspec

from gateways.client.feed import Event
from gateways.command_line.play.ledger import Sighting
from gateways.command_line.play.sightings import sighting_of

POSTED = '{"message_id": "one", "sender": {"type": "customer"}, "content": {"type": "text", "text": "Hello"}}'


def test_a_posted_message_is_a_sighting() -> None:
    event = Event("MessagePosted", data=_raw(POSTED), version=7)
    assert sighting_of(event) == Sighting("one", 7, "customer", "Hello")
    without_text = POSTED.replace('"text": "Hello"', '"url": "x"').replace('"text"', '"image"')
    assert sighting_of(Event("MessagePosted", data=_raw(without_text))) == Sighting("one", None, "customer", None)


def _raw(text: str) -> msgspec.Raw:
    return msgspec.Raw(text.encode())
