"""The headers by which a bot knows who calls."""

import time

from config import Secrets, SettingsError
from config.named_secrets import signing_key
from gateways.connectors.bots.exceptions import NoAnswerError
from gateways.connectors.standard_webhooks import signature_headers
from schemas.configuration import Bot

__all__ = ["proof_headers"]


def proof_headers(bot: Bot, secrets: Secrets, message_id: str, body: bytes) -> dict[str, str]:
    """The secret headers of the bot and the signature of the body, as far as they are configured. Raises NoAnswerError
    when a secret is missing or cannot be used: a bot is never called without the proof that it expects."""
    try:
        headers = {header: secrets.named(name) for header, name in bot.secret_headers.items()}
        if bot.signing_secret is not None:
            key = signing_key(secrets.named(bot.signing_secret))
            headers |= signature_headers(key, message_id, int(time.time()), body)
    except SettingsError as error:
        raise NoAnswerError(str(error)) from error
    except ValueError as error:
        raise NoAnswerError(f"secrets.{bot.signing_secret} {error}") from error
    return headers
