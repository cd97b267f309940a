"""The durable consumer: gives an effect the events of the journal, in order within each lane, from its last
position."""

import asyncio
import logging
import time
from collections import deque

from actors.engine import Committed, EngineStoppedError
from actors.journal import JournalUnavailableError, Subscription
from gateways.data_directory import DataFileError
from gateways.effects.effect import Effect
from gateways.effects.parking import Parking
from gateways.effects.positions import Positions
from gateways.outbox import Outcome, Planned
from gateways.services import Services
from schemas.events import REGISTRY
from schemas.exceptions import SchemaError
from schemas.records import Record

__all__ = ["Consumer"]

_logger = logging.getLogger(__name__)
_BATCH = 500
_MAX_PENDING = 10_000
_SAVE_SECONDS = 0.5
_RETRY_SECONDS = 1.0


class Consumer:
    """Reads the history up to the present, and is then handed the events as they are committed.

    The stored position never goes beyond an event that is not dealt with, so a crash repeats some events and loses
    none. An event that cannot be read is parked, and the others go on. When too many events are pending, the consumer
    takes no more live events and reads them from the journal later.
    """

    def __init__(self, effect: Effect, services: Services, positions: Positions) -> None:
        self._effect = effect
        self._services = services
        self._positions = positions
        self._lanes: dict[str, deque[Committed]] = {}
        self._pending: dict[int, None] = {}
        self._tasks = asyncio.TaskGroup()
        self._live = False
        self._behind = asyncio.Event()
        self._has_room = asyncio.Event()
        self._seen = 0
        self._parking = Parking(effect.name, services.supervision, positions)

    @property
    def position(self) -> int:
        """The position up to which all events are dealt with."""
        first_pending = next(iter(self._pending), None)
        return self._seen if first_pending is None else first_pending - 1

    async def run(self) -> None:
        """Runs until it is cancelled, or until a part of it fails. Effects that are under way are then cancelled too,
        and the next run, by another consumer, repeats them."""
        await asyncio.to_thread(self._parking.load, self._services.journal)
        self._seen = await asyncio.to_thread(self._positions.load, self._effect.name)
        self._services.engine.observe(self._take_live)
        try:
            async with self._tasks:
                self._tasks.create_task(self._keep_saving(self._seen))
                await self._keep_taking()
        finally:
            self._services.engine.forget(self._take_live)
            self._save(self.position)

    async def _keep_taking(self) -> None:
        try:
            while True:
                await self._catch_up_with_retries()
                await self._behind.wait()
        finally:
            self._live = False

    async def _catch_up_with_retries(self) -> None:
        while True:
            try:
                await self._catch_up()
            except JournalUnavailableError as error:
                _logger.warning("effect %s cannot read the journal yet: %s", self._effect.name, error)
                await asyncio.sleep(_RETRY_SECONDS)
            else:
                return

    async def _catch_up(self) -> None:
        """Takes the history up to the last event that was handed out. The live views do not know later events yet, and
        these will come live."""
        self._behind.clear()
        history = Subscription(self._services.journal, self._seen, _BATCH)
        await self._wait_for_room()
        while self._services.hub.position - self._seen > _BATCH:
            self._take_history(await asyncio.to_thread(history.take))
            await self._wait_for_room()
        # No other task may run between this read and going live, because the engine hands out on this event loop.
        self._take_history(history.take())
        self._live = True

    async def _wait_for_room(self) -> None:
        while len(self._pending) >= _MAX_PENDING:
            self._has_room.clear()
            await self._has_room.wait()

    def _take_history(self, records: list[Record]) -> None:
        handed_out = self._services.hub.position
        for record in records:
            if record.position > handed_out:
                break
            try:
                item = Committed(record, REGISTRY.decode(record))
            except SchemaError as error:
                self._seen = record.position
                self._parking.park(record, error)
            else:
                self._take([item])

    def _take_live(self, items: list[Committed]) -> None:
        if not self._live:
            return
        if len(self._pending) >= _MAX_PENDING:
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
            lane = self._lane(item)
            if lane is not None:
                self._pending[position] = None
                self._enqueue(lane, item)

    def _lane(self, item: Committed) -> str | None:
        try:
            return self._effect.lane(item)
        except Exception as error:
            self._parking.park(item.record, error)
            return None

    def _enqueue(self, lane: str, item: Committed) -> None:
        waiting = self._lanes.get(lane)
        if waiting is not None:
            waiting.append(item)
            return
        self._lanes[lane] = deque([item])
        self._tasks.create_task(self._run_lane(lane))

    async def _run_lane(self, lane: str) -> None:
        waiting = self._lanes[lane]
        while waiting:
            item = waiting[0]
            if not await self._perform(item):
                return
            waiting.popleft()
            del self._pending[item.record.position]
            self._has_room.set()
        del self._lanes[lane]

    async def _perform(self, item: Committed) -> bool:
        """Performs the effect, and returns whether the event is dealt with. When the engine has stopped, the event and
        its lane wait for the next run."""
        try:
            await self._effect.perform(item)
        except EngineStoppedError:
            return False
        except Exception as error:
            _logger.exception("effect %s failed at position %d", self._effect.name, item.record.position)
            await self._set_aside(item, error)
        return True

    async def _set_aside(self, item: Committed, error: Exception) -> None:
        """Parks the event in the outbox, from where somebody may try it again."""
        where = Planned(self._effect.target(item), item.record.stream)
        fault = Outcome(kind="server_fault", detail=f"{type(error).__name__}; the log says more")
        park = self._services.outbox.park
        try:
            await asyncio.to_thread(park, self._effect.name, item.record.position, where, fault, time.time())
        except DataFileError as unkept:
            _logger.warning("effect %s cannot keep what it parks: %s", self._effect.name, unkept)

    async def _keep_saving(self, saved: int) -> None:
        while True:
            await asyncio.sleep(_SAVE_SECONDS)
            position = self.position
            if position != saved and await asyncio.to_thread(self._save, position):
                saved = position

    def _save(self, position: int) -> bool:
        try:
            self._positions.save(self._effect.name, position)
        except DataFileError as error:
            _logger.warning("effect %s cannot keep its position %d: %s", self._effect.name, position, error)
            return False
        return True
