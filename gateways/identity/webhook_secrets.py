"""The secrets with which the calls of webhooks are signed, for webhooks that name none of the settings."""

import asyncio
import base64
import secrets
import time
from collections.abc import Callable, Collection
from pathlib import Path
from typing import NamedTuple

from config.named_secrets import SIGNING_PREFIX
from gateways.data_directory import SqliteFile

__all__ = ["RotatedSecret", "WebhookSecrets"]

_SECRET_BYTES = 32
_OVERLAP_SECONDS = 24 * 3600
_OWNER_ONLY = 0o600
_REMEDY = (
    "put a copy back, or move the file away: every webhook then needs a new secret, which "
    "POST /extern/v1/webhooks/{id}/rotate-secret makes"
)
_SCHEMA = """
CREATE TABLE IF NOT EXISTS secrets (
    webhook TEXT PRIMARY KEY,
    secret TEXT NOT NULL,
    former TEXT,
    former_until REAL
);
"""


class RotatedSecret(NamedTuple):
    """The new secret. Calls are signed with the former one too until this Unix time."""

    secret: str
    former_until: float


class _Kept(NamedTuple):
    secret: str
    former: str | None
    former_until: float | None


class WebhookSecrets:
    """The file of the secrets, which only its owner may read. They are in memory too, so that looking one up reads no
    file. ``changing`` is held while a secret and its webhook are made together. Methods that change a secret may raise
    DataFileError."""

    def __init__(self, file: Path | None, now: Callable[[], float] = time.time) -> None:
        """Without a file the secrets live in memory."""
        if file is not None:
            file.touch(mode=_OWNER_ONLY)
        self._file = SqliteFile(file, _SCHEMA, _REMEDY)
        self._now = now
        self.changing = asyncio.Lock()
        with self._file.transaction() as connection:
            rows = connection.execute("SELECT webhook, secret, former, former_until FROM secrets").fetchall()
        self._kept = {webhook: _Kept(*row) for webhook, *row in rows}

    def close(self) -> None:
        self._file.close()

    def of(self, webhook: str) -> list[str]:
        """The secrets that are valid now, the newest first; none for a webhook that has never been given one."""
        kept = self._kept.get(webhook)
        if kept is None:
            return []
        if kept.former is None or (kept.former_until or 0.0) <= self._now():
            return [kept.secret]
        return [kept.secret, kept.former]

    def make(self, webhook: str) -> str:
        """A fresh secret, in place of any that the name had."""
        return self._keep(webhook, _Kept(_fresh(), None, None)).secret

    def rotate(self, webhook: str) -> RotatedSecret:
        """A fresh secret. The one that was the newest stays valid for a day."""
        before, until = self._kept.get(webhook), self._now() + _OVERLAP_SECONDS
        kept = self._keep(webhook, _Kept(_fresh(), None if before is None else before.secret, until))
        return RotatedSecret(kept.secret, until)

    def remove(self, webhook: str) -> None:
        with self._file.transaction() as connection:
            connection.execute("DELETE FROM secrets WHERE webhook = ?", (webhook,))
        self._kept.pop(webhook, None)

    def keep_only(self, webhooks: Collection[str]) -> None:
        """Removes the secrets of all other webhooks."""
        for webhook in self._kept.keys() - set(webhooks):
            self.remove(webhook)

    def _keep(self, webhook: str, kept: _Kept) -> _Kept:
        with self._file.transaction() as connection:
            connection.execute("INSERT OR REPLACE INTO secrets VALUES (?, ?, ?, ?)", (webhook, *kept))
        self._kept[webhook] = kept
        return kept


def _fresh() -> str:
    return SIGNING_PREFIX + base64.b64encode(secrets.token_bytes(_SECRET_BYTES)).decode()
