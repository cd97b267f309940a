"""Carries out requests and commits what they decide; owned by one thread."""

import logging
import time
from collections.abc import Callable, Sequence
from datetime import UTC, datetime, timedelta

import msgspec
from thespian.actors import ActorSystem

from actors.engine.cascade import Cascade, Committed, Outcome, Request
from actors.engine.entity_actor import Deliver
from actors.engine.entity_registry import EntityRegistry
from actors.engine.exceptions import CommandFailedError, EngineError, NotDurableError
from actors.engine.recovery import Recovery
from actors.engine.timers import Timers
from actors.entities import decider_of
from actors.journal import EventIdTakenError, Journal, JournalUnavailableError, VersionConflictError
from actors.journal.places import follows, pages_between, record_at
from actors.snapshots import Snapshots
from schemas.actors import SYSTEM
from schemas.events import REGISTRY
from schemas.identifiers import IdSource, command_id, new_id
from schemas.instants import Clock, parse_instant, utc_now
from schemas.records import NewRecord, Record

__all__ = ["EntitySystem", "Release"]

Release = Callable[[list[tuple[Request, Outcome]], list[Committed]], None]
"""Called after each commit with the outcomes of requests, and with the events that are now durable."""

_logger = logging.getLogger(__name__)
_RETRY_SECONDS = (0.05, 0.2, 0.5)
_POSTPONE = timedelta(seconds=1)


