"""Proves that a webhook's request is Telegram's. Nothing is signed: Telegram repeats a secret that it was given."""

import hmac

from config import SettingsError
from gateways.connectors.channels.connector import Line
from gateways.connectors.channels.exceptions import ForgedRequestError
from gateways.connectors.channels.inbound import WebhookRequest
from schemas.configuration.connectors import TelegramSettings

__all__ = ["prove"]

_HEADER = "x-telegram-bot-api-secret-token"


def prove(line: Line[TelegramSettings], request: WebhookRequest) -> None:
    """Raises ForgedRequestError, also where no secret is configured."""
    if line.settings.webhook_secret is None:
        raise ForgedRequestError("the channel has no webhook_secret, so that nobody may call its webhook")
    try:
        secret = line.secrets.named(line.settings.webhook_secret)
    except SettingsError as error:
        raise ForgedRequestError(str(error)) from None
    given = request.headers.get(_HEADER, "")
    if not hmac.compare_digest(given.encode("utf-8", "surrogateescape"), secret.encode()):
        raise ForgedRequestError("the request does not have the secret that Telegram was given")
