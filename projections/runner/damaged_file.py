"""Setting a damaged SQLite file aside, so that projections are built anew."""

import logging
import sqlite3
from contextlib import closing
from pathlib import Path

from actors.journal.sqlite.failures import is_damaged
from projections.runner.database import file_of

__all__ = ["set_aside_if_damaged"]

_ENDINGS = ("-wal", "-shm", "")
"""The file itself goes last: a reader that made a new one in between would have its log taken away, and read nothing of
what is built from then on."""

_logger = logging.getLogger(__name__)


def set_aside_if_damaged(url: str) -> None:
    """Renames the file at the address if it is damaged. A file that cannot be opened is left as it is, and so are other
    databases and addresses."""
    file = file_of(url)
    if file is None or not file.exists():
        return
    damage = _damage(file)
    if damage is None:
        return
    kept = file.with_name(f"{file.name}.damaged")
    for ending in _ENDINGS:
        kept.with_name(f"{kept.name}{ending}").unlink(missing_ok=True)
        beside = file.with_name(f"{file.name}{ending}")
        if beside.exists():
            beside.replace(kept.with_name(f"{kept.name}{ending}"))
    _logger.warning("%s is made anew: %s; the damaged file is kept as %s", file, damage, kept.name)


def _damage(file: Path) -> str | None:
    try:
        with closing(sqlite3.connect(f"{file.absolute().as_uri()}?mode=ro", uri=True)) as connection:
            (found,) = connection.execute("PRAGMA quick_check(1)").fetchone()
    except sqlite3.Error as error:
        return str(error) if is_damaged(error) else None
    return None if found == "ok" else "a part of the file is damaged"
