"""The settings of Twilio are refused where they cannot be meant."""

from typing import Any

import msgspec
import pytest

from schemas.configuration.connectors import ChannelConnector, TwilioSettings

_GIVEN = {"type": "twilio", "account": "AC" + "a" * 32, "sender": "+15005550006", "auth_token": "twilio_token"}
_KEY = "SK" + "b" * 32


def converted(**fields: Any) -> TwilioSettings:
    settings = msgspec.convert(_GIVEN | fields, ChannelConnector)
    assert isinstance(settings, TwilioSettings)
    return settings


@pytest.mark.parametrize("sender", ["+15005550006", "12345", "whatsapp:+436641234567"])
def test_a_sender_is_a_number(sender: str) -> None:
    assert converted(sender=sender).is_whatsapp == sender.startswith("whatsapp:")


@pytest.mark.parametrize("sender", ["15005550006", "+0123456", "EXAMPLE", "whatsapp:12345", "+15005550006\n", ""])
def test_another_sender_is_refused(sender: str) -> None:
    with pytest.raises(msgspec.ValidationError):
        converted(sender=sender)


@pytest.mark.parametrize("fields", [{"api_key": _KEY}, {"api_key_secret": "twilio_api_key"}])
def test_an_api_key_has_its_secret(fields: dict[str, str]) -> None:
    with pytest.raises(msgspec.ValidationError, match="give both api_key and api_key_secret"):
        converted(**fields)


def test_all_secrets_are_named() -> None:
    settings = converted(api_key=_KEY, api_key_secret="twilio_api_key", signing_keys={"key_1": "twilio_shared"})
    assert dict(settings.named_secrets()) == {
        "auth_token": "twilio_token",
        "api_key_secret": "twilio_api_key",
        "signing_keys.key_1": "twilio_shared",
    }
