"""The report of every channel session."""

from collections.abc import Sequence
from typing import Annotated, Any

import msgspec
import sqlalchemy as sql

from projections.facts import CHANNEL_SESSIONS as SESSIONS_PROJECTION
from projections.facts.channel_sessions import SESSIONS
from projections.reports.columns import number
from projections.reports.filtering import on_columns
from projections.reports.listing import list_page
from projections.reports.report import DrillDown, Report, in_seconds
from projections.reports.request import ReportRequest
from projections.reports.timestamps import LocalTime, local_time, local_time_or_none
from projections.runner import TableReader, doc
from schemas.personal import Personal

__all__ = ["CHANNEL_SESSIONS"]


class SessionRow(msgspec.Struct, kw_only=True):
    conversation_id: Annotated[str, doc("The conversation.")]
    number: Annotated[int, number("Counts the conversation's sessions from 1.")]
    channel: Annotated[str, doc("The channel.")]
    customer_id: Annotated[str | None, Personal, doc("The customer's id; only a claim unless it is verified.")]
    customer_verified: Annotated[bool, doc("Whether the customer is proven to have the id.")]
    customer_name: Annotated[str | None, Personal, doc("The customer's name.")]
    customer_email: Annotated[str | None, Personal, doc("The customer's email address.")]
    customer_phone: Annotated[str | None, Personal, doc("The customer's phone number.")]
    language: Annotated[str | None, doc("The language of the conversation.")]
    started_at: Annotated[LocalTime, doc("When the customer came.")]
    ended_at: Annotated[LocalTime | None, doc("When the session ended.")]
    duration: Annotated[float, doc("Seconds; of a session that lasts, up to as_of.")]
    disposition: Annotated[str | None, doc("How it ended.")]
    position: Annotated[int, number("The position of the event by which it began.")]


def _facts(reader: TableReader, request: ReportRequest) -> "sql.Select[Any]":
    sessions = reader.table(SESSIONS)
    return sql.select(sessions).where(
        sessions.c.started_at >= request.start,
        sessions.c.started_at < request.end,
        *on_columns(request, channel=sessions.c.channel),
    )


def _list(
    reader: TableReader, request: ReportRequest, after: str | None, limit: int
) -> tuple[Sequence[SessionRow], str | None]:
    def row(session: Any) -> SessionRow:
        ended_at = max(request.as_of, session.started_at) if session.ended_at is None else session.ended_at
        return SessionRow(
            conversation_id=session.conversation_id,
            number=session.number,
            channel=session.channel,
            customer_id=session.customer_id,
            customer_verified=session.customer_verified,
            customer_name=session.customer_name,
            customer_email=session.customer_email,
            customer_phone=session.customer_phone,
            language=session.language,
            started_at=local_time(session.started_at, request.zone),
            ended_at=local_time_or_none(session.ended_at, request.zone),
            duration=in_seconds(ended_at - session.started_at) or 0.0,
            disposition=session.disposition,
            position=session.position,
        )

    return list_page(reader, _facts(reader, request), (reader.table(SESSIONS).c.position,), after, limit, row)


def _drill_down(reader: TableReader, request: ReportRequest) -> "sql.Select[Any]":
    sessions = reader.table(SESSIONS)
    return _facts(reader, request).with_only_columns(sessions.c.conversation_id, sessions.c.position)


CHANNEL_SESSIONS = Report(
    name="channel-sessions",
    title="Channel session detail",
    description="Each time that a customer came over a channel.",
    row=SessionRow,
    filters=("channel",),
    projections=(SESSIONS_PROJECTION,),
    listing=_list,
    drill_down=DrillDown(_drill_down, {"sessions": lambda *_: sql.true()}),
)
