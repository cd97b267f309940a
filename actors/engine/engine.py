"""The engine's thread, and the way to it from asyncio."""

import asyncio
import logging
import threading
from collections.abc import Callable
from queue import Empty, SimpleQueue

from actors.engine.cascade import Committed, Outcome, Request
from actors.engine.clock import MonotonicClock
from actors.engine.entity_system import EntitySystem
from actors.engine.exceptions import EngineStoppedError, QueueFullError
from actors.engine.recovery import Recovery
from actors.journal import Journal
from actors.journal.places import last_record
from actors.snapshots import Snapshots
from schemas.events import Event
from schemas.instants import parse_instant
from schemas.replies import Refusal, Reply

__all__ = ["Engine", "Observer"]

Observer = Callable[[list[Committed]], None]

_logger = logging.getLogger(__name__)
_SWEEP_SECONDS = 5.0

Answer = Reply | Refusal | None


class Engine:
    """Runs the entity system on a thread of its own.

    While one batch is being made durable the next one gathers: that is the group commit. Observers run on the
    event loop after each commit, before the replies, in the order in which they were added.
    """

    def __init__(
        self,
        journal: Journal,
        *,
        clock: MonotonicClock | None = None,
        queue_size: int = 10_000,
        batch_size: int = 256,
        idle_seconds: float = 900.0,
        snapshots: Snapshots | None = None,
    ) -> None:
        self.clock = clock or MonotonicClock()
        self._journal = journal
        self._snapshots = snapshots
        self._queue: SimpleQueue[Request | None] = SimpleQueue()
        self._queue_size = queue_size
        self._batch_size = batch_size
        self._idle_seconds = idle_seconds
        self._observers: list[tuple[Observer, tuple[type[Event], ...]]] = []
        self._waiting: dict[str, list[asyncio.Future[Answer]]] = {}
        self._stopping = False
        self._serving = False
        self._thread: threading.Thread | None = None
        self._stopped: asyncio.Event
        self._loop: asyncio.AbstractEventLoop

    @property
    def running(self) -> bool:
        return self._serving

    def observe(self, observer: Observer, *types: type[Event]) -> None:
        """Calls the observer with all events of each commit, or with those of these types if there are any."""
        self._observers.append((observer, types))

    def forget(self, observer: Observer) -> None:
        """Ends what ``observe`` began."""
        self._observers = [each for each in self._observers if each[0] != observer]

    async def start(self, recovery: Recovery | None = None) -> None:
        """Folds the journal, or what ``recovery`` has left of it, and starts the thread; raises what the journal
        raises. What is recovered belongs to the engine from then on."""
        self._loop = asyncio.get_running_loop()
        self._stopped = asyncio.Event()
        self._catch_up_clock()
        started: asyncio.Future[None] = self._loop.create_future()
        self._thread = threading.Thread(target=self._main, args=(started, recovery), name="engine")
        self._thread.start()
        await started
        self._serving = not self._stopping

    async def stop(self) -> None:
        """Refuses new commands, carries out those that wait, and ends the thread."""
        if self._thread is None:
            return
        self._serving = False
        if not self._stopping:
            self._stopping = True
            self._queue.put(None)
        await self._stopped.wait()
        self._thread.join()

    def ask(self, request: Request) -> asyncio.Future[Answer]:
        """The future reply, set once the command's events are durable. To be called on the event loop.

        Raises QueueFullError or EngineStoppedError at once. The future raises CommandFailedError or NotDurableError.
        """
        if not self.running:
            raise EngineStoppedError("the engine is not running")
        if self._queue.qsize() >= self._queue_size:
            raise QueueFullError(f"{self._queue_size} commands wait already")
        future: asyncio.Future[Answer] = self._loop.create_future()
        self._waiting.setdefault(request.command_id, []).append(future)
        self._queue.put(request)
        return future

    def _catch_up_clock(self) -> None:
        last = last_record(self._journal)
        if last is not None:
            self.clock.advance_to(parse_instant(last.at))

    def _main(self, started: asyncio.Future[None], recovery: Recovery | None) -> None:
        """The thread. Only here is the actor system touched."""
        try:
            system = EntitySystem(
                self._journal,
                self._release,
                clock=self.clock,
                idle_seconds=self._idle_seconds,
                snapshots=self._snapshots,
            )
            system.recover(recovery)
        except Exception as error:
            self._loop.call_soon_threadsafe(started.set_exception, error)
            self._loop.call_soon_threadsafe(self._abandon)
            return
        self._loop.call_soon_threadsafe(started.set_result, None)
        try:
            self._serve(system)
        except Exception:
            _logger.critical("the engine has stopped on an error; restart the server", exc_info=True)
        finally:
            system.shutdown()
            self._loop.call_soon_threadsafe(self._abandon)

    def _serve(self, system: EntitySystem) -> None:
        swept = self.clock()
        while True:
            requests, stop = self._take(system)
            if requests:
                system.run(requests)
            now = self.clock()
            due = system.timers.next_instant()
            if due is not None and due <= now:
                system.fire()
            if (now - swept).total_seconds() >= _SWEEP_SECONDS:
                system.passivate_idle()
                swept = now
            if stop:
                return

    def _take(self, system: EntitySystem) -> tuple[list[Request], bool]:
        """The requests that wait, up to a batch, and whether to stop; blocks until there is something to do."""
        requests: list[Request] = []
        try:
            item = self._queue.get(timeout=self._patience(system))
            while item is not None:
                requests.append(item)
                if len(requests) >= self._batch_size:
                    return requests, False
                item = self._queue.get_nowait()
        except Empty:
            return requests, False
        return requests, True

    def _patience(self, system: EntitySystem) -> float:
        due = system.timers.next_instant()
        if due is None:
            return _SWEEP_SECONDS
        return min(max((due - self.clock()).total_seconds(), 0.0), _SWEEP_SECONDS)

    def _release(self, outcomes: list[tuple[Request, Outcome]], committed: list[Committed]) -> None:
        self._loop.call_soon_threadsafe(self._deliver, outcomes, committed)

    def _deliver(self, outcomes: list[tuple[Request, Outcome]], committed: list[Committed]) -> None:
        """Runs on the event loop. The views and feeds come first, then the replies, so that a caller reads what was
        written."""
        if committed:
            self._notify(committed)
        for request, outcome in outcomes:
            future = self._next_waiting(request.command_id)
            if future is None or future.done():
                continue
            if outcome.error is None:
                future.set_result(outcome.answer)
            else:
                future.set_exception(outcome.error)

    def _next_waiting(self, command_id: str) -> asyncio.Future[Answer] | None:
        """A caller who repeats a command under the same id while it runs is answered too, in the order of asking."""
        futures = self._waiting.get(command_id)
        if futures is None:
            return None
        future = futures.pop(0)
        if not futures:
            del self._waiting[command_id]
        return future

    def _notify(self, committed: list[Committed]) -> None:
        """An observer that raises must not keep the others, or the replies, from what is durable."""
        for observer, types in tuple(self._observers):
            seen = [item for item in committed if type(item[1]) in types] if types else committed
            try:
                if seen:
                    observer(seen)
            except Exception:
                _logger.exception("an observer failed at position %d", committed[-1].record.position)

    def _abandon(self) -> None:
        """The thread has ended; a caller who still waits must not wait for ever."""
        self._serving = False
        self._stopping = True
        for futures in self._waiting.values():
            for future in futures:
                if not future.done():
                    future.set_exception(EngineStoppedError("the engine has stopped"))
        self._waiting.clear()
        self._stopped.set()
