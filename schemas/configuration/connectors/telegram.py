"""Telegram: a bot of its Bot API."""

from collections.abc import Iterator
from typing import ClassVar, Literal

from schemas.configuration.connectors.connector import ConnectorSettings
from schemas.configuration.fields import Address, SecretName

__all__ = ["TelegramSettings"]


class TelegramSettings(ConnectorSettings, frozen=True, kw_only=True, tag="telegram"):
    """``token`` is the bot's. Telegram calls the server's webhook with ``webhook_secret``, or the server asks Telegram
    by ``polling``, which needs no public address and no such secret."""

    SECRETS: ClassVar = ("token", "webhook_secret")

    token: SecretName
    webhook_secret: SecretName | None = None
    updates: Literal["webhook", "polling"] = "webhook"
    base_url: Address = "https://api.telegram.org"

    def faults(self) -> Iterator[tuple[str, str]]:
        if self.updates == "webhook" and self.webhook_secret is None:
            yield "webhook_secret", 'is missing; name a secret, or set updates = "polling"'
