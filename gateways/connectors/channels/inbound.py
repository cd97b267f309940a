"""What comes in from a provider, in words that all channels share."""

from collections.abc import Mapping
from datetime import datetime
from typing import Literal

import msgspec

from gateways.connectors.channels.pieces import MediaKind
from schemas.posting import CustomerContent

__all__ = [
    "Inbound",
    "InboundContact",
    "InboundCustomer",
    "InboundFile",
    "InboundItem",
    "InboundMessage",
    "InboundReceipt",
    "InboundTyping",
    "WebhookAnswer",
    "WebhookRequest",
]


class WebhookRequest(msgspec.Struct, frozen=True, kw_only=True):
    """A provider's request. ``url`` is the address as the provider knows it, ``query`` is still encoded, the names of
    ``headers`` are in lower case, and ``body`` is as it came."""

    method: Literal["GET", "POST"]
    url: str
    query: str
    headers: Mapping[str, str]
    body: bytes


class WebhookAnswer(msgspec.Struct, frozen=True, kw_only=True):
    """What the provider wants to hear once all is durable."""

    status: int = 200
    body: bytes = b""
    media_type: str = "text/plain; charset=utf-8"


class InboundCustomer(msgspec.Struct, frozen=True, kw_only=True):
    """``id`` is the customer's on this channel, by which answers find the customer. ``aliases`` are other ids by which
    the provider has known the same person or may yet name them."""

    id: str
    name: str | None = None
    phone: str | None = None
    language: str | None = None
    aliases: list[str] = []


class InboundFile(msgspec.Struct, frozen=True, kw_only=True, tag="inbound_file", tag_field="type"):
    """A file that is to be fetched from the provider. ``reference`` is what the connector needs for that, and holds no
    secret. ``text`` came with it."""

    kind: MediaKind
    reference: dict[str, str]
    name: str | None = None
    media_type: str | None = None
    size: int | None = None
    text: str | None = None


class InboundMessage(msgspec.Struct, frozen=True, kw_only=True, tag="message"):
    """``provider_id`` is the provider's id of the message, the same however often it comes. ``token`` is that of the
    button which the customer has pressed; ``content`` then holds its title, and ``pressed_id`` is the provider's id of
    the message with the button, where it says that. ``sent_at`` is the provider's time. Without ``opens`` the message,
    such as a reaction, is for the open conversation alone: it is not worth one of its own."""

    provider_id: str
    customer: InboundCustomer
    content: CustomerContent | InboundFile
    sent_at: datetime | None = None
    token: str | None = None
    pressed_id: str | None = None
    opens: bool = True


class InboundReceipt(msgspec.Struct, frozen=True, kw_only=True, tag="receipt"):
    """What became of a message of ours: of the one that the provider knows by ``provider_id``, of that with our
    ``message_id``, or, where there is neither, of all that the customer was sent up to ``until``. ``code`` and
    ``detail`` are the provider's about a failure; ``unreachable`` says that the customer cannot be reached at all."""

    status: Literal["delivered", "read", "failed"]
    provider_id: str | None = None
    message_id: str | None = None
    customer_id: str | None = None
    until: datetime | None = None
    code: str | None = None
    detail: str | None = None
    unreachable: bool = False


class InboundContact(msgspec.Struct, frozen=True, kw_only=True, tag="contact"):
    """The customer may be written to, or not any more: has blocked the sender, or opted out or in. ``reason`` is in
    words for agents."""

    customer_id: str
    reachable: bool
    reason: str


class InboundTyping(msgspec.Struct, frozen=True, kw_only=True, tag="typing"):
    customer_id: str


InboundItem = InboundMessage | InboundReceipt | InboundContact | InboundTyping


class Inbound(msgspec.Struct, frozen=True, kw_only=True):
    """The items of one request, in their order. ``left_out`` says what of the request was not understood, and why.
    ``account`` is the number, page or bot that the items are for, where one address serves several; items of several
    accounts come as several ``Inbound``."""

    items: list[InboundItem]
    account: str | None = None
    left_out: list[str] = []
