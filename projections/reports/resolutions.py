"""The report of how long it took until conversations were over."""

from collections.abc import Iterator
from typing import Annotated, Any

import msgspec
import sqlalchemy as sql

from projections.facts import CONVERSATIONS, TEAM_MEMBERSHIPS
from projections.facts.conversations import CONVERSATION_ROWS
from projections.reports.columns import average, largest_of, quantile
from projections.reports.grouping import grouped, in_order, named
from projections.reports.quantiles import quantile_of, sorted_values
from projections.reports.report import Report, in_seconds, mean
from projections.reports.request import ReportRequest
from projections.reports.started_conversations import (
    CONVERSATION_DIMENSIONS,
    Conditions,
    conversation_dimensions,
    drill_down_of,
    started_conversations,
)
from projections.reports.summing import Measure, count_if, largest, sum_up
from projections.reports.timestamps import LocalTime
from projections.runner import TableReader, doc

__all__ = ["RESOLUTIONS"]


class Resolutions(msgspec.Struct, kw_only=True):
    interval: Annotated[LocalTime, doc("When the interval begins, by the clock on the wall.")]
    agent_id: Annotated[str | None, doc("The agent who owned the answer last.")]
    queue: Annotated[str | None, doc("The queue in which an agent was last asked for.")]
    mrd: Annotated[str | None, doc("The queue's MRD.")]
    channel: Annotated[str | None, doc("The channel.")]
    direction: Annotated[str | None, doc("inbound or outbound.")]
    conversations: Annotated[int, doc("Conversations that started.")]
    resolved: Annotated[int, doc("Those that ended while an agent or a bot owned the answer.")]
    unresolved: Annotated[int, doc("Those that ended while an agent was waited for.")]
    open: Annotated[int, doc("Those that go on.")]
    resolution_time: Annotated[float, doc("Seconds from the start to the end, of the resolved, without wrap-up.")]
    average_resolution: Annotated[float | None, average("resolution_time ÷ resolved.", "resolution_time", "resolved")]
    median_resolution: Annotated[float | None, quantile("The time that half of the resolved did not exceed.")]
    p90_resolution: Annotated[float | None, quantile("The time that 90 % of the resolved did not exceed.")]
    maximum_resolution: Annotated[float | None, largest_of("The longest time of the resolved.")]


_FIGURES = ("conversations", "resolved", "unresolved", "open")


def _conditions(reader: TableReader) -> Conditions:
    rows = reader.table(CONVERSATION_ROWS)
    ended, waited = rows.c.ended_at.is_not(None), rows.c.ended_while == "waiting_for_agent"
    return {
        "conversations": sql.true(),
        "resolved": sql.and_(ended, ~waited),
        "unresolved": sql.and_(ended, waited),
        "open": ~ended,
    }


def _resolution_time(reader: TableReader) -> "sql.ColumnElement[int | None]":
    """Empty for a conversation that is not resolved."""
    rows = reader.table(CONVERSATION_ROWS)
    return sql.case((_conditions(reader)["resolved"], rows.c.ended_at - rows.c.started_at))


def _rows(reader: TableReader, request: ReportRequest) -> Iterator[Resolutions]:
    dimensions, at = conversation_dimensions(reader), reader.table(CONVERSATION_ROWS).c.started_at
    time = _resolution_time(reader)
    measures = {name: count_if(condition) for name, condition in _conditions(reader).items()}
    measures |= {"time": Measure(time), "longest": largest(time)}
    facts, by = started_conversations(reader, request), grouped(request, dimensions)
    found = sum_up(reader, request, facts, at, by, measures)
    values = sorted_values(reader, request, facts, at, by, time)
    for key in in_order(found):
        number, group = key
        sums = found[key]
        counts: dict[str, Any] = {name: sums[name] for name in _FIGURES}
        yield Resolutions(
            interval=request.intervals[number].label,
            resolution_time=in_seconds(sums.get("time", 0)) or 0.0,
            average_resolution=mean(sums.get("time", 0), sums["resolved"]),
            median_resolution=quantile_of(values, key, 50),
            p90_resolution=quantile_of(values, key, 90),
            maximum_resolution=in_seconds(sums.get("longest")),
            **named(request, dimensions, group),
            **counts,
        )


RESOLUTIONS = Report(
    name="resolutions",
    title="Resolution time",
    description="How long it took from the start of a conversation to its end. A conversation that ended while an "
    "agent was waited for is unresolved; every other one that ended is resolved, by an agent or a bot. A conversation "
    "counts in the interval in which it started, with its end whenever that is. It belongs to the agent who owned the "
    "answer last.",
    row=Resolutions,
    filters=("agent", "team", "queue", "mrd", "channel", "direction"),
    projections=(CONVERSATIONS, TEAM_MEMBERSHIPS),
    rows=_rows,
    dimensions=CONVERSATION_DIMENSIONS,
    default_by=("queue", "mrd"),
    optional=("agent", "queue", "mrd"),
    drill_down=drill_down_of(_conditions, *_FIGURES),
)
