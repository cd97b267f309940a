"""The sessions of agents: how long each lasts, and the refresh tokens that prolong it."""

import base64
import hashlib
import hmac
import secrets
import sqlite3
import time
from datetime import UTC, datetime
from typing import NamedTuple

import msgspec

from gateways.data_directory import DataFileError, SqliteFile
from gateways.identity.exceptions import InvalidCredentialsError, ReusedTokenError
from schemas.identifiers import new_id

__all__ = ["SESSIONS_SCHEMA", "UNKNOWN_ORIGIN", "Login", "SessionOrigin", "Sessions", "StoredSession"]

REPEAT_SECONDS = 30.0
"""A refresh token that has been replaced still gives its successor for so long: the answer was lost, or two tabs of a
desktop renewed at once. Later it is taken for stolen (RFC 9700, section 4.14.2)."""

SESSIONS_SCHEMA = """
CREATE TABLE IF NOT EXISTS sessions (
    session_id TEXT PRIMARY KEY,
    agent_id TEXT NOT NULL,
    refresh_digest TEXT NOT NULL UNIQUE,
    expires_at REAL NOT NULL
);
CREATE INDEX IF NOT EXISTS ix_sessions_agent_id ON sessions (agent_id);
CREATE TABLE IF NOT EXISTS session_origins (
    session_id TEXT PRIMARY KEY,
    token_key BLOB NOT NULL,
    opened_at REAL NOT NULL,
    renewed_at REAL NOT NULL,
    address TEXT NOT NULL,
    client TEXT NOT NULL
);
CREATE TABLE IF NOT EXISTS replaced_tokens (
    refresh_digest TEXT PRIMARY KEY,
    session_id TEXT NOT NULL,
    replaced_at REAL NOT NULL
);
CREATE INDEX IF NOT EXISTS ix_replaced_tokens_session_id ON replaced_tokens (session_id);
CREATE TRIGGER IF NOT EXISTS forget_session AFTER DELETE ON sessions BEGIN
    DELETE FROM session_origins WHERE session_id = OLD.session_id;
    DELETE FROM replaced_tokens WHERE session_id = OLD.session_id;
END;
"""


class Login(msgspec.Struct, frozen=True):
    """A session of an agent, and the token that prolongs it."""

    session_id: str
    agent_id: str
    refresh_token: str


class SessionOrigin(NamedTuple):
    """The address and the client that opened a session, by which its agent recognises it."""

    address: str = ""
    client: str = ""


UNKNOWN_ORIGIN = SessionOrigin()


class StoredSession(NamedTuple):
    session_id: str
    opened_at: datetime
    renewed_at: datetime
    expires_at: datetime
    address: str
    client: str


