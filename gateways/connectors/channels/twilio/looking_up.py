"""Whether Twilio has a message whose answer was lost. Its API knows no key that makes a repetition harmless."""

from collections.abc import Collection
from datetime import datetime
from email.utils import parsedate_to_datetime
from typing import Any

from gateways.connectors.channels.connector import Line, OutboundPiece, Recipient
from gateways.connectors.channels.pieces import MediaPiece, TextPiece
from gateways.connectors.channels.twilio.api import account_url, get
from gateways.connectors.channels.twilio.outbound import text_of
from gateways.outbox.outcome import Outcome
from schemas.configuration.connectors import TwilioSettings

__all__ = ["look_up"]

_PAGE = "50"
_ON_TRIAL = "Sent from your Twilio trial account - "


async def look_up(
    line: Line[TwilioSettings],
    recipient: Recipient,
    outbound: OutboundPiece,
    tried_at: datetime,
    known: Collection[str] = (),
) -> Outcome | None:
    """The outcome of a try whose answer was lost: delivered, if Twilio lists one message to the customer with the same
    words that was made since ``tried_at`` and is not among the ``known`` ids of other messages. None leaves it unknown:
    that Twilio does not list a message now is no proof that it will not be sent. Buttons and templates cannot be looked
    up. Raises NotReachedError, AnswerLostError or SettingsError."""
    if not isinstance(outbound.piece, TextPiece | MediaPiece):
        return None
    # Rejected: DateSent>=. Messages that still wait at Twilio have no such date.
    parameters = [("To", recipient.customer_id), ("From", line.settings.sender), ("PageSize", _PAGE)]
    answer = await get(line, account_url(line.settings, "/Messages"), parameters)
    listed = answer.json if answer.status == 200 else None
    if not isinstance(listed, dict):
        return None
    words = text_of(outbound.piece).strip()
    found = [
        message
        for message in listed.get("messages", [])
        if message.get("sid") not in known and _is_it(message, words, isinstance(outbound.piece, MediaPiece), tried_at)
    ]
    return Outcome(kind="delivered", provider_id=found[0]["sid"]) if len(found) == 1 else None


def _is_it(message: dict[str, Any], words: str, with_file: bool, tried_at: datetime) -> bool:
    try:
        made_at = parsedate_to_datetime(message["date_created"])
    except (KeyError, TypeError, ValueError):
        return False
    return (
        str(message.get("direction", "")).startswith("outbound")
        and str(message.get("body") or "").removeprefix(_ON_TRIAL).strip() == words
        and (str(message.get("num_media", "0")) != "0") == with_file
        and made_at >= tried_at.replace(microsecond=0)
    )
