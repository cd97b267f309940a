"""Checks that the secrets that items of the configuration name are there, and of the form that their use needs."""

import base64
import binascii
from collections.abc import Callable, Iterator

from config.exceptions import SettingsError
from config.secrets import Secrets
from schemas.configuration import Tables
from schemas.configuration.connectors import ConnectorSettings
from schemas.field_errors import FieldError

__all__ = ["SIGNING_PREFIX", "secret_faults", "signing_key"]

SIGNING_PREFIX = "whsec_"
"""The beginning of a secret that signs, as Standard Webhooks writes it; its key follows in base64."""

_KEY_BYTES = range(24, 65)
_MIN_IDENTITY_SECRET = 32
"""HS256 asks for a secret of as many bytes as its digest."""


def secret_faults(tables: Tables, secrets: Secrets) -> list[FieldError]:
    """Every fault with its path, such as ``bots.greeter.signing_secret``. No message repeats a secret."""
    found: list[FieldError] = []
    for name, bot in tables.bots.items():
        if bot.signing_secret is not None:
            found += _faults(f"bots.{name}.signing_secret", bot.signing_secret, secrets, _signing_fault)
        for header, secret in bot.secret_headers.items():
            found += _faults(f"bots.{name}.secret_headers.{header}", secret, secrets, _header_fault)
    for name, webhook in tables.webhooks.items():
        for field in ("signing_secret", "former_signing_secret"):
            if (secret := getattr(webhook, field)) is not None:
                found += _faults(f"webhooks.{name}.{field}", secret, secrets, _signing_fault)
    for name, channel in tables.channels.items():
        if channel.identity_secret is not None:
            path = f"channels.{name}.identity_secret"
            found += _faults(path, channel.identity_secret, secrets, _identity_fault)
        if channel.connector is not None:
            found += _connector_faults(f"channels.{name}.connector", channel.connector, secrets)
    return found


def signing_key(text: str) -> bytes:
    """The key of a secret such as ``whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw``. Raises ValueError."""
    try:
        key = base64.b64decode(text.removeprefix(SIGNING_PREFIX), validate=True)
    except binascii.Error:
        key = b""
    if not text.startswith(SIGNING_PREFIX) or len(key) not in _KEY_BYTES:
        sizes = f"{_KEY_BYTES.start} to {_KEY_BYTES.stop - 1}"
        raise ValueError(f"must be {SIGNING_PREFIX} and then {sizes} random bytes in base64")
    return key


def _faults(path: str, name: str, secrets: Secrets, fault_of: Callable[[str], str | None]) -> Iterator[FieldError]:
    try:
        fault = fault_of(secrets.named(name))
    except SettingsError as error:
        yield FieldError(path, f"names a secret that is missing: {error}")
        return
    if fault is not None:
        yield FieldError(path, f"names secrets.{name}, which {fault}")


def _connector_faults(path: str, connector: ConnectorSettings, secrets: Secrets) -> Iterator[FieldError]:
    for field, name in connector.named_secrets():
        yield from _faults(f"{path}.{field}", name, secrets, _header_fault)
    for field, name in connector.named_signing_secrets():
        yield from _faults(f"{path}.{field}", name, secrets, _signing_fault)


def _signing_fault(text: str) -> str | None:
    try:
        signing_key(text)
    except ValueError as error:
        return str(error)
    return None


def _identity_fault(text: str) -> str | None:
    if len(text) < _MIN_IDENTITY_SECRET:
        return f"must have at least {_MIN_IDENTITY_SECRET} characters"
    return None


def _header_fault(text: str) -> str | None:
    if not (text.isascii() and text.isprintable()):
        return "must be of printable ASCII to stand in a header"
    return None
