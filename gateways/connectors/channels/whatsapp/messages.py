"""The parts of a webhook's body that are read. Anything else in it is passed over.

Source: WhatsApp Business Platform, "messages webhook reference" and "Business-scoped user IDs".
"""

from typing import Any

import msgspec

__all__ = [
    "Change",
    "Contact",
    "EditedMessage",
    "Entry",
    "Envelope",
    "File",
    "FlowReply",
    "Interactive",
    "Message",
    "Order",
    "SharedContact",
    "Status",
    "StatusError",
    "System",
    "Value",
]

_Time = str | int


class Envelope(msgspec.Struct, frozen=True):
    object: str
    entry: list[msgspec.Raw] = []


class Entry(msgspec.Struct, frozen=True):
    changes: list[msgspec.Raw] = []


class Change(msgspec.Struct, frozen=True):
    field: str
    value: msgspec.Raw = msgspec.Raw(b"null")


class Metadata(msgspec.Struct, frozen=True):
    phone_number_id: str


class Profile(msgspec.Struct, frozen=True):
    name: str | None = None
    username: str | None = None


class Contact(msgspec.Struct, frozen=True):
    """A customer. One with a username may come without ``wa_id``, which is the number."""

    profile: Profile | None = None
    wa_id: str | None = None
    user_id: str | None = None
    parent_user_id: str | None = None


class Value(msgspec.Struct, frozen=True):
    metadata: Metadata
    contacts: list[msgspec.Raw] = []
    messages: list[msgspec.Raw] = []
    statuses: list[msgspec.Raw] = []
    errors: list[msgspec.Raw] = []


class Text(msgspec.Struct, frozen=True):
    body: str


class File(msgspec.Struct, frozen=True):
    id: str | None = None
    mime_type: str | None = None
    sha256: str | None = None
    caption: str | None = None
    filename: str | None = None


class Location(msgspec.Struct, frozen=True):
    latitude: float
    longitude: float
    name: str | None = None
    address: str | None = None


class Name(msgspec.Struct, frozen=True):
    formatted_name: str | None = None


class Phone(msgspec.Struct, frozen=True):
    phone: str | None = None


class Email(msgspec.Struct, frozen=True):
    email: str | None = None


class Organization(msgspec.Struct, frozen=True):
    company: str | None = None


class SharedContact(msgspec.Struct, frozen=True):
    name: Name = Name()
    phones: list[Phone] = []
    emails: list[Email] = []
    org: Organization = Organization()


class PressedButton(msgspec.Struct, frozen=True):
    """The press of a button in a template."""

    text: str
    payload: str | None = None


class Reply(msgspec.Struct, frozen=True):
    id: str
    title: str


class FlowReply(msgspec.Struct, frozen=True):
    response_json: str = ""
    body: str = ""


class Interactive(msgspec.Struct, frozen=True):
    type: str
    button_reply: Reply | None = None
    list_reply: Reply | None = None
    nfm_reply: FlowReply | None = None


class Reaction(msgspec.Struct, frozen=True):
    """Without an emoji, it is taken back."""

    message_id: str = ""
    emoji: str | None = None


class Product(msgspec.Struct, frozen=True):
    product_retailer_id: str | int = ""
    quantity: str | int | float = ""
    item_price: str | int | float = ""
    currency: str = ""


class Order(msgspec.Struct, frozen=True):
    product_items: list[Product] = []
    text: str | None = None


class System(msgspec.Struct, frozen=True):
    type: str = ""
    wa_id: str | None = None
    new_wa_id: str | None = None
    user_id: str | None = None
    previous_user_id: str | None = None
    parent_user_id: str | None = None
    previous_parent_user_id: str | None = None


class Edit(msgspec.Struct, frozen=True):
    message: msgspec.Raw = msgspec.Raw(b"{}")


class Context(msgspec.Struct, frozen=True):
    """The message that is answered."""

    id: str | None = None


class Message(msgspec.Struct, frozen=True, kw_only=True):
    id: str
    type: str
    from_: str | None = msgspec.field(default=None, name="from")
    from_user_id: str | None = None
    timestamp: _Time | None = None
    group_id: str | None = None
    context: Context | None = None
    text: Text | None = None
    image: File | None = None
    audio: File | None = None
    video: File | None = None
    document: File | None = None
    sticker: File | None = None
    location: Location | None = None
    contacts: list[SharedContact] | None = None
    button: PressedButton | None = None
    interactive: Interactive | None = None
    reaction: Reaction | None = None
    order: Order | None = None
    system: System | None = None
    edit: Edit | None = None


class EditedMessage(msgspec.Struct, frozen=True):
    """What a message says since it was edited."""

    text: Text | None = None
    image: File | None = None
    video: File | None = None
    document: File | None = None


class StatusError(msgspec.Struct, frozen=True):
    code: int


class Status(msgspec.Struct, frozen=True, kw_only=True):
    id: str
    status: str
    timestamp: _Time | None = None
    recipient_id: str | None = None
    recipient_user_id: str | None = None
    biz_opaque_callback_data: Any = None
    errors: list[StatusError] = []
