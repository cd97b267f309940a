"""Opens the services in the right order, and closes them again."""

import logging
from collections.abc import AsyncIterator
from contextlib import ExitStack, asynccontextmanager
from functools import partial
from pathlib import Path

from actors.engine import Committed, Engine
from actors.journal import Journal, MemoryJournal
from actors.snapshots import Snapshots
from config import Settings, SettingsError
from gateways.application.continuity import open_journal
from gateways.application.first_configuration import configure_first
from gateways.application.recovery import recover
from gateways.attachments import Attachments, open_attachments
from gateways.configuration.webhooks import forget_secrets
from gateways.connectors.channels.kinds import capabilities_of
from gateways.conversations.wait_signals import WaitSignals
from gateways.data_directory import DataDirectory, DataFileError
from gateways.feeds.hub import Ending, Hub, feed_owner
from gateways.feeds.primary_places import PrimaryPlaces
from gateways.feeds.typing import TypingIndicators
from gateways.http.unfinished_bodies import UnfinishedBodies
from gateways.http.waiting_requests import WaitingRequests
from gateways.identity.accounts import Accounts
from gateways.identity.authentication import Authenticator
from gateways.identity.openid import OpenIdLogins
from gateways.identity.presence import Presence
from gateways.identity.rate_limits import RateLimits
from gateways.identity.secret import read_or_make_secret
from gateways.identity.tokens import Tokens
from gateways.identity.webhook_secrets import WebhookSecrets
from gateways.inspection.inspector import Inspector
from gateways.inspection.watching import close_outdated
from gateways.outbox import Outbox
from gateways.read_models import ProjectionsDatabase
from gateways.services import Services
from gateways.services.background import BackgroundTasks
from gateways.services.channel_memory import ChannelMemory
from gateways.services.keyed_locks import KeyedLocks
from gateways.services.provider_http import ProviderHttp
from gateways.supervision import Supervision
from projections import LiveViews, open_snapshots
from schemas.events import AgentLoggedOut, ItemConfigured, ItemRemoved

__all__ = ["open_services"]

_logger = logging.getLogger(__name__)


@asynccontextmanager
async def open_services(
    settings: Settings, *, restored: bool = False, accept_altered_journal: bool = False
) -> AsyncIterator[Services]:
    """Opens the services until the context is left. ``restored`` gives up events that the journal has lost and other
    files have seen. The events that the start reads must be as they were appended, unless ``accept_altered_journal``.
    Raises SettingsError, DataDirectoryError, or what the journal raises; nothing is then left open."""
    directory = _data_directory(settings)
    with ExitStack() as stack:
        journal = MemoryJournal() if directory is None else open_journal(directory, restored=restored)
        stack.callback(journal.close)
        snapshots = None if directory is None else open_snapshots(directory.snapshots, journal)
        if snapshots is not None:
            stack.callback(snapshots.close)
        files = None if directory is None else directory.attachments
        attachments = stack.enter_context(open_attachments(settings.attachments, files))
        views, recovery = recover(journal, snapshots, accept_altered_journal=accept_altered_journal)
        services = _make_services(settings, directory, journal, snapshots, views, attachments)
        stack.callback(services.accounts.close)
        stack.callback(services.projections.close)
        stack.callback(services.inspector.close)
        stack.callback(services.outbox.close)
        stack.callback(services.webhook_secrets.close)
        services.hub.position = recovery.position
        _end_former_accounts(services)
        services.webhook_secrets.keep_only(services.configuration.webhooks)
        wait_signals = WaitSignals(services)
        stack.callback(wait_signals.close)
        _observe(services, wait_signals)
        await services.engine.start(recovery)
        _check_presence(services)
        try:
            await configure_first(services.engine, services.configuration, settings.tables)
            yield services
        finally:
            await services.background.close()
            await services.provider_http.close()
            services.typing.close()
            services.hub.close()
            await services.presence.close()
            await services.engine.stop()


def _observe(services: Services, wait_signals: WaitSignals) -> None:
    """Registers the observers of committed events. The views come first, so that all later observers find the event in
    them."""
    services.engine.observe(partial(_apply_to_views, services))
    services.engine.observe(services.hub.publish)
    services.engine.observe(services.typing.notice)
    services.engine.observe(wait_signals.notice)
    services.engine.observe(services.presence.end_logins, AgentLoggedOut)
    services.engine.observe(partial(_end_accounts, services), ItemConfigured, ItemRemoved)
    services.engine.observe(partial(forget_secrets, services), ItemRemoved)
    services.engine.observe(partial(close_outdated, services.hub), ItemConfigured, ItemRemoved)
    services.hub.watch = services.presence.notice


