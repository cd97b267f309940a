"""A seeded run of the world: ``python -m tests.simulation.run SEED EVENTS`` prints the hash of its journal."""

import logging
import sys
from dataclasses import dataclass
from random import Random

from tests.engine.journals import Fault
from tests.simulation.crowd import Crowd
from tests.simulation.customers import BOTS, CUSTOMERS
from tests.simulation.invariants import check
from tests.simulation.staff import ADMINISTRATORS, AGENTS, SUPERVISORS
from tests.simulation.world import World

__all__ = ["Mishaps", "simulate"]

STEPS_A_CHECK = 20
_FAULTS: list[Fault] = ["before", "after"]


@dataclass(frozen=True)
class Mishaps:
    """How often in a thousand steps the process restarts, and the journal fails."""

    restarts: float = 0.0
    failures: float = 0.0


def simulate(seed: int, events: int, mishaps: Mishaps = Mishaps()) -> World:
    """Lets the crowd loose until the journal holds so many events; checks the invariants again and again."""
    world = World(seed)
    random = Random(seed + 1)
    crowd = Crowd(world, lambda options: random.choice(options), agents=20, most_open=150)
    everybody = CUSTOMERS | BOTS | AGENTS | SUPERVISORS | ADMINISTRATORS
    actions, weights = list(everybody), list(everybody.values())
    step = 0
    while world.position < events:
        step += 1
        _befall(world, random, mishaps)
        wishes = [action(crowd) for action in random.choices(actions, weights, k=random.choice((1, 1, 1, 2, 5)))]
        world.run(wish for wish in wishes if wish is not None)
        world.advance(random.expovariate(2.0))
        if step % STEPS_A_CHECK == 0:
            world.system.passivate_idle()
            check(world)
    check(world)
    return world


def _befall(world: World, random: Random, mishaps: Mishaps) -> None:
    if random.random() * 1_000 < mishaps.restarts:
        world.journal.faults.clear()
        world.restart()
    if random.random() * 1_000 < mishaps.failures:
        world.fail_next(*random.choices(_FAULTS, k=random.randint(1, 5)))


if __name__ == "__main__":
    logging.disable()
    sys.stdout.write(simulate(int(sys.argv[1]), int(sys.argv[2])).digest())
