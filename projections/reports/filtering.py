"""The conditions that filters put on facts."""

from typing import Any

import sqlalchemy as sql

from projections.facts.conversations import CONVERSATION_ROWS, PARTICIPATIONS
from projections.facts.team_memberships import MEMBERSHIPS
from projections.reports.grouping import Dimensions
from projections.reports.request import NONE, ReportRequest
from projections.runner import TableReader

__all__ = ["in_channels", "in_teams", "on_columns", "on_dimensions", "with_participants"]

Condition = sql.ColumnElement[bool]


def on_columns(request: ReportRequest, **columns: "sql.ColumnElement[Any]") -> list[Condition]:
    """The conditions of filters on columns: each column by the name of its filter."""
    return [_among(columns[name], values) for name, values in request.filters.items() if name in columns]


def on_dimensions(request: ReportRequest, dimensions: Dimensions) -> list[Condition]:
    """The conditions of filters on what a report can distinguish."""
    return [_among(dimensions[name], values) for name, values in request.filters.items() if name in dimensions]


def _among(column: "sql.ColumnElement[Any]", values: tuple[str, ...]) -> Condition:
    return sql.or_(column.in_(values), column.is_(None)) if NONE in values else column.in_(values)


def in_teams(
    reader: TableReader, request: ReportRequest, agent_id: "sql.ColumnElement[str]", at: "sql.ColumnElement[int]"
) -> list[Condition]:
    """The condition that the agent belonged to one of the teams at the moment."""
    if "team" not in request.filters:
        return []
    members = reader.table(MEMBERSHIPS)
    return [
        sql.exists().where(
            members.c.agent_id == agent_id,
            members.c.team.in_(request.filters["team"]),
            members.c.started_at <= at,
            sql.or_(members.c.ended_at.is_(None), members.c.ended_at > at),
        )
    ]


def in_channels(
    reader: TableReader, request: ReportRequest, conversation_id: "sql.ColumnElement[str]"
) -> list[Condition]:
    if "channel" not in request.filters:
        return []
    conversations = reader.table(CONVERSATION_ROWS)
    return [
        sql.exists().where(
            conversations.c.conversation_id == conversation_id,
            conversations.c.channel.in_(request.filters["channel"]),
        )
    ]


def with_participants(
    reader: TableReader, request: ReportRequest, conversation_id: "sql.ColumnElement[str]"
) -> list[Condition]:
    """The condition that one of the agents, or a member of one of the teams, took part."""
    if not {"agent", "team"} & request.filters.keys():
        return []
    parts = reader.table(PARTICIPATIONS)
    return [
        sql.exists().where(
            parts.c.conversation_id == conversation_id,
            *on_columns(request, agent=parts.c.agent_id),
            *in_teams(reader, request, parts.c.agent_id, parts.c.joined_at),
        )
    ]
