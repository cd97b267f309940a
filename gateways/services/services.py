"""What everyone below the application is given: one frozen struct, made in ``gateways.application.opening``."""

from dataclasses import dataclass

from actors.engine import Engine, MonotonicClock
from actors.journal import Journal
from actors.snapshots import Snapshots
from config import Settings
from gateways.attachments import Attachments
from gateways.data_directory import DataDirectory
from gateways.feeds import Hub
from gateways.identity.accounts import Accounts
from gateways.identity.authentication import Authenticator
from gateways.identity.openid import OpenIdLogins
from gateways.identity.presence import Presence
from gateways.identity.rate_limits import RateLimits
from gateways.identity.tokens import Tokens
from gateways.inspection.inspector import Inspector
from gateways.read_models import ProjectionsDatabase
from gateways.services.keyed_locks import KeyedLocks
from projections import AgentDirectory, ConfigurationView, ConversationDirectory, LiveViews, QueueDirectory

__all__ = ["Services"]


@dataclass(frozen=True)
class Services:
    """``data_directory`` and ``snapshots`` are None when nothing is kept beyond the process, ``openid`` when it is not
    configured. ``starts`` lets one start of a customer on a channel go on at a time."""

    settings: Settings
    data_directory: DataDirectory | None
    journal: Journal
    snapshots: Snapshots | None
    engine: Engine
    hub: Hub
    presence: Presence
    accounts: Accounts
    tokens: Tokens
    authenticator: Authenticator
    openid: OpenIdLogins | None
    rate_limits: RateLimits
    views: LiveViews
    attachments: Attachments
    starts: KeyedLocks
    inspector: Inspector
    projections: ProjectionsDatabase

    @property
    def clock(self) -> MonotonicClock:
        return self.engine.clock

    @property
    def conversations(self) -> ConversationDirectory:
        return self.views.conversations

    @property
    def agents(self) -> AgentDirectory:
        return self.views.agents

    @property
    def queues(self) -> QueueDirectory:
        return self.views.queues

    @property
    def configuration(self) -> ConfigurationView:
        return self.views.configuration
