"""The conversations that started in a range, for the reports that sum them up."""

from collections.abc import Callable, Mapping
from typing import Any

import sqlalchemy as sql

from projections.facts.conversations import CONVERSATION_ROWS
from projections.reports.filtering import in_teams, on_dimensions
from projections.reports.grouping import Dimensions
from projections.reports.report import DrillDown
from projections.reports.request import Filter, ReportRequest
from projections.runner import TableReader

__all__ = ["CONVERSATION_DIMENSIONS", "Conditions", "conversation_dimensions", "drill_down_of", "started_conversations"]

CONVERSATION_DIMENSIONS: tuple[Filter, ...] = ("agent", "queue", "mrd", "channel", "direction")
"""The agent is the one who owned the answer last, the queue that in which an agent was last asked for."""

Conditions = Mapping[str, "sql.ColumnElement[bool]"]


def conversation_dimensions(reader: TableReader) -> Dimensions:
    rows = reader.table(CONVERSATION_ROWS)
    return {
        "agent": rows.c.last_agent_id,
        "queue": rows.c.queue,
        "mrd": rows.c.mrd,
        "channel": rows.c.channel,
        "direction": rows.c.direction,
    }


def started_conversations(reader: TableReader, request: ReportRequest) -> "sql.Select[Any]":
    """The conversations of the range, by the request's filters."""
    rows = reader.table(CONVERSATION_ROWS)
    return sql.select(rows).where(
        rows.c.started_at >= request.start,
        rows.c.started_at < request.end,
        *on_dimensions(request, conversation_dimensions(reader)),
        *in_teams(reader, request, rows.c.last_agent_id, rows.c.last_agent_at),
    )


def drill_down_of(conditions: Callable[[TableReader], Conditions], *figures: str) -> DrillDown:
    """Leads from counts of started conversations to them."""

    def select(reader: TableReader, request: ReportRequest) -> "sql.Select[Any]":
        rows = reader.table(CONVERSATION_ROWS)
        return started_conversations(reader, request).with_only_columns(rows.c.conversation_id, rows.c.position)

    def figure(name: str) -> "Callable[[TableReader, ReportRequest], sql.ColumnElement[bool]]":
        return lambda reader, _: conditions(reader)[name]

    return DrillDown(select, {name: figure(name) for name in figures})
