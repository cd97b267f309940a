"""The whole core under a random crowd: the invariants are true, and the same seed gives the same journal."""

import os
import subprocess
import sys
from collections import Counter

import pytest

from actors.engine import NotDurableError
from schemas.events import REGISTRY
from tests.simulation.days.run import simulate_days
from tests.simulation.invariants import check_record
from tests.simulation.run import Mishaps, simulate

EVENTS = 25_000


def start_elsewhere(seed: int, events: int) -> subprocess.Popen[str]:
    """Starts the same run in another process, in which sets have another order."""
    command = [sys.executable, "-m", "tests.simulation.run", str(seed), str(events)]
    return subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env={**os.environ, "PYTHONHASHSEED": "7"})


def test_a_long_day_keeps_the_invariants_and_can_be_repeated_to_the_byte() -> None:
    with start_elsewhere(1, EVENTS) as elsewhere:
        world = simulate(1, EVENTS)
        check_record(world)
        digest, _ = elsewhere.communicate(timeout=300)
    assert world.position >= EVENTS
    assert not any(isinstance(error, NotDurableError) for error in world.failed)
    assert digest == world.digest()
    types = Counter(record.type for record in world.journal.read_all(0, world.position))
    assert types.keys() == REGISTRY.types.keys(), "everything that can happen has happened"


def test_another_seed_gives_another_journal() -> None:
    assert simulate(1, 500).digest() != simulate(2, 500).digest()


@pytest.mark.parametrize("seed", [3, 4])
def test_restarts_a_failing_journal_and_clocks_that_jump_lose_nothing(seed: int) -> None:
    world = simulate(seed, 12_000, Mishaps(restarts=5, failures=30, nights=2, jumps=10))
    check_record(world)
    assert any(isinstance(error, NotDurableError) for error in world.failed)
    assert len(world.acknowledged) > 1_000


@pytest.mark.parametrize(
    ("seed", "mishaps"),
    [(5, Mishaps()), (6, Mishaps(restarts=2, failures=10, nights=0.5, jumps=2))],
    ids=["in peace", "with mishaps"],
)
def test_a_day_of_customers_bots_and_shifts_keeps_the_invariants(seed: int, mishaps: Mishaps) -> None:
    centre, figures = simulate_days(seed, 12_000, mishaps)
    check_record(centre.world)
    assert figures.types["AgentJoined"] > 300
    assert figures.types["BotFailed"] > 20
