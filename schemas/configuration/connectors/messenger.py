"""Facebook Messenger and Instagram over Meta's Graph API."""

from typing import ClassVar

from schemas.configuration.connectors.connector import ConnectorSettings
from schemas.configuration.connectors.whatsapp import GraphVersion, MetaId
from schemas.configuration.fields import Address, SecretName

__all__ = ["InstagramSettings", "MessengerSettings"]


class MessengerSettings(ConnectorSettings, frozen=True, kw_only=True, tag="messenger"):
    """A page on Facebook. With ``human_agent``, which Meta has to grant, agents may answer for seven days after the
    customer's last message instead of one. ``app_id`` is that of the app whose echoes are the server's own."""

    SECRETS: ClassVar = ("access_token", "app_secret", "verify_token")

    page_id: MetaId
    access_token: SecretName
    app_secret: SecretName
    verify_token: SecretName
    app_id: MetaId | None = None
    human_agent: bool = False
    version: GraphVersion = "v25.0"
    base_url: Address = "https://graph.facebook.com"


class InstagramSettings(ConnectorSettings, frozen=True, kw_only=True, tag="instagram"):
    """A professional account on Instagram; ``account_id`` is its id. The rest is as on a page."""

    SECRETS: ClassVar = ("access_token", "app_secret", "verify_token")

    account_id: MetaId
    access_token: SecretName
    app_secret: SecretName
    verify_token: SecretName
    app_id: MetaId | None = None
    human_agent: bool = False
    version: GraphVersion = "v25.0"
    base_url: Address = "https://graph.instagram.com"
