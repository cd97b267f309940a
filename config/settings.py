"""The settings: one frozen struct, read from TOML and the environment."""

import ipaddress
import os
import tomllib
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Annotated, Any, Literal

import msgspec

from config.exceptions import SettingsError
from config.log import LogSettings
from config.named_secrets import secret_faults
from config.secrets import SECRETS_SECTION, Secrets
from schemas.configuration import TABLES, Tables, read_tables
from schemas.configuration.calendars import calendar_faults
from schemas.configuration.checks import faults
from schemas.configuration.identity_keys import identity_faults
from schemas.exceptions import InvalidTablesError
from schemas.faults import faults_of, in_words
from schemas.field_errors import FieldError
from schemas.origins import normal_origin

__all__ = [
    "AttachmentSettings",
    "AuthenticationSettings",
    "ConnectionSettings",
    "DeskSettings",
    "EngineSettings",
    "FeedSettings",
    "JournalSettings",
    "LimitSettings",
    "OpenIdSettings",
    "PresenceSettings",
    "ReportingSettings",
    "ServerSettings",
    "Settings",
    "WebhookDeliverySettings",
    "load_settings",
    "load_tables",
]

PREFIX = "HYBRIDCHAT__"

Positive = Annotated[int, msgspec.Meta(ge=1)]
PositiveSeconds = Annotated[float, msgspec.Meta(gt=0)]
Port = Annotated[int, msgspec.Meta(ge=0, le=65535)]
MediaType = Annotated[
    str, msgspec.Meta(pattern=r"^[a-z]+/[a-z0-9.+-]+$", description="A media type such as image/png.")
]

MEDIA_TYPES = (
    "image/png",
    "image/jpeg",
    "image/gif",
    "image/webp",
    "audio/mpeg",
    "audio/mp4",
    "audio/ogg",
    "audio/wav",
    "audio/webm",
    "video/mp4",
    "video/quicktime",
    "video/webm",
    "application/pdf",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "application/vnd.openxmlformats-officedocument.presentationml.presentation",
    "text/plain",
    "text/csv",
)
"""The media types that customers and agents send each other and that no browser executes."""

SECURE_HOST = r"(https://[^\s/?#@\\;,'\"]+|http://(127\.0\.0\.1|localhost|\[::1\])(:\d+)?)"
"""The beginning of the address of a server that is trusted: https, or plain http on loopback."""
Origin = Annotated[
    str, msgspec.Meta(pattern=rf"^{SECURE_HOST}/?(?!\n)$", description="An origin such as https://desk.example.org.")
]
Url = Annotated[
    str,
    msgspec.Meta(
        pattern=rf"^{SECURE_HOST}(/[^\s?#]*)?(?!\n)$",
        description="An address with https://, or with http:// on this machine.",
    ),
]