class Sessions:
    """The sessions in the file of accounts. Each renewal replaces the refresh token by one that follows from it and
    from the session's own key, so that the same token always has the same successor, also after a restart."""

    def __init__(self, file: SqliteFile, refresh_seconds: int) -> None:
        self._file = file
        self._refresh_seconds = refresh_seconds
        self._unwritten: set[str] = set()
        with file.transaction() as connection:
            connection.execute("DELETE FROM sessions WHERE expires_at <= ?", (time.time(),))
            rows = connection.execute("SELECT session_id, expires_at FROM sessions")
            self._expiries: dict[str, float] = dict(rows.fetchall())

    def open(self, agent_id: str, origin: SessionOrigin = UNKNOWN_ORIGIN) -> Login:
        """Opens a session for an agent whose identity has been checked."""
        with self._file.transaction() as connection:
            return self.insert(connection, agent_id, origin)

    def insert(self, connection: sqlite3.Connection, agent_id: str, origin: SessionOrigin) -> Login:
        """Opens a session as a part of the transaction."""
        login, now = Login(new_id(), agent_id, secrets.token_urlsafe(32)), time.time()
        expires_at = now + self._refresh_seconds
        connection.execute(
            "INSERT INTO sessions (session_id, agent_id, refresh_digest, expires_at) VALUES (?, ?, ?, ?)",
            (login.session_id, agent_id, _digest(login.refresh_token), expires_at),
        )
        connection.execute(
            "INSERT INTO session_origins VALUES (?, ?, ?, ?, ?, ?)",
            (login.session_id, secrets.token_bytes(32), now, now, *origin),
        )
        self._expiries[login.session_id] = expires_at
        return login

    def is_active(self, session_id: str) -> bool:
        return self._expiries.get(session_id, 0.0) > time.time()

    def refresh(self, refresh_token: str) -> Login:
        """Prolongs the session and replaces its refresh token. The same token gives the same successor for
        ``REPEAT_SECONDS``. Raises InvalidCredentialsError; it is a ReusedTokenError when the token was replaced longer
        ago, which has ended the session."""
        with self._file.transaction() as connection:
            found = connection.execute(
                "SELECT session_id, agent_id FROM sessions WHERE refresh_digest = ? AND expires_at > ?",
                (_digest(refresh_token), time.time()),
            ).fetchone()
            if found is not None and found[0] not in self._unwritten:
                session_id, agent_id = found
                return self._replace(connection, session_id, agent_id, refresh_token)
            repeated = self._repeat(connection, refresh_token)
        if repeated is None or repeated[0].session_id in self._unwritten:
            raise InvalidCredentialsError("the refresh token is unknown or expired; log in again")
        login, replaced_at = repeated
        if replaced_at + REPEAT_SECONDS > time.time():
            return login
        self.end(login.agent_id, login.session_id)
        raise ReusedTokenError("the refresh token was used before, so its session has ended; log in again", login)

    def _replace(self, connection: sqlite3.Connection, session_id: str, agent_id: str, token: str) -> Login:
        now = time.time()
        connection.execute(
            "INSERT OR IGNORE INTO session_origins VALUES (?, ?, ?, ?, '', '')",
            (session_id, secrets.token_bytes(32), now, now),
        )
        login = Login(session_id, agent_id, self._successor(connection, session_id, token))
        expires_at = now + self._refresh_seconds
        connection.execute(
            "UPDATE sessions SET refresh_digest = ?, expires_at = ? WHERE session_id = ?",
            (_digest(login.refresh_token), expires_at, session_id),
        )
        connection.execute("UPDATE session_origins SET renewed_at = ? WHERE session_id = ?", (now, session_id))
        connection.execute(
            "DELETE FROM replaced_tokens WHERE session_id = ? AND replaced_at < ?",
            (session_id, now - self._refresh_seconds),
        )
        connection.execute("INSERT INTO replaced_tokens VALUES (?, ?, ?)", (_digest(token), session_id, now))
        self._expiries[session_id] = expires_at
        return login

    def _repeat(self, connection: sqlite3.Connection, token: str) -> tuple[Login, float] | None:
        """The login that the token was replaced by, and when."""
        row = connection.execute(
            "SELECT session_id, agent_id, replaced_at FROM replaced_tokens JOIN sessions USING (session_id) "
            "WHERE replaced_tokens.refresh_digest = ? AND expires_at > ?",
            (_digest(token), time.time()),
        ).fetchone()
        if row is None:
            return None
        session_id, agent_id, replaced_at = row
        return Login(session_id, agent_id, self._successor(connection, session_id, token)), replaced_at

    @staticmethod
    def _successor(connection: sqlite3.Connection, session_id: str, token: str) -> str:
        select = "SELECT token_key FROM session_origins WHERE session_id = ?"
        ((key,),) = connection.execute(select, (session_id,)).fetchall()
        return base64.urlsafe_b64encode(hmac.digest(key, token.encode(), "sha256")).rstrip(b"=").decode()

    def of_agent(self, agent_id: str) -> list[StoredSession]:
        """The agent's sessions that have not expired, the last opened first."""
        with self._file.transaction() as connection:
            rows = connection.execute(
                "SELECT session_id, opened_at, renewed_at, expires_at, address, client "
                "FROM sessions JOIN session_origins USING (session_id) "
                "WHERE agent_id = ? AND expires_at > ? ORDER BY session_id DESC",
                (agent_id, time.time()),
            ).fetchall()
        return [
            StoredSession(session_id, _instant(opened), _instant(renewed), _instant(expires), address, client)
            for session_id, opened, renewed, expires, address, client in rows
        ]

    def end(self, agent_id: str, session_id: str) -> bool:
        """Ends one session, if it is the agent's. Returns whether it was."""
        with self._file.transaction() as connection:
            ended = connection.execute(
                "DELETE FROM sessions WHERE session_id = ? AND agent_id = ? RETURNING session_id",
                (session_id, agent_id),
            ).fetchall()
            for (each,) in ended:
                self._expiries.pop(each, None)
        return bool(ended)

    def end_all(self, agent_id: str) -> set[str]:
        """Ends all sessions of the agent and returns their ids. They have ended even when DataFileError is raised,
        because that cannot be written; ``write_ends`` makes up for it."""
        try:
            with self._file.transaction() as connection:
                return self.delete(connection, agent_id)
        except DataFileError:
            self._end_unwritten(agent_id)
            raise

    def write_ends(self) -> None:
        """Writes the ends of sessions that could not be written before. Raises DataFileError."""
        ended = tuple(self._unwritten)
        with self._file.transaction() as connection:
            connection.executemany("DELETE FROM sessions WHERE session_id = ?", ((each,) for each in ended))
        self._unwritten.difference_update(ended)

    def _end_unwritten(self, agent_id: str) -> None:
        with self._file.transaction() as connection:
            rows = connection.execute("SELECT session_id FROM sessions WHERE agent_id = ?", (agent_id,))
            ended = {row[0] for row in rows.fetchall()}
        self._unwritten |= ended
        for session_id in ended:
            self._expiries.pop(session_id, None)

    def delete(self, connection: sqlite3.Connection, agent_id: str) -> set[str]:
        """Ends all sessions of the agent as a part of the transaction."""
        rows = connection.execute("DELETE FROM sessions WHERE agent_id = ? RETURNING session_id", (agent_id,))
        ended = {row[0] for row in rows.fetchall()}
        for session_id in ended:
            self._expiries.pop(session_id, None)
        return ended


def _digest(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


def _instant(seconds: float) -> datetime:
    return datetime.fromtimestamp(seconds, UTC)
