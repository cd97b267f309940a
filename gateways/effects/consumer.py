"""The durable consumer: takes an effect through the journal, in order a lane, from where it had come."""

import asyncio
import contextlib
import logging
from collections import deque

from actors.engine import Committed
from gateways.effects.effect import Effect
from gateways.effects.positions import Positions
from gateways.services import Services
from schemas.events import REGISTRY

__all__ = ["Consumer"]

_logger = logging.getLogger(__name__)
_BATCH = 500
_MOST_PENDING = 10_000
_MOST_AT_ONCE = 256
_SAVE_SECONDS = 0.5


class Consumer:
    """Reads the history up to the present, then is handed what is committed.

    The stored position never passes an event that is not dealt with, so a crash repeats some and loses none. When
    too much is pending it stops being handed events and reads them from the journal later.
    """

    def __init__(self, effect: Effect, services: Services, positions: Positions) -> None:
        self._effect = effect
        self._services = services
        self._positions = positions
        self._lanes: dict[str, deque[Committed]] = {}
        self._pending: dict[int, None] = {}
        self._tasks: set[asyncio.Task[None]] = set()
        self._at_once = asyncio.Semaphore(_MOST_AT_ONCE)
        self._live = False
        self._behind = asyncio.Event()
        self._eased = asyncio.Event()
        self._seen = 0

    @property
    def position(self) -> int:
        """All events up to this one are dealt with."""
        first_pending = next(iter(self._pending), None)
        return self._seen if first_pending is None else first_pending - 1

    async def run(self) -> None:
        """Runs until cancelled; then whatever is under way is cancelled too, and is repeated by the next run."""
        self._seen = await asyncio.to_thread(self._positions.load, self._effect.name)
        self._services.engine.observe(self._take_live)
        saving = asyncio.create_task(self._keep_saving())
        try:
            while True:
                await self._catch_up()
                await self._behind.wait()
        finally:
            self._live = False
            for task in (saving, *self._tasks):
                task.cancel()
            await asyncio.gather(saving, *self._tasks, return_exceptions=True)
            self._positions.save(self._effect.name, self.position)

    async def _catch_up(self) -> None:
        """From the last read to going live no other task may run: the engine hands out on this event loop."""
        self._behind.clear()
        journal = self._services.journal
        while len(records := await asyncio.to_thread(journal.read_all, self._seen, _BATCH)) == _BATCH:
            await self._take_history([Committed(record, REGISTRY.decode(record)) for record in records])
        await self._take_history([Committed(record, REGISTRY.decode(record)) for record in records])
        while records := journal.read_all(self._seen, _BATCH):
            self._take([Committed(record, REGISTRY.decode(record)) for record in records])
        self._live = True

    async def _take_history(self, items: list[Committed]) -> None:
        self._take(items)
        while len(self._pending) >= _MOST_PENDING:
            self._eased.clear()
            await self._eased.wait()

    def _take_live(self, items: list[Committed]) -> None:
        if not self._live:
            return
        if len(self._pending) >= _MOST_PENDING:
            self._live = False
            self._behind.set()
            return
        self._take(items)

    def _take(self, items: list[Committed]) -> None:
        for item in items:
            position = item.record.position
            if position <= self._seen:
                continue
            self._seen = position
            lane = self._effect.lane(item)
            if lane is not None:
                self._pending[position] = None
                self._enter(lane, item)

    def _enter(self, lane: str, item: Committed) -> None:
        waiting = self._lanes.get(lane)
        if waiting is not None:
            waiting.append(item)
            return
        self._lanes[lane] = deque([item])
        task = asyncio.create_task(self._run_lane(lane))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _run_lane(self, lane: str) -> None:
        waiting = self._lanes[lane]
        while waiting:
            item = waiting[0]
            async with self._at_once:
                await self._perform(item)
            waiting.popleft()
            del self._pending[item.record.position]
            self._eased.set()
        del self._lanes[lane]

    async def _perform(self, item: Committed) -> None:
        try:
            await self._effect.perform(item)
        except Exception:
            _logger.exception("effect %s failed at position %d", self._effect.name, item.record.position)

    async def _keep_saving(self) -> None:
        saved = self._seen
        while True:
            await asyncio.sleep(_SAVE_SECONDS)
            if self.position != saved:
                saved = self.position
                with contextlib.suppress(OSError):
                    await asyncio.to_thread(self._positions.save, self._effect.name, saved)
