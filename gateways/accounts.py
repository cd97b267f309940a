"""Accounts and logins: passwords as argon2id hashes, refresh tokens as digests, both outside the event log."""

import asyncio
import hashlib
import secrets
import time
from collections.abc import Iterable, Mapping
from pathlib import Path

import argon2
import msgspec
import sqlalchemy as sql
from sqlalchemy.dialects.sqlite import insert

from gateways.exceptions import InvalidCredentialsError
from gateways.sqlite_file import open_sqlite_file
from schemas.identifiers import new_id

__all__ = ["Accounts", "Login"]

_HASHED_AT_ONCE = 2
"""Each hash takes 64 MiB; a whole shift may log in at once."""

_metadata = sql.MetaData()
_passwords = sql.Table(
    "passwords",
    _metadata,
    sql.Column("agent_id", sql.String, primary_key=True),
    sql.Column("password_hash", sql.String, nullable=False),
)
_sessions = sql.Table(
    "sessions",
    _metadata,
    sql.Column("session_id", sql.String, primary_key=True),
    sql.Column("agent_id", sql.String, nullable=False, index=True),
    sql.Column("refresh_digest", sql.String, nullable=False, unique=True),
    sql.Column("expires_at", sql.Float, nullable=False),
)


class Login(msgspec.Struct, frozen=True):
    """A session of an agent and the token that prolongs it."""

    session_id: str
    agent_id: str
    refresh_token: str


class Accounts:
    """The file of passwords and sessions. The methods that touch passwords take 0.05 to 0.2 s of one core.

    Whoever logs agents in from an event loop holds ``hashing`` meanwhile.
    """

    def __init__(self, file: Path | None, refresh_seconds: int) -> None:
        """Without a file the accounts live in memory."""
        self._refresh_seconds = refresh_seconds
        self._engine = open_sqlite_file(file, _metadata)
        self._hasher = argon2.PasswordHasher()
        self.hashing = asyncio.Semaphore(_HASHED_AT_ONCE)
        self._unknown = self._hasher.hash(secrets.token_hex())
        with self._engine.begin() as connection:
            connection.execute(_sessions.delete().where(_sessions.c.expires_at <= time.time()))
            self._active = set(connection.scalars(sql.select(_sessions.c.session_id)))

    def close(self) -> None:
        self._engine.dispose()

    def set_passwords(self, passwords: Mapping[str, str]) -> None:
        """Sets the password of each agent id."""
        self._keep({name: self._hasher.hash(text) for name, text in passwords.items()})

    def set_known_password(self, agent_ids: Iterable[str], password: str) -> None:
        """Sets a password that is no secret for all of them, as one hash: many take no longer than one."""
        self._keep(dict.fromkeys(agent_ids, self._hasher.hash(password)))

    def with_password(self) -> set[str]:
        """The agents that have a password."""
        with self._engine.begin() as connection:
            return set(connection.scalars(sql.select(_passwords.c.agent_id)))

    def log_in(self, agent_id: str, password: str) -> Login:
        """Raises InvalidCredentialsError, after the same time for an unknown name as for a wrong password."""
        with self._engine.begin() as connection:
            found = connection.scalar(sql.select(_passwords.c.password_hash).where(_passwords.c.agent_id == agent_id))
        try:
            self._hasher.verify(found or self._unknown, password)
        except argon2.exceptions.VerifyMismatchError:
            raise InvalidCredentialsError("the username or the password is wrong") from None
        if found is None:
            raise InvalidCredentialsError("the username or the password is wrong")
        return self.open_session(agent_id)

    def refresh(self, refresh_token: str) -> Login:
        """Prolongs the session and replaces its refresh token. Raises InvalidCredentialsError."""
        replacement = secrets.token_urlsafe(32)
        with self._engine.begin() as connection:
            row = connection.execute(
                _sessions.update()
                .where(_sessions.c.refresh_digest == _digest(refresh_token), _sessions.c.expires_at > time.time())
                .values(refresh_digest=_digest(replacement), expires_at=time.time() + self._refresh_seconds)
                .returning(_sessions.c.session_id, _sessions.c.agent_id)
            ).first()
        if row is None:
            raise InvalidCredentialsError("the refresh token is unknown, used or expired; log in again")
        return Login(row.session_id, row.agent_id, replacement)

    def end_sessions(self, agent_id: str) -> set[str]:
        """Ends all sessions of the agent and returns them."""
        with self._engine.begin() as connection:
            ended = set(
                connection.scalars(
                    _sessions.delete().where(_sessions.c.agent_id == agent_id).returning(_sessions.c.session_id)
                )
            )
        self._active -= ended
        return ended

    def remove(self, agent_id: str) -> None:
        """Ends the agent's sessions and forgets the password: whoever gets the name later starts anew."""
        self.end_sessions(agent_id)
        with self._engine.begin() as connection:
            connection.execute(_passwords.delete().where(_passwords.c.agent_id == agent_id))

    def is_active(self, session_id: str) -> bool:
        return session_id in self._active

    def open_session(self, agent_id: str) -> Login:
        """For an agent whose identity has been checked."""
        login = Login(new_id(), agent_id, secrets.token_urlsafe(32))
        with self._engine.begin() as connection:
            connection.execute(
                _sessions.insert().values(
                    session_id=login.session_id,
                    agent_id=agent_id,
                    refresh_digest=_digest(login.refresh_token),
                    expires_at=time.time() + self._refresh_seconds,
                )
            )
        self._active.add(login.session_id)
        return login

    def _keep(self, hashes: Mapping[str, str]) -> None:
        rows = [{"agent_id": name, "password_hash": each} for name, each in hashes.items()]
        statement = insert(_passwords)
        statement = statement.on_conflict_do_update(
            index_elements=["agent_id"], set_={"password_hash": statement.excluded.password_hash}
        )
        with self._engine.begin() as connection:
            connection.execute(statement, rows)


def _digest(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
