"""The report of the time that agents spent in each state, by interval.

Occupancy is what the field means by it: the time with work divided by the time ready for it. Calabrio divides the
time handling by the ready time, Genesys the time interacting by that on queue, and Cisco's reports the time handling
tasks by that logged on less that not ready ("percent utilization").
"""

from collections.abc import Iterator
from typing import Annotated, Any

import msgspec
import sqlalchemy as sql

from projections.facts import AGENT_STATES, AGENT_TASKS, TEAM_MEMBERSHIPS
from projections.facts.agent_states import MRD_STATES
from projections.facts.agent_tasks import TASKS
from projections.reports.columns import share
from projections.reports.filtering import in_teams, on_columns
from projections.reports.grouping import GroupKey, in_order, named
from projections.reports.report import MAX_ROWS, DrillDown, Report, per_cent, too_many_rows
from projections.reports.request import DIMENSION_COLUMNS, Filter, ReportRequest
from projections.reports.timestamps import LocalTime
from projections.runner import TableReader, doc

__all__ = ["AGENT_AVAILABILITY", "overlapping_states"]

_STATES = ("not_ready", "ready", "reserved", "active", "busy", "pending_not_ready", "interrupted")
_WITH_TASKS = ("active", "busy", "pending_not_ready")
_DIMENSIONS: tuple[Filter, ...] = ("agent", "mrd")


class AgentAvailability(msgspec.Struct, kw_only=True):
    interval: Annotated[LocalTime, doc("When the interval begins, by the clock on the wall.")]
    agent_id: Annotated[str | None, doc("The agent.")]
    mrd: Annotated[str | None, doc("The MRD (media routing domain).")]
    logged_in: Annotated[float, doc("Seconds in the MRD while logged in: the sum of the states.")]
    not_ready: Annotated[float, doc("Seconds not ready.")]
    ready: Annotated[float, doc("Seconds ready, without a task.")]
    reserved: Annotated[float, doc("Seconds with an offer and no task.")]
    active: Annotated[float, doc("Seconds with tasks, and room for more.")]
    busy: Annotated[float, doc("Seconds with as many tasks as may be held.")]
    pending_not_ready: Annotated[float, doc("Seconds with tasks, taking no more.")]
    interrupted: Annotated[float, doc("Seconds interrupted by a task of another MRD.")]
    availability: Annotated[
        float | None,
        share("(ready + active) ÷ logged_in, in per cent.", part=("ready", "active"), whole=("logged_in",)),
    ]
    occupancy: Annotated[
        float | None,
        share(
            "(active + busy + pending_not_ready) ÷ (logged_in - not_ready - interrupted), in per cent: the share of "
            "the time ready for work in which there was work, wrap-up included.",
            part=_WITH_TASKS,
            whole=("logged_in",),
            without=("not_ready", "interrupted"),
        ),
    ]


def overlapping_states(reader: TableReader, request: ReportRequest) -> "sql.Select[Any]":
    """The spans that lie in the range, at least in part, by the request's filters."""
    spans = reader.table(MRD_STATES)
    return sql.select(spans).where(
        spans.c.started_at < request.end,
        sql.or_(spans.c.ended_at.is_(None), spans.c.ended_at > request.start),
        *on_columns(request, agent=spans.c.agent_id, mrd=spans.c.mrd),
        *in_teams(reader, request, spans.c.agent_id, spans.c.started_at),
    )


def _rows(reader: TableReader, request: ReportRequest) -> Iterator[AgentAvailability]:
    times: dict[GroupKey, dict[str, int]] = {}
    for span in reader.connection.execute(overlapping_states(reader, request)):
        ended_at = request.as_of if span.ended_at is None else min(span.ended_at, request.end)
        group = tuple(getattr(span, DIMENSION_COLUMNS[name]) for name in _DIMENSIONS if name in request.by)
        for number, part in request.intervals.parts(span.started_at, ended_at):
            known = times.setdefault((number, group), dict.fromkeys(_STATES, 0))
            known[span.state] += part
        if len(times) > MAX_ROWS:
            raise too_many_rows()
    for number, group in in_order(times):
        names = named(request, _DIMENSIONS, group)
        yield _row(request.intervals[number].label, names, times[number, group])


def _row(interval: str, names: dict[str, Any], times: dict[str, int]) -> AgentAvailability:
    logged_in = sum(times.values())
    seconds: dict[str, Any] = {state: time / 1_000_000 for state, time in times.items()}
    return AgentAvailability(
        interval=interval,
        logged_in=logged_in / 1_000_000,
        availability=per_cent(times["ready"] + times["active"], logged_in),
        occupancy=per_cent(
            sum(times[state] for state in _WITH_TASKS), logged_in - times["not_ready"] - times["interrupted"]
        ),
        **names,
        **seconds,
    )


def _tasks_in_states(reader: TableReader, request: ReportRequest) -> "sql.Select[Any]":
    """The tasks that an agent held while in a state of the range."""
    spans = overlapping_states(reader, request).subquery("spans")
    tasks = reader.table(TASKS)
    return (
        sql.select(tasks.c.conversation_id, tasks.c.position)
        .distinct()
        .select_from(tasks.join(spans, sql.and_(tasks.c.agent_id == spans.c.agent_id, tasks.c.mrd == spans.c.mrd)))
        .where(
            tasks.c.offered_at < sql.func.coalesce(spans.c.ended_at, request.as_of),
            sql.or_(tasks.c.closed_at.is_(None), tasks.c.closed_at > spans.c.started_at),
            tasks.c.offered_at < request.end,
            sql.or_(tasks.c.closed_at.is_(None), tasks.c.closed_at > request.start),
        )
    )


def _in_state(state: str) -> Any:
    return lambda reader, request: sql.literal_column("spans.state") == state


STATES_DRILL_DOWN = DrillDown(
    _tasks_in_states, {"logged_in": lambda *_: sql.true()} | {state: _in_state(state) for state in _STATES}
)

AGENT_AVAILABILITY = Report(
    name="agent-availability",
    title="Agent availability and occupancy",
    description="How long each agent was in each state of each MRD. A state that spans several intervals counts in "
    "each of them with the part that falls into it. An agent of several MRDs is in a state of each of them at once, so "
    "that their times add up to more than the shift.",
    row=AgentAvailability,
    filters=("agent", "team", "mrd"),
    projections=(AGENT_STATES, AGENT_TASKS, TEAM_MEMBERSHIPS),
    rows=_rows,
    default_interval="day",
    dimensions=_DIMENSIONS,
    default_by=_DIMENSIONS,
    drill_down=STATES_DRILL_DOWN,
)
