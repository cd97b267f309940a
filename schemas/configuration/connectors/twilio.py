"""Twilio: SMS, or WhatsApp over Twilio."""

from collections.abc import Iterator
from typing import Annotated, ClassVar

import msgspec

from schemas.configuration.connectors.connector import ConnectorSettings
from schemas.configuration.fields import Address, SecretName

__all__ = ["TwilioSettings"]


class TwilioSettings(ConnectorSettings, frozen=True, kw_only=True, tag="twilio"):
    """``sender`` is a number such as ``+15005550006``, or ``whatsapp:+15005550006``. ``auth_token`` checks what Twilio
    signs; calls are made with the API key ``api_key`` and its ``api_key_secret`` where there is one, else with
    the token. ``signing_keys`` are the keys by which Twilio signs with SHA-256, by their names."""

    SECRETS: ClassVar = ("auth_token", "api_key_secret")

    account: Annotated[str, msgspec.Meta(pattern=r"^AC[0-9a-f]{32}(?!\n)$")]
    sender: Annotated[str, msgspec.Meta(min_length=1, max_length=128)]
    auth_token: SecretName
    api_key: Annotated[str, msgspec.Meta(pattern=r"^SK[0-9a-f]{32}(?!\n)$")] | None = None
    api_key_secret: SecretName | None = None
    signing_keys: Annotated[dict[str, SecretName], msgspec.Meta(max_length=10)] = {}
    messaging_service: Annotated[str, msgspec.Meta(pattern=r"^MG[0-9a-f]{32}(?!\n)$")] | None = None
    validity_seconds: Annotated[int, msgspec.Meta(ge=1, le=36_000)] = 14_400
    base_url: Address = "https://api.twilio.com"
    messaging_url: Address = "https://messaging.twilio.com"
    content_url: Address = "https://content.twilio.com"

    def named_secrets(self) -> Iterator[tuple[str, str]]:
        yield from super().named_secrets()
        for key, name in self.signing_keys.items():
            yield f"signing_keys.{key}", name
