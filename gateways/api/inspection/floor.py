"""The floor at any instant: the agents' states, the waiting tasks, and the conversations with their participants."""

import asyncio
from collections import defaultdict
from collections.abc import Iterator
from datetime import datetime
from typing import Any, Literal, TypeAlias, TypeVar

import msgspec
import sqlalchemy as sql

from actors.journal.places import position_at
from gateways.api.call import Call
from gateways.api.inspection.floor_standings import NOTHING_KNOWN, FloorStandings, standings_now
from gateways.api.inspection.parameters import instant
from gateways.api.inspection.viewers import viewer_of
from gateways.http.answer import Answer
from gateways.inspection.masking import masked
from gateways.inspection.viewer import Viewer
from gateways.read_models import read, wait_for_position
from projections.facts import AGENT_STATES, AGENT_TASKS, CHANNEL_SESSIONS, CONVERSATIONS, QUEUE_WAITS
from projections.facts.agent_states import LOGINS, MRD_STATES, STATES
from projections.facts.agent_tasks import TASKS
from projections.facts.channel_sessions import SESSIONS
from projections.facts.conversations import CONVERSATION_ROWS, PARTICIPATIONS, STATUSES
from projections.facts.queue_waits import WAITS
from projections.runner import Table, TableReader, moment_of
from projections.runner.columns import instant_of
from schemas.api.inspection import (
    Floor,
    FloorAgent,
    FloorConversation,
    FloorMrd,
    FloorParticipant,
    FloorTask,
    FloorWaiting,
)
from schemas.records import CENTRE, conversation_stream

__all__ = ["floor"]

_PROJECTIONS = (AGENT_STATES, AGENT_TASKS, QUEUE_WAITS, CONVERSATIONS, CHANNEL_SESSIONS)

_AnyTable: TypeAlias = Table[Any]  # rows are read by the names of columns, whatever struct the projection writes
_Row: TypeAlias = "sql.Row[tuple[object, ...]]"
_Part = TypeVar("_Part", FloorAgent, FloorConversation)
_Rows: TypeAlias = dict[str, list[_Row]]


async def floor(call: Call) -> Answer[Floor]:
    """Without ``at``, the answer is the floor now, with figures that are known of no earlier instant. Agents who were
    logged out are left out."""
    now = call.services.clock()
    at = min(instant(call, "at") or now, now)
    position = await asyncio.to_thread(position_at, call.services.journal, at)
    await wait_for_position(call.services.projections, _PROJECTIONS, position)
    viewer = viewer_of(call)
    standings = standings_now(call.services) if at == now else NOTHING_KNOWN

    def work(reader: TableReader) -> bytes:
        return _floor(_Lasting(reader, at), standings, viewer, position)

    found = await read(call.services.projections, _PROJECTIONS, work)
    return Answer(found)


def _floor(lasting: "_Lasting", standings: FloorStandings, viewer: Viewer, position: int) -> bytes:
    """The rows that lasted at the moment are the same however much the tables have seen since."""
    tasks = lasting.rows(TASKS, "offered_at", "closed_at")
    found = Floor(
        at=lasting.at,
        position=position,
        agents=[_visible(agent, viewer.sees(CENTRE)) for agent in _agents(lasting, standings, tasks)],
        queues=standings.queues_with(_waiting(lasting, tasks)),
        conversations=[
            _visible(conversation, viewer.sees(conversation_stream(conversation.conversation_id)))
            for conversation in _conversations(lasting)
        ],
        masked=not viewer.sees_all,
    )
    return msgspec.json.encode(found)


def _visible(part: _Part, sees: bool) -> _Part:
    """The part of the floor with personal data or, for a viewer who may not see them, without. Agents' names stand in
    the configuration, and are visible to those who see that."""
    return part if sees else msgspec.convert(masked(msgspec.to_builtins(part), type(part)), type(part))


class _Lasting:
    """The rows that last at one moment, oldest first."""

    def __init__(self, reader: TableReader, at: datetime) -> None:
        self.at = at
        self.moment = moment_of(at)
        self._reader = reader

    def rows(self, table: _AnyTable, begins: str, ends: str) -> list[_Row]:
        found = self._reader.table(table)
        lasts = sql.or_(found.c[ends].is_(None), found.c[ends] > self.moment)
        asked = sql.select(found).where(found.c[begins] <= self.moment, lasts)
        return list(self._reader.connection.execute(asked.order_by(found.c[begins], found.c.position)))

    def grouped(self, table: _AnyTable, begins: str, ends: str, by: str) -> _Rows:
        return _grouped(self.rows(table, begins, ends), by)

    def channels(self) -> dict[str, str]:
        """The channels of the conversations that may not be over, by their ids."""
        rows, statuses = self._reader.table(CONVERSATION_ROWS), self._reader.table(STATUSES)
        lasts = sql.or_(statuses.c.ended_at.is_(None), statuses.c.ended_at > self.moment)
        asked = (
            sql.select(rows.c.conversation_id, rows.c.channel)
            .join(statuses, statuses.c.conversation_id == rows.c.conversation_id)
            .where(statuses.c.started_at <= self.moment, lasts)
        )
        return {row.conversation_id: row.channel for row in self._reader.connection.execute(asked)}

    def has_come(self, moment: int | None) -> bool:
        return moment is not None and moment <= self.moment


