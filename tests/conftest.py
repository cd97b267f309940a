"""Settings that hold for every test."""

from collections.abc import Iterator

import pytest
from hypothesis import HealthCheck, settings

from tests.postgresql import PostgresqlServer

pytest.register_assert_rewrite(
    "tests.actors.scenario", "tests.simulation.invariants", "tests.simulation.witness", "tests.simulation.world"
)

settings.register_profile(
    "repeatable",
    derandomize=True,
    deadline=None,
    database=None,
    suppress_health_check=[HealthCheck.too_slow],
)
settings.load_profile("repeatable")


@pytest.fixture(scope="session")
def postgresql_server() -> Iterator[PostgresqlServer]:
    """One for all tests; each makes a database of its own in it."""
    server = PostgresqlServer()
    yield server
    server.stop()
