"""The report of customers' waits in queues, by interval."""

from collections import defaultdict
from collections.abc import Iterator
from typing import Annotated, Any

import msgspec
import sqlalchemy as sql

from projections.facts import CONVERSATIONS, QUEUE_WAITS, TEAM_MEMBERSHIPS
from projections.facts.queue_waits import WAITS
from projections.reports.columns import average, count_of_different, largest_of, share
from projections.reports.filtering import in_channels, in_teams, on_columns
from projections.reports.grouping import Dimensions, GroupKey, grouped, in_order, named
from projections.reports.report import DrillDown, Report, in_seconds, mean, per_cent
from projections.reports.request import Filter, ReportRequest
from projections.reports.summing import Measure, Sums, count_if, largest, sum_up, total_if
from projections.reports.timestamps import LocalTime
from projections.runner import TableReader, doc

__all__ = ["QUEUE_INTERVALS", "QueueTotals", "totals_of_queues"]

_AMONG_AGENTS = ("consult", "conference")
_WITHIN_SECONDS = (60, 120, 180, 240)
_NO_SUMS: Sums = {}
_DIMENSIONS: tuple[Filter, ...] = ("queue", "mrd")


class QueueInterval(msgspec.Struct, kw_only=True):
    interval: Annotated[LocalTime, doc("When the interval begins, by the clock on the wall.")]
    queue: Annotated[str | None, doc("The queue.")]
    mrd: Annotated[str | None, doc("The MRD (media routing domain).")]
    offered: Annotated[int, doc("Tasks that came into the queue.")]
    answered: Annotated[int, doc("Accepted by an agent.")]
    abandoned: Annotated[int, doc("The customer did not wait for an agent.")]
    expired: Annotated[int, doc("Nobody took it in time.")]
    moved: Annotated[int, doc("Went to another queue.")]
    cancelled: Annotated[int, doc("Left for another reason.")]
    waiting: Annotated[int, doc("Still in the queue.")]
    longest_queued: Annotated[float | None, largest_of("The longest wait of these tasks, in seconds.")]
    max_queued: Annotated[
        int, count_of_different("The most tasks that waited at the same time, whenever they came into the queue.")
    ]
    answer_time: Annotated[float, doc("Seconds that the answered waited.")]
    average_speed_of_answer: Annotated[float | None, average("answer_time ÷ answered.", "answer_time", "answered")]
    abandon_time: Annotated[float, doc("Seconds that the abandoned waited.")]
    average_abandon: Annotated[float | None, average("abandon_time ÷ abandoned.", "abandon_time", "abandoned")]
    answered_within_60: Annotated[int, doc("Answered after at most 60 seconds.")]
    answered_within_120: Annotated[int, doc("Answered after at most 120 seconds.")]
    answered_within_180: Annotated[int, doc("Answered after at most 180 seconds.")]
    answered_within_240: Annotated[int, doc("Answered after at most 240 seconds.")]
    answered_in_threshold: Annotated[int, doc("Answered within the queue's service-level threshold.")]
    abandoned_in_threshold: Annotated[int, doc("Abandoned within the queue's service-level threshold.")]
    service_level: Annotated[
        float | None,
        share(
            "answered_in_threshold ÷ (offered - abandoned_in_threshold), in per cent.",
            part=("answered_in_threshold",),
            whole=("offered",),
            without=("abandoned_in_threshold",),
        ),
    ]
    service_level_of_offered: Annotated[
        float | None,
        share("answered_in_threshold ÷ offered, in per cent.", part=("answered_in_threshold",), whole=("offered",)),
    ]
    service_level_with_abandoned: Annotated[
        float | None,
        share(
            "(answered_in_threshold + abandoned_in_threshold) ÷ offered, in per cent.",
            part=("answered_in_threshold", "abandoned_in_threshold"),
            whole=("offered",),
        ),
    ]


