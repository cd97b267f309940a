"""The settings: where they come from, and what is said of wrong ones."""

from pathlib import Path
from typing import Any

import pytest

from config import ConfigurationError, load_settings
from config.demo import demo_settings
from schemas.agents import MrdSettings

_ROOT = Path(__file__).parent.parent.parent
_WORKING: dict[str, dict[str, Any]] = {"mrds": {"chat": {"max_tasks": 2}}, "queues": {"support": {"mrd": "chat"}}}


def test_the_documented_settings_load_as_they_stand(tmp_path: Path) -> None:
    page = (_ROOT / "docs" / "settings.md").read_text(encoding="utf-8")
    file = tmp_path / "settings.toml"
    file.write_text(page.partition("```toml\n")[2].partition("```")[0])

    settings = load_settings(file, environment={})

    assert settings.queues["support"].wrap_up_seconds == 0.0
    assert settings.agent_settings("alice").mrds == {"chat": MrdSettings(3)}


def test_the_demo_loads() -> None:
    assert "greeter" in load_settings(base=demo_settings("http://127.0.0.1:5005"), environment={}).bots


def test_the_later_source_wins(tmp_path: Path) -> None:
    file = tmp_path / "settings.toml"
    file.write_text("[server]\nport = 2\nhost = '::1'\n")
    environment = {"HYBRIDCHAT__SERVER__PORT": "3", "UNRELATED": "x"}

    settings = load_settings(file, environment, base={"server": {"port": 1, "data_dir": "base"}})

    assert (settings.server.port, settings.server.host, settings.server.data_dir) == (3, "::1", "base")
    assert load_settings(file, environment, overrides={"server": {"port": 4}}).server.port == 4


@pytest.mark.parametrize(
    ("table", "entry", "said"),
    [
        ("agents", {"sue": {}}, "[agents.sue]: Object missing required field `name`"),
        ("mrds", {"chat": {"max_tasks": 0}}, "[mrds.chat]: Expected `int` >= 1"),
        ("bots", {"b": {"url": "ftp://x"}}, "[bots.b]:"),
        ("bots", {"b": {"url": "not a url"}}, "[bots.b]:"),
        ("queues", {"sales": {"mrd": "voice"}}, "queues.sales.mrd names 'voice'"),
        ("channels", {"web": {"queue": "nobody"}}, "channels.web.queue names 'nobody'"),
        ("channels", {"web": {"queue": "support", "bot": "hal"}}, "channels.web.bot names 'hal'"),
        ("queues", {"sales": {"mrd": "chat", "calendar": "office"}}, "queues.sales.calendar names 'office'"),
        ("queues", {"sales": {"mrd": "chat", "response_seconds": 0}}, "[queues.sales]: Expected `float` > 0"),
        ("calendars", {"office": {"zone": "Mars"}}, "calendars.office.zone: 'Mars'"),
        ("calendars", {"office": {}}, "[calendars.office]: Object missing required field `zone`"),
        ("channels", {"web": {"queue": "support", "kind": "fax"}}, "[channels.web]:"),
        ("agents", {"sue": {"name": "Sue", "mrds": ["fax"]}}, "agents.sue.mrds names 'fax'"),
        ("api_keys", {"k": {"sha256": "short", "scopes": []}}, "[api_keys.k]:"),
        ("queue", {}, "unknown field `queue`"),
    ],
)
def test_what_is_wrong_is_named(table: str, entry: dict[str, Any], said: str) -> None:
    values = _WORKING | {table: _WORKING.get(table, {}) | entry}

    with pytest.raises(ConfigurationError) as raised:
        load_settings(base=values, environment={})

    assert said in str(raised.value)


@pytest.mark.parametrize(
    ("variable", "text", "said"),
    [
        ("HYBRIDCHAT__SERVER__PORT", "many", "server.port"),
        ("HYBRIDCHAT__SERVER__PORT__X", "1", "port"),
        ("HYBRIDCHAT__AUTHENTICATION__SECRET", "short", "length >= 32"),
    ],
)
def test_a_wrong_variable_is_named(variable: str, text: str, said: str) -> None:
    with pytest.raises(ConfigurationError, match=said):
        load_settings(base={"server": {"port": 1}}, environment={variable: text})
