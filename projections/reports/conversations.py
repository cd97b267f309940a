"""The report of every conversation."""

from collections.abc import Sequence
from typing import Annotated, Any

import msgspec
import sqlalchemy as sql

from projections.facts import CONVERSATIONS as CONVERSATIONS_PROJECTION
from projections.facts import TEAM_MEMBERSHIPS
from projections.facts.conversations import CONVERSATION_ROWS
from projections.reports.columns import link, number, percentage
from projections.reports.filtering import on_columns, with_participants
from projections.reports.listing import list_page
from projections.reports.report import DrillDown, Report, in_seconds, per_cent, transcript_of
from projections.reports.request import ReportRequest
from projections.reports.timestamps import LocalTime, local_time, local_time_or_none
from projections.runner import TableReader, doc
from schemas.personal import Personal

__all__ = ["CONVERSATIONS"]


class ConversationReport(msgspec.Struct, kw_only=True):
    conversation_id: Annotated[str, doc("The conversation.")]
    direction: Annotated[str, doc("inbound or outbound.")]
    channel: Annotated[str, doc("The channel.")]
    queue: Annotated[str | None, doc("The queue in which an agent was last asked for.")]
    mrd: Annotated[str | None, doc("That queue's MRD.")]
    started_at: Annotated[LocalTime, doc("When it started.")]
    ended_at: Annotated[LocalTime | None, doc("When it ended.")]
    duration: Annotated[float, doc("Seconds; of one that goes on, up to as_of.")]
    status: Annotated[str, doc("Its status now.")]
    agents: Annotated[list[str], doc("Every agent who took part.")]
    wrap_up_codes: Annotated[list[str], doc("The wrap-up codes.")]
    wrap_up_note: Annotated[str | None, Personal, doc("The wrap-up note.")]
    transfers: Annotated[int, doc("How often it was transferred.")]
    consults: Annotated[int, doc("How often another agent was consulted.")]
    conferences: Annotated[int, doc("How often another agent was asked in.")]
    bot: Annotated[str | None, doc("The bot that began it.")]
    bot_share: Annotated[float | None, percentage("Share of the time in which a bot owned the answer, in per cent.")]
    waiting: Annotated[float, doc("Seconds in which an agent was waited for.")]
    customer_messages: Annotated[int, doc("Messages of the customer.")]
    bot_messages: Annotated[int, doc("Messages of bots.")]
    agent_messages: Annotated[int, doc("Messages of agents.")]
    rating: Annotated[int | None, number("The customer's score.")]
    labels: Annotated[list[str], doc("The labels.")]
    disposition: Annotated[str | None, doc("The reason for which it ended.")]
    ended_by: Annotated[str | None, doc("The party that ended it.")]
    transcript: Annotated[str, link("Where it can be read.")]
    position: Annotated[int, number("The position of the event that started it.")]


def _facts(reader: TableReader, request: ReportRequest) -> "sql.Select[Any]":
    rows = reader.table(CONVERSATION_ROWS)
    return sql.select(rows).where(
        rows.c.started_at >= request.start,
        rows.c.started_at < request.end,
        *on_columns(request, queue=rows.c.queue, mrd=rows.c.mrd, channel=rows.c.channel, direction=rows.c.direction),
        *with_participants(reader, request, rows.c.conversation_id),
    )


def _list(
    reader: TableReader, request: ReportRequest, after: str | None, limit: int
) -> tuple[Sequence[ConversationReport], str | None]:
    def row(found: Any) -> ConversationReport:
        ended_at = max(request.as_of, found.started_at) if found.ended_at is None else found.ended_at
        over = found.ended_at is not None
        waits = 0 if found.waiting_since is None else max(request.as_of - found.waiting_since, 0)
        return ConversationReport(
            conversation_id=found.conversation_id,
            direction=found.direction,
            channel=found.channel,
            queue=found.queue,
            mrd=found.mrd,
            started_at=local_time(found.started_at, request.zone),
            ended_at=local_time_or_none(found.ended_at, request.zone),
            duration=in_seconds(ended_at - found.started_at) or 0.0,
            status=found.status,
            agents=msgspec.json.decode(found.agents),
            wrap_up_codes=msgspec.json.decode(found.wrap_up_codes),
            wrap_up_note=found.wrap_up_note,
            transfers=found.transfers,
            consults=found.consults,
            conferences=found.conferences,
            bot=found.bot,
            bot_share=per_cent(found.bot_time, ended_at - found.started_at) if over else None,
            waiting=in_seconds(found.waiting_time + waits) or 0.0,
            customer_messages=found.customer_messages,
            bot_messages=found.bot_messages,
            agent_messages=found.agent_messages,
            rating=found.rating,
            labels=msgspec.json.decode(found.labels),
            disposition=found.disposition,
            ended_by=found.ended_by,
            transcript=transcript_of(found.conversation_id),
            position=found.position,
        )

    key = (reader.table(CONVERSATION_ROWS).c.position,)
    return list_page(reader, _facts(reader, request), key, after, limit, row)


def _drill_down(reader: TableReader, request: ReportRequest) -> "sql.Select[Any]":
    rows = reader.table(CONVERSATION_ROWS)
    return _facts(reader, request).with_only_columns(rows.c.conversation_id, rows.c.position)


CONVERSATIONS = Report(
    name="conversations",
    title="Conversation detail",
    description="Each conversation: its length, its participants and its end.",
    row=ConversationReport,
    filters=("agent", "team", "queue", "mrd", "channel", "direction"),
    projections=(CONVERSATIONS_PROJECTION, TEAM_MEMBERSHIPS),
    listing=_list,
    drill_down=DrillDown(_drill_down, {"conversations": lambda *_: sql.true()}),
)
