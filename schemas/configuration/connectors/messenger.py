"""Facebook Messenger and Instagram over Meta's Graph API."""

from schemas.configuration.connectors.graph import GraphSettings, MetaId
from schemas.configuration.fields import Address

__all__ = ["InstagramSettings", "MessengerSettings", "PageSettings"]


class PageSettings(GraphSettings, frozen=True, kw_only=True):
    """With ``human_agent``, which Meta has to grant, agents may answer for seven days after the customer's last message
    instead of one. ``app_id`` is that of the app: its echoes are the server's own, and its webhook can be set up."""

    app_id: MetaId | None = None
    human_agent: bool = False


class MessengerSettings(PageSettings, frozen=True, kw_only=True, tag="messenger"):
    """A page on Facebook."""

    page_id: MetaId


class InstagramSettings(PageSettings, frozen=True, kw_only=True, tag="instagram"):
    """A professional account on Instagram; ``account_id`` is its id."""

    account_id: MetaId
    base_url: Address = "https://graph.instagram.com"
