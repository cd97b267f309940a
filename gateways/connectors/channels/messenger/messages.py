"""The parts of a webhook's body that are read. Anything else in it is passed over.

Source: Messenger Platform, "Webhook events"; Instagram Platform, "Webhook notification examples".
"""

import msgspec

__all__ = ["Attachment", "Entry", "Envelope", "Event", "Field", "Message", "MessageEdit", "Postback", "Reaction"]


class Envelope(msgspec.Struct, frozen=True):
    object: str
    entry: list[msgspec.Raw] = []


class Entry(msgspec.Struct, frozen=True):
    """Events stand under ``messaging``, at Instagram also under ``changes``. Those under ``standby`` are for another
    app, which speaks with the customer."""

    id: str
    messaging: list[msgspec.Raw] = []
    changes: list[msgspec.Raw] = []


class Field(msgspec.Struct, frozen=True):
    field: str
    value: msgspec.Raw = msgspec.Raw(b"null")


class Party(msgspec.Struct, frozen=True):
    id: str = ""


class QuickReply(msgspec.Struct, frozen=True):
    payload: str = ""


class Coordinates(msgspec.Struct, frozen=True):
    lat: float
    long: float


class Payload(msgspec.Struct, frozen=True):
    url: str | None = None
    title: str | None = None
    coordinates: Coordinates | None = None


class Attachment(msgspec.Struct, frozen=True):
    type: str
    payload: Payload | None = None
    title: str | None = None
    url: str | None = None


class Message(msgspec.Struct, frozen=True, kw_only=True):
    mid: str
    text: str | None = None
    quick_reply: QuickReply | None = None
    attachments: list[msgspec.Raw] = []
    is_echo: bool = False
    is_deleted: bool = False
    is_unsupported: bool = False
    app_id: int | str | None = None
    metadata: str | None = None


class MessageEdit(msgspec.Struct, frozen=True):
    mid: str
    text: str = ""
    num_edit: int = 0


class Postback(msgspec.Struct, frozen=True):
    mid: str | None = None
    title: str | None = None
    payload: str | None = None


class Reaction(msgspec.Struct, frozen=True):
    mid: str
    action: str = "react"
    emoji: str | None = None
    reaction: str | None = None


class Delivery(msgspec.Struct, frozen=True):
    watermark: int | str
    mids: list[str] = []


class Read(msgspec.Struct, frozen=True):
    """What a customer has read: all up to a time at Messenger, one message at Instagram."""

    watermark: int | str | None = None
    mid: str | None = None


class Event(msgspec.Struct, frozen=True, kw_only=True):
    sender: Party = Party()
    timestamp: int | str | None = None
    message: Message | None = None
    message_edit: MessageEdit | None = None
    postback: Postback | None = None
    reaction: Reaction | None = None
    delivery: Delivery | None = None
    read: Read | None = None
