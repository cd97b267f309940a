"""Places in a journal: all arithmetic on positions and versions.

It relies on what every journal promises: positions count from 1 over the whole journal and versions from 1 within a
stream, both without gaps. And it relies on what every writer keeps to: time never runs back along either. Each function
reads a few records, however long the journal; those that yield or return many say so.
"""

from collections.abc import Callable, Iterator
from datetime import datetime

from actors.journal.journal import Journal
from schemas.instants import format_instant
from schemas.records import Record

__all__ = [
    "follows",
    "holds",
    "last_record",
    "last_version",
    "next_record",
    "pages_between",
    "position_at",
    "position_before",
    "record_at",
    "version_at",
    "version_of",
    "versions_between",
]


def record_at(journal: Journal, position: int) -> Record | None:
    found = next_record(journal, position - 1) if position > 0 else None
    return found if found is not None and found.position == position else None


def version_of(journal: Journal, stream: str, version: int) -> Record | None:
    """The stream's record of this version."""
    found = journal.read_stream(stream, version - 1, 1) if version > 0 else []
    return found[0] if found and found[0].version == version else None


def next_record(journal: Journal, after: int) -> Record | None:
    """The first record beyond a position."""
    found = journal.read_all(after, 1)
    return found[0] if found else None


def last_record(journal: Journal) -> Record | None:
    return record_at(journal, journal.last_position())


def last_version(journal: Journal, stream: str) -> int:
    """The version of the stream's last event; 0 for an unknown stream. The search steps ahead further and further,
    and back by smaller and smaller steps."""
    last, step = 0, 1
    while step:
        ahead = journal.read_stream(stream, last + step - 1, 1)
        last = ahead[0].version if ahead else last
        step = step * 2 if ahead else step // 2
    return last


def holds(journal: Journal, position: int, event_id: str) -> bool:
    """True if the journal has this event at this position. If it has not, the asker has read another journal."""
    found = record_at(journal, position)
    return found is not None and found.event_id == event_id


def follows(record: Record, position: int) -> bool:
    """True if the record has the next position."""
    return record.position == position + 1


def position_at(journal: Journal, instant: datetime) -> int:
    """The position of the last event at the instant or before it; 0 when there is none."""
    at = format_instant(instant)
    return _last(journal.last_position(), lambda position: _at(journal, position) <= at)


def position_before(journal: Journal, instant: datetime) -> int:
    """The position of the last event before the instant; 0 when there is none."""
    at = format_instant(instant)
    return _last(journal.last_position(), lambda position: _at(journal, position) < at)


def version_at(journal: Journal, stream: str, instant: datetime, last: int | None = None) -> int:
    """The stream's last version, of at most ``last``, at the instant or before it; 0 when there is none."""
    at = format_instant(instant)
    last = last_version(journal, stream) if last is None else last
    return _last(last, lambda version: journal.read_stream(stream, version - 1, 1)[0].at <= at)


def versions_between(journal: Journal, stream: str, after: int, until: int) -> list[Record]:
    """The stream's records of versions beyond ``after``, up to ``until``, at once."""
    return journal.read_stream(stream, after, max(until - after, 0))


def pages_between(journal: Journal, after: int, until: int, page: int = 1_000) -> Iterator[list[Record]]:
    """All records at positions beyond ``after``, up to ``until``, a page at a time."""
    while after < until and (records := journal.read_all(after, min(page, until - after))):
        yield records
        after = records[-1].position


def _at(journal: Journal, position: int) -> str:
    return journal.read_all(position - 1, 1)[0].at


def _last(last: int, is_there: Callable[[int], bool]) -> int:
    """The last number from 1 to ``last`` for which the condition is true, if it is true for all before; 0 for none."""
    low, high = 0, last
    while low < high:
        middle = (low + high + 1) // 2
        if is_there(middle):
            low = middle
        else:
            high = middle - 1
    return low
