"""Accounts and logins: passwords as argon2id hashes, refresh tokens as digests, both outside the event log."""

import asyncio
import hashlib
import secrets
import time
from collections.abc import Iterable, Mapping
from functools import cached_property
from pathlib import Path

import argon2
import msgspec

from gateways.data_directory.sqlite_file import SqliteFile
from gateways.identity.exceptions import InvalidCredentialsError
from schemas.identifiers import new_id

__all__ = ["Accounts", "Login"]

_MAX_HASHED_AT_ONCE = 2
"""Each hash takes 64 MiB, and a whole shift may log in at once."""

_REMEDY = (
    "put a copy back, or move the file away: every agent then logs in again, with a password that "
    "`hybridchat agents set-password` sets anew"
)
_SCHEMA = """
CREATE TABLE IF NOT EXISTS passwords (agent_id TEXT PRIMARY KEY, password_hash TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS sessions (
    session_id TEXT PRIMARY KEY,
    agent_id TEXT NOT NULL,
    refresh_digest TEXT NOT NULL UNIQUE,
    expires_at REAL NOT NULL
);
CREATE INDEX IF NOT EXISTS ix_sessions_agent_id ON sessions (agent_id);
"""


class Login(msgspec.Struct, frozen=True):
    """A session of an agent, and the token that prolongs it."""

    session_id: str
    agent_id: str
    refresh_token: str


class Accounts:
    """The file of passwords and sessions. The methods that touch passwords take 0.05 to 0.2 s of one core.

    A caller that logs agents in from an event loop must hold ``hashing`` meanwhile. Every method that touches the file
    may raise DataFileError.
    """

    def __init__(self, file: Path | None, refresh_seconds: int) -> None:
        """Without a file the accounts live in memory."""
        self._refresh_seconds = refresh_seconds
        self._file = SqliteFile(file, _SCHEMA, _REMEDY)
        self._hasher = argon2.PasswordHasher()
        self.hashing = asyncio.Semaphore(_MAX_HASHED_AT_ONCE)
        with self._file.transaction() as connection:
            connection.execute("DELETE FROM sessions WHERE expires_at <= ?", (time.time(),))
            self._active = {row[0] for row in connection.execute("SELECT session_id FROM sessions")}

    def close(self) -> None:
        self._file.close()

    def set_passwords(self, passwords: Mapping[str, str]) -> None:
        """Sets the password of each agent id."""
        self._save({name: self._hasher.hash(text) for name, text in passwords.items()})

    def set_known_password(self, agent_ids: Iterable[str], password: str) -> None:
        """Sets a password that is no secret for all of these agents. It is hashed once, so that many agents take no
        longer than one."""
        self._save(dict.fromkeys(agent_ids, self._hasher.hash(password)))

    def with_password(self) -> set[str]:
        """The ids of the agents who have a password."""
        with self._file.transaction() as connection:
            return {row[0] for row in connection.execute("SELECT agent_id FROM passwords")}

    def log_in(self, agent_id: str, password: str) -> Login:
        """Opens a session. Raises InvalidCredentialsError; an unknown name takes the same time as a wrong password."""
        with self._file.transaction() as connection:
            row = connection.execute("SELECT password_hash FROM passwords WHERE agent_id = ?", (agent_id,)).fetchone()
        unknown = self._hash_of_unknown
        try:
            self._hasher.verify(row[0] if row else unknown, password)
        except argon2.exceptions.VerifyMismatchError:
            raise InvalidCredentialsError("the username or the password is wrong") from None
        if row is None:
            raise InvalidCredentialsError("the username or the password is wrong")
        return self.open_session(agent_id)

    def refresh(self, refresh_token: str) -> Login:
        """Prolongs the session and replaces its refresh token. Raises InvalidCredentialsError."""
        replacement = secrets.token_urlsafe(32)
        with self._file.transaction() as connection:
            row = connection.execute(
                "UPDATE sessions SET refresh_digest = ?, expires_at = ? WHERE refresh_digest = ? AND expires_at > ? "
                "RETURNING session_id, agent_id",
                (_digest(replacement), time.time() + self._refresh_seconds, _digest(refresh_token), time.time()),
            ).fetchone()
        if row is None:
            raise InvalidCredentialsError("the refresh token is unknown, used or expired; log in again")
        session_id, agent_id = row
        return Login(session_id, agent_id, replacement)

    def end_sessions(self, agent_id: str) -> set[str]:
        """Ends all sessions of the agent and returns their ids."""
        with self._file.transaction() as connection:
            rows = connection.execute("DELETE FROM sessions WHERE agent_id = ? RETURNING session_id", (agent_id,))
            ended = {row[0] for row in rows}
        self._active -= ended
        return ended

    def remove(self, agent_id: str) -> None:
        """Ends the agent's sessions and forgets the password, so that a later agent of the same name starts anew."""
        self.end_sessions(agent_id)
        with self._file.transaction() as connection:
            connection.execute("DELETE FROM passwords WHERE agent_id = ?", (agent_id,))

    def is_active(self, session_id: str) -> bool:
        return session_id in self._active

    def open_session(self, agent_id: str) -> Login:
        """Opens a session for an agent whose identity has been checked."""
        login = Login(new_id(), agent_id, secrets.token_urlsafe(32))
        expires_at = time.time() + self._refresh_seconds
        with self._file.transaction() as connection:
            connection.execute(
                "INSERT INTO sessions (session_id, agent_id, refresh_digest, expires_at) VALUES (?, ?, ?, ?)",
                (login.session_id, agent_id, _digest(login.refresh_token), expires_at),
            )
        self._active.add(login.session_id)
        return login

    @cached_property
    def _hash_of_unknown(self) -> str:
        """A hash that no password has. It is made at the first login, whether or not its name is known."""
        return self._hasher.hash(secrets.token_hex())

    def _save(self, hashes: Mapping[str, str]) -> None:
        with self._file.transaction() as connection:
            connection.executemany("INSERT OR REPLACE INTO passwords VALUES (?, ?)", hashes.items())


def _digest(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