class EntitySystem:
    """The actors, their deadlines and the journal. ``release`` is the only way out. It is called only after the
    commit of everything that it is given."""

    def __init__(
        self,
        journal: Journal,
        release: Release,
        *,
        clock: Clock = utc_now,
        ids: IdSource = new_id,
        idle_seconds: float = 900.0,
        sleep: Callable[[float], None] = time.sleep,
        snapshots: Snapshots | None = None,
    ) -> None:
        self._journal = journal
        self._release = release
        self._clock = clock
        self._ids = ids
        self._idle_seconds = idle_seconds
        self._sleep = sleep
        self._doubtful: set[str] = set()
        self._released = journal.last_position()
        self._system = ActorSystem("simpleSystemBase", transientUnique=True, logDefs=False)
        self.entities = EntityRegistry(self._system, journal, snapshots)
        self.timers = Timers()
        self._latest = datetime.min.replace(tzinfo=UTC)

    def recover(self, recovery: Recovery | None = None) -> int:
        """Folds the journal, or what ``recovery`` has left of it; open entities stay in memory with their deadlines.
        Returns the last position."""
        self.entities.now = self._clock().timestamp()
        recovery = recovery or Recovery(self._journal)
        recovery.run()
        for stream, state in recovery.unfinished():
            entity = self.entities.admit(stream, decider_of(stream), state)
            self.timers.update(stream, entity.decider.deadlines(state))
        recovery.forget()
        last = record_at(self._journal, recovery.position)
        if last is not None:
            self._latest = parse_instant(last.at)
        return recovery.position

    def shutdown(self) -> None:
        self._system.shutdown()

    def run(self, requests: Sequence[Request]) -> None:
        """Carries out the requests in order, in as few commits as possible, and releases every outcome."""
        self.entities.now = self._clock().timestamp()
        gathered: list[Cascade] = []
        for request in requests:
            cascade = self._carry_out(request)
            if cascade.error is None:
                gathered.append(cascade)
                continue
            # Before the commit, which may have to run the others again: they must not meet a half-changed state.
            self._evict([cascade])
            self._commit(gathered)
            gathered = []
            self._drop(cascade)
        self._commit(gathered)
        self._read_anew()

    def fire(self) -> None:
        """Carries out the deadlines that have fallen due."""
        now = self._clock()
        due = self.timers.pop_due(now)
        requests = [
            Request(
                to=item.stream,
                command=msgspec.structs.replace(item.command, at=now),
                command_id=command_id(self._ids()),
                actor=SYSTEM,
            )
            for item in due
        ]
        self.run(requests)
        for item in due:
            self.timers.postpone(item, now + _POSTPONE)

    def passivate_idle(self) -> None:
        """Lets entities that nobody has used for long leave memory; their deadlines stand."""
        self._read_anew()
        now = self._clock().timestamp()
        self.entities.evict(self.entities.idle_since(now - self._idle_seconds))

    def _carry_out(self, request: Request) -> Cascade:
        request = self._not_earlier(request)
        cascade = Cascade(request)
        try:
            address = self.entities.address(request.to, self._system.tell)
        except Exception as error:
            cascade.error = error
            return cascade
        causation_id = request.causation_id or request.command_id
        self._system.tell(address, Deliver(cascade, request.command, causation_id, self.entities))
        return cascade

    def _not_earlier(self, request: Request) -> Request:
        """Stamps the request no earlier than the last one: time runs one way over the whole journal, also for a
        command that waited while a deadline fired."""
        at = request.command.at
        if at >= self._latest:
            self._latest = at
            return request
        command = msgspec.structs.replace(request.command, at=self._latest)
        return msgspec.structs.replace(request, command=command)

    def _drop(self, cascade: Cascade) -> None:
        """Answers a failed cascade with its error; nothing of the cascade is kept."""
        error = cascade.error
        if not isinstance(error, JournalUnavailableError):
            name = type(cascade.request.command).__name__
            _logger.error("dropped %s to %s", name, cascade.request.to, exc_info=error)
            error = CommandFailedError(f"{name} failed; nothing of it was kept")
        else:
            error = NotDurableError(str(error))
        self._release([(cascade.request, Outcome(None, error))], [])

    def _commit(self, cascades: list[Cascade]) -> None:
        if not cascades:
            return
        records = [record for cascade in cascades for record in cascade.records]
        try:
            appended = self._append(records)
            missed = self._missed_before(appended[0]) if appended else []
        except (VersionConflictError, EventIdTakenError) as error:
            self._retry_alone(cascades, error)
            return
        except JournalUnavailableError as error:
            self._fail(cascades, NotDurableError(str(error)))
            return
        events = [event for cascade in cascades for event in cascade.events]
        committed = [Committed(record, event) for record, event in zip(appended, events, strict=True)]
        self._after_commit(cascades)
        self._let_out([(c.request, Outcome(c.answer)) for c in cascades], missed + committed)

    def _let_out(self, outcomes: list[tuple[Request, Outcome]], committed: list[Committed]) -> None:
        if committed:
            self._released = committed[-1].record.position
        self._release(outcomes, committed)

    def _missed_before(self, record: Record) -> list[Committed]:
        """The unreleased durable events before a record. Most often there are none, and nothing is read."""
        return [] if follows(record, self._released) else self._missed(record.position - 1)

    def _missed(self, position: int) -> list[Committed]:
        """The durable events up to a position that were not released: those of an append that seemed to fail, or of
        another writer."""
        pages = pages_between(self._journal, self._released, position)
        return [Committed(record, REGISTRY.decode(record)) for page in pages for record in page]

    def _append(self, records: list[NewRecord]) -> list[Record]:
        """Tries the same records again when the store fails: their ids make a repetition harmless."""
        if not records:
            return []
        for seconds in _RETRY_SECONDS:
            try:
                return self._journal.append(records)
            except JournalUnavailableError as error:
                _logger.warning("the journal failed, trying again in %s s: %s", seconds, error)
                self._sleep(seconds)
        return self._journal.append(records)

    def _after_commit(self, cascades: list[Cascade]) -> None:
        for stream in dict.fromkeys(stream for cascade in cascades for stream in cascade.touched):
            self._take_over_deadlines(stream)

    def _take_over_deadlines(self, stream: str) -> None:
        """Takes over an entity's deadlines; one that is finished leaves memory."""
        entity = self.entities.get(stream)
        if entity is None:
            return
        self.timers.update(stream, entity.decider.deadlines(entity.state))
        if entity.decider.finished(entity.state):
            self.entities.evict([stream])

    def _retry_alone(self, cascades: list[Cascade], conflict: VersionConflictError | EventIdTakenError) -> None:
        """Another writer was faster, or an id is taken. Nothing was written, so each request may run once more."""
        _logger.error("%s; running %d commands again, each alone", conflict, len(cascades))
        if len(cascades) == 1 and cascades[0].retried:
            final = NotDurableError if isinstance(conflict, VersionConflictError) else CommandFailedError
            self._fail(cascades, final(str(conflict)))
            return
        self._evict(cascades)
        for cascade in cascades:
            again = self._carry_out(cascade.request)
            again.retried = True
            if again.error is None:
                self._commit([again])
            else:
                self._evict([again])
                self._drop(again)

    def _fail(self, cascades: list[Cascade], error: EngineError) -> None:
        _logger.error("%d commands failed: %s", len(cascades), error)
        self._evict(cascades)
        self._release([(cascade.request, Outcome(None, error)) for cascade in cascades], [])

    def _evict(self, cascades: list[Cascade]) -> None:
        """The engine never goes on from unsaved state: all entities that were touched are read anew."""
        for cascade in cascades:
            self.entities.evict(cascade.touched)
            self._doubtful |= cascade.touched

    def _read_anew(self) -> None:
        """Reads evicted entities whose version is in doubt. While the journal cannot be read, they wait."""
        if not self._doubtful:
            return
        try:
            for stream in sorted(self._doubtful):
                self._bring_in(stream)
                self._doubtful.discard(stream)
                self._take_over_deadlines(stream)
            missed = self._missed(self._journal.last_position())
        except JournalUnavailableError as error:
            _logger.warning("cannot read anew yet: %s", error)
            return
        if missed:
            self._let_out([], missed)

    def _bring_in(self, stream: str) -> None:
        try:
            self.entities.address(stream, self._system.tell)
        except JournalUnavailableError:
            raise
        except Exception:
            _logger.exception("cannot read %s", stream)
