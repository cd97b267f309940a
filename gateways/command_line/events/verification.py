"""Checking the records of a journal, one after the other, against all the rules that hold for them together."""

from collections import deque
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple, Protocol

from actors.decider import EntityState
from actors.entities import DECIDERS, decider_of
from actors.folding import fold
from schemas.events import REGISTRY, Event
from schemas.exceptions import SchemaError, UnknownEventTypeError
from schemas.instants import parse_instant
from schemas.records import Record, category_of, entity_id_of

__all__ = ["CheckedRecords", "Problem", "Verification"]

_MAX_PROBLEMS = 100
_MAX_FINISHED = 1_000


class Problem(NamedTuple):
    """Something that is wrong at a place. ``field`` names the field of Record at fault, or is empty if no single field
    is."""

    place: str
    field: str
    message: str


class CheckedRecords(Protocol):
    """A journal in which records that were checked can be read again."""

    def read_stream(self, stream: str, after: int = 0, limit: int | None = None) -> list[Record]: ...

    def read_event(self, event_id: str) -> Record | None: ...


@dataclass(slots=True)
class _Stream:
    """How far a stream has been read.

    ``state`` is None before the stream's first event and again some time after it finished. ``resumed`` is True if the
    state has been folded anew since then.
    """

    version: int = 0
    at: datetime | None = None
    state: EntityState | None = None
    folds: bool = True
    resumed: bool = False


class Verification:
    """Collects the problems of records that are passed to ``check`` in the order of their positions.

    It keeps a few bytes for every event and stream, and the states of streams that are not finished.
    """

    def __init__(self, journal: CheckedRecords) -> None:
        self.problems: list[Problem] = []
        self.problem_count = 0
        self.events = 0
        self.position = 0
        self._journal = journal
        self._streams: dict[str, _Stream] = {}
        self._finished: deque[_Stream] = deque()
        self._ids: set[int] = set()

    @property
    def streams(self) -> int:
        return len(self._streams)

    def report(self, place: str, field: str, message: str) -> None:
        self.problem_count += 1
        self.problems.append(Problem(place, field, message))

    def check(self, record: Record, *, altered: bool = False) -> None:
        """``altered`` is True for a record that the hash chain finds to be another than the one that was appended."""
        stream = self._streams.get(record.stream)
        if stream is None:
            stream = self._streams[record.stream] = _Stream()
            self._check_category(record, stream)
        self.events += 1
        self._check_position(record)
        if altered:
            self._report(record, "", "is not the event that was appended, or one before it is missing")
        self._check_version(record, stream)
        self._check_id(record)
        self._check_time(record, stream)
        self._check_data(record, stream)

    def _check_category(self, record: Record, stream: _Stream) -> None:
        if category_of(record.stream) not in DECIDERS:
            stream.folds = False
            self._report(record, "stream", f"the stream begins with none of {', '.join(sorted(DECIDERS))}")

    def _check_position(self, record: Record) -> None:
        missing = record.position - self.position - 1
        if missing > 0:
            self._report(record, "position", f"follows position {self.position}; missing between them: {missing:,}")
        elif missing < 0:
            self._report(record, "position", f"stands after position {self.position}")
        self.position = record.position

    def _check_version(self, record: Record, stream: _Stream) -> None:
        expected = stream.version + 1
        if record.version != expected:
            self._report(record, "version", f"version {expected} of the stream should stand here")
            stream.folds = False
        stream.version = record.version

    def _check_id(self, record: Record) -> None:
        """Only hashes of ids are kept. If a hash comes twice, the journal is asked whether the id does too."""
        known = hash(record.event_id)
        if known in self._ids:
            first = self._journal.read_event(record.event_id)
            if first is not None and first.position != record.position:
                self._report(record, "event_id", f"has the event id {record.event_id} of position {first.position}")
        self._ids.add(known)

    def _check_time(self, record: Record, stream: _Stream) -> None:
        try:
            at = parse_instant(record.at)
        except ValueError:
            self._report(record, "at", f"{record.at!r} is no instant")
            return
        if stream.at is not None and at < stream.at:
            self._report(record, "at", f"its time {record.at} lies before that of the stream's event before it")
        stream.at = at

    def _check_data(self, record: Record, stream: _Stream) -> None:
        try:
            event = REGISTRY.decode(record)
        except (SchemaError, ValueError, LookupError, TypeError) as error:
            self._report(record, _field_at_fault(record, error), str(error))
            stream.folds = False
            return
        if stream.folds:
            self._fold(record, stream, event)

    def _fold(self, record: Record, stream: _Stream, event: Event) -> None:
        try:
            self._evolve(record, stream, event)
        except Exception as error:
            self._report(record, "", f"{record.type} does not fold: {type(error).__name__}: {error}")
            stream.folds = False
            stream.state = None

    def _evolve(self, record: Record, stream: _Stream, event: Event) -> None:
        """Changes the stream's state by the event. A state that was dropped is folded anew first, and then kept."""
        decider = decider_of(record.stream)
        if stream.state is None and record.version > 1:
            stream.state = fold(record.stream, self._journal.read_stream(record.stream, limit=record.version - 1))
            stream.resumed = True
        elif stream.state is None:
            stream.state = decider.initial(entity_id_of(record.stream))
        decider.evolve(stream.state, event)
        if decider.finished(stream.state) and not stream.resumed:
            self._drop_later(stream)

    def _drop_later(self, stream: _Stream) -> None:
        """Drops the state of a finished stream, but not at once: an ended conversation has a few more events."""
        self._finished.append(stream)
        if len(self._finished) > _MAX_FINISHED:
            self._finished.popleft().state = None

    def _report(self, record: Record, field: str, message: str) -> None:
        """Counts every problem and keeps the first hundred."""
        if len(self.problems) < _MAX_PROBLEMS:
            self.report(f"position {record.position}, {record.stream} version {record.version}", field, message)
        else:
            self.problem_count += 1


def _field_at_fault(record: Record, error: Exception) -> str:
    if isinstance(error, UnknownEventTypeError):
        return "type"
    newest = REGISTRY.types[REGISTRY.current_type(record)].VERSION
    return "data" if 1 <= record.schema_version <= newest else "schema_version"
