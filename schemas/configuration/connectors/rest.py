"""Any other channel, over one signed webhook in both directions."""

from typing import Annotated, ClassVar

import msgspec

from schemas.configuration.connectors.connector import ConnectorSettings
from schemas.configuration.fields import Address, SecretName

__all__ = ["RestSettings"]


class RestSettings(ConnectorSettings, frozen=True, kw_only=True, tag="rest"):
    """The connector at ``url`` gets what customers shall see. ``signing_secret`` signs both directions as Standard
    Webhooks has it; while it is changed, ``former_signing_secret`` is valid too."""

    SIGNING_SECRETS: ClassVar = ("signing_secret", "former_signing_secret")

    url: Address
    signing_secret: SecretName
    former_signing_secret: SecretName | None = None
    text_limit: Annotated[int, msgspec.Meta(ge=20, le=4096)] = 4096
    buttons: Annotated[int, msgspec.Meta(ge=0, le=50)] = 50
