"""Both directions are signed as Standard Webhooks has it, with the secret of the channel."""

import time

from config import SettingsError
from config.named_secrets import signing_key
from gateways.connectors.channels.connector import Line
from gateways.connectors.channels.exceptions import ForgedRequestError
from gateways.connectors.channels.inbound import WebhookRequest
from gateways.connectors.standard_webhooks import signature_headers, verify_signature
from schemas.configuration.connectors import RestSettings

__all__ = ["prove", "signed_headers"]


def prove(line: Line[RestSettings], request: WebhookRequest) -> None:
    """Raises ForgedRequestError, also where a secret is missing."""
    try:
        current, former = _keys(line)
    except SettingsError as error:
        raise ForgedRequestError(str(error)) from None
    keys = [current] if former is None else [current, former]
    verify_signature(keys, request.headers, request.body, time.time())


def signed_headers(line: Line[RestSettings], call_id: str, body: bytes) -> dict[str, str]:
    """The headers of a call to the connector. Raises SettingsError for a missing secret."""
    current, former = _keys(line)
    return signature_headers(current, call_id, int(time.time()), body, former)


def _keys(line: Line[RestSettings]) -> tuple[bytes, bytes | None]:
    former = line.settings.former_signing_secret
    return _key(line, line.settings.signing_secret), None if former is None else _key(line, former)


def _key(line: Line[RestSettings], name: str) -> bytes:
    try:
        return signing_key(line.secrets.named(name))
    except ValueError as error:
        raise SettingsError(f"secrets.{name} {error}") from None
