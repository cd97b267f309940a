"""The guide to Telegram configures a channel that works, and promises what the connector does."""

import re
from pathlib import Path

from config import load_settings
from config.demo import demo_settings
from gateways.connectors.channels.telegram.connector import CAPABILITIES
from schemas.configuration.connectors import TelegramSettings
from tests.gateways.centre import NO_BOT

_PAGE = (Path(__file__).parents[5] / "docs/channels/telegram.md").read_text(encoding="utf-8")


def _settings(tmp_path: Path, *blocks: str) -> TelegramSettings:
    file = tmp_path / "centre.toml"
    file.write_text("\n".join(re.sub(r"^   ", "", block, flags=re.MULTILINE) for block in blocks), encoding="utf-8")
    environment = dict(re.findall(r"export (HYBRIDCHAT__SECRETS__\w+)=['\"](.+)['\"]", _PAGE))
    assert len(environment) == 2
    settings = load_settings(file, base=demo_settings(NO_BOT), environment=environment)
    connector = settings.tables.channels["telegram"].connector
    assert isinstance(connector, TelegramSettings)
    return connector


def test_the_settings_of_the_guide_are_valid(tmp_path: Path) -> None:
    webhook, polling = re.findall(r"```toml\n(.*?)```", _PAGE, re.DOTALL)
    assert _settings(tmp_path, webhook).updates == "webhook"
    channel = webhook.partition("[channels.telegram.connector]")[0]
    assert _settings(tmp_path, channel, polling).updates == "polling"


def test_the_limits_of_the_guide_are_the_connectors() -> None:
    megabytes = {kind: size // 1024 // 1024 for kind, size in CAPABILITIES.media.items()}
    assert megabytes == {"image": 10, "audio": 50, "video": 50, "file": 50}
    assert "up to 50 MB (photos up to 10 MB)" in _PAGE
    assert f"texts of up to {CAPABILITIES.caption_limit:,} characters" in _PAGE
    assert f"up to {CAPABILITIES.text_limit:,} characters" in _PAGE
    assert f"titles of up to {CAPABILITIES.button_title_limit} characters" in _PAGE
