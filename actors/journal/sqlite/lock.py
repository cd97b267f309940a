"""The lock that keeps a journal's file to one writer."""

import fcntl
from pathlib import Path
from typing import IO

from actors.journal.exceptions import JournalLockedError

__all__ = ["lock_for_writing"]


def lock_for_writing(path: Path) -> IO[bytes]:
    """Takes the lock, which is held until the file is closed or the process ends. Raises JournalLockedError when
    another process holds it."""
    file = path.with_name(path.name + "-lock").open("ab")
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        file.close()
        raise JournalLockedError(f"another process writes to {path}; stop it first") from None
    return file
