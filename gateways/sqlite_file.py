"""The small SQLite files that the gateways keep beside the journal."""

from pathlib import Path

import sqlalchemy as sql

__all__ = ["open_sqlite_file"]


def open_sqlite_file(file: Path | None, tables: sql.MetaData) -> sql.Engine:
    """With its tables made. Without a file it lives in memory. Leaves nothing open when it raises."""
    address = "sqlite://" if file is None else f"sqlite:///{file}"
    options = {"poolclass": sql.StaticPool} if file is None else {}
    engine = sql.create_engine(address, connect_args={"check_same_thread": False}, **options)
    try:
        tables.create_all(engine)
    except BaseException:
        engine.dispose()
        raise
    return engine
