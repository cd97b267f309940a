"""Noticing that opened files were removed or replaced. SQLite itself goes on with them, and what it writes is lost."""

import os
from collections.abc import Iterable
from pathlib import Path

__all__ = ["OpenedFiles"]

Identity = tuple[int, int]


class OpenedFiles:
    """The files of a database as they are now. A look at them costs a few microseconds."""

    def __init__(self, paths: Iterable[Path]) -> None:
        self._identities: dict[str, Identity | None] = {str(path): _identity(str(path)) for path in paths}

    def missing(self) -> str | None:
        """The path at which the opened file is no more, or None. A file that was not there yet may come."""
        for path, opened in self._identities.items():
            found = _identity(path)
            if opened is None:
                self._identities[path] = found
            elif found != opened:
                return path
        return None


def _identity(path: str) -> Identity | None:
    try:
        status = os.stat(path)  # noqa: PTH116 - the path of each append; Path.stat takes twice as long
    except OSError:
        return None
    return status.st_dev, status.st_ino
