"""The report of the tasks that agents were offered, and their outcomes."""

from collections.abc import Iterator
from typing import Annotated, Any

import msgspec
import sqlalchemy as sql

from projections.facts import AGENT_TASKS, CONVERSATIONS, TEAM_MEMBERSHIPS
from projections.facts.agent_tasks import TASKS
from projections.reports.columns import average, largest_of, quantile, smallest_of
from projections.reports.filtering import in_channels, in_teams, on_columns
from projections.reports.grouping import Dimensions, grouped, in_order, named
from projections.reports.quantiles import quantile_of, sorted_values
from projections.reports.report import DrillDown, Report, in_seconds, mean
from projections.reports.request import Filter, ReportRequest
from projections.reports.summing import Measure, Sums, count_if, largest, smallest, sum_up
from projections.reports.timestamps import LocalTime
from projections.runner import TableReader, doc

__all__ = ["QUEUE_PRODUCTIVITY", "TASK_FILTERS", "offered_tasks"]

TASK_FILTERS: tuple[Filter, ...] = ("agent", "team", "queue", "mrd", "channel", "direction")
_SUPERVISING = ("monitor", "barge_in")
_TRANSFERS = ("transfer_direct", "transfer_consult")
_NAMED = ("done", "transferred", "rona", "declined")


class Productivity(msgspec.Struct, kw_only=True):
    interval: Annotated[LocalTime, doc("When the interval begins, by the clock on the wall.")]
    agent_id: Annotated[str | None, doc("The agent.")]
    queue: Annotated[str | None, doc("The queue.")]
    mrd: Annotated[str | None, doc("The MRD (media routing domain).")]
    offered: Annotated[int, doc("Tasks offered.")]
    accepted: Annotated[int, doc("Accepted.")]
    done: Annotated[int, doc("Closed as done.")]
    transferred_out: Annotated[int, doc("Closed because the agent transferred the conversation.")]
    rona: Annotated[int, doc("Offers not answered in time.")]
    declined: Annotated[int, doc("Offers declined.")]
    cancelled: Annotated[int, doc("Closed for another reason.")]
    open: Annotated[int, doc("Not closed yet.")]
    transferred_in: Annotated[int, doc("Accepted tasks that came by a transfer.")]
    handled: Annotated[int, doc("Accepted and closed.")]
    handle_time: Annotated[float, doc("Seconds from acceptance to close, wrap-up included, of the handled.")]
    average_handle: Annotated[float | None, average("handle_time ÷ handled.", "handle_time", "handled")]
    median_handle: Annotated[float | None, quantile("The handle time that half of the handled did not exceed.")]
    p90_handle: Annotated[float | None, quantile("The handle time that 90 % of the handled did not exceed.")]
    wrapped_up: Annotated[int, doc("Closed after a wrap-up.")]
    wrap_up_time: Annotated[float, doc("Seconds of wrap-up, of the wrapped_up.")]
    average_wrap_up: Annotated[float | None, average("wrap_up_time ÷ wrapped_up.", "wrap_up_time", "wrapped_up")]
    answer_time: Annotated[float, doc("Seconds from the offer to its acceptance, of the accepted.")]
    minimum_answer: Annotated[float | None, smallest_of("The quickest acceptance, in seconds.")]
    maximum_answer: Annotated[float | None, largest_of("The slowest acceptance, in seconds.")]
    average_answer: Annotated[float | None, average("answer_time ÷ accepted.", "answer_time", "accepted")]


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
    closed = tasks.c.closed_at.is_not(None)
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
        "handled": sql.and_(accepted, closed),
        "wrapped_up": sql.and_(tasks.c.wrap_up_at.is_not(None), closed),
    }


def _measures(reader: TableReader) -> dict[str, Measure]:
    tasks = reader.table(TASKS)
    answer = tasks.c.accepted_at - tasks.c.offered_at
    return {name: count_if(condition) for name, condition in _conditions(reader).items()} | {
        "handle_time": Measure(_handle_time(reader)),
        "wrap_up_time": Measure(tasks.c.closed_at - tasks.c.wrap_up_at),
        "answer_time": Measure(answer),
        "minimum_answer": smallest(answer),
        "maximum_answer": largest(answer),
    }


def _handle_time(reader: TableReader) -> "sql.ColumnElement[int]":
    """Empty for a task that was not accepted, or is not closed."""
    tasks = reader.table(TASKS)
    return tasks.c.closed_at - tasks.c.accepted_at


def _facts(reader: TableReader, request: ReportRequest) -> "sql.Select[Any]":
    tasks = reader.table(TASKS)
    return offered_tasks(reader, request).where(tasks.c.direction.not_in(_SUPERVISING))


def _rows(reader: TableReader, request: ReportRequest) -> Iterator[Productivity]:
    tasks = reader.table(TASKS)
    dimensions: Dimensions = {"agent": tasks.c.agent_id, "queue": tasks.c.queue, "mrd": tasks.c.mrd}
    by = grouped(request, dimensions)
    facts, at = _facts(reader, request), tasks.c.offered_at
    found = sum_up(reader, request, facts, at, by, _measures(reader))
    handled = sorted_values(reader, request, facts, at, by, _handle_time(reader))
    for key in in_order(found):
        number, group = key
        quantiles = {"median_handle": quantile_of(handled, key, 50), "p90_handle": quantile_of(handled, key, 90)}
        names = named(request, dimensions, group)
        yield _row(request.intervals[number].label, names, found[key], quantiles)


def _row(interval: str, names: dict[str, Any], sums: Sums, quantiles: dict[str, Any]) -> Productivity:
    times = {name: sums.get(name, 0) for name in ("handle_time", "wrap_up_time", "answer_time")}
    figures: dict[str, Any] = {name: sums[name] for name in _FIGURES}
    figures |= {name: in_seconds(time) for name, time in times.items()}
    return Productivity(
        interval=interval,
        average_handle=mean(times["handle_time"], sums["handled"]),
        average_wrap_up=mean(times["wrap_up_time"], sums["wrapped_up"]),
        average_answer=mean(times["answer_time"], sums["accepted"]),
        minimum_answer=in_seconds(sums.get("minimum_answer")),
        maximum_answer=in_seconds(sums.get("maximum_answer")),
        **names,
        **quantiles,
        **figures,
    )


def _drill_down(reader: TableReader, request: ReportRequest) -> "sql.Select[Any]":
    tasks = reader.table(TASKS)
    return _facts(reader, request).with_only_columns(tasks.c.conversation_id, tasks.c.position)


def _figure(name: str) -> Any:
    return lambda reader, request: _conditions(reader)[name]


_FIGURES = (
    "offered",
    "accepted",
    "done",
    "transferred_out",
    "rona",
    "declined",
    "cancelled",
    "open",
    "transferred_in",
    "handled",
    "wrapped_up",
)
_DIMENSIONS: tuple[Filter, ...] = ("agent", "queue", "mrd")

QUEUE_PRODUCTIVITY = Report(
    name="queue-productivity",
    title="Queue productivity and handle time",
    description="What each agent did with the tasks offered from each queue, and how long that took. A task counts in "
    "the interval in which it was offered, with everything that happens to it later. Tasks by which supervisors listen "
    "or come in do not count.",
    row=Productivity,
    filters=TASK_FILTERS,
    projections=(AGENT_TASKS, CONVERSATIONS, TEAM_MEMBERSHIPS),
    rows=_rows,
    dimensions=_DIMENSIONS,
    default_by=_DIMENSIONS,
    drill_down=DrillDown(_drill_down, {name: _figure(name) for name in _FIGURES}),
)
