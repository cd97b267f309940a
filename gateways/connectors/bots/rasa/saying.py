"""What a customer says, as Rasa is to take it."""

import msgspec

from gateways.connectors.bots.rasa.messages import free_text
from gateways.conversations.reading import read_records
from gateways.services import Services
from projections import ConversationView, in_words
from schemas.content import Content, TextContent
from schemas.events import REGISTRY, MessagePosted
from schemas.records import Record

__all__ = ["said"]


async def said(services: Services, view: ConversationView, content: Content) -> str:
    """The payload of a button that was pressed, which may be a command, as nothing else may. A browser may claim any
    payload: it counts as a command if something in the conversation offers it."""
    if not isinstance(content, TextContent) or content.payload is None:
        return free_text(in_words(content))
    payload, escaped = content.payload, free_text(content.payload)
    channel = services.configuration.channels.get(view.channel)
    if escaped == payload or (channel is not None and channel.kind == "connector"):
        return payload
    offered = msgspec.json.encode(payload)
    records = await read_records(services, view.conversation_id)
    return payload if any(_offers(record, offered) for record in records) else escaped


def _offers(record: Record, payload: bytes) -> bool:
    """Looks for the payload anywhere in a message, because custom contents may have buttons of their own."""
    if payload not in record.data:
        return False
    event = REGISTRY.decode(record)
    return isinstance(event, MessagePosted) and event.sender.type != "customer"
