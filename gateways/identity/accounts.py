"""Accounts: passwords as argon2id hashes and sessions, both outside the event log."""

import secrets
import sqlite3
from collections.abc import Iterable, Mapping
from functools import cached_property
from pathlib import Path

import argon2

from gateways.data_directory.sqlite_file import SqliteFile
from gateways.identity.exceptions import InvalidCredentialsError
from gateways.identity.hashing import Hashing
from gateways.identity.password_rules import normal_form
from gateways.identity.sessions import SESSIONS_SCHEMA, UNKNOWN_ORIGIN, Login, SessionOrigin, Sessions

__all__ = ["Accounts"]

_WRONG = "the username or the password is wrong"

_REMEDY = (
    "put a copy back, or move the file away: every agent then logs in again, with a password that "
    "`hybridchat agents set-password` sets anew"
)
_SCHEMA = f"""
CREATE TABLE IF NOT EXISTS passwords (agent_id TEXT PRIMARY KEY, password_hash TEXT NOT NULL);
{SESSIONS_SCHEMA}
"""


class Accounts:
    """The file of passwords and sessions. The methods that touch passwords take 0.05 to 0.2 s of one core; on an event
    loop they are run by ``hashing``. Every method that touches the file may raise DataFileError."""

    def __init__(self, file: Path | None, refresh_seconds: int) -> None:
        """Without a file the accounts live in memory."""
        self._file = SqliteFile(file, _SCHEMA, _REMEDY)
        self._hasher = argon2.PasswordHasher()
        self.hashing = Hashing()
        self.sessions = Sessions(self._file, refresh_seconds)

    def close(self) -> None:
        self.hashing.close()
        self._file.close()

    def set_passwords(self, passwords: Mapping[str, str]) -> set[str]:
        """Sets the password of each agent id, and ends the sessions that the old ones opened. Returns their ids."""
        hashes = {agent_id: self._hasher.hash(normal_form(text)) for agent_id, text in passwords.items()}
        with self._file.transaction() as connection:
            connection.executemany("INSERT OR REPLACE INTO passwords VALUES (?, ?)", hashes.items())
            return set().union(*(self.sessions.delete(connection, agent_id) for agent_id in hashes))

    def change_password(self, agent_id: str, current: str, password: str, origin: SessionOrigin) -> Login:
        """Replaces the password of an agent who knows the current one. It ends all sessions of the agent and opens a
        new one. Raises InvalidCredentialsError."""
        stored = self._verified(agent_id, current)
        fresh = self._hasher.hash(normal_form(password))
        with self._file.transaction() as connection:
            changed = connection.execute(
                "UPDATE passwords SET password_hash = ? WHERE agent_id = ? AND password_hash = ?",
                (fresh, agent_id, stored),
            )
            if not changed.rowcount:
                raise InvalidCredentialsError("the password was changed meanwhile")
            self.sessions.delete(connection, agent_id)
            return self.sessions.insert(connection, agent_id, origin)

    def set_known_password(self, agent_ids: Iterable[str], password: str) -> None:
        """Sets a password that is no secret for all of these agents. It is hashed once, so that many agents take no
        longer than one. Sessions go on."""
        hashes = dict.fromkeys(agent_ids, self._hasher.hash(normal_form(password)))
        with self._file.transaction() as connection:
            connection.executemany("INSERT OR REPLACE INTO passwords VALUES (?, ?)", hashes.items())

    def with_password(self) -> set[str]:
        """The ids of the agents who have a password."""
        with self._file.transaction() as connection:
            return {row[0] for row in connection.execute("SELECT agent_id FROM passwords")}

    def log_in(self, agent_id: str, password: str, origin: SessionOrigin = UNKNOWN_ORIGIN) -> Login:
        """Opens a session. The name and the password may be in any Unicode form. Raises InvalidCredentialsError; an
        unknown name takes the same time as a wrong password.

        The session is opened only if the password is still the same after it was checked: a new password, or the
        removal of the agent, must not be overtaken by a login that began before it.
        """
        agent_id = normal_form(agent_id)
        stored = self._verified(agent_id, password)
        with self._file.transaction() as connection:
            if self._hash_of(connection, agent_id) != stored:
                raise InvalidCredentialsError("the password was changed meanwhile")
            return self.sessions.insert(connection, agent_id, origin)

    def remove(self, agent_id: str) -> None:
        """Ends the agent's sessions and forgets the password, so that a later agent of the same name starts anew."""
        with self._file.transaction() as connection:
            connection.execute("DELETE FROM passwords WHERE agent_id = ?", (agent_id,))
            self.sessions.delete(connection, agent_id)

    def _verified(self, agent_id: str, password: str) -> str:
        """The stored hash, once the password has proved right. Raises InvalidCredentialsError."""
        with self._file.transaction() as connection:
            stored = self._hash_of(connection, agent_id)
        unknown = self._hash_of_unknown
        try:
            self._hasher.verify(unknown if stored is None else stored, normal_form(password))
        except argon2.exceptions.VerifyMismatchError:
            raise InvalidCredentialsError(_WRONG) from None
        if stored is None:
            raise InvalidCredentialsError(_WRONG)
        return stored

    @staticmethod
    def _hash_of(connection: sqlite3.Connection, agent_id: str) -> str | None:
        row = connection.execute("SELECT password_hash FROM passwords WHERE agent_id = ?", (agent_id,)).fetchone()
        return None if row is None else str(row[0])

    @cached_property
    def _hash_of_unknown(self) -> str:
        """A hash that no password has. It is made at the first login, whether or not its name is known."""
        return self._hasher.hash(secrets.token_hex())
