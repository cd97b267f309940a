"""The list of streams, by their newest events."""

import asyncio
from collections.abc import Sequence
from typing import Any, NamedTuple, get_args

import msgspec
import sqlalchemy as sql

from gateways.api.call import Call
from gateways.api.inspection.viewers import viewer_of
from gateways.http.answer import Answer
from gateways.http.problems import invalid_input
from gateways.inspection.masking import MASK
from gateways.inspection.viewer import Viewer
from gateways.read_models import read, wait_for_position
from projections.facts import CHANNEL_SESSIONS, CONVERSATIONS
from projections.facts.channel_sessions import SESSIONS
from projections.facts.conversations import CONVERSATION_ROWS, PARTICIPATIONS
from projections.inspection import STREAM_HEADS, STREAMS
from projections.runner import TableReader
from schemas.api.inspection import ConversationHead, ConversationStatus, StreamHead, Streams
from schemas.records import conversation_stream, entity_id_of

__all__ = ["streams"]

_PROJECTIONS = (STREAMS, CONVERSATIONS, CHANNEL_SESSIONS)
_MAX_TEXT_LENGTH = 256
_STATUSES: tuple[str, ...] = get_args(ConversationStatus)


class _Wanted(NamedTuple):
    """The streams that are asked for. All but ``category`` and ``name`` are about conversations."""

    category: str | None
    name: str
    channel: str
    status: str
    customer: str
    agent: str

    @property
    def of_conversations(self) -> bool:
        return bool(self.channel or self.status or self.customer or self.agent)


async def streams(call: Call) -> Answer[Streams]:
    """The stream with the newest event comes first. ``q`` looks for a part of the name. With ``channel``, ``status``,
    ``customer`` or ``agent`` there are conversations alone; a customer is found by a part of the name or by the id, in
    conversations that the caller reads in clear."""
    wanted, viewer = _wanted(call), viewer_of(call)
    limit, before = call.number("limit", 100, 1_000), call.number("cursor", 0, 2**62)
    await wait_for_position(
        call.services.projections, _PROJECTIONS, await asyncio.to_thread(call.services.journal.last_position)
    )

    def work(reader: TableReader) -> Streams:
        return _page(reader, wanted, before, limit, viewer)

    return Answer(await read(call.services.projections, _PROJECTIONS, work))


def _wanted(call: Call) -> _Wanted:
    category = call.query.get("category")
    texts = {name: call.query.get(name, "") for name in ("q", "channel", "status", "customer", "agent")}
    for name, text in texts.items():
        if len(text) > _MAX_TEXT_LENGTH or "\0" in text:
            raise invalid_input(name, f"must be at most {_MAX_TEXT_LENGTH} characters, and no NUL among them")
    if texts["status"] and texts["status"] not in _STATUSES:
        raise invalid_input("status", f"must be one of {', '.join(_STATUSES)}, not {texts['status'][:64]!r}")
    return _Wanted(category, *texts.values())


def _page(reader: TableReader, wanted: _Wanted, before: int, limit: int, viewer: Viewer) -> Streams:
    heads, conversations = reader.table(STREAM_HEADS), reader.table(CONVERSATION_ROWS)
    own = conversations.c.conversation_id == sql.func.substr(heads.c.stream, len(conversation_stream("")) + 1)
    found = (
        sql.select(heads, conversations.c.conversation_id, conversations.c.channel, conversations.c.status)
        .add_columns(conversations.c.agents)
        .join_from(heads, conversations, own, isouter=not wanted.of_conversations)
        .where(*_conditions(reader, wanted))
        .order_by(heads.c.last_position.desc())
        .limit(limit + 1)
    )
    if before:
        found = found.where(heads.c.last_position < before)
    rows = reader.connection.execute(found).all()
    visible = [row for row in rows[:limit] if not wanted.customer or viewer.sees(row.stream)]
    customers = _customers(reader, visible)
    return Streams(
        streams=[_head(row, customers, viewer) for row in visible],
        next=str(rows[limit - 1].last_position) if len(rows) > limit else None,
        masked=not viewer.sees_all,
    )


def _conditions(reader: TableReader, wanted: _Wanted) -> "list[sql.ColumnElement[bool]]":
    heads, conversations = reader.table(STREAM_HEADS), reader.table(CONVERSATION_ROWS)
    sessions, parts = reader.table(SESSIONS), reader.table(PARTICIPATIONS)
    found: list[sql.ColumnElement[bool]] = []
    if wanted.category is not None:
        found.append(heads.c.category == wanted.category)
    if wanted.name:
        found.append(heads.c.stream.icontains(wanted.name, autoescape=True))
    if wanted.channel:
        found.append(conversations.c.channel == wanted.channel)
    if wanted.status:
        found.append(conversations.c.status == wanted.status)
    if wanted.customer:
        named = sessions.c.customer_name.icontains(wanted.customer, autoescape=True)
        known = sql.or_(named, sessions.c.customer_id == wanted.customer)
        found.append(conversations.c.conversation_id.in_(sql.select(sessions.c.conversation_id).where(known)))
    if wanted.agent:
        took_part = sql.select(parts.c.conversation_id).where(parts.c.agent_id == wanted.agent)
        found.append(conversations.c.conversation_id.in_(took_part))
    return found


def _customers(reader: TableReader, rows: Sequence[Any]) -> dict[str, str | None]:
    """The names, or else the ids, of the conversations' customers as they came last."""
    sessions = reader.table(SESSIONS)
    ids = [row.conversation_id for row in rows if row.conversation_id is not None]
    found = sql.select(sessions).where(sessions.c.conversation_id.in_(ids)).order_by(sessions.c.position)
    return {
        session.conversation_id: session.customer_name or session.customer_id
        for session in reader.connection.execute(found)
    }


def _head(row: Any, customers: dict[str, str | None], viewer: Viewer) -> StreamHead:
    return StreamHead(
        stream=row.stream,
        category=row.category,
        entity_id=entity_id_of(row.stream),
        events=row.events,
        first_at=row.first_at,
        last_at=row.last_at,
        last_type=row.last_type,
        conversation=None if row.conversation_id is None else _conversation(row, customers, viewer),
    )


def _conversation(row: Any, customers: dict[str, str | None], viewer: Viewer) -> ConversationHead:
    customer = customers.get(row.conversation_id)
    return ConversationHead(
        channel=row.channel,
        status=row.status,
        customer=MASK if customer is not None and not viewer.sees(row.stream) else customer,
        agents=msgspec.json.decode(row.agents),
    )
