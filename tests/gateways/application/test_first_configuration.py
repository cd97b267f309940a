"""The settings' tables are only the first configuration; afterwards the recorded configuration applies."""

import logging
from pathlib import Path

import msgspec
import pytest

from config import SettingsError
from gateways.application.first_configuration import warn_of_differences
from gateways.application.opening import open_services
from schemas.configuration import Queue, Tables
from tests.gateways.api.admin.administrators import Administrator
from tests.gateways.centre import centre_settings, open_centre

pytestmark = [pytest.mark.asyncio, pytest.mark.usefixtures("quick_passwords")]


async def test_the_settings_are_the_first_configuration(tmp_path: Path) -> None:
    async with open_centre(tmp_path, queues={"vip": {"mrd": "chat"}}) as centre:
        assert centre.services.configuration.tables == centre.services.settings.tables
        records = centre.services.journal.read_stream("configuration-centre")
        assert {(record.type, record.actor) for record in records} == {("ItemConfigured", "system")}


async def test_the_recorded_configuration_takes_precedence_over_the_settings(tmp_path: Path) -> None:
    async with open_centre(tmp_path) as centre:
        configured = centre.services.configuration.tables
    async with open_centre(tmp_path, queues={"vip": {"mrd": "chat"}}) as centre:
        assert centre.services.configuration.tables == configured
        assert centre.opened_at == len(centre.services.journal.read_all())


async def test_without_tables_nothing_is_configured_or_recorded(tmp_path: Path) -> None:
    settings = msgspec.structs.replace(centre_settings(tmp_path), tables=Tables())
    async with open_services(settings) as services:
        assert services.journal.last_position() == 0
        assert services.configuration.tables == Tables()


async def test_refused_tables_end_the_start(tmp_path: Path) -> None:
    tables = Tables(queues={"vip": Queue(mrd="none")})
    settings = msgspec.structs.replace(centre_settings(tmp_path), tables=tables)
    with pytest.raises(SettingsError, match=r"queues\.vip\.mrd names 'none'"):
        async with open_services(settings):
            pytest.fail("a queue without an MRD")


async def test_one_warning_names_the_differences(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    async with open_centre(tmp_path) as centre:
        root = await Administrator.come(centre)
        await root.configure("queues/vip", {"mrd": "chat"})
        warn_of_differences(centre.services.configuration, centre.services.settings.tables)
        assert caplog.records == []
        for number in range(7):
            await root.configure(f"agents/{['alice', 'bob', 'carol'][number % 3]}", {"name": f"Agent {number}"})
        await root.remove("channels/callback")
        with caplog.at_level(logging.WARNING):
            warn_of_differences(centre.services.configuration, centre.services.settings.tables)
    (warning,) = caplog.messages
    assert "channels.callback, agents.alice, agents.bob, agents.carol" in warning
    assert "hybridchat configuration import FILE" in warning


async def test_a_removed_agents_password_is_forgotten_at_the_next_start(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with open_centre(tmp_path) as centre:
        monkeypatch.setattr("gateways.identity.accounts.Accounts.remove", lambda *_: None)
        root = await Administrator.come(centre)
        await root.remove("agents/carol")
        assert "carol" in centre.services.accounts.with_password()
    monkeypatch.undo()
    async with open_services(centre_settings(tmp_path)) as services:
        assert "carol" not in services.accounts.with_password()
        assert "alice" in services.accounts.with_password()
