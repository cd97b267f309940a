"""The services that all rooms below the application share, in one frozen struct. ``gateways.application.opening`` makes
it."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from actors.engine import Engine, MonotonicClock
from actors.journal import Journal
from actors.snapshots import Snapshots
from config import Settings
from gateways.attachments import Attachments
from gateways.data_directory import DataDirectory
from gateways.feeds import Hub
from gateways.feeds.primary_places import PrimaryPlaces
from gateways.feeds.typing import TypingIndicators
from gateways.http.unfinished_bodies import UnfinishedBodies
from gateways.http.waiting_requests import WaitingRequests
from gateways.identity.accounts import Accounts
from gateways.identity.authentication import Authenticator
from gateways.identity.openid import OpenIdLogins
from gateways.identity.presence import Presence
from gateways.identity.rate_limits import RateLimits
from gateways.identity.tokens import Tokens
from gateways.identity.webhook_secrets import WebhookSecrets
from gateways.inspection.inspector import Inspector
from gateways.outbox import Outbox
from gateways.read_models import ProjectionsDatabase
from gateways.services.background import BackgroundTasks
from gateways.services.channel_memory import ChannelMemory
from gateways.services.keyed_locks import KeyedLocks
from gateways.services.provider_http import ProviderHttp
from gateways.supervision import Supervision
from projections import AgentDirectory, ConfigurationView, ConversationDirectory, LiveViews, QueueDirectory
from schemas.capabilities import Capabilities
from schemas.configuration.connectors import ConnectorSettings

__all__ = ["Services"]


@dataclass(frozen=True)
class Services:
    """The services of one server. ``data_directory`` and ``snapshots`` are None when nothing outlasts the process, and
    ``openid`` is None when it is not configured. ``starts`` lets only one start run at a time for a customer on a
    channel. ``supervision`` runs the tasks in the background. ``capabilities_of`` says what a channel with this
    connector can carry."""

    settings: Settings
    data_directory: DataDirectory | None
    journal: Journal
    snapshots: Snapshots | None
    engine: Engine
    supervision: Supervision
    hub: Hub
    presence: Presence
    accounts: Accounts
    tokens: Tokens
    authenticator: Authenticator
    openid: OpenIdLogins | None
    rate_limits: RateLimits
    unfinished_bodies: UnfinishedBodies
    waiting_requests: WaitingRequests
    views: LiveViews
    attachments: Attachments
    starts: KeyedLocks
    typing: TypingIndicators
    primary_places: PrimaryPlaces
    inspector: Inspector
    outbox: Outbox
    provider_http: ProviderHttp
    channel_memory: ChannelMemory
    capabilities_of: Callable[[ConnectorSettings], Awaitable[Capabilities]]
    background: BackgroundTasks
    webhook_secrets: WebhookSecrets
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
