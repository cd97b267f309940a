"""Every place that shows waiting tasks shows the same, whatever has happened to them."""

from collections import Counter
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import cast

import sqlalchemy as sql
from hypothesis import given, settings
from hypothesis import strategies as st

from actors.decider import Message
from actors.journal import MemoryJournal
from actors.router import ROUTER, Router
from projections.facts.queue_waits import QUEUE_WAITS, WAITS
from projections.live.queues import QueueDirectory
from projections.runner import Database, moment_of, read_tables
from projections.runner.database import sqlite_url
from projections.runner.rebuild import rebuild
from schemas.commands import (
    AdvanceLine,
    CancelTask,
    ConfirmTask,
    EnqueueTask,
    FlushQueue,
    ReportAvailability,
    ReturnTask,
    RouterCommand,
)
from schemas.events import REGISTRY, Event
from schemas.instants import format_instant
from schemas.records import NewRecord, router_stream
from schemas.tasks import RequeueReason
from tests.examples import SUPPORT, identifier, later

CHAT = router_stream("chat")
TASKS = [identifier(number) for number in range(1, 7)]
AGENTS = ["alice", "bob"]
REASONS: list[RequeueReason] = ["declined", "rona", "agent_not_ready"]


class Line:
    """The router's decider as the engine runs it: its journal, and the live view and the projection of that."""

    def __init__(self) -> None:
        self.seconds = 0.0
        self.state: Router = ROUTER.initial("chat")
        self.live = QueueDirectory()
        self.journal = MemoryJournal()

    def carry_out(self, seconds: float, command: RouterCommand) -> None:
        """Carries out the deadlines that are due before, and then the command."""
        self.seconds += seconds
        while (due := ROUTER.deadlines(self.state).get("line")) is not None and due.instant <= later(self.seconds):
            self._run(AdvanceLine(at=later(self.seconds)))
        self._run(command)

    def _run(self, command: RouterCommand) -> None:
        waiting = [Message(CHAT, command)]
        while waiting:
            decision = ROUTER.decide(self.state, cast("RouterCommand", waiting.pop(0).command))
            for event in decision.events:
                ROUTER.evolve(self.state, event)
                self._record(event)
            waiting += [message for message in decision.messages if message.to == CHAT]

    def _record(self, event: Event) -> None:
        version = self.journal.last_position() + 1
        record = NewRecord(
            stream=CHAT,
            version=version,
            event_id=identifier(1_000 + version),
            type=type(event).__name__,
            at=format_instant(later(self.seconds)),
            schema_version=event.VERSION,
            correlation_id="c",
            causation_id="c",
            actor="test",
            data=REGISTRY.encode(event),
        )
        (recorded,) = self.journal.append([record])
        self.live.apply(recorded, event)


def commands(line: Line, task: int, agent: int, kind: int) -> RouterCommand:
    """One of the commands, at the line's time, about a task and an agent."""
    at, task_id, agent_id = later(line.seconds), TASKS[task], AGENTS[agent]
    routed = line.state.tasks.get(task_id)
    asked = routed.offered_to if routed is not None and routed.offered_to is not None else agent_id
    fresh: list[RouterCommand] = [
        EnqueueTask(at=at, task_id=task_id, conversation_id=task_id, queue=SUPPORT, queued_at=at, **more)
        for more in (
            {},
            {"not_before": later(line.seconds + 50)},
            {"preferred_agent": agent_id, "preferred_seconds": 30},
        )
    ]
    return [
        *fresh,
        CancelTask(at=at, task_id=task_id, reason="customer_left"),
        ConfirmTask(at=at, task_id=task_id, agent_id=asked),
        ReturnTask(at=at, task_id=task_id, agent_id=asked, reason=REASONS[task % len(REASONS)]),
        ReportAvailability(at=at, agent_id=agent_id, accepting=True, max_tasks=2, active_tasks=0, returned=True),
        ReportAvailability(at=at, agent_id=agent_id, accepting=False, max_tasks=2, active_tasks=0),
        FlushQueue(at=at, queue="support", to="sales", most=1),
    ][kind]


@given(
    st.lists(
        st.tuples(
            st.sampled_from([0.0, 5.0, 40.0]),
            st.integers(0, len(TASKS) - 1),
            st.integers(0, len(AGENTS) - 1),
            st.sampled_from([0, 0, 1, 1, 2, 3, 4, 5, 6, 7, 8]),
        ),
        max_size=25,
    )
)
@settings(max_examples=60, deadline=None)
def test_every_place_counts_the_same_waiting_tasks(steps: Sequence[tuple[float, int, int, int]]) -> None:
    line = Line()
    for seconds, task, agent, kind in steps:
        line.carry_out(seconds, commands(line, task, agent, kind))
        check_live_views(line)
    check_projection(line)


def check_live_views(line: Line) -> None:
    """The live view counts as the tasks say, and the places count from 1 to the number that waits."""
    tasks = line.state.tasks.values()
    for queue in ("support", "sales"):
        here = [task for task in tasks if task.queue == queue]
        waiting = [task for task in here if task.offered_to is None and task.not_before is None]
        view = line.live.view(queue, "chat")
        offered = sum(task.offered_to is not None for task in here)
        assert (view.waiting, view.offered) == (len(waiting), offered)
        assert view.scheduled == len(here) - len(waiting) - offered
        assert view.oldest == min((task.entered_at for task in waiting), default=None)
        assert line.live.waiting("chat", queue) == view.waiting
        places = [line.live.position("chat", task.task_id) for task in waiting]
        assert sorted(place for place in places if place is not None) == list(range(1, len(waiting) + 1))
        assert all(
            line.live.estimated_wait_of("chat", task.task_id, later(line.seconds)) is None
            for task in here
            if task.not_before
        )


def check_projection(line: Line) -> None:
    """The tasks that last in the projection, as the floor and the reports read them, are those that wait or are
    offered."""
    now = later(line.seconds)
    with TemporaryDirectory() as folder, closing(Database(sqlite_url(Path(folder) / "reports.db"))) as database:
        database.prepare()
        rebuild(line.journal, database, [QUEUE_WAITS])
        with read_tables(database, QUEUE_WAITS) as reader:
            waits = reader.table(WAITS)
            lasting = sql.select(waits.c.queue, waits.c.entered_at).where(
                waits.c.left_at.is_(None), waits.c.entered_at <= moment_of(now)
            )
            rows = list(reader.connection.execute(lasting))
    counted = Counter(row.queue for row in rows)
    for queue in ("support", "sales"):
        view = line.live.view(queue, "chat")
        assert counted[queue] == view.waiting + view.offered
