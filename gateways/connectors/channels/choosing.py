"""Which button a customer has pressed, or has meant by typing its number or title."""

from gateways.connectors.channels.inbound import InboundMessage
from gateways.connectors.channels.rendering.choices import Chosen, buttons_of, match_choice, read_token, resolve_choice
from gateways.conversations.reading import read_records
from gateways.services import Services
from schemas.content import Content
from schemas.events import REGISTRY, MessagePosted
from schemas.posting import CustomerContent, PostedText

__all__ = ["chosen_content", "note_choices"]

_MAX_TYPED = 256


async def chosen_content(
    services: Services, conversation_id: str, message: InboundMessage, content: CustomerContent
) -> CustomerContent:
    """The content; or for a chosen button, its title with its payload."""
    if not isinstance(content, PostedText):
        return content
    chosen = await _chosen(services, conversation_id, message.token, content.text)
    return content if chosen is None else PostedText(chosen.title, chosen.payload)


def note_choices(services: Services, conversation_id: str, message: MessagePosted) -> None:
    """Remembers what the customer may choose from now on."""
    services.channel_memory.choices[conversation_id] = message.content if buttons_of(message.content) else None


async def _chosen(services: Services, conversation_id: str, token: str | None, text: str) -> Chosen | None:
    if token is not None:
        pressed = read_token(token)
        offered = await _find(services, conversation_id, pressed.message_id) if pressed is not None else None
        return None if offered is None else resolve_choice(token, offered)
    if len(text) > _MAX_TYPED:
        return None
    if conversation_id not in services.channel_memory.choices:
        last = await _find(services, conversation_id, None)
        services.channel_memory.choices[conversation_id] = last if last is not None and buttons_of(last) else None
    offered = services.channel_memory.choices.get(conversation_id)
    return None if offered is None else match_choice(text, offered)


async def _find(services: Services, conversation_id: str, message_id: str | None) -> Content | None:
    """The content of a message to the customer: of the one with the id, or of the last one."""
    for record in reversed(await read_records(services, conversation_id)):
        event = REGISTRY.decode(record)
        if not isinstance(event, MessagePosted) or event.sender.type == "customer":
            continue
        if message_id in (None, event.message_id):
            return event.content
    return None
