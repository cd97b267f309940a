"""All events that belong to a conversation or a correlation, in all streams."""

from collections.abc import Iterator

import sqlalchemy as sql

from actors.journal import Journal
from actors.journal.places import pages_between, record_at
from gateways.inspection.causes import cause_of, rest_of_cascade
from projections.inspection import BELONGINGS_TABLE, belongs_to
from projections.runner import TableReader
from schemas.events import REGISTRY
from schemas.identifiers import command_id, event_id
from schemas.records import Record, conversation_stream

__all__ = ["find_by_scan", "find_indexed", "with_causes"]

_OVER = ("ConversationEnded", "WrapUpCompleted")


def find_indexed(journal: Journal, reader: TableReader, identifier: str, after: int, limit: int) -> list[Record]:
    """The first events beyond a position, in order, as far as the projection has come. There are ``limit`` at most."""
    table = reader.table(BELONGINGS_TABLE)
    found = (
        sql.select(table.c.position)
        .where(table.c.subject == identifier, table.c.position > after)
        .order_by(table.c.position)
        .limit(limit)
    )
    indexed = (record_at(journal, position) for position in reader.connection.scalars(found))
    records = {record.position: record for record in (*indexed, *_own(journal, identifier)) if record is not None}
    return [records[position] for position in sorted(records) if position > after][:limit]


def find_by_scan(journal: Journal, identifier: str) -> list[Record]:
    """All events of a conversation or a correlation, found without an index. It reads the journal from the first of
    them to the last, and to the end of the journal while the conversation goes on."""
    own = list(_own(journal, identifier))
    if not own:
        return []
    records = {record.position: record for record in own}
    for page in pages_between(journal, own[0].position, _end(journal, own)):
        records.update((record.position, record) for record in page if identifier in belongs_to(record))
    return [records[position] for position in sorted(records)]


def with_causes(journal: Journal, records: list[Record]) -> list[Record]:
    """These events and all events that caused them, even those that belong to something else, such as an agent who goes
    ready."""
    known = {record.event_id: record for record in records}
    for record in records:
        effect: Record | None = record
        while effect is not None and effect.causation_id not in known:
            effect = cause_of(journal, effect)
            if effect is not None:
                known[effect.event_id] = effect
    return sorted(known.values(), key=lambda record: record.position)


def _own(journal: Journal, identifier: str) -> Iterator[Record]:
    """The events of the conversation's stream, and those of the command of this id."""
    yield from journal.read_stream(conversation_stream(identifier))
    first = journal.read_event(event_id(identifier, 1)) if command_id(identifier) == identifier else None
    if first is not None:
        yield first
        yield from rest_of_cascade(journal, first)


def _end(journal: Journal, own: list[Record]) -> int:
    """The position up to which events about the conversation may stand. Once it is over, only the command of its last
    event may have recorded something elsewhere."""
    last = max(own, key=lambda record: record.position)
    if any(REGISTRY.current_type(record) in _OVER and b'"wrap_up":true' not in record.data for record in own):
        return max((record.position for record in rest_of_cascade(journal, last)), default=last.position)
    return journal.last_position()
