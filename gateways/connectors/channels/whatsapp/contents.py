"""Makes customers' contents of the messages of WhatsApp."""

from collections.abc import Callable
from typing import Any, NamedTuple

import msgspec

from gateways.connectors.channels.graph.reading import LeftOutError
from gateways.connectors.channels.graph.texts import line_of, note, pressed, text_of, texts_of
from gateways.connectors.channels.inbound import InboundFile
from gateways.connectors.channels.pieces import MediaKind
from gateways.connectors.channels.whatsapp.messages import (
    EditedMessage,
    File,
    FlowReply,
    Interactive,
    Message,
    Order,
    SharedContact,
)
from schemas.content import ContactContent, LocationContent
from schemas.posting import CustomerContent

__all__ = ["Part", "parts_of"]

_PASSED_OVER = ("request_welcome", "ephemeral")
"""They say that somebody has opened a chat or set a timer, and hold nothing."""


class Part(NamedTuple):
    """One message of the customer's. Without ``opens`` it is for an open conversation alone."""

    content: CustomerContent | InboundFile
    token: str | None = None
    opens: bool = True


def parts_of(message: Message) -> list[Part]:
    """What the customer said, mostly one message. Raises LeftOutError when there is nothing to show, and errors of
    decoding."""
    if message.type in _PASSED_OVER:
        raise LeftOutError("it holds nothing that the customer said")
    make = _MAKERS.get(message.type)
    parts = make(message) if make else [Part(note(f"a message of the kind {message.type[:40]}"))]
    if not parts:
        raise LeftOutError("it holds nothing that anybody could see")
    return parts


def _text(message: Message) -> list[Part]:
    return [Part(text) for text in texts_of(_given(message.text).body)]


def _file(kind: MediaKind) -> Callable[[Message], list[Part]]:
    def make(message: Message) -> list[Part]:
        file: File = _given(getattr(message, message.type))
        caption = texts_of(file.caption)
        if not file.id:
            return [Part(note(f"a file of the kind {kind} that WhatsApp could not load")), *map(Part, caption)]
        reference = {"id": file.id} | ({"sha256": file.sha256} if file.sha256 else {})
        first = InboundFile(
            kind=kind,
            reference=reference,
            name=line_of(file.filename[-255:]) if file.filename else None,
            media_type=_media_type(file.mime_type),
            text=text_of(file.caption),
        )
        return [Part(first), *map(Part, caption[1:])]

    return make


def _location(message: Message) -> list[Part]:
    given = _given(message.location)
    if not (-90 <= given.latitude <= 90 and -180 <= given.longitude <= 180):
        raise LeftOutError("it is no place on earth")
    return [Part(LocationContent(given.latitude, given.longitude, line_of(given.name), line_of(given.address)))]


def _contacts(message: Message) -> list[Part]:
    return [part for contact in _given(message.contacts) for part in _contact(contact)]


def _contact(contact: SharedContact) -> list[Part]:
    phone = next(filter(None, (line_of(phone.phone) for phone in contact.phones)), None)
    email = next(filter(None, (line_of(email.email) for email in contact.emails)), None)
    name = line_of(contact.name.formatted_name) or phone or email
    return [Part(ContactContent(name, phone, email, line_of(contact.org.company)))] if name else []


def _button(message: Message) -> list[Part]:
    given = _given(message.button)
    return _pressed(given.text, given.payload)


def _interactive(message: Message) -> list[Part]:
    given: Interactive = _given(message.interactive)
    if reply := given.button_reply or given.list_reply:
        return _pressed(reply.title, reply.id)
    if given.nfm_reply:
        return [Part(text) for text in texts_of(_flow_answers(given.nfm_reply))]
    return [Part(note(f"an answer of the kind {given.type[:40]}"))]


def _pressed(title: str, token: str | None) -> list[Part]:
    return [Part(pressed(title, token), token=token or None)]


def _flow_answers(reply: FlowReply) -> str:
    """The answers of a form, a line each."""
    try:
        answers = msgspec.json.decode(reply.response_json, type=dict[str, Any])
    except msgspec.MsgspecError:
        answers = {}
    lines = [f"{name}: {_words(value)}" for name, value in answers.items() if name != "flow_token"]
    return "\n".join(lines) or reply.body or "[form]"


def _words(value: Any) -> str:
    if isinstance(value, list):
        return ", ".join(map(_words, value))
    return value if isinstance(value, str) else msgspec.json.encode(value).decode()


def _reaction(message: Message) -> list[Part]:
    emoji = _given(message.reaction).emoji
    if not emoji:
        raise LeftOutError("it takes a reaction back")
    return [Part(note(f"reaction {emoji}"), opens=False)]


def _order(message: Message) -> list[Part]:
    order: Order = _given(message.order)
    items = [
        f"{item.quantity} x {item.product_retailer_id}, {item.item_price} {item.currency} each"
        for item in order.product_items
    ]
    return [Part(text) for text in texts_of("\n".join(["[order]", *items, order.text or ""]).strip())]


def _edit(message: Message) -> list[Part]:
    edited = msgspec.json.decode(_given(message.edit).message, type=EditedMessage)
    file = edited.image or edited.video or edited.document
    text = edited.text.body if edited.text else file.caption if file else None
    return [Part(text, opens=False) for text in texts_of(f"[edited] {text or ''}".strip())]


def _revoke(message: Message) -> list[Part]:
    return [Part(note("a message was deleted"), opens=False)]


def _unsupported(message: Message) -> list[Part]:
    return [Part(note("a message of a kind that WhatsApp does not pass on"))]


_MAKERS: dict[str, Callable[[Message], list[Part]]] = {
    "text": _text,
    "image": _file("image"),
    "sticker": _file("image"),
    "audio": _file("audio"),
    "video": _file("video"),
    "document": _file("file"),
    "location": _location,
    "contacts": _contacts,
    "button": _button,
    "interactive": _interactive,
    "reaction": _reaction,
    "order": _order,
    "edit": _edit,
    "revoke": _revoke,
    "unsupported": _unsupported,
    "unknown": _unsupported,
}


def _given(value: Any) -> Any:
    if value is None:
        raise LeftOutError("it lacks the part that its type names")
    return value


def _media_type(given: str | None) -> str | None:
    """The media type without its parameters, such as the codecs of a recording."""
    plain = (given or "").partition(";")[0].strip().lower()
    return plain if 0 < len(plain) <= 128 else None