def _conditions(reader: TableReader) -> "dict[str, sql.ColumnElement[bool]]":
    waits = reader.table(WAITS)
    wait = waits.c.left_at - waits.c.entered_at
    answered, abandoned = waits.c.outcome == "answered", waits.c.outcome == "abandoned"
    within = {f"answered_within_{s}": sql.and_(answered, wait <= s * 1_000_000) for s in _WITHIN_SECONDS}
    outcomes = {name: waits.c.outcome == name for name in ("answered", "abandoned", "expired", "moved", "cancelled")}
    return {
        "offered": sql.true(),
        **outcomes,
        "waiting": waits.c.outcome.is_(None),
        **within,
        "answered_in_threshold": sql.and_(answered, wait <= waits.c.service_level),
        "abandoned_in_threshold": sql.and_(abandoned, wait <= waits.c.service_level),
    }


def _measures(reader: TableReader, request: ReportRequest) -> dict[str, Measure]:
    waits = reader.table(WAITS)
    until = sql.func.coalesce(waits.c.left_at, request.as_of)
    wait = waits.c.left_at - waits.c.entered_at
    return {name: count_if(condition) for name, condition in _conditions(reader).items()} | {
        "answer_time": total_if(waits.c.outcome == "answered", wait),
        "abandon_time": total_if(waits.c.outcome == "abandoned", wait),
        "longest_queued": largest(until - waits.c.entered_at),
    }


class QueueTotals(msgspec.Struct, frozen=True):
    """A queue over a whole range: its counts, and the mean wait of the answered tasks in seconds."""

    offered: int = 0
    answered: int = 0
    abandoned: int = 0
    average_wait: float | None = None
    service_level: float | None = None


def totals_of_queues(reader: TableReader, request: ReportRequest) -> dict[tuple[str, str], QueueTotals]:
    """The totals by queue and MRD. The request's interval must be its whole range."""
    waits = reader.table(WAITS)
    found = sum_up(
        reader,
        request,
        _facts(reader, request),
        waits.c.entered_at,
        (waits.c.queue, waits.c.mrd),
        _measures(reader, request),
    )
    return {
        (queue, mrd): QueueTotals(
            sums["offered"],
            sums["answered"],
            sums["abandoned"],
            mean(sums["answer_time"], sums["answered"]),
            per_cent(sums["answered_in_threshold"], sums["offered"] - sums["abandoned_in_threshold"]),
        )
        for (_, (queue, mrd)), sums in found.items()
    }


def _wanted(reader: TableReader, request: ReportRequest) -> "list[sql.ColumnElement[bool]]":
    waits = reader.table(WAITS)
    among_customers = [] if "direction" in request.filters else [waits.c.direction.not_in(_AMONG_AGENTS)]
    return [
        *among_customers,
        *on_columns(request, agent=waits.c.agent_id, queue=waits.c.queue, mrd=waits.c.mrd, direction=waits.c.direction),
        *in_teams(reader, request, waits.c.agent_id, waits.c.left_at),
        *in_channels(reader, request, waits.c.conversation_id),
    ]


def _facts(reader: TableReader, request: ReportRequest) -> "sql.Select[Any]":
    waits = reader.table(WAITS)
    return sql.select(waits).where(
        waits.c.entered_at >= request.start,
        waits.c.entered_at < request.end,
        waits.c.entered_at <= request.as_of,
        *_wanted(reader, request),
    )


def _rows(reader: TableReader, request: ReportRequest) -> Iterator[QueueInterval]:
    waits = reader.table(WAITS)
    by = grouped(request, _dimensions(reader))
    found = sum_up(reader, request, _facts(reader, request), waits.c.entered_at, by, _measures(reader, request))
    most = _most_at_once(reader, request)
    counts = list(_conditions(reader))
    for key in in_order(found.keys() | most.keys()):
        number, group = key
        sums = found.get(key, _NO_SUMS)
        yield _row(
            request.intervals[number].label,
            named(request, _DIMENSIONS, group),
            {name: sums.get(name, 0) for name in counts},
            sums,
            most.get(key, 0),
        )


def _dimensions(reader: TableReader) -> Dimensions:
    waits = reader.table(WAITS)
    return {"queue": waits.c.queue, "mrd": waits.c.mrd}


