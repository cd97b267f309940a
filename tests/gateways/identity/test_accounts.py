"""Accounts and logins are kept outside the event log."""

import sqlite3
import unicodedata
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from typing import Any, Literal

import argon2
import pytest

from gateways.identity.accounts import Accounts
from gateways.identity.exceptions import InvalidCredentialsError
from gateways.identity.sessions import SessionOrigin

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
    assert accounts.sessions.end_all("alice") == {one.session_id, other.session_id}
    assert not accounts.sessions.is_active(one.session_id)
    assert accounts.sessions.end_all("alice") == set()


def test_refreshing_keeps_the_session_and_replaces_its_token(accounts: Accounts) -> None:
    login = accounts.log_in("alice", "demo")
    refreshed = accounts.sessions.refresh(login.refresh_token)
    assert (refreshed.session_id, refreshed.agent_id) == (login.session_id, "alice")
    assert accounts.sessions.is_active(login.session_id)


def test_sessions_survive_a_restart_until_they_expire(file: Path, quick_passwords: None) -> None:
    with closing(Accounts(file, 3600)) as accounts:
        accounts.set_passwords({"alice": "demo"})
        lasting = accounts.log_in("alice", "demo")
    with closing(Accounts(file, -1)) as accounts:
        assert accounts.sessions.is_active(lasting.session_id)
        over = accounts.log_in("alice", "demo")
        with pytest.raises(InvalidCredentialsError):
            accounts.sessions.refresh(over.refresh_token)
    with closing(Accounts(file, 3600)) as accounts:
        assert accounts.sessions.is_active(lasting.session_id)
        assert not accounts.sessions.is_active(over.session_id)


def test_without_a_file_accounts_live_in_memory(quick_passwords: None) -> None:
    with closing(Accounts(None, 3600)) as accounts:
        accounts.set_passwords({"alice": "demo"})
        assert accounts.sessions.is_active(accounts.log_in("alice", "demo").session_id)


def test_a_new_password_ends_what_the_old_one_opened(accounts: Accounts) -> None:
    opened = [accounts.log_in("alice", "demo").session_id for _ in range(2)]
    accounts.set_passwords({"bob": "demo"})
    assert accounts.set_passwords({"alice": "other", "bob": "other"}) == set(opened)
    assert not any(accounts.sessions.is_active(each) for each in opened)


class Overtaken(argon2.PasswordHasher):
    """Checks a password while something happens to the account."""

    meanwhile: Callable[[], object] = staticmethod(lambda: None)

    def verify(self, *given: Any) -> Any:
        verified = super().verify(*given)
        self.meanwhile()
        return verified


@pytest.mark.parametrize("happens", ["a new password", "a removal", "a removal and a namesake"])
def test_a_login_is_not_overtaken_by(happens: str, file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    hasher = Overtaken(time_cost=1, memory_cost=8, parallelism=1)
    monkeypatch.setattr("gateways.identity.accounts.argon2.PasswordHasher", lambda: hasher)

    def happen() -> None:
        hasher.meanwhile = lambda: None
        if "removal" in happens:
            opened.remove("alice")
        if happens != "a removal":
            opened.set_passwords({"alice": "demo"})

    with closing(Accounts(file, 3600)) as opened:
        opened.set_passwords({"alice": "demo"})
        hasher.meanwhile = happen
        with pytest.raises(InvalidCredentialsError):
            opened.log_in("alice", "demo")
        assert opened.sessions.of_agent("alice") == []


def test_an_agent_who_knows_the_current_password_changes_it(accounts: Accounts) -> None:
    before = accounts.log_in("alice", "demo")
    with pytest.raises(InvalidCredentialsError):
        accounts.change_password("alice", "wrong", "other", SessionOrigin())
    after = accounts.change_password("alice", "demo", "other", SessionOrigin())
    assert [session.session_id for session in accounts.sessions.of_agent("alice")] == [after.session_id]
    assert not accounts.sessions.is_active(before.session_id)
    assert accounts.log_in("alice", "other").agent_id == "alice"


@pytest.mark.parametrize("form", ["NFC", "NFD", "NFKC", "NFKD"])
def test_all_unicode_forms_of_a_name_and_of_a_password_are_one(
    accounts: Accounts, form: Literal["NFC", "NFD", "NFKC", "NFKD"]
) -> None:
    accounts.set_passwords({"alice": unicodedata.normalize("NFD", "Gr\u00fc\u00dfe \ufb01nden")})
    password = unicodedata.normalize(form, "Gr\u00fc\u00dfe \ufb01nden")
    assert accounts.log_in("alice", password).agent_id == "alice"
    assert accounts.log_in("\uff41\uff4c\uff49\uff43\uff45", password).agent_id == "alice"
