"""Our pieces as Twilio's messages, and what Twilio answers.

Source: https://www.twilio.com/docs/messaging/api/message-resource.
"""

import re
from collections.abc import Iterator
from typing import Any
from urllib.parse import urlencode

import msgspec

from gateways.connectors.channels.calling import ProviderAnswer, retry_after_of
from gateways.connectors.channels.connector import Line, OutboundPiece, Recipient
from gateways.connectors.channels.pieces import (
    ButtonsPiece,
    CustomPiece,
    LocationPiece,
    MediaPiece,
    Piece,
    TextPiece,
)
from gateways.connectors.channels.twilio.api import account_url, post_form
from gateways.connectors.channels.twilio.capabilities import MEDIA_TYPES, capabilities_of
from gateways.connectors.channels.twilio.content import TemplateRefusedError, Templates, variables_of
from gateways.connectors.channels.twilio.faults import described, fault_of
from gateways.connectors.channels.twilio.inbound import MESSAGE_ID
from gateways.outbox.outcome import Outcome
from schemas.configuration.connectors import TwilioSettings

__all__ = ["outcome_of", "send", "text_of"]

_CONTENT_SID = re.compile(r"HX[0-9a-f]{32}")
_UNKNOWN_TEMPLATE = "21655"
_SENDER_UNSUITED = ("21606", "21659")
"""A short code gets them for customers of another country, which must not stop it for all others."""
Fields = list[tuple[str, str]]


async def send(
    line: Line[TwilioSettings], recipient: Recipient, outbound: OutboundPiece, templates: Templates
) -> Outcome:
    """Raises NotReachedError, AnswerLostError or SettingsError."""
    piece = outbound.piece
    if isinstance(piece, ButtonsPiece) and capabilities_of(line.settings).buttons:
        return await _send_buttons(line, recipient, outbound, piece, templates)
    content = _content(line, piece)
    if isinstance(content, str):
        return Outcome(kind="message_refused", detail=content)
    return await _post(line, recipient, outbound, content)


async def _send_buttons(
    line: Line[TwilioSettings],
    recipient: Recipient,
    outbound: OutboundPiece,
    piece: ButtonsPiece,
    templates: Templates,
) -> Outcome:
    choices = len(piece.choices)
    try:
        sid = await templates.sid_for(line, choices)
    except TemplateRefusedError as error:
        refused = outcome_of(error.answer)
        # Whatever became of the template, no message was sent.
        return refused if refused.kind in ("configuration_fault", "message_refused") else _again(refused)
    variables = _json(variables_of(piece, line.settings.choices_label))
    outcome = await _post(line, recipient, outbound, [("ContentSid", sid), ("ContentVariables", variables)])
    if outcome.code == _UNKNOWN_TEMPLATE:
        templates.forget(line, choices)
        return _again(outcome)
    return outcome


def _again(outcome: Outcome) -> Outcome:
    return msgspec.structs.replace(outcome, kind="try_again", provider_id=None)


async def _post(line: Line[TwilioSettings], recipient: Recipient, outbound: OutboundPiece, content: Fields) -> Outcome:
    fields = [("To", recipient.customer_id), *_about_sender(line), *content, *_about_message(line, outbound.message_id)]
    outcome = outcome_of(await post_form(line, account_url(line.settings, "/Messages"), fields))
    if outcome.code in _SENDER_UNSUITED and line.settings.is_short_code:
        return msgspec.structs.replace(outcome, kind="recipient_refused")
    return outcome


def _about_sender(line: Line[TwilioSettings]) -> Iterator[tuple[str, str]]:
    """With a messaging service, the customer still sees the number that was written to."""
    yield "From", line.settings.sender
    if line.settings.messaging_service is not None:
        yield "MessagingServiceSid", line.settings.messaging_service