def _grouped(rows: list[_Row], by: str) -> _Rows:
    groups: _Rows = defaultdict(list)
    for row in rows:
        groups[getattr(row, by)].append(row)
    return groups


def _agents(lasting: _Lasting, standings: FloorStandings, tasks: list[_Row]) -> Iterator[FloorAgent]:
    states = lasting.grouped(STATES, "started_at", "ended_at", "agent_id")
    mrds = lasting.grouped(MRD_STATES, "started_at", "ended_at", "agent_id")
    held = _grouped(tasks, "agent_id")
    logins = {login.agent_id: login for login in lasting.rows(LOGINS, "logged_in_at", "logged_out_at")}
    for agent_id, login in sorted(logins.items()):
        for state in states[agent_id][-1:]:
            yield FloorAgent(
                agent_id=agent_id,
                name=login.name,
                state=state.state,
                reason=state.reason,
                since=instant_of(state.started_at),
                mrds=[standings.stand(agent_id, _mrd(row)) for row in mrds[agent_id]],
                tasks=[_task(lasting, task) for task in held[agent_id]],
            )


def _mrd(row: _Row) -> FloorMrd:
    return FloorMrd(mrd=row.mrd, state=row.state, since=instant_of(row.started_at))


def _task(lasting: _Lasting, task: _Row) -> FloorTask:
    state: Literal["reserved", "active", "wrap_up"] = "reserved"
    since = task.offered_at
    if lasting.has_come(task.wrap_up_at):
        state, since = "wrap_up", task.wrap_up_at
    elif lasting.has_come(task.accepted_at):
        state, since = "active", task.accepted_at
    return FloorTask(
        task_id=task.task_id,
        conversation_id=task.conversation_id,
        mrd=task.mrd,
        queue=task.queue,
        state=state,
        since=instant_of(since),
    )


def _waiting(lasting: _Lasting, tasks: list[_Row]) -> dict[tuple[str, str], list[FloorWaiting]]:
    """Those who wait, by MRD and queue, the one who waits longest first."""
    offered = {task.task_id: task.agent_id for task in tasks if not lasting.has_come(task.accepted_at)}
    waits: dict[tuple[str, str], list[FloorWaiting]] = defaultdict(list)
    for wait in lasting.rows(WAITS, "entered_at", "left_at"):
        waiting = FloorWaiting(
            task_id=wait.task_id,
            conversation_id=wait.conversation_id,
            since=instant_of(wait.entered_at),
            waited_seconds=(lasting.moment - wait.entered_at) / 1_000_000,
            offered_to=offered.get(wait.task_id),
        )
        waits[wait.mrd, wait.queue].append(waiting)
    return waits


def _conversations(lasting: _Lasting) -> Iterator[FloorConversation]:
    channels = lasting.channels()
    sessions = lasting.grouped(SESSIONS, "started_at", "ended_at", "conversation_id")
    parts = lasting.grouped(PARTICIPATIONS, "joined_at", "left_at", "conversation_id")
    names = {login.agent_id: login.name for login in lasting.rows(LOGINS, "logged_in_at", "logged_out_at")}
    for status in lasting.rows(STATUSES, "started_at", "ended_at"):
        identifier = status.conversation_id
        customers = [_customer(session) for session in sessions[identifier]]
        bots = [_bot(status)] if status.status == "with_bot" and status.owner else []
        yield FloorConversation(
            conversation_id=identifier,
            channel=channels[identifier],
            status=status.status,
            since=instant_of(status.started_at),
            queue=status.queue,
            participants=[*customers, *bots, *(_agent(part, names) for part in parts[identifier])],
        )


def _customer(session: _Row) -> FloorParticipant:
    return FloorParticipant(
        type="customer",
        id=session.customer_id,
        name=session.customer_name,
        verified=session.customer_verified,
        role="customer",
        since=instant_of(session.started_at),
    )


def _bot(status: _Row) -> FloorParticipant:
    return FloorParticipant(type="bot", id=status.owner, name=None, role="bot", since=instant_of(status.started_at))


def _agent(part: _Row, names: dict[str, str]) -> FloorParticipant:
    return FloorParticipant(
        type="agent", id=part.agent_id, name=names.get(part.agent_id), role=part.role, since=instant_of(part.joined_at)
    )
