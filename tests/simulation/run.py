"""A seeded run of the world: ``python -m tests.simulation.run SEED EVENTS`` prints the hash of its journal."""

import logging
import sys
from dataclasses import dataclass
from random import Random

from tests.actors.engine.journals import Fault
from tests.simulation.administrators import ADMINISTRATORS
from tests.simulation.configured import contact_centre
from tests.simulation.crowd import Crowd
from tests.simulation.customers import BOTS, CUSTOMERS
from tests.simulation.invariants import check, check_changed
from tests.simulation.staff import AGENTS, SUPERVISORS
from tests.simulation.world import World

__all__ = ["Mishaps", "cause_mishaps", "simulate"]

STEPS_A_CHECK = 10
STEPS_A_FULL_CHECK = 200
CROWD = 20
HOURS = [30.0, 3_600.0, 9 * 3_600.0]
"""The seconds by which clocks jump, and for which nights last: a little, and much."""
_FAULTS: list[Fault] = ["before", "after"]


@dataclass(frozen=True)
class Mishaps:
    """The mishaps in a thousand steps: restarts at once, failures of the journal, restarts after a night, and jumps
    of the machine's clock."""

    restarts: float = 0.0
    failures: float = 0.0
    nights: float = 0.0
    jumps: float = 0.0


def simulate(seed: int, events: int, mishaps: Mishaps = Mishaps()) -> World:
    """Runs the crowd until the journal holds so many events, and checks the invariants again and again."""
    world = World(seed, contact_centre(CROWD))
    random = Random(seed + 1)
    crowd = Crowd(world, lambda options: random.choice(options), agents=CROWD, most_open=150)
    everybody = CUSTOMERS | BOTS | AGENTS | SUPERVISORS | ADMINISTRATORS
    actions, weights = list(everybody), list(everybody.values())
    step = 0
    while world.position < events:
        step += 1
        cause_mishaps(world, random, mishaps)
        wishes = [action(crowd) for action in random.choices(actions, weights, k=random.choice((1, 1, 1, 2, 5)))]
        world.run(wish for wish in wishes if wish is not None)
        world.advance(random.expovariate(2.0))
        if step % STEPS_A_FULL_CHECK == 0:
            world.system.passivate_idle()
            check(world)
        elif step % STEPS_A_CHECK == 0:
            check_changed(world)
    check(world)
    return world


def cause_mishaps(world: World, random: Random, mishaps: Mishaps) -> None:
    """Lets mishaps happen at this step, by chance."""

    def happens(often: float) -> bool:
        return random.random() * 1_000 < often

    if happens(mishaps.restarts):
        world.journal.faults.clear()
        world.restart()
    if happens(mishaps.nights):
        world.journal.faults.clear()
        world.restart(after=random.choice(HOURS))
    if happens(mishaps.jumps):
        world.jump(random.choice([*HOURS, *(-seconds for seconds in HOURS)]))
    if happens(mishaps.failures):
        world.fail_next(*random.choices(_FAULTS, k=random.randint(1, 5)))


if __name__ == "__main__":
    logging.disable()
    sys.stdout.write(simulate(int(sys.argv[1]), int(sys.argv[2])).digest())
