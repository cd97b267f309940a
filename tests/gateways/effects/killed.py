"""A process that delivers until it is killed, or until nothing waits any more.

The target is a pipe, to which each call writes the delivery's number: its reader outlives the process, as an outside
system does.
"""

import asyncio
import os
from collections.abc import Sequence
from contextlib import suppress
from multiprocessing.connection import Connection
from pathlib import Path

from actors.engine import Committed
from gateways.application.opening import open_services
from gateways.effects.running import EffectRunner
from gateways.outbox import Delivery, Outcome, Planned, TargetPolicy
from tests.gateways.centre import centre_settings, eventually

__all__ = ["EFFECT", "deliver"]

EFFECT = "piped"
_POLICY = TargetPolicy(at_once=8, pauses=(0.01,), give_up_after=600.0, keep_seconds=600.0)


class _PipeEffect:
    """A call gives other tasks a turn before the target takes the delivery, and after it, so that the kill may come
    there."""

    name = EFFECT

    def __init__(self, target: Connection, repeatable: bool) -> None:
        self.repeatable = repeatable
        self._target = target

    def plan(self, item: Committed) -> Sequence[Planned]:
        return ()

    def policy(self, target: str) -> TargetPolicy | None:
        return _POLICY

    async def perform(self, delivery: Delivery, item: Committed | None) -> Outcome:
        await asyncio.sleep(0)
        os.write(self._target.fileno(), b"%d\n" % delivery.id)
        await asyncio.sleep(0)
        return Outcome(kind="delivered")

    async def look_up(self, delivery: Delivery, item: Committed | None) -> Outcome | None:
        return None

    async def set_aside(self, delivery: Delivery, item: Committed | None, outcome: Outcome) -> None:
        """The outbox keeps it."""


def deliver(directory: Path, target: Connection, repeatable: bool) -> None:
    asyncio.run(_deliver(directory, _PipeEffect(target, repeatable)))


async def _deliver(directory: Path, effect: _PipeEffect) -> None:
    async with open_services(centre_settings(directory)) as services:
        runner = asyncio.create_task(EffectRunner(effect, services).run())
        await eventually(lambda: not services.outbox.targets(EFFECT))
        runner.cancel()
        with suppress(asyncio.CancelledError):
            await runner
