"""Events written by hand, and the reports' rows about them: equal computed apart and on both databases."""

from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, Literal

from actors.journal import SqliteJournal
from projections.all import PROJECTIONS
from projections.reports import REPORTS
from projections.runner import Database
from projections.runner.database import sqlite_url
from projections.runner.runner import Runner
from schemas.agents import MrdSettings
from schemas.configuration import Agent, Queue, Tables
from schemas.content import Sender, TextContent
from schemas.events import (
    REGISTRY,
    AgentJoined,
    AgentLeft,
    AgentLoggedIn,
    AgentLoggedOut,
    AgentMrdStateChanged,
    AgentRequested,
    AgentStateChanged,
    ConversationEnded,
    ConversationRated,
    ConversationStarted,
    Customer,
    EndReason,
    Event,
    ItemConfigured,
    LeaveReason,
    MessagePosted,
    MrdState,
    OfferExpired,
    QueueChanged,
    QueueConfigured,
    TaskAccepted,
    TaskAssigned,
    TaskCancelled,
    TaskClosed,
    TaskMoved,
    TaskQueued,
    TaskRequeued,
    TaskReserved,
)
from schemas.identifiers import uuid7
from schemas.instants import format_instant
from schemas.queues import QueueSettings
from schemas.records import NewRecord, agent_stream, conversation_stream
from schemas.tasks import CloseReason, Direction
from tests.figures.asked import Asked
from tests.figures.comparing import Apart, differences, projected_rows
from tests.postgresql import PostgresqlServer

__all__ = ["Story"]

_CUSTOMER = Sender("customer")
_SYSTEM = Sender("system")
_OFFERED_FOR = timedelta(seconds=20)


