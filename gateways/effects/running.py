"""Runs an effect over the durable outbox: the planner fills it, and the dispatcher makes the deliveries."""

import asyncio
import time
from collections.abc import Callable, Iterable

from gateways.effects.delivering import DeliveringEffect
from gateways.effects.dispatcher import Dispatcher
from gateways.effects.planner import Planner
from gateways.services import Services

__all__ = ["EffectRunner"]

_PRUNE_SECONDS = 600.0


class EffectRunner:
    """While it runs, those who change the outbox reach it there by the effect's name."""

    def __init__(self, effect: DeliveringEffect, services: Services, now: Callable[[], float] = time.time) -> None:
        self._name = effect.name
        self._outbox = services.outbox
        self._dispatcher = Dispatcher(effect, services, services.outbox, now)
        self._planner = Planner(effect, services, services.outbox, self._dispatcher, now)

    async def run(self) -> None:
        """Runs until it is cancelled, or until a part of it fails."""
        self._outbox.runners[self._name] = self
        try:
            async with asyncio.TaskGroup() as tasks:
                tasks.create_task(self._dispatcher.run())
                tasks.create_task(self._keep_pruning())
                await self._planner.run()
        finally:
            del self._outbox.runners[self._name]

    def notify(self, targets: Iterable[str]) -> None:
        self._dispatcher.notify(targets)

    def resume(self) -> None:
        self._dispatcher.resume()

    async def rewind(self, target: str, position: int) -> None:
        async with self._dispatcher.holding(target):
            await self._planner.rewind(target, position)

    async def _keep_pruning(self) -> None:
        while True:
            await asyncio.sleep(_PRUNE_SECONDS)
            await self._dispatcher.prune()
