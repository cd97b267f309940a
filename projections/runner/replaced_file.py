"""Noticing that the file of a database is no longer the one that was opened."""

from pathlib import Path
from typing import Any

import sqlalchemy as sql

__all__ = ["ReplacedFileCheck"]


class ReplacedFileCheck:
    """Listeners of a connection pool, which make it open a connection anew when the file is no longer the one that the
    connection has open. SQLite itself goes on with a file that was removed or replaced, and whatever it writes there is
    lost."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def remember(self, connection: object, record: Any) -> None:
        record.info["file"] = self._identity()

    def check(self, connection: object, record: Any, proxy: object) -> None:
        """Raises DisconnectionError when the file was removed or replaced since ``remember``."""
        if record.info.get("file") != self._identity():
            raise sql.exc.DisconnectionError(f"{self._path} is another file now")

    def _identity(self) -> tuple[int, int] | None:
        try:
            status = self._path.stat()
        except OSError:
            return None
        return status.st_dev, status.st_ino
