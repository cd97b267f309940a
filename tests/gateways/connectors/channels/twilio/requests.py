"""Requests as Twilio makes them, signed as its documentation says and apart from the program's own code."""

import base64
import hashlib
import hmac
from typing import Any, cast
from urllib.parse import parse_qsl, urlencode

from config import Secrets
from gateways.connectors.channels.connector import Line
from gateways.connectors.channels.inbound import WebhookRequest
from schemas.configuration.connectors import TwilioSettings

__all__ = [
    "ACCOUNT",
    "KEY",
    "KEY_NAME",
    "MESSAGE_ID",
    "SECRETS",
    "SENDER",
    "SMS",
    "TOKEN",
    "URL",
    "WHATSAPP",
    "call",
    "line_of",
    "request_of",
    "written",
]

ACCOUNT = "AC" + "a" * 32
TOKEN = "12345678901234567890123456789012"
KEY_NAME = "webhooks_sharedkey_01"
KEY = "shared-key-secret-of-twilio-0001"
SENDER = "+15005550006"
URL = "https://chat.example.org/connectors/v1/sms"
MESSAGE_ID = "018f0000-0000-7000-8000-000000000001"
SECRETS = Secrets({"twilio_token": TOKEN, "twilio_shared_key": KEY, "twilio_api_key": "api-key-secret-0123456789"})
SMS = TwilioSettings(
    account=ACCOUNT, sender=SENDER, auth_token="twilio_token", signing_keys={KEY_NAME: "twilio_shared_key"}
)
WHATSAPP = TwilioSettings(account=ACCOUNT, sender=f"whatsapp:{SENDER}", auth_token="twilio_token")
_FORM = "application/x-www-form-urlencoded; charset=UTF-8"


def line_of(settings: TwilioSettings = SMS, **others: Any) -> Line[TwilioSettings]:
    """A line for what neither calls nor reads files."""
    given = {"channel": "sms", "secrets": SECRETS, "http": cast("Any", None), "media": cast("Any", None), **others}
    return Line(settings=settings, **given)


def written(**fields: str) -> dict[str, str]:
    """The fields of a message that a customer has written by SMS."""
    return {
        "MessageSid": "SM" + "1" * 32,
        "AccountSid": ACCOUNT,
        "From": "+15005550009",
        "To": SENDER,
        "Body": "Hello",
        "NumMedia": "0",
        "SmsStatus": "received",
    } | fields


def call(fields: dict[str, str], url: str = URL) -> WebhookRequest:
    """A request with these fields, signed with the account's token."""
    return request_of(urlencode(fields).encode(), url)


def request_of(body: bytes, url: str = URL) -> WebhookRequest:
    """A request with this body, signed with the account's token: as a form, or by its hash if it is none."""
    try:
        fields = parse_qsl(body.decode("ascii"), keep_blank_values=True, errors="strict")
        media_type = _FORM
    except ValueError:
        fields, media_type = [], "application/octet-stream"
        url += f"?bodySHA256={hashlib.sha256(body).hexdigest()}"
    signed = url + "".join(name + value for name, value in sorted(set(fields)))
    signature = base64.b64encode(hmac.digest(TOKEN.encode(), signed.encode(), hashlib.sha1)).decode()
    return WebhookRequest(
        method="POST",
        url=url,
        query=url.partition("?")[2],
        headers={"content-type": media_type, "x-twilio-signature": signature},
        body=body,
    )
