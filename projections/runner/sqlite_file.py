"""Noticing that the file of a database is no longer the one that was opened."""

from pathlib import Path
from typing import Any

import sqlalchemy as sql

__all__ = ["SqliteFile"]


class SqliteFile:
    """SQLite goes on with a file that somebody has removed or replaced; what is written there nobody finds. These
    listeners make the pool open such a connection anew."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def remember(self, connection: object, record: Any) -> None:
        record.info["file"] = self._identity()

    def check(self, connection: object, record: Any, proxy: object) -> None:
        """Raises DisconnectionError."""
        if record.info.get("file") != self._identity():
            raise sql.exc.DisconnectionError(f"{self._path} is another file now")

    def _identity(self) -> tuple[int, int] | None:
        try:
            status = self._path.stat()
        except OSError:
            return None
        return status.st_dev, status.st_ino
