"""``hybridchat agents``."""

import os
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest

from gateways.application.opening import open_services
from gateways.data_directory import DataDirectory
from gateways.identity.accounts import Accounts
from gateways.identity.exceptions import InvalidCredentialsError
from gateways.services.asking import ask
from schemas.commands import ConfigureItem
from schemas.configuration import Agent
from schemas.records import CENTRE
from schemas.replies import ConfigurationReply
from tests.gateways.centre import centre_settings
from tests.gateways.command_line.commands import run


@contextmanager
def accounts(data_dir: Path) -> Iterator[Accounts]:
    with closing(Accounts(DataDirectory(data_dir).accounts, 3600)) as opened:
        yield opened


def set_password(data_dir: Path, *options: str, stdin: str) -> str:
    result = run("agents", "set-password", *options, data_dir=data_dir, stdin=stdin)
    assert result.exit_code == 0, result.output
    return result.output


@pytest.mark.parametrize("stdin", ["correct horse", "correct horse\n", "correct horse\r\nanother line\n"])
def test_a_password_is_read_from_standard_input(tmp_path: Path, stdin: str) -> None:
    output = set_password(tmp_path, "alice", "--demo", "--password-stdin", stdin=stdin)
    assert output == "The password of alice is set; sessions ended: 0\n"
    with accounts(tmp_path) as opened:
        assert opened.log_in("alice", "correct horse").agent_id == "alice"


def test_a_password_is_asked_for_twice_and_not_shown(tmp_path: Path) -> None:
    output = set_password(tmp_path, "alice", "--demo", stdin="correct horse\ncorrect horse\n")
    assert "correct" not in output
    with accounts(tmp_path) as opened:
        assert opened.with_password() == {"alice"}


def test_two_passwords_that_differ_are_asked_for_again(tmp_path: Path) -> None:
    output = set_password(tmp_path, "alice", "--demo", stdin="correct horse\nwrong horse\n" + "second horse\n" * 2)
    assert "do not match" in output
    with accounts(tmp_path) as opened:
        assert opened.log_in("alice", "second horse").agent_id == "alice"


def test_a_new_password_replaces_the_old_one_and_ends_its_sessions(tmp_path: Path) -> None:
    with accounts(tmp_path) as opened:
        opened.set_passwords({"alice": "old password", "bob": "bobs password"})
        old, other = opened.log_in("alice", "old password"), opened.log_in("bob", "bobs password")
    output = set_password(tmp_path, "alice", "--demo", "--password-stdin", stdin="correct horse")
    assert "sessions ended: 1" in output
    with accounts(tmp_path) as opened:
        assert opened.sessions.refresh(other.refresh_token).agent_id == "bob"
        with pytest.raises(InvalidCredentialsError):
            opened.sessions.refresh(old.refresh_token)
        with pytest.raises(InvalidCredentialsError):
            opened.log_in("alice", "old password")


def test_the_password_of_an_agent_in_a_settings_file_can_be_set(tmp_path: Path) -> None:
    config = tmp_path / "settings.toml"
    config.write_text('[agents.dave]\nname = "Dave"\n')
    set_password(tmp_path, "dave", "--config", str(config), "--password-stdin", stdin="correct horse")
    with accounts(tmp_path) as opened:
        assert opened.with_password() == {"dave"}


@pytest.mark.asyncio
async def test_after_the_first_start_the_journal_knows_the_agents(tmp_path: Path) -> None:
    async with open_services(centre_settings(tmp_path)) as services:
        command = ConfigureItem(at=services.clock(), name="dave", item=Agent(name="Dave"))
        await ask(services, CENTRE, command, "system", ConfigurationReply)
    set_password(tmp_path, "dave", "--password-stdin", stdin="correct horse")
    refused = run("agents", "set-password", "eve", "--password-stdin", data_dir=tmp_path, stdin="correct horse")
    assert "no agent 'eve' is configured; there are alice, bob, carol, dave, root, sue" in refused.stderr


@pytest.mark.parametrize(
    ("options", "stdin", "message"),
    [
        (["alice"], "", "no agent 'alice' is configured; there is none yet; name the server's settings with --config"),
        (["dave", "--demo"], "", "no agent 'dave' is configured; there are alice, bob, carol, root, sue"),
        (["alice", "--demo"], "", "the password is empty"),
        (["alice", "--demo"], "\nsecond line", "the password is empty"),
        (["alice", "--demo"], "1234567", "the password is too short; it needs 12 characters"),
        (["alice", "--demo"], "Alice12345678", "the password is guessed too easily"),
        (["alice", "--demo"], "x" * 129, "the password is longer than 128 characters"),
    ],
)
def test_a_password_that_cannot_be_set_is_refused(tmp_path: Path, options: list[str], stdin: str, message: str) -> None:
    result = run("agents", "set-password", *options, "--password-stdin", data_dir=tmp_path, stdin=stdin)
    assert result.exit_code == 1
    assert message in result.stderr
    assert not DataDirectory(tmp_path).accounts.exists()


def test_a_missing_data_directory_is_not_made(tmp_path: Path) -> None:
    missing = tmp_path / "missing"
    result = run("agents", "set-password", "alice", "--demo", "--password-stdin", data_dir=missing, stdin="x" * 8)
    assert f"no data directory {missing}; start the server once" in result.stderr
    assert not missing.exists()


def test_accounts_in_memory_cannot_be_changed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(os.environ, "HYBRIDCHAT__JOURNAL__BACKEND", "memory")
    result = run(
        "agents", "set-password", "alice", "--demo", "--password-stdin", data_dir=tmp_path, stdin="correct horse"
    )
    assert "journal.backend is memory" in result.stderr


def test_accounts_that_cannot_be_opened_are_an_error(tmp_path: Path) -> None:
    DataDirectory(tmp_path).accounts.write_text("no database" * 100)
    result = run(
        "agents", "set-password", "alice", "--demo", "--password-stdin", data_dir=tmp_path, stdin="correct horse"
    )
    assert result.exit_code == 1
    assert f"cannot write {DataDirectory(tmp_path).accounts}: file is not a database" in result.stderr
