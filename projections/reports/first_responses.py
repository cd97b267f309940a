"""The report of how long customers waited for the first message of an agent.

The time before an agent is asked for is not in it: as long as a bot has the conversation, it answers at once, and the
report ``bots`` counts that.
"""

from collections.abc import Iterator
from typing import Annotated, Any

import msgspec
import sqlalchemy as sql

from projections.facts import FIRST_RESPONSES as RESPONSES_PROJECTION
from projections.facts import TEAM_MEMBERSHIPS
from projections.facts.first_responses import RESPONSES
from projections.reports.columns import average, largest_of, quantile
from projections.reports.filtering import in_teams, on_dimensions
from projections.reports.grouping import Dimensions, grouped, in_order, named
from projections.reports.quantiles import quantile_of, sorted_values
from projections.reports.report import DrillDown, Report, in_seconds, mean
from projections.reports.request import ReportRequest
from projections.reports.summing import Measure, count_if, largest, sum_up
from projections.reports.timestamps import LocalTime
from projections.runner import TableReader, doc

__all__ = ["FIRST_RESPONSES"]

_FIGURES = ("asked", "responded", "unanswered", "awaiting")


class FirstResponses(msgspec.Struct, kw_only=True):
    interval: Annotated[LocalTime, doc("When the interval begins, by the clock on the wall.")]
    agent_id: Annotated[str | None, doc("The agent who wrote.")]
    queue: Annotated[str | None, doc("The queue in which an agent was last asked for before that.")]
    mrd: Annotated[str | None, doc("The queue's MRD.")]
    channel: Annotated[str | None, doc("The channel.")]
    asked: Annotated[int, doc("Conversations of customers in which an agent was first asked for.")]
    responded: Annotated[int, doc("Those in which an agent wrote after that.")]
    unanswered: Annotated[int, doc("Those that ended before an agent wrote.")]
    awaiting: Annotated[int, doc("Those in which neither has happened yet.")]
    response_time: Annotated[
        float, doc("Seconds from the first request for an agent to an agent's first message, of the responded.")
    ]
    average_response: Annotated[float | None, average("response_time ÷ responded.", "response_time", "responded")]
    median_response: Annotated[float | None, quantile("The response time that half of the responded did not exceed.")]
    p90_response: Annotated[float | None, quantile("The response time that 90 % of the responded did not exceed.")]
    maximum_response: Annotated[float | None, largest_of("The longest response time.")]


def _facts(reader: TableReader, request: ReportRequest) -> "sql.Select[Any]":
    responses = reader.table(RESPONSES)
    return sql.select(responses).where(
        responses.c.asked_at >= request.start,
        responses.c.asked_at < request.end,
        responses.c.asked_at <= request.as_of,
        *on_dimensions(request, _dimensions(reader)),
        *in_teams(reader, request, responses.c.agent_id, responses.c.responded_at),
    )


def _dimensions(reader: TableReader) -> Dimensions:
    responses = reader.table(RESPONSES)
    return {
        "agent": responses.c.agent_id,
        "queue": responses.c.queue,
        "mrd": responses.c.mrd,
        "channel": responses.c.channel,
    }


def _conditions(reader: TableReader) -> "dict[str, sql.ColumnElement[bool]]":
    responses = reader.table(RESPONSES)
    responded, ended = responses.c.responded_at.is_not(None), responses.c.ended_at.is_not(None)
    return {
        "asked": sql.true(),
        "responded": responded,
        "unanswered": ended,
        "awaiting": sql.and_(~responded, ~ended),
    }


def _rows(reader: TableReader, request: ReportRequest) -> Iterator[FirstResponses]:
    responses, dimensions = reader.table(RESPONSES), _dimensions(reader)
    time = responses.c.responded_at - responses.c.asked_at
    measures = {name: count_if(condition) for name, condition in _conditions(reader).items()}
    measures |= {"time": Measure(time), "longest": largest(time)}
    facts, by = _facts(reader, request), grouped(request, dimensions)
    found = sum_up(reader, request, facts, responses.c.asked_at, by, measures)
    values = sorted_values(reader, request, facts, responses.c.asked_at, by, time)
    for key in in_order(found):
        number, group = key
        sums = found[key]
        counts: dict[str, Any] = {name: sums[name] for name in _FIGURES}
        yield FirstResponses(
            interval=request.intervals[number].label,
            response_time=in_seconds(sums.get("time", 0)) or 0.0,
            average_response=mean(sums.get("time", 0), sums["responded"]),
            median_response=quantile_of(values, key, 50),
            p90_response=quantile_of(values, key, 90),
            maximum_response=in_seconds(sums.get("longest")),
            **named(request, dimensions, group),
            **counts,
        )


def _drill_down(reader: TableReader, request: ReportRequest) -> "sql.Select[Any]":
    responses = reader.table(RESPONSES)
    return _facts(reader, request).with_only_columns(responses.c.conversation_id, responses.c.position)


def _figure(name: str) -> Any:
    return lambda reader, request: _conditions(reader)[name]


FIRST_RESPONSES = Report(
    name="first-responses",
    title="First response time",
    description="How long customers waited for the first message of an agent: from the first time that an agent was "
    "asked for in a conversation, by a bot or otherwise, to the first message that an agent wrote to the customer "
    "after that. A conversation counts once, in the interval in which an agent was first asked for. Conversations that "
    "the contact centre began do not count.",
    row=FirstResponses,
    filters=("agent", "team", "queue", "mrd", "channel"),
    projections=(RESPONSES_PROJECTION, TEAM_MEMBERSHIPS),
    rows=_rows,
    dimensions=("agent", "queue", "mrd", "channel"),
    default_by=("queue", "mrd"),
    optional=("agent",),
    drill_down=DrillDown(_drill_down, {name: _figure(name) for name in _FIGURES}),
)
