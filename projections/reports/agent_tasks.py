"""The report of every task that agents were offered."""

from collections.abc import Sequence
from typing import Annotated, Any

import msgspec
import sqlalchemy as sql

from projections.facts import AGENT_TASKS as TASKS_PROJECTION
from projections.facts import CONVERSATIONS, TEAM_MEMBERSHIPS
from projections.facts.agent_tasks import TASKS
from projections.reports.columns import link, number
from projections.reports.listing import list_page
from projections.reports.queue_productivity import TASK_FILTERS, offered_tasks
from projections.reports.report import DrillDown, Report, in_seconds, transcript_of
from projections.reports.request import ReportRequest
from projections.reports.timestamps import LocalTime, local_time, local_time_or_none
from projections.runner import TableReader, doc

__all__ = ["AGENT_TASKS"]


class TaskRow(msgspec.Struct, kw_only=True):
    agent_id: Annotated[str, doc("The agent.")]
    queue: Annotated[str, doc("The queue by whose rules it was offered.")]
    mrd: Annotated[str, doc("The MRD (media routing domain).")]
    direction: Annotated[str, doc("Why the task is there.")]
    task_id: Annotated[str, doc("The task.")]
    conversation_id: Annotated[str, doc("The conversation.")]
    offered_at: Annotated[LocalTime, doc("When it was offered.")]
    accepted_at: Annotated[LocalTime | None, doc("When the agent accepted.")]
    wrap_up_at: Annotated[LocalTime | None, doc("When the wrap-up began.")]
    closed_at: Annotated[LocalTime | None, doc("When it was over for the agent.")]
    alert: Annotated[float | None, doc("Seconds from the offer to its acceptance, or to its end without one.")]
    talk: Annotated[float | None, doc("Seconds from acceptance to wrap-up, or to close.")]
    wrap_up: Annotated[float | None, doc("Seconds of wrap-up.")]
    disposition: Annotated[str | None, doc("How it ended.")]
    reason: Annotated[str | None, doc("Why an offer was withdrawn.")]
    transcript: Annotated[str, link("Where the conversation can be read.")]
    position: Annotated[int, number("The position of the event by which it was offered.")]


def _list(
    reader: TableReader, request: ReportRequest, after: str | None, limit: int
) -> tuple[Sequence[TaskRow], str | None]:
    def row(task: Any) -> TaskRow:
        zone = request.zone
        return TaskRow(
            agent_id=task.agent_id,
            queue=task.queue,
            mrd=task.mrd,
            direction=task.direction,
            task_id=task.task_id,
            conversation_id=task.conversation_id,
            offered_at=local_time(task.offered_at, zone),
            accepted_at=local_time_or_none(task.accepted_at, zone),
            wrap_up_at=local_time_or_none(task.wrap_up_at, zone),
            closed_at=local_time_or_none(task.closed_at, zone),
            alert=_between(task.offered_at, task.closed_at if task.accepted_at is None else task.accepted_at),
            talk=_between(task.accepted_at, task.closed_at if task.wrap_up_at is None else task.wrap_up_at),
            wrap_up=_between(task.wrap_up_at, task.closed_at),
            disposition=task.disposition,
            reason=task.reason,
            transcript=transcript_of(task.conversation_id),
            position=task.position,
        )

    return list_page(reader, offered_tasks(reader, request), (reader.table(TASKS).c.position,), after, limit, row)


def _between(start: int | None, end: int | None) -> float | None:
    return None if start is None or end is None else in_seconds(end - start)


def _drill_down(reader: TableReader, request: ReportRequest) -> "sql.Select[Any]":
    tasks = reader.table(TASKS)
    return offered_tasks(reader, request).with_only_columns(tasks.c.conversation_id, tasks.c.position)


AGENT_TASKS = Report(
    name="agent-tasks",
    title="Agent task detail",
    description="Each task that an agent was offered, and how long each part of it took.",
    row=TaskRow,
    filters=TASK_FILTERS,
    projections=(TASKS_PROJECTION, CONVERSATIONS, TEAM_MEMBERSHIPS),
    listing=_list,
    drill_down=DrillDown(_drill_down, {"tasks": lambda *_: sql.true()}),
)
