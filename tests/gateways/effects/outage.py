"""A target that is down for days while very many deliveries wait for it, by a virtual clock."""

import asyncio
import time
from array import array
from collections.abc import Callable, Sequence
from contextlib import suppress
from typing import NamedTuple

from actors.engine import Committed
from gateways.effects.running import EffectRunner
from gateways.outbox import Delivery, Outbox, Outcome, Planned, TargetPolicy
from gateways.services import Services
from tests.gateways.centre import eventually

__all__ = ["HOUR", "Course", "OutageEffect", "live_through", "plan_straight"]

HOUR = 3600.0
_LANE_LENGTH = 20
_MAX_PAUSE = 0.6 * HOUR
"""No lane and no target waits for longer, chance included."""
_PATIENT = TargetPolicy(at_once=8, pauses=(5.0, 60.0, 1800.0), give_up_after=30 * 86400.0, keep_seconds=30 * 86400.0)
_DELIVERED = Outcome(kind="delivered")
_DOWN = Outcome(kind="try_again", code="503")


class OutageEffect:
    """Its deliveries need no event: the payload is the delivery's number within its lane. ``taken`` counts what the
    targets have taken, and ``out_of_order`` what came before or after its turn."""

    name = "outage"
    repeatable = True

    def __init__(self, lanes: int) -> None:
        self.is_down = True
        self.calls_while_down = 0
        self.taken = {"down": 0, "up": 0}
        self.out_of_order = 0
        self.at_once = 0
        self._next = array("H", [0]) * lanes

    def plan(self, item: Committed) -> Sequence[Planned]:
        return ()

    def policy(self, target: str) -> TargetPolicy | None:
        return _PATIENT

    async def perform(self, delivery: Delivery, item: Committed | None) -> Outcome:
        self.at_once += 1
        await asyncio.sleep(0)
        self.at_once -= 1
        if delivery.target == "down":
            if self.is_down:
                self.calls_while_down += 1
                return _DOWN
            lane, number = int(delivery.lane), int(delivery.payload or b"")
            self.out_of_order += self._next[lane] != number
            self._next[lane] += 1
        self.taken[delivery.target] += 1
        return _DELIVERED

    async def took(self, target: str, count: int) -> None:
        await eventually(lambda: self.taken[target] >= count)

    async def asked(self, count: int) -> None:
        """The target, which is down, was called so often, and nothing is being called."""
        await eventually(lambda: self.calls_while_down >= count and self.at_once == 0)

    async def look_up(self, delivery: Delivery, item: Committed | None) -> Outcome | None:
        return None

    async def set_aside(self, delivery: Delivery, item: Committed | None, outcome: Outcome) -> None:
        """Nothing is given up."""


class Course(NamedTuple):
    """What happened: the calls while the target was down, the virtual seconds until all was taken afterwards, and how
    long draining took."""

    calls_while_down: int
    virtual_seconds: float
    drained_in: float


def plan_straight(outbox: Outbox, rows: int) -> int:
    """Fills the outbox as the planner would, lane after lane in turn, and returns the number of lanes."""
    lanes = rows // _LANE_LENGTH
    with outbox.file.transaction() as connection:
        connection.executemany(
            "INSERT INTO deliveries (effect, target, lane, position, payload, planned_at)"
            " VALUES ('outage', 'down', ?, ?, ?, 0.0)",
            ((str(row % lanes), row + 1, b"%d" % (row // lanes)) for row in range(rows)),
        )
        connection.executemany(
            "INSERT INTO lanes (target, lane, effect, due) VALUES ('down', ?, 'outage', 0.0)",
            ((str(lane),) for lane in range(lanes)),
        )
    return lanes


async def live_through(
    services: Services, effect: OutageEffect, rows: int, hours: int, each_hour: Callable[[], object] = lambda: None
) -> Course:
    """One delivery an hour comes for another target. After the outage all is taken."""
    clock = [0.0]
    runner = EffectRunner(effect, services, lambda: clock[0])
    running = asyncio.create_task(runner.run())
    try:
        await eventually(lambda: effect.name in services.outbox.runners)
        await effect.asked(1)
        for hour in range(1, hours + 1):
            clock[0] += HOUR
            services.outbox.add(effect.name, "up", str(hour), b"", clock[0])
            before = effect.calls_while_down
            runner.notify(["down", "up"])
            await effect.took("up", hour)
            await effect.asked(before + 1)
            each_hour()
        effect.is_down = False
        began, back_at = time.perf_counter(), clock[0]
        while effect.taken["down"] < rows:
            before, clock[0] = effect.taken["down"], clock[0] + _MAX_PAUSE
            runner.notify(["down"])
            await effect.took("down", before + 1)
        await eventually(lambda: not services.outbox.targets(effect.name))
        return Course(effect.calls_while_down, clock[0] - back_at, time.perf_counter() - began)
    finally:
        running.cancel()
        with suppress(asyncio.CancelledError):
            await running
