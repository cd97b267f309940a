"""The databases under test."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from projections.runner import Database
from projections.runner.database import sqlite_url
from tests.postgresql import PostgresqlServer


@pytest.fixture(params=["sqlite", "postgresql"])
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """An empty database of each kind in turn."""
    if request.param == "sqlite":
        return sqlite_url(tmp_path / "reports.db")
    server: PostgresqlServer = request.getfixturevalue("postgresql_server")
    return server.make_schema()


@pytest.fixture
def database(database_url: str) -> Iterator[Database]:
    opened = Database(database_url)
    yield opened
    opened.close()
