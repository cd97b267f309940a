"""What the connector posts: one event, or several in ``events``."""

from datetime import datetime
from typing import Annotated, Literal

import msgspec

from gateways.connectors.channels.exceptions import UnreadableRequestError
from gateways.connectors.channels.inbound import (
    Inbound,
    InboundContact,
    InboundCustomer,
    InboundItem,
    InboundMessage,
    InboundReceipt,
    InboundTyping,
)
from schemas.configuration.fields import Language
from schemas.content import VISIBLE_PATTERN
from schemas.identifiers import Id
from schemas.posting import CustomerContent, PostedLine, PostedMedia

__all__ = ["read_events"]

_MAX_EVENTS = 100
_MAX_REASON = 200
_UNREADABLE = (msgspec.MsgspecError, UnicodeDecodeError, RecursionError)

_ExternalId = Annotated[str, msgspec.Meta(min_length=1, max_length=128, pattern=VISIBLE_PATTERN)]


class _Customer(msgspec.Struct, frozen=True):
    id: PostedLine
    name: PostedLine | None = None
    phone: PostedLine | None = None
    language: Language | None = None


class _Message(msgspec.Struct, frozen=True, tag="message"):
    id: _ExternalId
    customer: _Customer
    content: CustomerContent
    sent_at: Annotated[datetime, msgspec.Meta(tz=True)] | None = None
    token: Annotated[str, msgspec.Meta(max_length=64)] | None = None

    def __post_init__(self) -> None:
        if isinstance(self.content, PostedMedia) and self.content.url is None:
            raise ValueError("content.attachment_id is not for connectors; give a url")

    def item(self) -> InboundItem:
        customer = InboundCustomer(**msgspec.structs.asdict(self.customer))
        return InboundMessage(
            provider_id=self.id, customer=customer, content=self.content, sent_at=self.sent_at, token=self.token
        )


class _Receipt(msgspec.Struct, frozen=True, tag="receipt"):
    message_id: Id
    status: Literal["delivered", "read", "failed"]
    code: Annotated[str, msgspec.Meta(max_length=64)] | None = None
    detail: Annotated[str, msgspec.Meta(max_length=256)] | None = None
    recipient: bool = False

    def item(self) -> InboundItem:
        return InboundReceipt(
            status=self.status,
            message_id=self.message_id,
            code=self.code,
            detail=self.detail,
            unreachable=self.recipient and self.status == "failed",
        )


class _Typing(msgspec.Struct, frozen=True, tag="typing"):
    customer_id: PostedLine

    def item(self) -> InboundItem:
        return InboundTyping(customer_id=self.customer_id)


class _Contact(msgspec.Struct, frozen=True, tag="contact"):
    customer_id: PostedLine
    reachable: bool
    reason: PostedLine

    def item(self) -> InboundItem:
        return InboundContact(customer_id=self.customer_id, reachable=self.reachable, reason=self.reason)


_EVENT = msgspec.json.Decoder(_Message | _Receipt | _Typing | _Contact)
_OBJECT = msgspec.json.Decoder(dict[str, msgspec.Raw])
_LIST = msgspec.json.Decoder(list[msgspec.Raw])


def read_events(body: bytes) -> Inbound:
    """The events of a request. One that does not keep to the contract is left out alone, with the reason and its place.
    Raises UnreadableRequestError."""
    items: list[InboundItem] = []
    left_out: list[str] = []
    for place, event in _events(body):
        try:
            items.append(_EVENT.decode(event).item())
        except _UNREADABLE as error:
            left_out.append(f"{place}: {error}"[:_MAX_REASON])
    return Inbound(items=items, left_out=left_out)


def _events(body: bytes) -> list[tuple[str, msgspec.Raw | bytes]]:
    """The events that are still to be read, with the names of their places."""
    try:
        whole = _OBJECT.decode(body)
        if "events" not in whole:
            return [("event", body)]
        events = _LIST.decode(whole["events"])
    except _UNREADABLE as error:
        raise UnreadableRequestError(f"the body is not an event or a list of events: {error}"[:_MAX_REASON]) from None
    if len(events) > _MAX_EVENTS:
        raise UnreadableRequestError(f"the body holds {len(events)} events; send at most {_MAX_EVENTS} at once")
    return [(f"events[{place}]", event) for place, event in enumerate(events)]
