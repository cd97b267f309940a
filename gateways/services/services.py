"""What the gateways work with, opened and closed in the right order."""

import secrets
from collections.abc import AsyncIterator
from contextlib import ExitStack, asynccontextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from actors.engine import Committed, Engine, MonotonicClock
from actors.journal import Journal, MemoryJournal, SqliteJournal
from actors.snapshots import Snapshots
from config import ConfigurationError, Settings
from gateways.application.first_configuration import configure_first
from gateways.application.projecting import ProjectionsDatabase
from gateways.application.recovery import recover
from gateways.attachments import Attachments, open_attachments
from gateways.feeds.hub import Hub, feed_owner
from gateways.identity.accounts import Accounts
from gateways.identity.openid import OpenIdLogins
from gateways.identity.presence import Presence
from gateways.identity.rate_limits import RateLimits
from gateways.identity.tokens import Tokens
from gateways.inspection.inspector import Inspector
from gateways.inspection.watching import close_outdated
from gateways.services.keyed_locks import Turns
from projections import (
    AgentDirectory,
    ConfigurationView,
    ConversationDirectory,
    LiveViews,
    QueueDirectory,
    open_snapshots,
)
from schemas.events import ItemRemoved

__all__ = ["Services", "open_services"]


@dataclass(frozen=True)
class Services:
    """``data_dir`` and ``snapshots`` are None when nothing is kept beyond the process, ``openid`` when it is not
    configured."""

    settings: Settings
    data_dir: Path | None
    journal: Journal
    snapshots: Snapshots | None
    engine: Engine
    hub: Hub
    presence: Presence
    accounts: Accounts
    tokens: Tokens
    openid: OpenIdLogins | None
    rate_limits: RateLimits
    views: LiveViews
    attachments: Attachments
    turns: Turns
    inspector: Inspector
    projections: ProjectionsDatabase

    @property
    def journal_file(self) -> Path | None:
        """None for a journal in memory."""
        return None if self.data_dir is None else self.data_dir / "journal.db"

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

    def forget_removed(self, committed: list[Committed]) -> None:
        """Ends the accounts and feeds of agents who were removed; the agents themselves are logged out already."""
        for _, event in committed:
            if isinstance(event, ItemRemoved) and event.table == "agents":
                self.accounts.remove(event.name)
                self.hub.close_owner(feed_owner(event.name))


@asynccontextmanager
async def open_services(settings: Settings) -> AsyncIterator[Services]:
    """Raises ConfigurationError, or what the journal raises, with nothing left open."""
    data_dir = _data_dir(settings)
    with ExitStack() as stack:
        journal = MemoryJournal() if data_dir is None else SqliteJournal(data_dir / "journal.db")
        stack.callback(journal.close)
        snapshots = None if data_dir is None else open_snapshots(data_dir, journal)
        if snapshots is not None:
            stack.callback(snapshots.close)
        attachments = stack.enter_context(open_attachments(settings.attachments, data_dir))
        views, recovery = recover(journal, snapshots)
        services = _make_services(settings, data_dir, journal, snapshots, views, attachments)
        stack.callback(services.accounts.close)
        stack.callback(services.projections.close)
        stack.callback(services.inspector.close)
        services.hub.position = recovery.position
        for agent_id in services.configuration.former_agents:
            services.accounts.remove(agent_id)
        services.engine.observe(services.views.apply)
        services.engine.observe(services.hub.publish)
        services.engine.observe(services.presence.end_logins)
        services.engine.observe(services.forget_removed)
        services.engine.observe(partial(close_outdated, services.hub))
        services.hub.watch = services.presence.notice
        await services.engine.start(recovery)
        _look_who_is_there(services)
        try:
            await configure_first(services.engine, services.configuration, settings.tables)
            yield services
        finally:
            services.hub.close()
            await services.presence.close()
            await services.engine.stop()


def _look_who_is_there(services: Services) -> None:
    """Whoever was there when the server went down has no feed yet: from now on the grace runs."""
    for agent_id in services.agents.connected():
        services.presence.notice(feed_owner(agent_id))


def _data_dir(settings: Settings) -> Path | None:
    if settings.journal.backend == "memory":
        return None
    path = Path(settings.server.data_dir)
    try:
        path.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise ConfigurationError(f"server.data_dir: cannot make {path}: {error.strerror}") from error
    return path


def _make_services(
    settings: Settings,
    data_dir: Path | None,
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
    accounts_file = None if data_dir is None else data_dir / "accounts.db"
    hub = Hub(settings.feeds.buffer)
    accounts = Accounts(accounts_file, settings.authentication.refresh_token_seconds)
    return Services(
        settings=settings,
        data_dir=data_dir,
        journal=journal,
        snapshots=snapshots,
        engine=engine,
        hub=hub,
        presence=Presence(engine, hub, accounts),
        accounts=accounts,
        tokens=Tokens(_secret(settings, data_dir)),
        openid=None if settings.openid is None else OpenIdLogins(settings.openid),
        rate_limits=RateLimits(settings.limits),
        views=views,
        attachments=attachments,
        turns=Turns(),
        inspector=Inspector(journal),
        projections=ProjectionsDatabase(settings, data_dir),
    )


def _secret(settings: Settings, data_dir: Path | None) -> str:
    """The configured secret, or one made once and kept where only the owner reads."""
    if settings.authentication.secret is not None:
        return settings.authentication.secret
    if data_dir is None:
        return secrets.token_hex(32)
    file = data_dir / "token-secret"
    if not file.exists():
        fresh = data_dir / "token-secret.new"
        fresh.touch(mode=0o600)
        fresh.write_text(secrets.token_hex(32))
        fresh.replace(file)
    return file.read_text()
