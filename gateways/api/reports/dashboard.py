"""The content of a dashboard: the floor now, and the day's figures."""

from collections import Counter
from collections.abc import Mapping
from itertools import islice
from zoneinfo import ZoneInfo

import sqlalchemy as sql

from actors.agent import mrd_state
from gateways.services import Services
from projections import ConversationView
from projections.facts import CONVERSATIONS
from projections.facts.conversations import CONVERSATION_ROWS, STATUSES
from projections.reports.queue_intervals import QUEUE_INTERVALS, QueueTotals, totals_of_queues
from projections.reports.request import ReportRequest
from projections.runner import TableReader
from schemas.api.reports import Dashboard, DashboardConversation, DashboardMrd, DashboardQueue
from schemas.instants import format_instant

__all__ = ["DASHBOARD_PROJECTIONS", "DayFigures", "dashboard", "figures_of_day"]

DASHBOARD_PROJECTIONS = (*QUEUE_INTERVALS.projections, CONVERSATIONS)
_MAX_ONGOING = 100
_NO_TOTALS = QueueTotals()


class DayFigures:
    """The figures from the projections: the queues' totals of the day, and the open conversations by status. A
    conversation that does not wait before later is ``scheduled``."""

    def __init__(self, queues: Mapping[tuple[str, str], QueueTotals], conversations: dict[str, int]) -> None:
        self.queues = queues
        self.conversations = conversations


def figures_of_day(reader: TableReader, request: ReportRequest) -> DayFigures:
    statuses, rows = reader.table(STATUSES), reader.table(CONVERSATION_ROWS)
    status = sql.case((rows.c.waiting_since > request.as_of, "scheduled"), else_=statuses.c.status).label("status")
    count = (
        sql.select(status, sql.func.count())
        .join(rows, rows.c.conversation_id == statuses.c.conversation_id)
        .where(statuses.c.ended_at.is_(None))
    )
    by_status = reader.connection.execute(count.group_by(status).order_by(status))
    return DayFigures(totals_of_queues(reader, request), {row[0]: row[1] for row in by_status})


def dashboard(services: Services, day: DayFigures, zone: ZoneInfo, queues: frozenset[str]) -> Dashboard:
    """Callers call it on the event loop, because it reads the live views. ``queues`` are the queues to include; all are
    included when it is empty."""
    ongoing = (v for v in services.conversations if not v.over and (not queues or v.queue in queues))
    return Dashboard(
        at=format_instant(services.clock()),
        position=services.hub.position,
        zone=zone.key,
        queues=[queue for queue in _queues(services, day) if not queues or queue.queue in queues],
        mrds=_mrds(services),
        conversations=day.conversations,
        ongoing=[_ongoing(services, view) for view in islice(ongoing, _MAX_ONGOING)],
    )


def _queues(services: Services, day: DayFigures) -> list[DashboardQueue]:
    active = _active_tasks(services)
    configured = {(name, queue.mrd) for name, queue in services.configuration.queues.items()}
    now = services.clock()
    found = []
    for name, mrd in sorted(configured | day.queues.keys()):
        view = services.queues.view(name, mrd)
        totals = day.queues.get((name, mrd), _NO_TOTALS)
        found.append(
            DashboardQueue(
                queue=name,
                mrd=mrd,
                waiting=view.waiting,
                oldest_wait=None if view.oldest is None else max((now - view.oldest).total_seconds(), 0.0),
                reserved=view.offered,
                scheduled=view.scheduled,
                active=active[name, mrd],
                agents_ready=services.queues.agents_ready(mrd, name),
                offered=totals.offered,
                answered=totals.answered,
                abandoned=totals.abandoned,
                average_wait=totals.average_wait,
                service_level=totals.service_level,
            )
        )
    return found


def _active_tasks(services: Services) -> Counter[tuple[str, str]]:
    """The number of tasks on which agents work, wrap-ups included, by queue and MRD."""
    return Counter(
        (task.queue, task.mrd)
        for agent_id in services.agents
        for task in services.agents.held(agent_id)
        if task.state != "reserved" and task.counts
    )


def _mrds(services: Services) -> list[DashboardMrd]:
    states: dict[str, Counter[str]] = {mrd: Counter() for mrd in services.configuration.mrds}
    for agent_id in services.agents:
        agent = services.agents.get(agent_id)
        if agent is not None and agent.state != "logged_out":
            for mrd in agent.mrds:
                states.setdefault(mrd, Counter())[mrd_state(agent, mrd)] += 1
    return [
        DashboardMrd(mrd, counted.total(), dict(sorted(counted.items()))) for mrd, counted in sorted(states.items())
    ]


def _ongoing(services: Services, view: ConversationView) -> DashboardConversation:
    task = services.queues.task(view.mrd, view.task_id or "") if view.status == "waiting_for_agent" else None
    return DashboardConversation(
        view.conversation_id,
        view.channel,
        "scheduled" if task is not None and task.not_before is not None else view.status,
        view.queue,
        format_instant(view.started_at),
        list(view.agents),
        view.bot if view.status == "with_bot" else None,
    )
