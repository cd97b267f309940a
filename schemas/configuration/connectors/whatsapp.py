"""WhatsApp over Meta's Cloud API."""

from typing import Annotated, ClassVar

import msgspec

from schemas.configuration.connectors.connector import ConnectorSettings
from schemas.configuration.fields import Address, SecretName

__all__ = ["GraphVersion", "MetaId", "WhatsAppSettings"]

GraphVersion = Annotated[str, msgspec.Meta(pattern=r"^v[0-9]{1,3}\.[0-9](?!\n)$")]
MetaId = Annotated[str, msgspec.Meta(pattern=r"^[0-9]{1,32}(?!\n)$")]


class WhatsAppSettings(ConnectorSettings, frozen=True, kw_only=True, tag="whatsapp"):
    """``phone_number_id`` is the id of the number, not the number. ``app_secret`` checks what Meta signs,
    ``verify_token`` answers its question when the webhook is set up."""

    SECRETS: ClassVar = ("access_token", "app_secret", "verify_token")

    phone_number_id: MetaId
    access_token: SecretName
    app_secret: SecretName
    verify_token: SecretName
    version: GraphVersion = "v25.0"
    base_url: Address = "https://graph.facebook.com"
