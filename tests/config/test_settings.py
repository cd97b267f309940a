"""The sources of the settings, and the errors for wrong ones."""

from pathlib import Path
from typing import Any

import pytest

from config import FeedSettings, SettingsError, load_settings
from config.demo import demo_settings

_ROOT = Path(__file__).parent.parent.parent
_WORKING: dict[str, dict[str, Any]] = {
    "mrds": {"chat": {"max_tasks": 2}},
    "queues": {"support": {"mrd": "chat"}},
    "openid": {
        "issuer": "https://login.example.org/realms/centre",
        "client_id": "hybridchat",
        "client_secret": "s3cret",
        "public_url": "https://chat.example.org",
    },
}


def test_the_documented_settings_load_as_they_stand(tmp_path: Path) -> None:
    page = (_ROOT / "docs" / "settings.md").read_text(encoding="utf-8")
    file = tmp_path / "settings.toml"
    file.write_text(page.partition("```toml\n")[2].partition("```")[0])

    settings = load_settings(file, environment={})

    assert settings.tables.queues["support"].wrap_up_seconds == 0.0
    assert settings.tables.agents["alice"].mrds == ["chat"]
    assert settings.openid is not None
    assert settings.openid.redirect_url == "https://chat.example.org/agent/v1/openid/callback"
    assert settings.openid.origin == "https://chat.example.org"


def test_the_demo_loads() -> None:
    assert "greeter" in load_settings(base=demo_settings("http://127.0.0.1:5005"), environment={}).tables.bots


def test_the_demo_waits_for_a_reader_who_follows_the_readme_by_hand() -> None:
    settings = load_settings(base=demo_settings("http://127.0.0.1:5005"), environment={})
    assert all(queue.offer_timeout_seconds >= 600 for queue in settings.tables.queues.values())
    assert all(queue.response_seconds is None for queue in settings.tables.queues.values())
    assert settings.authentication.access_token_seconds >= 3600


def test_a_bot_may_only_name_secrets_that_are_there_and_fit() -> None:
    bots = {
        "a": {"url": "http://bot", "signing_secret": "absent", "secret_headers": {"X-Key": "token"}},
        "b": {"url": "http://bot", "signing_secret": "token", "secret_headers": {"X-Key": "umlaut"}},
        "c": {"url": "http://bot", "signing_secret": "signing", "secret_headers": {"Host": "token"}},
    }
    secrets = {"token": "0123456789abcdef", "umlaut": "0123456789abcd\u00e9f", "signing": f"whsec_{'A' * 32}"}
    with pytest.raises(SettingsError) as raised:
        load_settings(base={"bots": bots, "secrets": secrets}, environment={})
    lines = str(raised.value).removeprefix("settings: ").splitlines()
    assert [line.partition(": ")[0] for line in lines] == [
        "bots.c.secret_headers.Host",
        "bots.a.signing_secret",
        "bots.b.signing_secret",
        "bots.b.secret_headers.X-Key",
    ]
    assert "HYBRIDCHAT__SECRETS__ABSENT" in lines[1]
    assert not any(secret in str(raised.value) for secret in secrets.values())


def test_the_later_source_wins(tmp_path: Path) -> None:
    file = tmp_path / "settings.toml"
    file.write_text("[server]\nport = 2\nhost = '::1'\n")
    environment = {"HYBRIDCHAT__SERVER__PORT": "3", "UNRELATED": "x"}

    settings = load_settings(file, environment, base={"server": {"port": 1, "data_dir": "base"}})

    assert (settings.server.port, settings.server.host, settings.server.data_dir) == (3, "::1", "base")
    assert load_settings(file, environment, overrides={"server": {"port": 4}}).server.port == 4


