"""What a text means that a reader wants to open."""

import asyncio
from collections.abc import Iterator

import sqlalchemy as sql

from gateways.api.call import Call
from gateways.api.inspection.viewers import viewer_of
from gateways.http.answer import Answer
from gateways.http.problems import invalid_input
from gateways.inspection.finding import Finding, Subjects, find
from gateways.read_models import read, wait_for_position
from projections.facts import AGENT_TASKS, QUEUE_WAITS
from projections.facts.agent_tasks import TASKS
from projections.facts.queue_waits import WAITS
from projections.inspection import BELONGINGS, BELONGINGS_TABLE, STREAM_HEADS, STREAMS
from projections.runner import TableReader
from schemas.api.inspection import Finding as FoundThing
from schemas.api.inspection import Findings
from schemas.records import CENTRE, conversation_stream, entity_id_of

__all__ = ["findings"]

_PROJECTIONS = (STREAMS, BELONGINGS, QUEUE_WAITS, AGENT_TASKS)
_MAX_FOUND = 50
_MAX_TEXT_LENGTH = 300


async def findings(call: Call) -> Answer[Findings]:
    """The text may be a stream, a position, the name of an agent, a queue or an MRD, a whole id, or the end of the id
    of a conversation, a task or a correlation as sentences show it."""
    text, services, viewer = call.query.get("q", ""), call.services, viewer_of(call)
    if not text.strip() or len(text) > _MAX_TEXT_LENGTH or "\0" in text:
        raise invalid_input("q", f"must be what to find, in at most {_MAX_TEXT_LENGTH} characters")
    await wait_for_position(services.projections, _PROJECTIONS, await asyncio.to_thread(services.journal.last_position))

    def work(reader: TableReader) -> list[Finding]:
        tables = services.configuration.tables
        return find(services.journal, tables, text, _indexed_subjects(reader), names=viewer.sees(CENTRE))

    found = await read(services.projections, _PROJECTIONS, work)
    return Answer(Findings([FoundThing(*finding) for finding in found[:_MAX_FOUND]]))


def _indexed_subjects(reader: TableReader) -> Subjects:
    """Finds the ends of ids in the projections."""

    def rows(
        column: "sql.ColumnElement[str]", tail: str, *others: "sql.ColumnElement[str]"
    ) -> Iterator[tuple[str, ...]]:
        statement = sql.select(column, *others).where(column.endswith(tail)).distinct().limit(_MAX_FOUND)
        return (tuple(row) for row in reader.connection.execute(statement))

    def subjects(tail: str) -> Iterator[Finding]:
        heads, belongings = reader.table(STREAM_HEADS), reader.table(BELONGINGS_TABLE)
        for (stream,) in rows(heads.c.stream, tail):
            if stream.startswith(conversation_stream("")):
                yield Finding("correlation", entity_id_of(stream), f"The conversation {entity_id_of(stream)}")
        for facts in (reader.table(WAITS), reader.table(TASKS)):
            for task_id, conversation_id in rows(facts.c.task_id, tail, facts.c.conversation_id):
                yield Finding("correlation", conversation_id, f"The task {task_id} of conversation {conversation_id}")
        for (subject,) in rows(belongings.c.subject, tail):
            yield Finding("correlation", subject, f"What belongs together by the id {subject}")

    return subjects