class _Section(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    pass


class ServerSettings(_Section, frozen=True, kw_only=True):
    """``port`` 0 takes any free port. ``trusted_proxies`` are the addresses or networks of proxies whose
    X-Forwarded-For, -Proto, -Host and -Prefix are trusted. Pages of ``allowed_origins``, such as desktops that are
    served elsewhere, may use every API but the Customer API, whose origins are those of its channels. ``public_url`` is
    where the internet reaches this server: the providers of channels call it there."""

    host: str = "127.0.0.1"
    port: Port = 8080
    data_dir: str = "data"
    public_url: Url | None = None
    trusted_proxies: list[str] = []
    allowed_origins: list[Origin] = []


class DeskSettings(_Section, frozen=True, kw_only=True):
    """Pages of ``embed_origins``, such as a CRM's, may hold the agent desktop in a frame."""

    embed_origins: list[Origin] = []


class ConnectionSettings(_Section, frozen=True, kw_only=True):
    """What one connection may send and hold, and how many may be open. The head of a request is its request line and
    headers. Once ``body_seconds`` are over, and in reading an answer once ``unread_seconds`` are, a peer has to keep up
    ``min_bytes_per_second`` on average. ``max_unfinished_body_bytes`` is for the bodies of all requests together that
    have not come in whole. When ``max_waiting_requests`` wait for their answers, further ones are refused before
    anything is done for them."""

    max_open: Positive = 10_000
    max_open_per_address: Positive = 1_000
    max_head_bytes: Annotated[int, msgspec.Meta(ge=1024)] = 16 * 1024
    max_headers: Positive = 100
    head_seconds: PositiveSeconds = 10.0
    body_seconds: PositiveSeconds = 20.0
    unread_seconds: PositiveSeconds = 30.0
    min_bytes_per_second: Positive = 4096
    max_unfinished_body_bytes: Positive = 64 * 1024 * 1024
    max_waiting_requests: Positive = 2_000


class JournalSettings(_Section, frozen=True, kw_only=True):
    backend: Literal["sqlite", "memory"] = "sqlite"


class EngineSettings(_Section, frozen=True, kw_only=True):
    """At most ``queue_size`` commands wait; beyond that callers get 503. ``batch_size`` is the most commands in one
    commit. Entities that are not used for ``idle_seconds`` leave memory."""

    queue_size: Positive = 10_000
    batch_size: Positive = 256
    idle_seconds: PositiveSeconds = 900.0


class FeedSettings(_Section, frozen=True, kw_only=True):
    """``buffer`` is the most events that wait for a slow reader before its feed is closed, ``max_per_caller`` the most
    feeds that a customer of a conversation, an agent or an API key may have open. A sender who reports typing has
    stopped when nothing more is heard for ``typing_seconds``. A live feed shows every ``heartbeat_seconds`` that it
    is alive."""

    buffer: Positive = 1_000
    max_per_caller: Positive = 20
    typing_seconds: PositiveSeconds = 10.0
    heartbeat_seconds: PositiveSeconds = 15.0


class PresenceSettings(_Section, frozen=True, kw_only=True):
    """An agent whose last feed has closed is logged out after ``connection_grace_seconds``. An agent who is not ready
    and holds no task is logged out after ``idle_logout_seconds`` without a sign of life, or never if that is not
    set."""

    connection_grace_seconds: PositiveSeconds = 30.0
    idle_logout_seconds: PositiveSeconds | None = None


class AuthenticationSettings(_Section, frozen=True, kw_only=True):
    """Without ``secret``, the server makes one at the first start and keeps it in the data directory. Times are in
    seconds."""

    secret: Annotated[str, msgspec.Meta(min_length=32)] | None = None
    customer_token_seconds: Positive = 7 * 24 * 3600
    access_token_seconds: Positive = 900
    refresh_token_seconds: Positive = 14 * 24 * 3600


class AttachmentSettings(_Section, frozen=True, kw_only=True):
    """``local`` keeps uploads in the data directory, ``s3`` in a bucket; its credentials come from the environment
    alone. An upload that no message names within ``unposted_hours`` is removed. With ``strip_location``, pictures and
    recordings are kept without the positions where they were taken."""

    backend: Literal["local", "s3"] = "local"
    max_bytes: Positive = 10 * 1024 * 1024
    media_types: list[MediaType] = msgspec.field(default_factory=lambda: list(MEDIA_TYPES))
    unposted_hours: PositiveSeconds = 24.0
    strip_location: bool = True
    bucket: Annotated[str, msgspec.Meta(min_length=3, max_length=63)] | None = None
    prefix: str = ""
    region: str = "us-east-1"
    endpoint: Annotated[str, msgspec.Meta(pattern=r"^https?://[^\s/]+")] | None = None


class OpenIdSettings(_Section, frozen=True, kw_only=True):
    """Agents log in at the OpenID provider ``issuer``. ``public_url`` is where browsers reach this server: its
    ``/agent/v1/openid/callback`` is the redirect URL to register there. ``claim`` finds the agent: ``email``, if the
    provider has verified it, by the agent's email, ``preferred_username`` by the agent's name in ``[agents]`` or email.
    Desktops of ``allowed_origins`` may log agents in, beside the server's own."""

    issuer: Url
    client_id: Annotated[str, msgspec.Meta(min_length=1)]
    client_secret: Annotated[str, msgspec.Meta(min_length=1)]
    public_url: Url
    client_authentication: Literal["client_secret_basic", "client_secret_post"] = "client_secret_basic"
    scopes: tuple[str, ...] = ("openid", "email", "profile")
    claim: Literal["email", "preferred_username"] = "email"
    label: str = "Log in with OpenID"
    allowed_origins: list[Origin] = []
    timeout_seconds: PositiveSeconds = 5.0

    def __post_init__(self) -> None:
        """Keeps the origins as browsers send them."""
        msgspec.structs.force_setattr(self, "allowed_origins", [normal_origin(each) for each in self.allowed_origins])

    @property
    def redirect_url(self) -> str:
        return f"{self.public_url.rstrip('/')}/agent/v1/openid/callback"

    @property
    def origin(self) -> str:
        """The origin of ``public_url``: the server's own."""
        return normal_origin("/".join(self.public_url.split("/")[:3]))


class WebhookDeliverySettings(_Section, frozen=True, kw_only=True):
    """Applications choose where events are sent. Private, reserved and this machine's own addresses are never called,
    but for those of ``allowed_private_networks``."""

    allowed_private_networks: list[str] = []


class ReportingSettings(_Section, frozen=True, kw_only=True):
    """``database_url`` is SQLAlchemy's address of the database that holds the projections, such as
    ``postgresql+psycopg://user:password@host/name``; without one they are in ``reports.db`` in the data directory. They
    are built by a ``process`` beside the server or by a ``thread`` of it; with ``none``, another server builds them. A
    journal in memory is always projected by a thread."""

    database_url: Annotated[str, msgspec.Meta(pattern=r"^(sqlite|postgresql)(\+[a-z0-9]+)?://")] | None = None
    runner: Literal["process", "thread", "none"] = "process"


class LimitSettings(_Section, frozen=True, kw_only=True):
    """The most requests a minute from one address and with one token, the most conversations that customers without a
    key start from one address, the most failed logins of one account at one address, from which the other limits of
    failed logins follow, and the most uploads an hour into a conversation; 0 means no limit. ``conversation_bytes`` is
    the most that is posted into a conversation."""

    address_per_minute: Annotated[int, msgspec.Meta(ge=0)] = 6_000
    token_per_minute: Annotated[int, msgspec.Meta(ge=0)] = 600
    failed_logins_per_minute: Annotated[int, msgspec.Meta(ge=0)] = 20
    starts_per_minute: Annotated[int, msgspec.Meta(ge=0)] = 120
    uploads_per_hour: Annotated[int, msgspec.Meta(ge=0)] = 60
    conversation_bytes: Annotated[int, msgspec.Meta(ge=64 * 1024)] = 4 * 1024 * 1024


class _Sections(_Section, frozen=True, kw_only=True):
    server: ServerSettings = ServerSettings()
    desk: DeskSettings = DeskSettings()
    connections: ConnectionSettings = ConnectionSettings()
    journal: JournalSettings = JournalSettings()
    engine: EngineSettings = EngineSettings()
    feeds: FeedSettings = FeedSettings()
    presence: PresenceSettings = PresenceSettings()
    authentication: AuthenticationSettings = AuthenticationSettings()
    openid: OpenIdSettings | None = None
    limits: LimitSettings = LimitSettings()
    reporting: ReportingSettings = ReportingSettings()
    attachments: AttachmentSettings = AttachmentSettings()
    webhook_delivery: WebhookDeliverySettings = WebhookDeliverySettings()
    log: LogSettings = LogSettings()
    secrets: Secrets = msgspec.field(default_factory=Secrets)


class Settings(_Sections, frozen=True, kw_only=True):
    """All settings. ``tables`` holds the first configuration, each item in its table under its own name:
    ``[queues.support]``."""

    tables: Tables = msgspec.field(default_factory=Tables)


def load_settings(
    file: Path | None = None,
    environment: Mapping[str, str] = os.environ,
    base: Mapping[str, Any] | None = None,
    overrides: Mapping[str, Any] | None = None,
) -> Settings:
    """Reads ``base``, then the TOML file, ``HYBRIDCHAT__SECTION__KEY`` variables, and ``overrides``; the later one
    wins.

    Raises SettingsError, which names the setting at fault.
    """
    values: dict[str, Any] = {}
    _merge(values, base or {})
    if file is not None:
        _merge(values, _read_toml(file))
    for variable, text in environment.items():
        if variable.startswith(PREFIX):
            _override(values, variable, text)
    _merge(values, overrides or {})
    sections, tables = _taken_apart(values)
    _refuse(
        [
            *faults(tables),
            *calendar_faults(tables),
            *identity_faults(tables),
            *_section_faults(sections),
            *secret_faults(tables, sections.secrets),
        ]
    )
    return Settings(**msgspec.structs.asdict(sections), tables=tables)


def load_tables(file: Path) -> Tables:
    """The tables of a TOML file. Each item is checked alone: the items that it names may be elsewhere. Raises
    SettingsError."""
    return _taken_apart(_read_toml(file))[1]


def _taken_apart(values: Mapping[str, Any]) -> tuple[_Sections, Tables]:
    program = {name: value for name, value in values.items() if name not in TABLES}
    found = faults_of(program, _Sections, dec_hook=_read_section)
    tables = Tables()
    try:
        tables = read_tables({name: value for name, value in values.items() if name in TABLES})
    except InvalidTablesError as error:
        found += error.faults
    _refuse(found)
    return msgspec.convert(program, _Sections, dec_hook=_read_section), tables


def _refuse(found: list[FieldError]) -> None:
    """Raises SettingsError, which names every fault, if there are any."""
    if found:
        raise SettingsError(f"settings: {in_words(found)}")


def _read_section(wanted: type, section: Any) -> Any:
    if wanted is Secrets:
        return Secrets.read(section)
    raise NotImplementedError(f"settings of type {wanted.__name__}")


def _read_toml(file: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(file.read_text(encoding="utf-8"))
    except OSError as error:
        raise SettingsError(f"cannot read the settings file {file}: {error.strerror}") from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise SettingsError(f"{file} is not valid TOML: {error}") from error


def _merge(into: dict[str, Any], other: Mapping[str, Any]) -> None:
    for key, value in other.items():
        if isinstance(value, Mapping) and isinstance(into.get(key), dict):
            _merge(into[key], value)
        else:
            into[key] = dict(value) if isinstance(value, Mapping) else value


def _override(values: dict[str, Any], variable: str, text: str) -> None:
    *path, key = variable.removeprefix(PREFIX).lower().split("__")
    if not path:
        raise SettingsError(f"{variable} names no setting; write {PREFIX}SECTION__KEY")
    value = text if path == [SECRETS_SECTION] else _value_of(text)
    for name in path:
        values = values.setdefault(name, {})
        if not isinstance(values, dict):
            raise SettingsError(f"{variable}: {name} is a value, not a section")
    values[key] = value


def _value_of(text: str) -> Any:
    """The text counts as a TOML value (``8081``, ``true``, ``["a"]``), or else as plain text. A secret is always plain
    text."""
    try:
        return tomllib.loads(f"value = {text}")["value"]
    except tomllib.TOMLDecodeError:
        return text


def _section_faults(sections: _Sections) -> Iterator[FieldError]:
    """What is wrong with settings that fit by themselves."""
    for place, networks in (
        ("server.trusted_proxies", sections.server.trusted_proxies),
        ("webhook_delivery.allowed_private_networks", sections.webhook_delivery.allowed_private_networks),
    ):
        for network in networks:
            if not _is_network(network):
                yield FieldError(place, f"{network!r} is no address or network; write 10.0.0.7 or 10.0.0.0/8")
    if sections.attachments.backend == "s3" and sections.attachments.bucket is None:
        yield FieldError("attachments.bucket", "is missing; attachments.backend s3 needs the name of a bucket")
    if sections.openid is not None and "openid" not in sections.openid.scopes:
        yield FieldError("openid.scopes", "lacks 'openid', without which the provider tells nobody's identity")


def _is_network(text: str) -> bool:
    try:
        ipaddress.ip_network(text, strict=False)
    except ValueError:
        return False
    return True