@pytest.mark.parametrize(
    ("table", "entry", "message"),
    [
        ("agents", {"sue": {}}, "agents.sue.name: Object missing required field `name`"),
        ("mrds", {"chat": {"max_tasks": 0}}, "mrds.chat.max_tasks: Expected `int` >= 1"),
        ("bots", {"b": {"url": "ftp://x"}}, "bots.b."),
        ("bots", {"b": {"url": "not a url"}}, "bots.b."),
        ("queues", {"sales": {"mrd": "voice"}}, "queues.sales.mrd: names 'voice'"),
        ("channels", {"web": {"queue": "nobody"}}, "channels.web.queue: names 'nobody'"),
        ("channels", {"web": {"queue": "support", "queues": ["vip"]}}, "channels.web.queues: names 'vip'"),
        ("channels", {"web": {"queue": "support", "bot": "hal"}}, "channels.web.bot: names 'hal'"),
        ("queues", {"sales": {"mrd": "chat", "calendar": "office"}}, "queues.sales.calendar: names 'office'"),
        (
            "queues",
            {"sales": {"mrd": "chat", "response_seconds": 0}},
            "queues.sales.response_seconds: Expected `float` > 0",
        ),
        ("calendars", {"office": {"zone": "Mars"}}, "calendars.office.zone: 'Mars'"),
        ("calendars", {"office": {}}, "calendars.office.zone: Object missing required field `zone`"),
        ("channels", {"web": {"queue": "support", "kind": "fax"}}, "channels.web."),
        ("agents", {"sue": {"name": "Sue", "mrds": ["fax"]}}, "agents.sue.mrds: names 'fax'"),
        ("api_keys", {"k": {"sha256": "short", "scopes": []}}, "api_keys.k."),
        ("queue", {}, "unknown field `queue`"),
        ("attachments", {"backend": "s3"}, "attachments.bucket: is missing"),
        ("attachments", {"backend": "s3", "bucket": "b" * 64}, "attachments.bucket"),
        ("attachments", {"backend": "ftp"}, "attachments.backend"),
        ("attachments", {"max_bytes": 0}, "attachments.max_bytes"),
        ("attachments", {"media_types": ["png"]}, "attachments.media_types"),
        ("attachments", {"endpoint": "localhost:9000"}, "attachments.endpoint"),
        ("attachments", {"secret_access_key": "x"}, "unknown field `secret_access_key`"),
        ("openid", {"client_secret": None}, "openid.client_secret"),
        ("openid", {"client_secret": ""}, "openid.client_secret"),
        ("openid", {"issuer": "http://login.example.org"}, "openid.issuer"),
        ("openid", {"issuer": "https://"}, "openid.issuer"),
        ("openid", {"public_url": "https://a@b.example"}, "openid.public_url"),
        ("openid", {"claim": "name"}, "openid.claim"),
        ("openid", {"allowed_origins": ["*"]}, "openid.allowed_origins"),
        ("openid", {"allowed_origins": ["https://desk.example.org/desk"]}, "openid.allowed_origins"),
        ("openid", {"scopes": ["email"]}, "openid.scopes: lacks 'openid'"),
    ],
)
def test_a_wrong_setting_is_named(table: str, entry: dict[str, Any], message: str) -> None:
    values = _WORKING | {table: _WORKING.get(table, {}) | entry}

    with pytest.raises(SettingsError) as raised:
        load_settings(base=values, environment={})

    assert message in str(raised.value)


def test_every_wrong_setting_is_named_with_what_is_allowed() -> None:
    with pytest.raises(SettingsError) as raised:
        load_settings(
            base={
                "feeds": {"buffer": 0, "bufer": 3},
                "journal": {"backend": "sqlit"},
                "queues": {"support": {"mrd": "chat", "distribution": "pushed"}},
            },
            environment={},
        )
    assert str(raised.value).splitlines() == [
        "settings: journal.backend: Invalid enum value 'sqlit'; write one of sqlite, memory",
        f"feeds.bufer: Object contains unknown field `bufer`; write one of {', '.join(FeedSettings.__struct_fields__)}",
        "feeds.buffer: Expected `int` >= 1",
        "queues.support.distribution: Invalid enum value 'pushed'; write one of push, pull",
    ]


@pytest.mark.parametrize(
    ("variable", "text", "message"),
    [
        ("HYBRIDCHAT__SERVER__PORT", "many", "server.port"),
        ("HYBRIDCHAT__SERVER__PORT__X", "1", "port"),
        ("HYBRIDCHAT__AUTHENTICATION__SECRET", "short", "length >= 32"),
    ],
)
def test_a_wrong_variable_is_named(variable: str, text: str, message: str) -> None:
    with pytest.raises(SettingsError, match=message):
        load_settings(base={"server": {"port": 1}}, environment={variable: text})


def test_the_providers_secret_may_come_from_the_environment_and_is_not_printed_when_wrong() -> None:
    values = _WORKING | {
        "openid": {name: value for name, value in _WORKING["openid"].items() if name != "client_secret"}
    }
    with pytest.raises(SettingsError, match="client_secret"):
        load_settings(base=values, environment={})
    settings = load_settings(base=values, environment={"HYBRIDCHAT__OPENID__CLIENT_SECRET": "from-the-vault"})
    assert settings.openid is not None
    assert settings.openid.client_secret == "from-the-vault"
    with pytest.raises(SettingsError) as raised:
        load_settings(base=values, environment={"HYBRIDCHAT__OPENID__CLIENT_SECRET": "123456"})
    assert "client_secret" in str(raised.value)
    assert "123456" not in str(raised.value)


@pytest.mark.parametrize("network", ["*", "localhost", "10.0.0.0/33"])
@pytest.mark.parametrize(
    ("section", "key"), [("server", "trusted_proxies"), ("webhook_delivery", "allowed_private_networks")]
)
def test_trusted_networks_are_addresses_or_networks(section: str, key: str, network: str) -> None:
    with pytest.raises(SettingsError, match=rf"{section}\.{key}:? .* is no address or network"):
        load_settings(environment={}, overrides={section: {key: [network]}})