class Story:
    """A story in MRD chat. Each event happens at the instant of the last ``at``."""

    def __init__(self, folder: Path, postgresql: PostgresqlServer) -> None:
        self._file = folder / "journal.db"
        self._journal = SqliteJournal(self._file)
        self._databases = [Database(sqlite_url(folder / "reports.db")), Database(postgresql.make_schema())]
        self._apart: Apart | None = None
        self._records: list[NewRecord] = []
        self._versions: dict[str, int] = {}
        self._states: dict[str, MrdState] = {}
        self._tasks: dict[str, TaskQueued] = {}
        self._now = datetime.fromisoformat("2026-01-01T00:00:00Z")

    @property
    def now(self) -> datetime:
        return self._now

    def close(self) -> None:
        for database in self._databases:
            database.close()
        self._journal.close()

    def at(self, instant: str) -> None:
        """Sets the instant, in RFC 3339, not before the last one."""
        now = datetime.fromisoformat(instant)
        assert now >= self._now
        self._now = now

    def record(self, stream: str, event: Event) -> None:
        self._versions[stream] = version = self._versions.get(stream, 0) + 1
        event_id = uuid7(int(self._now.timestamp() * 1_000), sum(self._versions.values()))
        kind, data = type(event).__name__, REGISTRY.encode(event)
        at = format_instant(self._now)
        self._records.append(
            NewRecord(stream, version, event_id, kind, at, event.VERSION, event_id, event_id, "test", data)
        )

    def puts_into_team(self, agent_id: str, team: str) -> None:
        agents = {agent_id: Agent(name=agent_id.title(), team=team)}
        self.record("configuration-centre", ItemConfigured(item=Tables(agents=agents)))

    def sets_service_level(self, queue: str, seconds: float) -> None:
        rules = Queue(mrd="chat", service_level_seconds=seconds)
        self.record("router-chat", QueueConfigured(name=queue, queue=rules))

    def logs_in(self, agent_id: str) -> None:
        settings = {"chat": MrdSettings(3)}
        self.record(agent_stream(agent_id), AgentLoggedIn(agent_id=agent_id, name=agent_id.title(), mrds=settings))
        self._states[agent_id] = "not_ready"

    def logs_out(self, agent_id: str) -> None:
        self.record(agent_stream(agent_id), AgentLoggedOut(reason="logout"))

    def goes(self, agent_id: str, state: Literal["ready", "not_ready"], reason: str | None = None) -> None:
        """Changes the state of an agent who holds no task."""
        changed = AgentStateChanged(state=state, reason=reason, changed_at=self._now)
        self.record(agent_stream(agent_id), changed)
        self.is_now(agent_id, state, reason)

    def is_now(self, agent_id: str, state: MrdState, reason: str | None = None) -> None:
        previous, self._states[agent_id] = self._states[agent_id], state
        if previous != state:
            changed = AgentMrdStateChanged(mrd="chat", state=state, previous=previous, reason=reason)
            self.record(agent_stream(agent_id), changed)

    def starts(self, conversation_id: str, bot: str | None = None, direction: Direction = "inbound") -> None:
        started = ConversationStarted(
            conversation_id=conversation_id,
            channel="web",
            customer=Customer(),
            queue="support",
            mrd="chat",
            bot=bot,
            language=None,
            attributes={},
            started_at=self._now,
            opened_at_version=1,
            request_digest="",
            direction=direction,
        )
        self.record(conversation_stream(conversation_id), started)

    def posts(self, conversation_id: str, sender: Sender) -> None:
        message_id = f"message{sum(self._versions.values())}"
        posted = MessagePosted(message_id=message_id, sender=sender, content=TextContent("Hello"))
        self.record(conversation_stream(conversation_id), posted)

    def asks(
        self,
        conversation_id: str,
        task_id: str,
        queue: str = "support",
        by: Sender = _CUSTOMER,
        direction: Direction = "inbound",
        due: str | None = None,
    ) -> None:
        """Asks for an agent, at once or for a later time."""
        settings = QueueSettings(name=queue, mrd="chat")
        place = datetime.fromisoformat(due) if due is not None else self._now
        requested = AgentRequested(
            task_id=task_id, queue=settings, reason=None, requested_by=by, queued_at=place, direction=direction
        )
        queued = TaskQueued(
            task_id=task_id,
            conversation_id=conversation_id,
            queue=settings,
            priority=5,
            queued_at=place,
            entered_at=self._now,
            direction=direction,
            not_before=None if due is None else place,
        )
        self._tasks[task_id] = queued
        self.record(conversation_stream(conversation_id), requested)
        self.record("router-chat", queued)

    def offers(self, task_id: str, agent_id: str) -> None:
        task = self._tasks[task_id]
        reserved = TaskReserved(
            task_id=task_id,
            conversation_id=task.conversation_id,
            mrd="chat",
            queue=task.queue.name,
            reserved_at=self._now,
            expires_at=self._now + _OFFERED_FOR,
            direction=task.direction,
        )
        self.record(agent_stream(agent_id), reserved)

    def does_not_answer(self, task_id: str, agent_id: str) -> None:
        conversation_id = self._tasks[task_id].conversation_id
        self.record(agent_stream(agent_id), OfferExpired(task_id=task_id, conversation_id=conversation_id))
        requeued = TaskRequeued(task_id=task_id, conversation_id=conversation_id, agent_id=agent_id, reason="rona")
        self.record("router-chat", requeued)
        self.goes(agent_id, "not_ready", "rona")

    def accepts(self, task_id: str, agent_id: str) -> None:
        conversation_id = self._tasks[task_id].conversation_id
        self.record(agent_stream(agent_id), TaskAccepted(task_id=task_id, conversation_id=conversation_id))
        assigned = TaskAssigned(task_id=task_id, conversation_id=conversation_id, agent_id=agent_id)
        self.record("router-chat", assigned)
        self.joins(conversation_id, agent_id, task_id)

    def joins(self, conversation_id: str, agent_id: str, task_id: str) -> None:
        joined = AgentJoined(agent_id=agent_id, agent_name=agent_id.title(), role="primary", task_id=task_id)
        self.record(conversation_stream(conversation_id), joined)

    def leaves(self, task_id: str, agent_id: str, reason: LeaveReason, closed: CloseReason) -> None:
        conversation_id = self._tasks[task_id].conversation_id
        self.record(conversation_stream(conversation_id), AgentLeft(agent_id=agent_id, reason=reason))
        self.closes(task_id, agent_id, closed)

    def closes(self, task_id: str, agent_id: str, reason: CloseReason = "done") -> None:
        conversation_id = self._tasks[task_id].conversation_id
        closed = TaskClosed(task_id=task_id, conversation_id=conversation_id, reason=reason, closed_at=self._now)
        self.record(agent_stream(agent_id), closed)

    def moves(self, task_id: str, to: str) -> None:
        """Lets the task overflow into another queue."""
        task, settings = self._tasks[task_id], QueueSettings(name=to, mrd="chat")
        moved = TaskMoved(
            task_id=task_id,
            conversation_id=task.conversation_id,
            from_queue=task.queue.name,
            queue=settings,
            reason="overflow",
            moved_at=self._now,
            step=0,
        )
        self.record("router-chat", moved)
        changed = QueueChanged(task_id=task_id, queue=settings, reason="overflow")
        self.record(conversation_stream(task.conversation_id), changed)

    def cancels(self, task_id: str, reason: str) -> None:
        conversation_id = self._tasks[task_id].conversation_id
        cancelled = TaskCancelled(task_id=task_id, conversation_id=conversation_id, reason=reason)
        self.record("router-chat", cancelled)

    def ends(self, conversation_id: str, reason: EndReason = "customer_left", by: Sender = _SYSTEM) -> None:
        ended = ConversationEnded(reason=reason, ended_by=by, wrap_up=False)
        self.record(conversation_stream(conversation_id), ended)

    def rates(self, conversation_id: str, score: int) -> None:
        self.record(conversation_stream(conversation_id), ConversationRated(score=score, comment=None))

    def rows(self, name: str, from_: str, to: str, now: str | None = None, **asked: Any) -> list[dict[str, Any]]:
        """The rows of a report, in its order. ``now`` is the end of the range unless it is given."""
        if self._apart is None or self._records:
            self._apart = self._catch_up()
        begin, end = datetime.fromisoformat(from_), datetime.fromisoformat(to)
        at = datetime.fromisoformat(now) if now is not None else end
        question = Asked(from_=begin, to=end, now=at, **asked)
        apart = self._apart.rows(name, question)
        rows: list[dict[str, Any]] = []
        for database in self._databases:
            rows = projected_rows(database, REPORTS[name], question)
            assert differences(name, question.zone, apart, rows) == []
        return rows

    def _catch_up(self) -> Apart:
        """Projects the new events. The databases go on from their checkpoints; apart, everything is counted anew."""
        self._journal.append(self._records)
        self._records = []
        for database in self._databases:
            Runner(self._journal, database, PROJECTIONS).catch_up()
        return Apart(self._file)
