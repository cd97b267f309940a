"""Reads what Meta posts for pages on Facebook and for accounts on Instagram."""

import hashlib
from collections.abc import Iterator

import msgspec

from gateways.connectors.channels.graph.reading import GatheredItems, LeftOutError, decoded, thousandths
from gateways.connectors.channels.graph.texts import note, pressed, texts_of
from gateways.connectors.channels.inbound import (
    Inbound,
    InboundCustomer,
    InboundFile,
    InboundItem,
    InboundMessage,
    InboundReceipt,
)
from gateways.connectors.channels.messenger.contents import contents_of
from gateways.connectors.channels.messenger.messages import (
    Entry,
    Envelope,
    Event,
    Field,
    Message,
    MessageEdit,
    Postback,
    Reaction,
)
from schemas.posting import CustomerContent

__all__ = ["read_pages"]

_FIELDS = ("messages", "messaging_postbacks", "messaging_seen", "message_reactions", "message_edit")
"""The fields under which Instagram may post events."""


def read_pages(body: bytes, object_: str, app_id: str | None) -> list[Inbound]:
    """The messages and receipts of a request, by the page or account that they are for. ``app_id`` is that of the app
    whose echoes are the server's own. Raises UnreadableRequestError."""
    envelope = decoded(body, Envelope)
    gathered = GatheredItems()
    if envelope.object != object_:
        gathered.leave_out(None, f"the request is not about the object {object_}")
        return gathered.inbounds()
    for raw in envelope.entry:
        with gathered.alone(None, "entry"):
            entry = msgspec.json.decode(raw, type=Entry)
            for event in entry.messaging:
                with gathered.alone(entry.id, "event"):
                    _read_event(event, entry.id, app_id, gathered)
            for change in entry.changes:
                with gathered.alone(entry.id, "change"):
                    field = msgspec.json.decode(change, type=Field)
                    if field.field not in _FIELDS:
                        raise LeftOutError(f"field {field.field[:40]} is no message")
                    _read_event(field.value, entry.id, app_id, gathered)
    return gathered.inbounds()


def _read_event(raw: msgspec.Raw, account: str, app_id: str | None, gathered: GatheredItems) -> None:
    event = msgspec.json.decode(raw, type=Event)
    if event.message and event.message.is_echo:
        _check_echo(event.message, app_id)
        return
    if not event.sender.id or event.sender.id == account:
        raise LeftOutError("it is not from a customer")
    gathered.add(account, list(_items_of(event)))


def _check_echo(message: Message, app_id: str | None) -> None:
    """An echo of a message of the server's own is no news. Raises LeftOutError for any other."""
    own = message.metadata is not None or (app_id is not None and str(message.app_id) == app_id)
    if not own:
        raise LeftOutError("it was written in the inbox of the page, or by another app")


def _items_of(event: Event) -> Iterator[InboundItem]:
    if event.message:
        yield from _message(event, event.message)
    elif event.postback:
        yield _postback(event, event.postback)
    elif event.message_edit:
        yield from _edit(event, event.message_edit)
    elif event.reaction:
        yield _reaction(event, event.reaction)
    elif event.delivery or event.read:
        yield from _receipts(event)
    else:
        raise LeftOutError("it is no message")


def _message(event: Event, message: Message) -> Iterator[InboundMessage]:
    if message.is_deleted:
        yield _said(event, f"{message.mid}#deleted", note("a message was deleted"), opens=False)
        return
    if message.quick_reply:
        token = message.quick_reply.payload or None
        yield _said(event, message.mid, pressed(message.text, token), token=token)
        return
    for number, content in enumerate(contents_of(message)):
        yield _said(event, f"{message.mid}#{number}" if number else message.mid, content)


def _postback(event: Event, postback: Postback) -> InboundMessage:
    """The press of a button in a template, which may come without an id."""
    payload = postback.payload or ""
    digest = hashlib.sha256(payload.encode()).hexdigest()[:16]
    provider_id = postback.mid or f"postback:{event.sender.id}:{event.timestamp}:{digest}"
    return _said(event, provider_id, pressed(postback.title or payload, payload), token=payload or None)


def _edit(event: Event, edit: MessageEdit) -> Iterator[InboundMessage]:
    for number, text in enumerate(texts_of(f"[edited] {edit.text}".strip())):
        yield _said(event, f"{edit.mid}#edit{edit.num_edit}.{number}", text, opens=False)


def _reaction(event: Event, reaction: Reaction) -> InboundMessage:
    if reaction.action != "react":
        raise LeftOutError("it takes a reaction back")
    words = note(f"reaction {reaction.emoji or reaction.reaction or ''}".strip())
    return _said(event, f"{reaction.mid}#reaction{event.timestamp}", words, opens=False)


def _said(
    event: Event,
    provider_id: str,
    content: CustomerContent | InboundFile,
    *,
    token: str | None = None,
    opens: bool = True,
) -> InboundMessage:
    if provider_id.startswith("#") or not provider_id:
        raise LeftOutError("it has no id")
    return InboundMessage(
        provider_id=provider_id,
        customer=InboundCustomer(id=event.sender.id),
        content=content,
        sent_at=thousandths(event.timestamp),
        token=token,
        opens=opens,
    )


def _receipts(event: Event) -> Iterator[InboundReceipt]:
    """Ids name single messages and may be missing; a watermark stands for everything up to a time."""
    customer_id = event.sender.id
    if event.delivery:
        for mid in filter(None, event.delivery.mids):
            yield InboundReceipt(status="delivered", provider_id=mid, customer_id=customer_id)
        until = thousandths(event.delivery.watermark)
        yield InboundReceipt(status="delivered", customer_id=customer_id, until=until)
    if event.read:
        if event.read.mid:
            yield InboundReceipt(status="read", provider_id=event.read.mid, customer_id=customer_id)
        if event.read.watermark is not None:
            yield InboundReceipt(status="read", customer_id=customer_id, until=thousandths(event.read.watermark))
