"""An administrator has a channel's provider asked whether all is set up, and has it set up there."""

import asyncio
import logging
from collections.abc import AsyncIterator
from typing import Any

import pytest
import pytest_asyncio

from config.log import FIELDS
from gateways.connectors.channels import examining
from tests.gateways.api.admin.administrators import Administrator
from tests.gateways.centre import NO_BOT, Centre, open_centre
from tests.gateways.connectors.channels.rest.provider import RestProvider
from tests.gateways.connectors.channels.rest.stand_in import StandInConnector, serve_connector
from tests.gateways.connectors.channels.telegram.stand_in import TOKEN, StandInTelegram, serve_telegram

pytestmark = pytest.mark.asyncio(loop_scope="module")

POLLED: dict[str, Any] = {"type": "telegram", "token": "telegram_token", "updates": "polling", "base_url": NO_BOT}


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def other_end() -> AsyncIterator[StandInConnector]:
    async with serve_connector() as served:
        yield served


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def telegram() -> AsyncIterator[StandInTelegram]:
    async with serve_telegram() as served:
        yield served


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def centre(
    tmp_path_factory: pytest.TempPathFactory, other_end: StandInConnector, telegram: StandInTelegram
) -> AsyncIterator[Centre]:
    rest = {"type": "rest", "url": other_end.url, "signing_secret": "rest_signing"}
    connectors = {
        "rest": rest,
        "away": {**rest, "url": f"{NO_BOT}/hybridchat"},
        "telegram": {**POLLED, "base_url": telegram.url},
    }
    channels = {name: {"kind": "connector", "queue": "support", "connector": each} for name, each in connectors.items()}
    secrets = {**RestProvider.secrets, "telegram_token": TOKEN}
    async with open_centre(tmp_path_factory.mktemp("centre"), channels=channels, secrets=secrets) as opened:
        yield opened


async def findings(centre: Centre, channel: str, operation: str = "check") -> list[tuple[str, str]]:
    root = await Administrator.come(centre)
    found = (await root.post(f"/admin/v1/channels/{channel}/{operation}", None)).of(200)["findings"]
    return [(each["status"], each["words"]) for each in found]


async def test_what_is_right_and_what_is_missing_is_said(centre: Centre) -> None:
    taken, address = await findings(centre, "rest")
    assert taken == ("ok", "the connector takes signed calls")
    assert address[0] == "warning"
    assert "public address is not set" in address[1]


async def test_a_channel_that_is_polled_needs_no_public_address(centre: Centre) -> None:
    assert await findings(centre, "telegram") == [("ok", "The bot is @centre_bot."), ("ok", "The server polls.")]


async def test_setting_up_changes_what_the_provider_has(centre: Centre, telegram: StandInTelegram) -> None:
    telegram.webhook = {"url": "https://elsewhere.example/hook"}
    assert [status for status, _ in await findings(centre, "telegram")] == ["ok", "fault"]
    assert await findings(centre, "telegram", "setup") == [("ok", "The server polls; no webhook is set.")]
    assert not telegram.webhook


@pytest.mark.parametrize("operation", ["check", "setup"])
async def test_a_provider_that_cannot_be_reached_is_a_fault(centre: Centre, operation: str) -> None:
    first = (await findings(centre, "away", operation))[0]
    if operation == "check":
        assert first == ("fault", "the provider cannot be reached: ClientConnectorError")
    else:
        assert first[0] == "warning", "nothing is to be asked, and the address is missing"


async def test_a_secret_that_has_gone_is_a_fault(centre: Centre, monkeypatch: pytest.MonkeyPatch) -> None:
    """As after a start without it."""
    monkeypatch.setattr(centre.services.settings.secrets, "_texts", {})
    ((status, words),) = await findings(centre, "telegram")
    assert status == "fault"
    assert words.startswith("secrets.telegram_token is not set")


async def test_a_provider_that_does_not_end_is_left(
    centre: Centre, telegram: StandInTelegram, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def waits(parameters: object) -> Any:
        await asyncio.Event().wait()

    monkeypatch.setattr(examining, "_MAX_SECONDS", 0.05)
    monkeypatch.setattr(telegram, "_call", lambda name, request: waits(request))
    assert await findings(centre, "telegram") == [("fault", "the provider has not answered everything within 0.05 s")]


async def test_other_channels_have_nobody_to_ask(centre: Centre) -> None:
    root = await Administrator.come(centre)
    (await root.post("/admin/v1/channels/web/check", None)).problem(409, "no_connector")
    (await root.post("/admin/v1/channels/web/setup", None)).problem(409, "no_connector")
    (await root.post("/admin/v1/channels/nobody/check", None)).problem(404, "not_found")


async def test_both_are_audited(centre: Centre, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.INFO, "hybridchat.audit")
    await findings(centre, "rest")
    await findings(centre, "rest", "setup")
    lines = [getattr(record, FIELDS) for record in caplog.records if record.name == "hybridchat.audit"]
    asked = [(line["event"], line["by"], line["subject"]) for line in lines if line["event"] != "login"]
    assert asked == [("channel_checked", "agent:root", "rest"), ("channel_set_up", "agent:root", "rest")]
