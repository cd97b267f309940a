"""Databases of some contact-centre hours."""

from collections.abc import Iterator

import pytest

from projections.all import PROJECTIONS
from projections.runner import Database
from projections.runner.database import sqlite_url
from projections.runner.rebuild import rebuild
from tests.postgresql import PostgresqlServer
from tests.simulation.days.run import simulate_days

_EVENTS = 6_000


@pytest.fixture(scope="session", params=["sqlite", "postgresql"])
def played_database(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory, postgresql_server: PostgresqlServer
) -> Iterator[Database]:
    centre, _ = simulate_days(7, _EVENTS)
    on_disk = sqlite_url(tmp_path_factory.mktemp("played") / "reports.db")
    database = Database(on_disk if request.param == "sqlite" else postgresql_server.make_database())
    rebuild(centre.world.journal, database, PROJECTIONS)
    yield database
    database.close()
