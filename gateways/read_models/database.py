"""The projections' database of a server, opened when it is first read."""

import tempfile
import threading
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

from cachetools import TTLCache

from projections.runner import Database
from projections.runner.database import sqlite_url

__all__ = ["ProjectionsDatabase"]

_MAX_READERS = 4
_MAX_REMEMBERED = 100
_REMEMBERED_SECONDS = 3.0


class ProjectionsDatabase:
    """The database of the projections. It is opened when it is first needed, so that a start does not wait for it."""

    def __init__(self, url: str | None, file: Path | None) -> None:
        """``url`` is the address of a database in SQLAlchemy's form. Without it, the projections are kept in the file.
        Without either, they last until this object is closed."""
        self._temporary = None
        if file is None and url is None:
            self._temporary = tempfile.TemporaryDirectory(prefix="hybridchat-")
            file = Path(self._temporary.name) / "projections.db"
        self.url = url or sqlite_url(file or Path())
        self.readers = ThreadPoolExecutor(_MAX_READERS, "reader")
        """The threads for long reads. Long reads wait for one another, and take no thread from other work."""
        self.remembered: TTLCache[str, Any] = TTLCache(_MAX_REMEMBERED, _REMEMBERED_SECONDS)
        """The figures that dashboards have read lately (see gateways.api.reports.day_figures)."""
        self._database: Database | None = None
        self._opening = threading.Lock()

    def open(self) -> Database:
        """The database. It may be called on any thread. Raises DatabaseUnavailableError."""
        with self._opening:
            if self._database is None:
                self._database = Database(self.url)
            return self._database

    def close(self) -> None:
        self.readers.shutdown(cancel_futures=True)
        with self._opening:
            if self._database is not None:
                self._database.close()
                self._database = None
        if self._temporary is not None:
            self._temporary.cleanup()