def _apply_to_views(services: Services, committed: list[Committed]) -> None:
    """Tells when an event fails: what is read from the views may then be wrong until they are made anew."""
    try:
        services.views.apply(committed)
    except Exception:
        services.supervision.impair("live views", "an event is missing in them; restart the server")
        raise


def _end_former_accounts(services: Services) -> None:
    """Does for agents who were removed or disabled what a server that stopped at that moment has left undone."""
    for agent_id in services.configuration.former_agents:
        services.accounts.remove(agent_id)
    for agent_id, agent in services.configuration.agents.items():
        if agent.disabled:
            services.accounts.sessions.end_all(agent_id)


def _end_accounts(services: Services, committed: list[Committed]) -> None:
    """Ends the accounts and feeds of agents who were removed, and the sessions and feeds of those who were disabled.
    The agents themselves are logged out already."""
    for _, event in committed:
        if isinstance(event, ItemRemoved) and event.table == "agents":
            _remove_account(services, event.name)
            services.rate_limits.logins.forget(event.name)
            if services.openid is not None:
                services.openid.forget(event.name)
            services.hub.close_owner(feed_owner(event.name), Ending.SESSION_ENDED)
        elif isinstance(event, ItemConfigured):
            for agent_id, agent in event.item.agents.items():
                if agent.disabled:
                    services.accounts.sessions.end_all(agent_id)
                    services.hub.close_owner(feed_owner(agent_id), Ending.SESSION_ENDED)


def _remove_account(services: Services, agent_id: str) -> None:
    """What cannot be written now is made up for at the next start."""
    try:
        services.accounts.remove(agent_id)
    except DataFileError as error:
        _logger.warning("the account of %s is not removed yet: %s", agent_id, error)


def _check_presence(services: Services) -> None:
    """Looks for the feeds of agents who were connected when the server stopped. They have none yet, and from now on
    their grace period runs."""
    for agent_id in services.agents.connected():
        services.presence.notice(feed_owner(agent_id))


def _data_directory(settings: Settings) -> DataDirectory | None:
    if settings.journal.backend == "memory":
        return None
    path = Path(settings.server.data_dir)
    try:
        path.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise SettingsError(f"server.data_dir: cannot make {path}: {error.strerror}") from error
    return DataDirectory(path)


def _make_services(
    settings: Settings,
    directory: DataDirectory | None,
    journal: Journal,
    snapshots: Snapshots | None,
    views: LiveViews,
    attachments: Attachments,
) -> Services:
    engine = Engine(
        journal,
        queue_size=settings.engine.queue_size,
        batch_size=settings.engine.batch_size,
        idle_seconds=settings.engine.idle_seconds,
        snapshots=snapshots,
    )
    supervision = Supervision()
    hub = Hub(settings.feeds.buffer, settings.feeds.max_per_caller, settings.feeds.heartbeat_seconds)
    secret_file = None if directory is None else directory.token_secret
    tokens = Tokens(settings.authentication.secret or read_or_make_secret(secret_file))
    accounts_file = None if directory is None else directory.accounts
    accounts = Accounts(accounts_file, settings.authentication.refresh_token_seconds)
    rate_limits = RateLimits(settings.limits)
    reports_file = None if directory is None else directory.reports
    return Services(
        settings=settings,
        data_directory=directory,
        journal=journal,
        snapshots=snapshots,
        engine=engine,
        hub=hub,
        supervision=supervision,
        presence=Presence(engine, hub, accounts, supervision, settings.presence),
        accounts=accounts,
        tokens=tokens,
        authenticator=Authenticator(tokens, accounts, views.configuration, rate_limits),
        openid=None if settings.openid is None else OpenIdLogins(settings.openid),
        rate_limits=rate_limits,
        waiting_requests=WaitingRequests(settings.connections.max_waiting_requests),
        unfinished_bodies=UnfinishedBodies(settings.connections.max_unfinished_body_bytes),
        views=views,
        attachments=attachments,
        starts=KeyedLocks(),
        typing=TypingIndicators(settings.feeds.typing_seconds),
        primary_places=PrimaryPlaces(engine.clock),
        inspector=Inspector(journal, snapshots),
        projections=ProjectionsDatabase(settings.reporting.database_url, reports_file),
        outbox=Outbox(None if directory is None else directory.deliveries),
        provider_http=ProviderHttp(),
        channel_memory=ChannelMemory(),
        capabilities_of=capabilities_of,
        background=BackgroundTasks(),
        webhook_secrets=WebhookSecrets(None if directory is None else directory.webhook_secrets),
    )
