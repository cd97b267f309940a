"""What the connectors over Meta's Graph API have in common."""

from typing import Annotated, ClassVar

import msgspec

from schemas.configuration.connectors.connector import ConnectorSettings
from schemas.configuration.fields import Address, SecretName

__all__ = ["GraphSettings", "MetaId"]

GraphVersion = Annotated[str, msgspec.Meta(pattern=r"^v[0-9]{1,3}\.[0-9](?!\n)$")]
MetaId = Annotated[str, msgspec.Meta(pattern=r"^[0-9]{1,32}(?!\n)$")]


class GraphSettings(ConnectorSettings, frozen=True, kw_only=True):
    """``app_secret`` checks what Meta signs, ``verify_token`` answers its question when the webhook is set up. With
    ``prove_calls`` every call carries the proof of the app's secret that an app may demand."""

    SECRETS: ClassVar = ("access_token", "app_secret", "verify_token")

    access_token: SecretName
    app_secret: SecretName
    verify_token: SecretName
    prove_calls: bool = False
    version: GraphVersion = "v25.0"
    base_url: Address = "https://graph.facebook.com"
