"""``hybridchat connectors``, against a running server."""

import asyncio
import hashlib
from collections.abc import AsyncIterator

import pytest
import pytest_asyncio
from click.testing import CliRunner, Result

from gateways.command_line import main
from tests.gateways.centre import Centre, open_centre
from tests.gateways.connectors.channels.telegram.stand_in import TOKEN, StandInTelegram, serve_telegram

pytestmark = pytest.mark.asyncio(loop_scope="module")

KEYS = {"rules": {"sha256": hashlib.sha256(b"rules").hexdigest(), "scopes": ["admin"]}}


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def telegram() -> AsyncIterator[StandInTelegram]:
    async with serve_telegram() as served:
        yield served


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def centre(tmp_path_factory: pytest.TempPathFactory, telegram: StandInTelegram) -> AsyncIterator[Centre]:
    connector = {"type": "telegram", "token": "telegram_token", "updates": "polling", "base_url": telegram.url}
    channels = {"telegram": {"kind": "connector", "queue": "support", "connector": connector}}
    secrets = {"telegram_token": TOKEN}
    path = tmp_path_factory.mktemp("centre")
    async with open_centre(path, channels=channels, secrets=secrets, api_keys=KEYS) as opened:
        yield opened


async def run(centre: Centre, *arguments: str) -> Result:
    runner = CliRunner(env={"HYBRIDCHAT_API_KEY": "rules"})
    return await asyncio.to_thread(runner.invoke, main, ["connectors", *arguments, "--url", centre.url])


async def test_a_check_says_what_is_right(centre: Centre) -> None:
    result = await run(centre, "check", "telegram")
    assert result.stdout == "ok: The bot is @centre_bot.\nok: The server polls.\n"
    assert result.exit_code == 0


async def test_a_fault_is_the_exit_code_until_it_is_set_right(centre: Centre, telegram: StandInTelegram) -> None:
    telegram.webhook = {"url": "https://elsewhere.example/hook"}
    result = await run(centre, "check", "telegram")
    assert "fault: A webhook is set at elsewhere.example" in result.stdout
    assert result.exit_code == 1
    result = await run(centre, "setup", "telegram")
    assert (result.stdout, result.exit_code) == ("ok: The server polls; no webhook is set.\n", 0)
    assert (await run(centre, "check", "telegram")).exit_code == 0


async def test_a_channel_without_a_connector_is_an_error(centre: Centre) -> None:
    result = await run(centre, "check", "web")
    assert result.exit_code == 1
    assert "the channel 'web' has no connector" in result.stderr
