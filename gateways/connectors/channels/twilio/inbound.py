"""What Twilio sends: messages of customers, and what became of ours.

Source: https://www.twilio.com/docs/messaging/guides/webhook-request.
"""

import re
from collections.abc import Iterator, Mapping
from math import isfinite
from typing import Literal
from urllib.parse import parse_qs

from gateways.connectors.channels.exceptions import UnreadableRequestError
from gateways.connectors.channels.inbound import (
    Inbound,
    InboundContact,
    InboundCustomer,
    InboundFile,
    InboundItem,
    InboundMessage,
    InboundReceipt,
    WebhookRequest,
)
from gateways.connectors.channels.pieces import MediaKind
from gateways.connectors.channels.twilio.faults import described, fault_of
from schemas.configuration.connectors import TwilioSettings
from schemas.content import MAX_TEXT, TEXT_PATTERN, VISIBLE_PATTERN, LocationContent
from schemas.identifiers import UUID_PATTERN
from schemas.posting import PostedText

__all__ = ["MESSAGE_ID", "read_fields"]

MESSAGE_ID = "id"
"""The parameter that our message's id has in the address which Twilio calls with what became of it."""

_MAX_LINE = 256
_MAX_FILES = 10
_COUNT = re.compile("[0-9]{1,3}")
_NUMBER = re.compile(r"\+[1-9][0-9]{4,14}")
_WHATSAPP = "whatsapp:"
_RECEIPTS: dict[str, Literal["delivered", "read", "failed"]] = {
    "delivered": "delivered",
    "partially_delivered": "delivered",
    "read": "read",
    "failed": "failed",
    "undelivered": "failed",
    "canceled": "failed",
}
_UNDERWAY = ("accepted", "scheduled", "queued", "sending", "sent")
_KINDS: dict[str, MediaKind] = {"image": "image", "audio": "audio", "video": "video"}
_OPT_OUT = frozenset({"STOP", "STOPALL", "UNSUBSCRIBE", "CANCEL", "END", "QUIT", "REVOKE", "OPTOUT"})
_OPT_IN = frozenset({"START", "UNSTOP", "YES"})
_ALSO_ANSWERS = frozenset({"YES"})
"""Words that opt in, and that customers write as an answer too."""


def read_fields(settings: TwilioSettings, request: WebhookRequest, fields: Mapping[str, str]) -> Inbound:
    """Reads the fields of a request that is proven to be Twilio's. Raises UnreadableRequestError."""
    sid = fields.get("MessageSid", "")
    if not (sid and fields.get("From") and fields.get("To")):
        raise UnreadableRequestError("MessageSid, From or To is missing")
    if fields.get("AccountSid") != settings.account:
        return Inbound(items=[], left_out=[f"{sid} is of another account"])
    status = fields.get("MessageStatus")
    if status is not None and status not in ("received", "receiving"):
        return _what_became(request, fields, sid, status)
    items = list(_written(settings, fields, sid))
    of_service = settings.messaging_service is not None and settings.messaging_service == fields.get(
        "MessagingServiceSid"
    )
    return Inbound(
        items=items,
        account=None if of_service else fields.get("To"),
        left_out=[] if items else [f"{sid} of the type {fields.get('MessageType', 'text')[:32]} holds nothing to read"],
    )


def _what_became(request: WebhookRequest, fields: Mapping[str, str], sid: str, status: str) -> Inbound:
    account = fields.get("From")
    found = _RECEIPTS.get(status)
    if found is None:
        known = status in _UNDERWAY
        return Inbound(items=[], account=account, left_out=[] if known else [f"{sid} is {status[:32]}"])
    message_id = parse_qs(request.query).get(MESSAGE_ID, [""])[0]
    code = fields.get("ErrorCode", "")[:16] if found == "failed" else ""
    fault = fault_of(code)
    receipt = InboundReceipt(
        status=found,
        provider_id=sid,
        message_id=message_id if re.match(UUID_PATTERN, message_id) else None,
        customer_id=fields["To"],
        code=code or None,
        detail=described(code) if code else None,
        unreachable=fault is not None and fault.unreachable,
    )
    return Inbound(items=[receipt], account=account)


def _written(settings: TwilioSettings, fields: Mapping[str, str], sid: str) -> Iterator[InboundItem]:
    customer = _customer(fields)
    contact = _contact(settings, fields, customer.id)
    if contact is not None:
        yield contact
        if not contact.reachable or fields.get("Body", "").strip().upper() not in _ALSO_ANSWERS:
            return
    yield from _messages(fields, sid, customer)


