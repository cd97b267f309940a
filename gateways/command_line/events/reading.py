"""Reading selected records of a journal: forwards from a position, or only the last few."""

from collections.abc import Iterator
from dataclasses import dataclass

import msgspec

from actors.journal import Journal
from actors.journal.places import last_version
from gateways.inspection.condition import Condition
from schemas.events import REGISTRY
from schemas.records import Record, conversation_stream

__all__ = ["Selection", "last_records", "records_between", "records_of_conversation"]

_PAGE = 2_000


@dataclass(frozen=True)
class Selection:
    """Selects records: those of one stream or of all, of these types or of any, and for which a condition holds."""

    stream: str | None = None
    types: frozenset[str] = frozenset()
    condition: Condition | None = None

    def includes(self, record: Record) -> bool:
        return (
            self.stream in (None, record.stream)
            and (not self.types or REGISTRY.current_type(record) in self.types)
            and (self.condition is None or self.condition.matches(record))
        )


def records_between(journal: Journal, selection: Selection, after: int, until: int) -> Iterator[Record]:
    """Yields the selected records at positions after ``after``, up to and with ``until``."""
    while after < until:
        page = _page(journal, selection.stream, after)
        yield from (record for record in page if record.position <= until and selection.includes(record))
        after = page[-1].position if page else until


def last_records(journal: Journal, selection: Selection, limit: int, until: int) -> list[Record]:
    """Returns the last ``limit`` selected records up to position ``until``, in order."""
    found: list[Record] = []
    end = until if selection.stream is None else last_version(journal, selection.stream)
    size = _PAGE
    while end > 0 and len(found) < limit:
        start = max(0, end - size)
        window = _window(journal, selection.stream, start, end)
        wanted = [record for record in window if record.position <= until and selection.includes(record)]
        found[:0] = wanted[len(found) - limit :]
        size = _PAGE if window else size * 2  # strides over a gap, which only a damaged journal has
        end = start
    return found


def _page(journal: Journal, stream: str | None, after: int) -> list[Record]:
    return journal.read_all(after, _PAGE) if stream is None else journal.read_streams([stream], after, _PAGE)


def _window(journal: Journal, stream: str | None, start: int, end: int) -> list[Record]:
    """Returns the records after ``start`` up to ``end``. Both are versions of the stream, or positions without one."""
    if stream is None:
        return [record for record in journal.read_all(start, end - start) if record.position <= end]
    return [record for record in journal.read_stream(stream, start, end - start) if record.version <= end]


def records_of_conversation(journal: Journal, conversation_id: str, until: int) -> Iterator[Record]:
    """Yields the events of the conversation's own stream and those about it in other streams, up to ``until``.

    The search begins at the first event of its stream: no other stream has an event about it before.
    """
    stream = conversation_stream(conversation_id)
    mark = conversation_id.encode()
    for first in journal.read_stream(stream, limit=1):
        for record in records_between(journal, Selection(), first.position - 1, until):
            if record.stream == stream or (mark in record.data and _concerns(record, conversation_id)):
                yield record


def _concerns(record: Record, conversation_id: str) -> bool:
    try:
        data = msgspec.json.decode(record.data)
    except (UnicodeDecodeError, msgspec.MsgspecError):
        return False
    return isinstance(data, dict) and data.get("conversation_id") == conversation_id
