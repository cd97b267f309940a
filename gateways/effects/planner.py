"""The planner: reads the journal for one effect, and plans where each event has to go."""

import asyncio
import logging
import time
from collections.abc import Callable, Iterable
from typing import NamedTuple

from actors.engine import Committed
from actors.journal import JournalUnavailableError, Subscription
from gateways.data_directory import DataFileError, DataFileUnavailableError
from gateways.effects.delivering import DeliveringEffect
from gateways.effects.dispatcher import Dispatcher
from gateways.effects.uninterrupted import uninterrupted
from gateways.outbox import Outbox, Planned
from gateways.services import Services
from schemas.events import REGISTRY, ConfigurationEvent
from schemas.exceptions import SchemaError
from schemas.records import Record

__all__ = ["Planner"]

_logger = logging.getLogger(__name__)
_BATCH = 500
_MAX_UNWRITTEN = 10_000
_SAVE_SECONDS = 5.0
_RETRY_SECONDS = 1.0


class _Unwritten(NamedTuple):
    position: int
    planned: Planned


class Planner:
    """Reads the history up to the present, and is then handed the events as they are committed. The position and what
    is planned up to it are kept in one transaction, so that each event is planned once.

    An effect that runs for the first time begins with the present. When too much is not written yet, the planner takes
    no more live events and reads them from the journal later. A target that is rewound is planned by itself until it
    has caught up with the others.
    """

    def __init__(
        self,
        effect: DeliveringEffect,
        services: Services,
        outbox: Outbox,
        dispatcher: Dispatcher,
        now: Callable[[], float] = time.time,
    ) -> None:
        self._effect = effect
        self._services = services
        self._outbox = outbox
        self._dispatcher = dispatcher
        self._now = now
        self._seen = 0
        self._saved = 0
        self._live = False
        self._unwritten: list[_Unwritten] = []
        self._replaying: dict[str, int] = {}
        self._behind = asyncio.Event()
        self._planned = asyncio.Event()
        self._has_room = asyncio.Event()
        self._rewound = asyncio.Event()
        self._writing = asyncio.Lock()

    async def run(self) -> None:
        """Runs until it is cancelled, or until a part of it fails."""
        async with self._writing:
            await self._load()
        self._services.engine.observe(self._take_live)
        try:
            async with asyncio.TaskGroup() as tasks:
                tasks.create_task(self._keep_writing())
                tasks.create_task(self._keep_replaying())
                await self._keep_taking()
        finally:
            self._live = False
            self._services.engine.forget(self._take_live)

    async def _load(self) -> None:
        """A target that is rewound meanwhile waits, so that its place is not overwritten by what was kept before."""
        cursor = await asyncio.to_thread(self._outbox.cursor, self._effect.name)
        self._seen = self._saved = self._services.hub.position if cursor is None else cursor
        if cursor is None:
            await asyncio.to_thread(self._outbox.plan, self._effect.name, self._seen, [], self._now())
        self._replaying = await asyncio.to_thread(self._outbox.replaying, self._effect.name)

    async def rewind(self, target: str, position: int) -> None:
        """Plans the events beyond the position again for this target."""
        async with self._writing:
            before, self._replaying[target] = self._replaying.get(target, self._seen), position
            try:
                await uninterrupted(self._outbox.rewind, self._effect.name, target, position)
            except DataFileError:
                self._replaying[target] = before
                raise
            finally:
                self._rewound.set()
            self._unwritten = [each for each in self._unwritten if each.planned.target != target]

    async def _keep_taking(self) -> None:
        while True:
            try:
                await self._catch_up()
            except JournalUnavailableError as error:
                _logger.warning("effect %s cannot read the journal yet: %s", self._effect.name, error)
                await asyncio.sleep(_RETRY_SECONDS)
            else:
                await self._behind.wait()

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
        while len(self._unwritten) >= _MAX_UNWRITTEN:
            self._has_room.clear()
            await self._has_room.wait()

    def _take_history(self, records: list[Record]) -> None:
        for record in records:
            if record.position > self._services.hub.position:
                break
            item = _decoded(record)
            if item is None:
                self._seen = record.position
                self._add(record.position, [self._unplanned(record)])
            else:
                self._take([item])

    def _take_live(self, items: list[Committed]) -> None:
        if not self._live:
            return
        if len(self._unwritten) >= _MAX_UNWRITTEN:
            self._live = False
            self._behind.set()
            return
        self._take(items)

    def _take(self, items: Iterable[Committed]) -> None:
        for item in items:
            position = item.record.position
            if position <= self._seen:
                continue
            self._seen = position
            if isinstance(item.event, ConfigurationEvent):
                self._dispatcher.resume()
            planned = [each for each in self._plan(item) if each.target not in self._replaying]
            if planned:
                self._dispatcher.remember(item)
                self._add(position, planned)

    def _add(self, position: int, planned: list[Planned]) -> None:
        self._unwritten += [_Unwritten(position, each) for each in planned]
        self._planned.set()

    def _plan(self, item: Committed) -> list[Planned]:
        try:
            return list(self._effect.plan(item))
        except Exception:
            _logger.exception("effect %s cannot plan the event at position %d", self._effect.name, item.record.position)
            return [self._unplanned(item.record)]

    def _unplanned(self, record: Record) -> Planned:
        """An event that cannot be planned goes to the effect itself, where it is parked with the reason."""
        return Planned(self._effect.name, record.stream)

    async def _keep_writing(self) -> None:
        """What is planned is written at once, and the position alone now and then."""
        try:
            while True:
                try:
                    async with asyncio.timeout(_SAVE_SECONDS):
                        await self._planned.wait()
                except TimeoutError:
                    if self._seen == self._saved:
                        continue
                await self._write()
        finally:
            if self._seen != self._saved:
                self._outbox.plan(self._effect.name, self._seen, self._unwritten, self._now())

    async def _write(self) -> None:
        self._planned.clear()
        async with self._writing:
            unwritten, seen = self._unwritten, self._seen
            self._unwritten = []
            try:
                await uninterrupted(self._outbox.plan, self._effect.name, seen, unwritten, self._now())
            except DataFileUnavailableError as error:
                self._unwritten = unwritten + self._unwritten
                self._planned.set()
                _logger.warning("effect %s cannot keep what it plans yet: %s", self._effect.name, error)
                await asyncio.sleep(_RETRY_SECONDS)
                return
        self._saved = seen
        self._has_room.set()
        self._dispatcher.notify({each.planned.target for each in unwritten})

    async def _keep_replaying(self) -> None:
        while True:
            for target in list(self._replaying):
                await self._replay(target)
            if not self._replaying:
                self._rewound.clear()
                await self._rewound.wait()

    async def _replay(self, target: str) -> None:
        """Plans a batch of events again for a target that is rewound."""
        after = self._replaying[target]
        records = await asyncio.to_thread(self._services.journal.read_all, after, _BATCH)
        records = [record for record in records if record.position <= self._seen]
        until = records[-1].position if records else self._seen
        items = [item for record in records if (item := _decoded(record)) is not None]
        rows = [
            _Unwritten(item.record.position, each)
            for item in items
            for each in self._plan(item)
            if each.target == target
        ]
        async with self._writing:
            if self._replaying.get(target) != after:
                return
            self._replaying[target] = until
            last = until >= self._seen
            if last:
                del self._replaying[target]
            await uninterrupted(self._outbox.replay, self._effect.name, target, until, rows, self._now(), last=last)
        self._dispatcher.notify([target])


def _decoded(record: Record) -> Committed | None:
    """None for an event that this program cannot read."""
    try:
        return Committed(record, REGISTRY.decode(record))
    except SchemaError:
        return None
