"""What the gateways work with, opened and closed in the right order."""

import secrets
from collections.abc import AsyncIterator
from contextlib import ExitStack, asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

from actors.engine import Committed, Engine, MonotonicClock
from actors.journal import Journal, MemoryJournal, SqliteJournal
from config import ConfigurationError, Settings
from gateways.accounts import Accounts
from gateways.feeds.hub import Hub
from gateways.http.rate_limits import RateLimits
from gateways.http.tokens import Tokens
from gateways.presence import Presence, feed_owner
from projections import AgentDirectory, ConversationDirectory, QueueDirectory
from schemas.events import REGISTRY

__all__ = ["Services", "open_services"]

_BATCH = 2_000


@dataclass(frozen=True)
class Services:
    """``data_dir`` is None when nothing is kept beyond the process."""

    settings: Settings
    data_dir: Path | None
    journal: Journal
    engine: Engine
    hub: Hub
    presence: Presence
    accounts: Accounts
    tokens: Tokens
    rate_limits: RateLimits
    conversations: ConversationDirectory
    agents: AgentDirectory
    queues: QueueDirectory

    @property
    def clock(self) -> MonotonicClock:
        return self.engine.clock

    def apply(self, committed: list[Committed]) -> None:
        """Brings the live views up to date."""
        for record, event in committed:
            self.conversations.apply(record, event)
            self.agents.apply(record, event)
            self.queues.apply(record, event)


@asynccontextmanager
async def open_services(settings: Settings) -> AsyncIterator[Services]:
    """Raises ConfigurationError, or what the journal raises, with nothing left open."""
    data_dir = _data_dir(settings)
    with ExitStack() as stack:
        journal = MemoryJournal() if data_dir is None else SqliteJournal(data_dir / "journal.db")
        stack.callback(journal.close)
        services = _make_services(settings, data_dir, journal)
        stack.callback(services.accounts.close)
        _replay(services)
        services.engine.observe(services.apply)
        services.engine.observe(services.hub.publish)
        services.engine.observe(services.presence.end_logins)
        services.hub.watch = services.presence.notice
        await services.engine.start()
        _look_who_is_there(services)
        try:
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


def _make_services(settings: Settings, data_dir: Path | None, journal: Journal) -> Services:
    engine = Engine(
        journal,
        queue_size=settings.engine.queue_size,
        batch_size=settings.engine.batch_size,
        idle_seconds=settings.engine.idle_seconds,
    )
    accounts_file = None if data_dir is None else data_dir / "accounts.db"
    hub = Hub(settings.feeds.buffer)
    accounts = Accounts(accounts_file, settings.authentication.refresh_token_seconds)
    return Services(
        settings=settings,
        data_dir=data_dir,
        journal=journal,
        engine=engine,
        hub=hub,
        presence=Presence(engine, hub, accounts),
        accounts=accounts,
        tokens=Tokens(_secret(settings, data_dir)),
        rate_limits=RateLimits(settings.limits),
        conversations=ConversationDirectory(),
        agents=AgentDirectory(),
        queues=QueueDirectory(),
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


def _replay(services: Services) -> None:
    """Builds the live views from the record."""
    position = 0
    while records := services.journal.read_all(position, _BATCH):
        services.apply([Committed(record, REGISTRY.decode(record)) for record in records])
        position = records[-1].position
    services.hub.position = position