def _about_message(line: Line[TwilioSettings], message_id: str) -> Iterator[tuple[str, str]]:
    yield "ValidityPeriod", str(line.settings.validity_seconds)
    if line.public_url is not None:
        separator = "&" if "?" in line.public_url else "?"
        yield "StatusCallback", f"{line.public_url}{separator}{urlencode({MESSAGE_ID: message_id})}"


def _content(line: Line[TwilioSettings], piece: Piece) -> Fields | str:
    """The fields of the piece, or why there are none."""
    match piece:
        case TextPiece():
            return [("Body", text_of(piece))]
        case MediaPiece():
            return _media(line, piece)
        case LocationPiece() if line.settings.is_whatsapp:
            return _place(piece)
        case CustomPiece():
            return _template(piece.payload)
        case _:
            return f"the channel does not carry a {type(piece).__name__}"


def text_of(piece: Piece) -> str:
    """The words of a piece as Twilio lists them later."""
    text = piece.text if isinstance(piece, TextPiece) else piece.caption if isinstance(piece, MediaPiece) else None
    return (text or "").replace("\0", "")


def _media(line: Line[TwilioSettings], piece: MediaPiece) -> Fields | str:
    url = piece.url or line.media.public_url(piece)
    if url is None:
        return "Twilio fetches files from the server, which has no public address"
    capabilities = capabilities_of(line.settings)
    known = piece.media_type is None or piece.media_type.partition(";")[0] in MEDIA_TYPES
    if piece.kind not in capabilities.media or (line.settings.is_whatsapp and not known):
        return [("Body", "\n".join(part for part in (text_of(piece), piece.name, url) if part))]
    caption = text_of(piece) if piece.kind in capabilities.captioned else ""
    return [*([("Body", caption)] if caption else []), ("MediaUrl", url)]


def _place(piece: LocationPiece) -> Fields:
    label = ", ".join(part for part in (piece.name, piece.address) if part).replace("|", " ")
    place = f"{piece.latitude:.6f},{piece.longitude:.6f}"
    return [("Body", label or place), ("PersistentAction", f"geo:{place}|{label or place}")]


def _template(payload: dict[str, Any]) -> Fields | str:
    sid, variables = payload.get("content_sid"), payload.get("content_variables", {})
    if not (isinstance(sid, str) and _CONTENT_SID.fullmatch(sid)):
        return "a custom message needs content_sid, the id of a template such as HX and 32 hexadecimal digits"
    if not (isinstance(variables, dict) and all(isinstance(value, str | int | float) for value in variables.values())):
        return "content_variables must hold texts and numbers"
    # Neither text nor file may stand beside a template.
    texts = {name: str(value) for name, value in variables.items()}
    return [("ContentSid", sid), *([("ContentVariables", _json(texts))] if texts else [])]


def _json(variables: dict[str, str]) -> str:
    return msgspec.json.encode(variables).decode()


def outcome_of(answer: ProviderAnswer) -> Outcome:
    """An answer is Twilio's own only if it is JSON: a gateway between may answer after the message was sent."""
    body = answer.json if isinstance(answer.json, dict) else {}
    if answer.status in (200, 201):
        sid = body.get("sid")
        if isinstance(sid, str):
            return Outcome(kind="delivered", provider_id=sid)
        return Outcome(kind="unknown", detail="Twilio's answer cannot be read")
    number = body.get("code")
    code = str(number) if isinstance(number, int) else None
    fault = fault_of(code or "")
    if fault is not None:
        kind = fault.kind
    elif answer.status == 429 or (answer.status >= 500 and code is not None):
        kind = "try_again"
    elif answer.status >= 500 or answer.status == 408:
        kind = "unknown"
    elif answer.status in (401, 403, 404) or answer.status < 400:
        kind = "configuration_fault"
    else:
        kind = "message_refused"
    return Outcome(
        kind=kind,
        code=code,
        detail=described(code) if code is not None else f"Twilio answered with the status {answer.status}",
        retry_after=retry_after_of(answer.headers) if kind == "try_again" else None,
    )
