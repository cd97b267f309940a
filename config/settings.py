"""The settings: one frozen struct, read from TOML and the environment."""

import os
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Any, Literal

import msgspec

from config.exceptions import ConfigurationError
from schemas.agents import AgentSettings, MrdSettings
from schemas.identifiers import ConfiguredName
from schemas.queues import OfferTimeout, Priority, QueueSettings, WrapUpTime

__all__ = [
    "Agent",
    "ApiKey",
    "Authentication",
    "Bot",
    "Channel",
    "Engine",
    "Feeds",
    "Journal",
    "Limits",
    "Mrd",
    "Presence",
    "Queue",
    "Server",
    "Settings",
    "load_settings",
]

PREFIX = "HYBRIDCHAT__"

Positive = Annotated[int, msgspec.Meta(ge=1)]
PositiveSeconds = Annotated[float, msgspec.Meta(gt=0)]
Port = Annotated[int, msgspec.Meta(ge=0, le=65535)]


class _Section(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    pass


class Server(_Section, frozen=True, kw_only=True):
    """``port`` 0 takes any free one. ``trusted_proxies`` are the addresses whose X-Forwarded-For is believed."""

    host: str = "127.0.0.1"
    port: Port = 8080
    data_dir: str = "data"
    trusted_proxies: list[str] = []


class Journal(_Section, frozen=True, kw_only=True):
    backend: Literal["sqlite", "memory"] = "sqlite"


class Engine(_Section, frozen=True, kw_only=True):
    """``queue_size`` commands may wait; beyond it callers get 503. ``batch_size`` bounds the commands of a commit;
    idle entities leave memory after ``idle_seconds``."""

    queue_size: Positive = 10_000
    batch_size: Positive = 256
    idle_seconds: PositiveSeconds = 900.0


class Feeds(_Section, frozen=True, kw_only=True):
    """``buffer`` events wait for a slow reader before its feed is closed."""

    buffer: Positive = 1_000


class Presence(_Section, frozen=True, kw_only=True):
    """In seconds: an agent whose last feed has closed is logged out after ``connection_grace_seconds``, one who is not
    ready and holds no task after ``idle_logout_seconds`` without a sign of life; never where that is not set."""

    connection_grace_seconds: PositiveSeconds = 30.0
    idle_logout_seconds: PositiveSeconds | None = None


class Authentication(_Section, frozen=True, kw_only=True):
    """Without ``secret``, one is made at the first start and kept in the data directory. Times are in seconds."""

    secret: Annotated[str, msgspec.Meta(min_length=32)] | None = None
    customer_token_seconds: Positive = 7 * 24 * 3600
    access_token_seconds: Positive = 900
    refresh_token_seconds: Positive = 14 * 24 * 3600


class Limits(_Section, frozen=True, kw_only=True):
    """Requests a minute, 0 for no limit: of one address, of one token, and failed logins of an address."""

    address_per_minute: Annotated[int, msgspec.Meta(ge=0)] = 6_000
    token_per_minute: Annotated[int, msgspec.Meta(ge=0)] = 600
    failed_logins_per_minute: Annotated[int, msgspec.Meta(ge=0)] = 20


class Mrd(_Section, frozen=True, kw_only=True):
    """``max_tasks`` is the most tasks that an agent holds in this media routing domain at once."""

    max_tasks: Annotated[int, msgspec.Meta(ge=1, le=100)] = 1


class Queue(_Section, frozen=True, kw_only=True):
    mrd: ConfiguredName
    priority: Priority = 5
    offer_timeout_seconds: OfferTimeout = 20.0
    wrap_up_seconds: WrapUpTime = 0.0


class Bot(_Section, frozen=True, kw_only=True):
    """A bot behind Rasa's REST channel at ``url``. Each of ``tries`` may take ``timeout_seconds``."""

    url: Annotated[str, msgspec.Meta(pattern=r"^https?://[^\s/]+")]
    timeout_seconds: PositiveSeconds = 5.0
    tries: Positive = 3
    backoff_seconds: PositiveSeconds = 0.5


class Channel(_Section, frozen=True, kw_only=True):
    """``kind`` web needs no key: pages of the server's own origin and of ``allowed_origins`` (``*`` for any) use it.
    A connector's channel needs an API key."""

    queue: ConfiguredName
    kind: Literal["web", "connector"] = "web"
    bot: ConfiguredName | None = None
    allowed_origins: list[str] = []


class Agent(_Section, frozen=True, kw_only=True):
    """``mrds`` names the agent's media routing domains; empty means all of them."""

    name: str
    role: Literal["agent", "supervisor", "administrator"] = "agent"
    mrds: list[ConfiguredName] = []


class ApiKey(_Section, frozen=True, kw_only=True):
    """``sha256`` is the hexadecimal digest of the key; the key itself is nowhere kept."""

    sha256: Annotated[str, msgspec.Meta(pattern="^[0-9a-f]{64}$")]
    scopes: list[Literal["connector"]]


class Settings(_Section, frozen=True, kw_only=True):
    """Everything that can be set. Each table is named by the thing's own name: ``[queues.support]``."""

    server: Server = Server()
    journal: Journal = Journal()
    engine: Engine = Engine()
    feeds: Feeds = Feeds()
    presence: Presence = Presence()
    authentication: Authentication = Authentication()
    limits: Limits = Limits()
    mrds: dict[ConfiguredName, Mrd] = {}
    queues: dict[ConfiguredName, Queue] = {}
    bots: dict[ConfiguredName, Bot] = {}
    channels: dict[ConfiguredName, Channel] = {}
    agents: dict[ConfiguredName, Agent] = {}
    api_keys: dict[ConfiguredName, ApiKey] = {}

    def queue_settings(self, name: str) -> QueueSettings:
        """Raises KeyError for an unknown queue."""
        queue = self.queues[name]
        return QueueSettings(
            name=name,
            mrd=queue.mrd,
            priority=queue.priority,
            offer_timeout_seconds=queue.offer_timeout_seconds,
            wrap_up_seconds=queue.wrap_up_seconds,
        )

    def agent_settings(self, agent_id: str) -> AgentSettings:
        """Raises KeyError for an unknown agent."""
        agent = self.agents[agent_id]
        mrds = {name: MrdSettings(self.mrds[name].max_tasks) for name in agent.mrds or self.mrds}
        return AgentSettings(name=agent.name, mrds=mrds)


_TABLES: dict[str, type[_Section]] = {
    "mrds": Mrd,
    "queues": Queue,
    "bots": Bot,
    "channels": Channel,
    "agents": Agent,
    "api_keys": ApiKey,
}


def load_settings(
    file: Path | None = None,
    environment: Mapping[str, str] = os.environ,
    base: Mapping[str, Any] | None = None,
    overrides: Mapping[str, Any] | None = None,
) -> Settings:
    """Reads ``base``, then the TOML file, ``HYBRIDCHAT__SECTION__KEY`` variables, ``overrides``; the later one wins.

    Raises ConfigurationError that names the setting at fault.
    """
    values: dict[str, Any] = {}
    _merge(values, base or {})
    if file is not None:
        _merge(values, _read_toml(file))
    for variable, text in environment.items():
        if variable.startswith(PREFIX):
            _override(values, variable, text)
    _merge(values, overrides or {})
    _check_tables(values)
    try:
        settings = msgspec.convert(values, Settings)
    except msgspec.ValidationError as error:
        raise ConfigurationError(f"settings: {error}") from error
    _check_references(settings)
    return settings


def _read_toml(file: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(file.read_text(encoding="utf-8"))
    except OSError as error:
        raise ConfigurationError(f"cannot read the settings file {file}: {error.strerror}") from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise ConfigurationError(f"{file} is not valid TOML: {error}") from error


def _merge(into: dict[str, Any], other: Mapping[str, Any]) -> None:
    for key, value in other.items():
        if isinstance(value, Mapping) and isinstance(into.get(key), dict):
            _merge(into[key], value)
        else:
            into[key] = dict(value) if isinstance(value, Mapping) else value


def _override(values: dict[str, Any], variable: str, text: str) -> None:
    """The text counts as a TOML value (``8081``, ``true``, ``["a"]``), or else as plain text."""
    *path, key = variable.removeprefix(PREFIX).lower().split("__")
    if not path:
        raise ConfigurationError(f"{variable} names no setting; write {PREFIX}SECTION__KEY")
    try:
        value = tomllib.loads(f"value = {text}")["value"]
    except tomllib.TOMLDecodeError:
        value = text
    for name in path:
        values = values.setdefault(name, {})
        if not isinstance(values, dict):
            raise ConfigurationError(f"{variable}: {name} is a value, not a section")
    values[key] = value


def _check_tables(values: Mapping[str, Any]) -> None:
    """Entry by entry: of a whole table msgspec does not say which one is wrong."""
    for table, entry_type in _TABLES.items():
        entries = values.get(table)
        for name, entry in entries.items() if isinstance(entries, Mapping) else ():
            try:
                msgspec.convert(entry, entry_type)
            except msgspec.ValidationError as error:
                raise ConfigurationError(f"settings: [{table}.{name}]: {error}") from error


def _check_references(settings: Settings) -> None:
    for name, queue in settings.queues.items():
        _require(queue.mrd in settings.mrds, f"queues.{name}.mrd", queue.mrd, "mrds")
    for name, channel in settings.channels.items():
        _require(channel.queue in settings.queues, f"channels.{name}.queue", channel.queue, "queues")
        _require(channel.bot is None or channel.bot in settings.bots, f"channels.{name}.bot", channel.bot, "bots")
    for name, agent in settings.agents.items():
        for mrd in agent.mrds:
            _require(mrd in settings.mrds, f"agents.{name}.mrds", mrd, "mrds")


def _require(met: bool, setting: str, value: str | None, table: str) -> None:
    if not met:
        raise ConfigurationError(f"{setting} names {value!r}, which is not in [{table}]; add [{table}.{value}]")
