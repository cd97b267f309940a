"""Settings that hold for every test."""

import pytest
from hypothesis import HealthCheck, settings

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
