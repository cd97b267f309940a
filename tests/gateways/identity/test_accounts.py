"""Accounts and logins are kept outside the event log."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import argon2
import pytest

from gateways.identity.accounts import Accounts
from gateways.identity.exceptions import InvalidCredentialsError

FULL_STRENGTH = argon2.PasswordHasher


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "accounts.db"


@pytest.fixture
def accounts(file: Path, quick_passwords: None) -> Iterator[Accounts]:
    with closing(Accounts(file, 3600)) as opened:
        opened.set_passwords({"alice": "demo"})
        yield opened


def test_passwords_are_hashed_with_argon2id(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("gateways.identity.accounts.argon2.PasswordHasher", FULL_STRENGTH)
    with closing(Accounts(file, 3600)) as accounts:
        accounts.set_passwords({"alice": "open sesame"})
        accounts.log_in("alice", "open sesame")
    assert b"open sesame" not in file.read_bytes()
    with closing(sqlite3.connect(file)) as connection:
        ((kept,),) = connection.execute("SELECT password_hash FROM passwords")
    assert argon2.extract_parameters(kept) == argon2.profiles.RFC_9106_LOW_MEMORY


def test_refresh_tokens_are_kept_as_digests(file: Path, accounts: Accounts) -> None:
    login = accounts.log_in("alice", "demo")
    assert login.refresh_token.encode() not in b"".join(part.read_bytes() for part in file.parent.glob("accounts.db*"))


def test_a_password_is_replaced(accounts: Accounts) -> None:
    accounts.set_passwords({"alice": "other", "bob": "demo"})
    with pytest.raises(InvalidCredentialsError):
        accounts.log_in("alice", "demo")
    assert accounts.log_in("alice", "other").agent_id == "alice"
    assert accounts.with_password() == {"alice", "bob"}


def test_a_known_password_is_hashed_once_for_all_agents(accounts: Accounts, file: Path) -> None:
    accounts.set_known_password(["alice", "bob"], "known")
    assert [accounts.log_in(name, "known").agent_id for name in ("alice", "bob")] == ["alice", "bob"]
    with pytest.raises(InvalidCredentialsError):
        accounts.log_in("alice", "demo")
    with closing(sqlite3.connect(file)) as connection:
        assert connection.execute("SELECT count(DISTINCT password_hash) FROM passwords").fetchone() == (1,)


def test_each_login_has_its_own_session(accounts: Accounts) -> None:
    one, other = [accounts.log_in("alice", "demo") for _ in range(2)]
    assert one.session_id != other.session_id
    assert one.refresh_token != other.refresh_token
    assert accounts.end_sessions("alice") == {one.session_id, other.session_id}
    assert not accounts.is_active(one.session_id)
    assert accounts.end_sessions("alice") == set()


def test_refreshing_keeps_the_session_and_replaces_its_token(accounts: Accounts) -> None:
    login = accounts.log_in("alice", "demo")
    refreshed = accounts.refresh(login.refresh_token)
    assert (refreshed.session_id, refreshed.agent_id) == (login.session_id, "alice")
    assert accounts.is_active(login.session_id)
    with pytest.raises(InvalidCredentialsError):
        accounts.refresh(login.refresh_token)


def test_sessions_survive_a_restart_until_they_expire(file: Path, quick_passwords: None) -> None:
    with closing(Accounts(file, 3600)) as accounts:
        accounts.set_passwords({"alice": "demo"})
        lasting = accounts.log_in("alice", "demo")
    with closing(Accounts(file, -1)) as accounts:
        assert accounts.is_active(lasting.session_id)
        over = accounts.log_in("alice", "demo")
        with pytest.raises(InvalidCredentialsError):
            accounts.refresh(over.refresh_token)
    with closing(Accounts(file, 3600)) as accounts:
        assert accounts.is_active(lasting.session_id)
        assert not accounts.is_active(over.session_id)


def test_without_a_file_accounts_live_in_memory(quick_passwords: None) -> None:
    with closing(Accounts(None, 3600)) as accounts:
        accounts.set_passwords({"alice": "demo"})
        assert accounts.is_active(accounts.log_in("alice", "demo").session_id)
