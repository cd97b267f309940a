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

_READERS = 4
_MAX_REMEMBERED = 100
_REMEMBERED_SECONDS = 3.0


class ProjectionsDatabase:
    """The database of the projections, opened when it is first asked for: a start need not wait for it."""

    def __init__(self, url: str | None, file: Path | None) -> None:
        """``url`` is SQLAlchemy's address of a database; without one, the projections are kept in the file. Without
        either they last until this object is closed."""
        self._temporary = None
        if file is None and url is None:
            self._temporary = tempfile.TemporaryDirectory(prefix="hybridchat-")
            file = Path(self._temporary.name) / "projections.db"
        self.url = url or sqlite_url(file or Path())
        self.readers = ThreadPoolExecutor(_READERS, "reader")
        """Whoever reads at length waits for others who do, and takes no thread from those who do not."""
        self.remembered: TTLCache[str, Any] = TTLCache(_MAX_REMEMBERED, _REMEMBERED_SECONDS)
        """What dashboards have read of it lately (see gateways.api.reports.day_figures)."""
        self._database: Database | None = None
        self._opening = threading.Lock()

    def open(self) -> Database:
        """On any thread. Raises DatabaseUnavailableError."""
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
