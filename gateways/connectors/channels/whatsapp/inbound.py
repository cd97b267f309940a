"""Reads what Meta posts for numbers of WhatsApp."""

from collections.abc import Iterator

import msgspec

from gateways.connectors.channels.graph.reading import GatheredItems, LeftOutError, decoded, seconds
from gateways.connectors.channels.graph.texts import line_of, note
from gateways.connectors.channels.inbound import (
    Inbound,
    InboundCustomer,
    InboundItem,
    InboundMessage,
    InboundReceipt,
)
from gateways.connectors.channels.whatsapp.contents import Part, parts_of
from gateways.connectors.channels.whatsapp.errors import UNREACHABLE, verdict_of_code
from gateways.connectors.channels.whatsapp.messages import (
    Change,
    Contact,
    Entry,
    Envelope,
    Message,
    Status,
    StatusError,
    Value,
)

__all__ = ["PART_SIGN", "read_whatsapp"]

PART_SIGN = "#"
"""Stands between the provider's id of a message and the number of its part, after the first."""

_OBJECT = "whatsapp_business_account"
_NOT_OURS = ("standby", "smb_message_echoes", "message_echoes", "history", "smb_app_state_sync")
"""The customer does not speak to this server there, but to another app, or the business itself speaks."""
_NEW_NUMBER = ("user_changed_number", "customer_changed_number", "user_changed_user_id")
_RECEIPTS = {"delivered": "delivered", "read": "read", "played": "read", "failed": "failed"}
_NO_NEWS = "sent"


def read_whatsapp(body: bytes) -> list[Inbound]:
    """The messages and receipts of a request, by the number that they are for. Raises UnreadableRequestError."""
    envelope = decoded(body, Envelope)
    gathered = GatheredItems()
    if envelope.object != _OBJECT:
        gathered.leave_out(None, "the request is not about WhatsApp")
        return gathered.inbounds()
    for entry in envelope.entry:
        with gathered.alone(None, "entry"):
            for change in msgspec.json.decode(entry, type=Entry).changes:
                with gathered.alone(None, "change"):
                    _read_change(msgspec.json.decode(change, type=Change), gathered)
    return gathered.inbounds()


def _read_change(change: Change, gathered: GatheredItems) -> None:
    if change.field in _NOT_OURS:
        return
    if change.field != "messages":
        gathered.leave_out(None, f"field {change.field[:40]}: it is no message")
        return
    value = msgspec.json.decode(change.value, type=Value)
    account = value.metadata.phone_number_id
    contacts: list[Contact] = []
    for raw in value.contacts:
        with gathered.alone(account, "contact"):
            contacts.append(msgspec.json.decode(raw, type=Contact))
    for raw in value.messages:
        with gathered.alone(account, "message"):
            gathered.add(account, list(_items_of(msgspec.json.decode(raw, type=Message), contacts)))
    for raw in value.statuses:
        with gathered.alone(account, "status"):
            gathered.add(account, list(_receipts_of(msgspec.json.decode(raw, type=Status))))
    for raw in value.errors:
        with gathered.alone(account, "error"):
            code = msgspec.json.decode(raw, type=StatusError).code
            gathered.leave_out(account, f"Meta reports error {code}: {verdict_of_code(code).words}")


def _items_of(message: Message, contacts: list[Contact]) -> Iterator[InboundItem]:
    if not message.id:
        raise LeftOutError("it has no id")
    if message.group_id:
        raise LeftOutError("it was written to a group")
    if message.type == "system":
        customer, parts = _renamed(message), [Part(note("the customer has changed to another number"), opens=False)]
    else:
        customer, parts = _customer(message, contacts), parts_of(message)
    for number, part in enumerate(parts):
        yield InboundMessage(
            provider_id=f"{message.id}{PART_SIGN}{number}" if number else message.id,
            customer=customer,
            content=part.content,
            sent_at=seconds(message.timestamp),
            token=part.token,
            pressed_id=message.context.id if part.token and message.context else None,
            opens=part.opens,
        )


def _customer(message: Message, contacts: list[Contact]) -> InboundCustomer:
    """The customer by the id that stays when the number is hidden, else by the number."""
    contact = _contact_of(message, contacts)
    number = message.from_ or contact.wa_id
    ids = _without_repetition(
        [
            message.from_user_id,
            contact.user_id,
            *_written(number),
            *_written(contact.wa_id),
            contact.parent_user_id,
        ]
    )
    if not ids:
        raise LeftOutError("it has no sender")
    profile = contact.profile
    return InboundCustomer(
        id=ids[0],
        name=line_of(profile.name or profile.username) if profile else None,
        phone=_phone(number),
        aliases=ids[1:],
    )


def _contact_of(message: Message, contacts: list[Contact]) -> Contact:
    """The sender among the contacts of the request."""
    for contact in contacts:
        if (message.from_user_id and contact.user_id == message.from_user_id) or (
            message.from_ and contact.wa_id == message.from_
        ):
            return contact
    # The number in `from` may be written otherwise than in `wa_id`, so that one contact alone is taken as the sender.
    return contacts[0] if len(contacts) == 1 else Contact()


def _renamed(message: Message) -> InboundCustomer:
    """The customer who has a new number, known by the former ids as well."""
    system = message.system
    if system is None or system.type not in _NEW_NUMBER:
        raise LeftOutError("it is a notice of WhatsApp's")
    number = system.wa_id or system.new_wa_id
    ids = _without_repetition(
        [
            system.user_id,
            *_written(number),
            message.from_user_id,
            system.previous_user_id,
            *_written(message.from_),
            system.parent_user_id,
            system.previous_parent_user_id,
        ]
    )
    if not ids:
        raise LeftOutError("it has no sender")
    return InboundCustomer(id=ids[0], phone=_phone(number), aliases=ids[1:])


def _written(number: str | None) -> list[str | None]:
    """The number as WhatsApp writes it, and as it is written to a customer first."""
    return [number, _phone(number)]


def _phone(number: str | None) -> str | None:
    return f"+{number}" if number and number.isascii() and number.isdigit() else None


def _without_repetition(ids: list[str | None]) -> list[str]:
    return list(dict.fromkeys(filter(None, ids)))


def _receipts_of(status: Status) -> Iterator[InboundReceipt]:
    if status.status == _NO_NEWS:
        return
    if status.status not in _RECEIPTS:
        raise LeftOutError("it is of no known kind")
    seconds(status.timestamp)
    code = status.errors[0].code if status.errors else None
    message_id = status.biz_opaque_callback_data
    yield InboundReceipt(
        status=_RECEIPTS[status.status],  # type: ignore[arg-type]  # one of the three
        provider_id=status.id or None,
        message_id=message_id if isinstance(message_id, str) and message_id else None,
        customer_id=status.recipient_user_id or status.recipient_id or None,
        code=None if code is None else str(code),
        detail=None if code is None else verdict_of_code(code).words,
        unreachable=code in UNREACHABLE,
    )
