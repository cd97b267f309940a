"""How far each effect has come in the journal."""

from pathlib import Path

import sqlalchemy as sql
from sqlalchemy.dialects.sqlite import insert

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
        address = "sqlite://" if file is None else f"sqlite:///{file}"
        options = {"poolclass": sql.StaticPool} if file is None else {}
        self._engine = sql.create_engine(address, connect_args={"check_same_thread": False}, **options)
        _metadata.create_all(self._engine)

    def load(self, effect: str) -> int:
        """0 for an effect that has never run."""
        with self._engine.begin() as connection:
            statement = sql.select(_positions.c.position).where(_positions.c.effect == effect)
            return connection.scalar(statement) or 0

    def save(self, effect: str, position: int) -> None:
        statement = insert(_positions).values(effect=effect, position=position)
        statement = statement.on_conflict_do_update(
            index_elements=["effect"], set_={"position": statement.excluded.position}
        )
        with self._engine.begin() as connection:
            connection.execute(statement)

    def close(self) -> None:
        self._engine.dispose()
