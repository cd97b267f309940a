"""Twilio: SMS, or WhatsApp over Twilio."""

from collections.abc import Iterator
from typing import Annotated, Any, ClassVar

import msgspec

from schemas.configuration.connectors.connector import ConnectorSettings
from schemas.configuration.fields import Address, SecretName

__all__ = ["TwilioSettings"]

_WHATSAPP = "whatsapp:"


def _given(name: str) -> dict[str, Any]:
    return {"required": [name], "properties": {name: {"type": "string"}}}


class TwilioSettings(ConnectorSettings, frozen=True, kw_only=True, tag="twilio"):
    """``sender`` is a number such as ``+15005550006``, a short code, or ``whatsapp:+15005550006``. ``auth_token``
    checks what Twilio signs; calls are made with the API key ``api_key`` and its ``api_key_secret`` where there is one,
    else with the token. While the token is changed, ``former_auth_token`` checks too. ``signing_keys`` are the keys by
    which Twilio signs with SHA-256, by their names.

    With ``mms``, which Twilio has in the USA and Canada, SMS carry files. ``opt_out_words`` says that Twilio blocks the
    number of a customer who sends STOP by SMS, as it does unless its support has turned that off. WhatsApp has
    ``buttons``, by templates that the server makes at Twilio; ``choices_label`` opens a list of more than three."""

    SECRETS: ClassVar = ("auth_token", "former_auth_token", "api_key_secret")
    CONDITIONS: ClassVar = (
        {"if": _given("api_key"), "then": _given("api_key_secret")},
        {"if": _given("api_key_secret"), "then": _given("api_key")},
    )

    account: Annotated[str, msgspec.Meta(pattern=r"^AC[0-9a-f]{32}(?!\n)$")]
    sender: Annotated[
        str,
        msgspec.Meta(
            pattern=r"^((whatsapp:)?\+[1-9][0-9]{4,14}|[0-9]{3,8})(?!\n)$",
            description="A number such as +15005550006, a short code, or whatsapp:+15005550006.",
        ),
    ]
    auth_token: SecretName
    former_auth_token: SecretName | None = None
    api_key: Annotated[str, msgspec.Meta(pattern=r"^SK[0-9a-f]{32}(?!\n)$")] | None = None
    api_key_secret: SecretName | None = None
    signing_keys: Annotated[dict[str, SecretName], msgspec.Meta(max_length=10)] = {}
    messaging_service: Annotated[str, msgspec.Meta(pattern=r"^MG[0-9a-f]{32}(?!\n)$")] | None = None
    validity_seconds: Annotated[int, msgspec.Meta(ge=1, le=36_000)] = 14_400
    mms: bool = False
    opt_out_words: bool = True
    buttons: bool = True
    choices_label: Annotated[str, msgspec.Meta(min_length=1, max_length=20)] = "Options"
    base_url: Address = "https://api.twilio.com"
    messaging_url: Address = "https://messaging.twilio.com"
    content_url: Address = "https://content.twilio.com"

    def __post_init__(self) -> None:
        if (self.api_key is None) != (self.api_key_secret is None):
            raise ValueError("give both api_key and api_key_secret, or neither")

    @property
    def is_whatsapp(self) -> bool:
        return self.sender.startswith(_WHATSAPP)

    @property
    def is_short_code(self) -> bool:
        return self.sender.isdigit()

    def named_secrets(self) -> Iterator[tuple[str, str]]:
        yield from super().named_secrets()
        for key, name in self.signing_keys.items():
            yield f"signing_keys.{key}", name
