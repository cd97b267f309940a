"""The list of streams, by their newest events."""

import asyncio

import sqlalchemy as sql

from actors.entities import DECIDERS
from gateways.api.call import Call
from gateways.api.inspection.viewers import viewer_of
from gateways.http.answer import Answer
from gateways.http.problems import invalid_input
from gateways.read_models import read, wait_for_position
from projections.inspection import STREAM_HEADS, STREAMS
from projections.runner import TableReader
from schemas.api.inspection import StreamHead, Streams
from schemas.records import entity_id_of

__all__ = ["streams"]

_MAX_TEXT_LENGTH = 256


async def streams(call: Call) -> Answer[Streams]:
    """The stream with the newest event comes first. ``q`` looks for a part of the name."""
    category, text = call.query.get("category"), call.query.get("q", "")
    if category is not None and category not in DECIDERS:
        raise invalid_input("category", f"must be one of {', '.join(sorted(DECIDERS))}, not {category[:64]!r}")
    if len(text) > _MAX_TEXT_LENGTH or "\0" in text:
        raise invalid_input("q", f"must be at most {_MAX_TEXT_LENGTH} characters, and no NUL among them")
    limit, before = call.number("limit", 100, 1, 1_000), call.number("cursor", 0, 1, 2**62)
    await wait_for_position(
        call.services.projections, (STREAMS,), await asyncio.to_thread(call.services.journal.last_position)
    )
    masked = not viewer_of(call).sees_all

    def work(reader: TableReader) -> Streams:
        return _page(reader, category, text, before, limit, masked)

    return Answer(await read(call.services.projections, (STREAMS,), work))


def _page(reader: TableReader, category: str | None, text: str, before: int, limit: int, masked: bool) -> Streams:
    table = reader.table(STREAM_HEADS)
    found = sql.select(table).order_by(table.c.last_position.desc()).limit(limit + 1)
    if category is not None:
        found = found.where(table.c.category == category)
    if text:
        found = found.where(table.c.stream.icontains(text, autoescape=True))
    if before:
        found = found.where(table.c.last_position < before)
    rows = reader.connection.execute(found).all()
    more = len(rows) > limit
    return Streams(
        streams=[_head(row) for row in rows[:limit]],
        next=str(rows[limit - 1].last_position) if more else None,
        masked=masked,
    )


def _head(row: "sql.Row[tuple[object, ...]]") -> StreamHead:
    return StreamHead(
        stream=row.stream,
        category=row.category,
        entity_id=entity_id_of(row.stream),
        events=row.events,
        first_at=row.first_at,
        last_at=row.last_at,
        last_type=row.last_type,
    )