def _customer(fields: Mapping[str, str]) -> InboundCustomer:
    """On WhatsApp, a customer who has a user name may have no number here, and the id of the person comes first."""
    sender = fields.get("From", "")
    if not sender.startswith(_WHATSAPP):
        return InboundCustomer(id=sender, phone=sender if _NUMBER.fullmatch(sender) else None)
    number = fields.get("WaId", "").lstrip("+")
    ids = [
        _on_whatsapp(fields.get("ExternalUserId", "")),
        sender,
        _on_whatsapp(f"+{number}" if number.isascii() and number.isdigit() else ""),
        _on_whatsapp(fields.get("ParentExternalUserId", "")),
    ]
    found = list(dict.fromkeys(id_ for id_ in ids if id_))
    phones = [id_.removeprefix(_WHATSAPP) for id_ in found if _NUMBER.fullmatch(id_.removeprefix(_WHATSAPP))]
    return InboundCustomer(
        id=found[0],
        name=_line(fields.get("ProfileName")) or _line(fields.get("ProfileUsername")),
        phone=phones[0] if phones else None,
        aliases=found[1:],
    )


def _on_whatsapp(id_: str) -> str:
    return id_ if not id_ or id_.startswith(_WHATSAPP) else _WHATSAPP + id_


def _contact(settings: TwilioSettings, fields: Mapping[str, str], customer_id: str) -> InboundContact | None:
    """Twilio names the type of the word only for services with Advanced Opt-Out; on other numbers it has a list of
    words for SMS. Only a message that is nothing but the word counts."""
    word = fields.get("Body", "").strip().upper()
    kind = fields.get("OptOutType", "").upper()
    by_list = not kind and settings.opt_out_words and not settings.is_whatsapp
    if kind == "STOP" or (by_list and word in _OPT_OUT):
        return InboundContact(customer_id=customer_id, reachable=False, reason=f"has opted out by writing {word[:32]}")
    if kind == "START" or (by_list and word in _OPT_IN):
        return InboundContact(customer_id=customer_id, reachable=True, reason=f"has opted in by writing {word[:32]}")
    return None


def _messages(fields: Mapping[str, str], sid: str, customer: InboundCustomer) -> Iterator[InboundMessage]:
    files = list(_files(fields))
    if files:
        for number, file in enumerate(files):
            # The first has the message's own id, which Twilio wants to have when it shows that an answer is written.
            yield InboundMessage(provider_id=f"{sid}:{number}" if number else sid, customer=customer, content=file)
        return
    pressed = _visible(fields.get("ButtonText") or fields.get("ListTitle") or fields.get("Body"))
    token = fields.get("ButtonPayload") or fields.get("ListId")
    content = _place(fields) or _text(pressed if token else _visible(fields.get("Body")), fields)
    if content is not None:
        pressed_id = fields.get("OriginalRepliedMessageSid") if token else None
        yield InboundMessage(
            provider_id=sid, customer=customer, content=content, token=token or None, pressed_id=pressed_id or None
        )


def _files(fields: Mapping[str, str]) -> Iterator[InboundFile]:
    count = fields.get("NumMedia", "")
    for number in range(min(int(count), _MAX_FILES) if _COUNT.fullmatch(count) else 0):
        url = fields.get(f"MediaUrl{number}")
        if url:
            media_type = fields.get(f"MediaContentType{number}", "").lower() or None
            yield InboundFile(
                kind=_KINDS.get((media_type or "").partition("/")[0], "file"),
                reference={"url": url},
                media_type=media_type,
                text=_visible(fields.get("Body")) if number == 0 else None,
            )


def _place(fields: Mapping[str, str]) -> LocationContent | None:
    try:
        latitude, longitude = float(fields["Latitude"]), float(fields["Longitude"])
    except (KeyError, ValueError):
        return None
    if not (isfinite(latitude) and abs(latitude) <= 90 and isfinite(longitude) and abs(longitude) <= 180):
        return None
    return LocationContent(
        latitude=latitude, longitude=longitude, name=_line(fields.get("Label")), address=_line(fields.get("Address"))
    )


def _text(text: str | None, fields: Mapping[str, str]) -> PostedText | None:
    """What has no counterpart here, such as an order, is named in brackets. A reaction alone is nothing to read."""
    kind = fields.get("MessageType", "text")
    if text is None and kind not in ("text", "reaction"):
        text = _visible(f"[{kind[:32]}]")
    return PostedText(text=text) if text is not None else None


def _visible(text: str | None) -> str | None:
    """The text as a customer may post it, or None where there is nothing to see."""
    cut = (text or "").replace("\0", "")[:MAX_TEXT]
    return cut if re.match(VISIBLE_PATTERN, cut) else None


def _line(text: str | None) -> str | None:
    cut = (text or "").replace("\0", "")[:_MAX_LINE]
    return cut if re.match(TEXT_PATTERN, cut) else None
