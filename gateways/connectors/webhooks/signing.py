"""The proof that a receiver has of who calls."""

import time

from config import SettingsError
from config.named_secrets import signing_key
from gateways.connectors.standard_webhooks import signature_headers
from gateways.connectors.webhooks.exceptions import NoSecretError
from gateways.services import Services
from schemas.configuration import Webhook

__all__ = ["signed"]


def signed(services: Services, name: str, webhook: Webhook, event_id: str, body: bytes) -> dict[str, str]:
    """The headers of one try, signed at this moment. Raises NoSecretError."""
    key, *former = _keys(services, name, webhook)
    return signature_headers(key, event_id, int(time.time()), body, former[0] if former else None)


def _keys(services: Services, name: str, webhook: Webhook) -> list[bytes]:
    """The newest key first."""
    if webhook.signing_secret is None:
        texts = services.webhook_secrets.of(name)
        if not texts:
            raise NoSecretError(f"the webhook {name} has no secret; rotate it to make one")
        return [signing_key(text) for text in texts]
    try:
        texts = [
            services.settings.secrets.named(secret)
            for secret in (webhook.signing_secret, webhook.former_signing_secret)
            if secret is not None
        ]
        return [signing_key(text) for text in texts]
    except SettingsError as error:
        raise NoSecretError(str(error)) from error
    except ValueError as error:
        raise NoSecretError(f"a secret of the webhook {name} {error}") from error
