"""The report of the tasks that agents were offered, and their outcomes."""

from collections.abc import Iterator
from typing import Annotated, Any

import msgspec
import sqlalchemy as sql

from projections.facts import AGENT_TASKS, CONVERSATIONS, TEAM_MEMBERSHIPS
from projections.facts.agent_tasks import TASKS
from projections.reports.filtering import in_channels, in_teams, on_columns
from projections.reports.report import DrillDown, Report, in_seconds, mean
from projections.reports.request import Filter, ReportRequest
from projections.reports.summing import Measure, count_if, largest, smallest, sum_up, total_if
from projections.reports.timestamps import LocalTime
from projections.runner import TableReader, doc

__all__ = ["QUEUE_PRODUCTIVITY", "TASK_FILTERS", "offered_tasks"]

TASK_FILTERS: tuple[Filter, ...] = ("agent", "team", "queue", "mrd", "channel", "direction")
_SUPERVISING = ("monitor", "barge_in")
_TRANSFERS = ("transfer_direct", "transfer_consult")
_NAMED = ("done", "transferred", "rona", "declined")


class Productivity(msgspec.Struct, kw_only=True):
    interval: Annotated[LocalTime, doc("When the interval begins, by the clock on the wall.")]
    agent_id: Annotated[str, doc("The agent.")]
    queue: Annotated[str, doc("The queue.")]
    mrd: Annotated[str, doc("The MRD (media routing domain).")]
    offered: Annotated[int, doc("Tasks offered.")]
    accepted: Annotated[int, doc("Accepted.")]
    done: Annotated[int, doc("Closed as done.")]
    transferred_out: Annotated[int, doc("Closed because the agent transferred the conversation.")]
    rona: Annotated[int, doc("Offers not answered in time.")]
    declined: Annotated[int, doc("Offers declined.")]
    cancelled: Annotated[int, doc("Closed for another reason.")]
    open: Annotated[int, doc("Not closed yet.")]
    transferred_in: Annotated[int, doc("Accepted tasks that came by a transfer.")]
    average_handle: Annotated[float | None, doc("Mean seconds from acceptance to close.")]
    average_wrap_up: Annotated[float | None, doc("Mean seconds of wrap-up.")]
    minimum_answer: Annotated[float | None, doc("The quickest acceptance, in seconds.")]
    maximum_answer: Annotated[float | None, doc("The slowest acceptance, in seconds.")]
    average_answer: Annotated[float | None, doc("The mean acceptance, in seconds.")]


def offered_tasks(reader: TableReader, request: ReportRequest) -> "sql.Select[Any]":
    """The tasks offered in the range, by the request's filters."""
    tasks = reader.table(TASKS)
    return sql.select(tasks).where(
        tasks.c.offered_at >= request.start,
        tasks.c.offered_at < request.end,
        *on_columns(request, agent=tasks.c.agent_id, queue=tasks.c.queue, mrd=tasks.c.mrd, direction=tasks.c.direction),
        *in_teams(reader, request, tasks.c.agent_id, tasks.c.offered_at),
        *in_channels(reader, request, tasks.c.conversation_id),
    )


def _conditions(reader: TableReader) -> "dict[str, sql.ColumnElement[bool]]":
    """Each count's name with the condition on the tasks that it counts."""
    tasks = reader.table(TASKS)
    disposition, accepted = tasks.c.disposition, tasks.c.accepted_at.is_not(None)
    return {
        "offered": sql.true(),
        "accepted": accepted,
        "done": disposition == "done",
        "transferred_out": disposition == "transferred",
        "rona": disposition == "rona",
        "declined": disposition == "declined",
        "cancelled": sql.and_(disposition.is_not(None), disposition.not_in(_NAMED)),
        "open": disposition.is_(None),
        "transferred_in": sql.and_(accepted, tasks.c.direction.in_(_TRANSFERS)),
    }


def _measures(reader: TableReader) -> dict[str, Measure]:
    tasks = reader.table(TASKS)
    accepted, closed = tasks.c.accepted_at.is_not(None), tasks.c.closed_at.is_not(None)
    handled, wrapped_up = sql.and_(accepted, closed), sql.and_(tasks.c.wrap_up_at.is_not(None), closed)
    answer = tasks.c.accepted_at - tasks.c.offered_at
    return {name: count_if(condition) for name, condition in _conditions(reader).items()} | {
        "handled": count_if(handled),
        "handle_time": total_if(handled, tasks.c.closed_at - tasks.c.accepted_at),
        "wrapped_up": count_if(wrapped_up),
        "wrap_up_time": total_if(wrapped_up, tasks.c.closed_at - tasks.c.wrap_up_at),
        "answer_time": total_if(accepted, answer),
        "minimum_answer": smallest(answer),
        "maximum_answer": largest(answer),
    }


def _facts(reader: TableReader, request: ReportRequest) -> "sql.Select[Any]":
    tasks = reader.table(TASKS)
    return offered_tasks(reader, request).where(tasks.c.direction.not_in(_SUPERVISING))


def _rows(reader: TableReader, request: ReportRequest) -> Iterator[Productivity]:
    tasks = reader.table(TASKS)
    dimensions = (tasks.c.agent_id, tasks.c.queue, tasks.c.mrd)
    found = sum_up(reader, request, _facts(reader, request), tasks.c.offered_at, dimensions, _measures(reader))
    counts = list(_conditions(reader))
    for (number, (agent_id, queue, mrd)), sums in sorted(found.items()):
        yield Productivity(
            interval=request.intervals[number].label,
            agent_id=agent_id,
            queue=queue,
            mrd=mrd,
            average_handle=mean(sums["handle_time"], sums["handled"]),
            average_wrap_up=mean(sums["wrap_up_time"], sums["wrapped_up"]),
            minimum_answer=in_seconds(sums.get("minimum_answer")),
            maximum_answer=in_seconds(sums.get("maximum_answer")),
            average_answer=mean(sums["answer_time"], sums["accepted"]),
            **{name: sums[name] for name in counts},
        )


def _drill_down(reader: TableReader, request: ReportRequest) -> "sql.Select[Any]":
    tasks = reader.table(TASKS)
    return _facts(reader, request).with_only_columns(tasks.c.conversation_id, tasks.c.position)


def _figure(name: str) -> Any:
    return lambda reader, request: _conditions(reader)[name]


_FIGURES = ("offered", "accepted", "done", "transferred_out", "rona", "declined", "cancelled", "open", "transferred_in")

QUEUE_PRODUCTIVITY = Report(
    name="queue-productivity",
    title="Queue productivity",
    description="What each agent did with the tasks offered from each queue.",
    row=Productivity,
    filters=TASK_FILTERS,
    projections=(AGENT_TASKS, CONVERSATIONS, TEAM_MEMBERSHIPS),
    rows=_rows,
    drill_down=DrillDown(_drill_down, {name: _figure(name) for name in _FIGURES}),
)