def _row(interval: str, names: dict[str, Any], counts: dict[str, Any], sums: Sums, most: int) -> QueueInterval:
    offered, answered = counts["offered"], counts["answered_in_threshold"]
    abandoned = counts["abandoned_in_threshold"]
    return QueueInterval(
        interval=interval,
        longest_queued=in_seconds(sums.get("longest_queued")),
        max_queued=most,
        answer_time=in_seconds(sums.get("answer_time", 0)) or 0.0,
        average_speed_of_answer=mean(sums.get("answer_time", 0), counts["answered"]),
        abandon_time=in_seconds(sums.get("abandon_time", 0)) or 0.0,
        average_abandon=mean(sums.get("abandon_time", 0), counts["abandoned"]),
        service_level=per_cent(answered, offered - abandoned),
        service_level_of_offered=per_cent(answered, offered),
        service_level_with_abandoned=per_cent(answered + abandoned, offered),
        **names,
        **counts,
    )


def _most_at_once(reader: TableReader, request: ReportRequest) -> dict[GroupKey, int]:
    """The most tasks that waited at the same time, by interval and what the request distinguishes. A task that leaves
    at the instant at which another comes does not wait beside it."""
    waits = reader.table(WAITS)
    by = grouped(request, _dimensions(reader))
    statement = sql.select(waits.c.entered_at, waits.c.left_at, *by).where(
        waits.c.entered_at < min(request.end, request.as_of),
        sql.or_(waits.c.left_at.is_(None), waits.c.left_at > request.start),
        *_wanted(reader, request),
    )
    changes: dict[tuple[str, ...], list[tuple[int, int]]] = defaultdict(list)
    for entered_at, left_at, *group in reader.connection.execute(statement):
        if left_at is not None and left_at <= entered_at:
            continue
        changes[tuple(group)].append((max(entered_at, request.start), 1))
        changes[tuple(group)].append((request.as_of if left_at is None else min(left_at, request.end), -1))
    return {(number, key): most for key, steps in changes.items() for number, most in _peaks(request, sorted(steps))}


def _peaks(request: ReportRequest, steps: list[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """The intervals of one group in which a task waited, by number, with how many waited at the same time at most."""
    waiting, step = 0, 0
    for number, interval in enumerate(request.intervals):
        if step == len(steps) and not waiting:
            return
        most = 0
        while step < len(steps) and steps[step][0] <= interval.start:
            waiting += steps[step][1]
            step += 1
        most = waiting
        while step < len(steps) and steps[step][0] < interval.end:
            waiting += steps[step][1]
            most = max(most, waiting)
            step += 1
        if most:
            yield number, most


def _drill_down(reader: TableReader, request: ReportRequest) -> "sql.Select[Any]":
    waits = reader.table(WAITS)
    return _facts(reader, request).with_only_columns(waits.c.conversation_id, waits.c.position)


def _figure(name: str) -> Any:
    return lambda reader, request: _conditions(reader)[name]


_FIGURES = (
    "offered",
    "answered",
    "abandoned",
    "expired",
    "moved",
    "cancelled",
    "waiting",
    *(f"answered_within_{seconds}" for seconds in _WITHIN_SECONDS),
    "answered_in_threshold",
    "abandoned_in_threshold",
)

QUEUE_INTERVALS = Report(
    name="queue-intervals",
    title="Queue intervals",
    description="How many tasks came into each queue in each interval, how they left it, and how long they waited. A "
    "task counts in the interval in which it came into the queue, with everything that happens to it later. Tasks by "
    "which agents ask for other agents do not count, unless the filter direction names them.",
    row=QueueInterval,
    filters=("queue", "mrd", "channel", "direction", "agent", "team"),
    projections=(QUEUE_WAITS, CONVERSATIONS, TEAM_MEMBERSHIPS),
    rows=_rows,
    default_interval="30",
    dimensions=_DIMENSIONS,
    default_by=_DIMENSIONS,
    drill_down=DrillDown(_drill_down, {name: _figure(name) for name in _FIGURES}),
)
