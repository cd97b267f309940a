"""How far each effect has come in the journal."""

import threading
from pathlib import Path

import sqlalchemy as sql
from sqlalchemy.dialects.sqlite import insert

from gateways.sqlite_file import open_sqlite_file

__all__ = ["Positions"]

_metadata = sql.MetaData()
_positions = sql.Table(
    "positions",
    _metadata,
    sql.Column("effect", sql.String, primary_key=True),
    sql.Column("position", sql.Integer, nullable=False),
)


class Positions:
    """A file of one number an effect: all events up to it are dealt with."""

    def __init__(self, file: Path | None) -> None:
        """Without a file the positions live in memory."""
        self._engine = open_sqlite_file(file, _metadata)
        self._lock = threading.Lock()
        self._closed = False

    def load(self, effect: str) -> int:
        """0 for an effect that has never run."""
        statement = sql.select(_positions.c.position).where(_positions.c.effect == effect)
        with self._lock:
            if self._closed:
                return 0
            with self._engine.begin() as connection:
                return connection.scalar(statement) or 0

    def save(self, effect: str, position: int) -> None:
        statement = insert(_positions).values(effect=effect, position=position)
        statement = statement.on_conflict_do_update(
            index_elements=["effect"], set_={"position": statement.excluded.position}
        )
        with self._lock:
            if not self._closed:
                with self._engine.begin() as connection:
                    connection.execute(statement)

    def close(self) -> None:
        """Waits for what is under way on another thread; what comes later touches nothing."""
        with self._lock:
            self._closed = True
            self._engine.dispose()
