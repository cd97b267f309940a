"""The live view of agents: their states per MRD and the tasks they hold."""

from collections.abc import Iterator
from datetime import datetime
from typing import NamedTuple

import msgspec

from actors.agent import AGENT, Agent, HeldTask, mrd_state
from actors.entities import decider_of
from actors.snapshots import Changes, SnapshotReader
from projections.live.changed import Changed
from projections.live.involvement import Involvement
from schemas.events import (
    AgentLoggedIn,
    AgentMrdStateChanged,
    AgentStateChanged,
    AnnouncementReceived,
    Event,
    TaskAccepted,
    TaskAssignedDirectly,
    TaskClosed,
)
from schemas.instants import parse_instant
from schemas.records import Record, entity_id_of, is_agent_stream

__all__ = ["AgentDirectory", "AgentView", "Announcement", "MrdView"]

_MAX_ENDED = 500
"""The most ended conversations of an agent that are kept in memory. Earlier ones are found in the agent's stream."""


_MAX_ANNOUNCEMENTS = 1_000


class Announcement(NamedTuple):
    """An announcement, the supervisor who made it, and the agents whom it has reached."""

    announced_by: str
    text: str
    agents: set[str]


class MrdView(msgspec.Struct, frozen=True):
    """An agent's state in one MRD. ``tasks`` counts all that are held, offers among them. ``reason`` is why the agent
    is not ready in this MRD alone; ``since`` is when the state began, as far as it is known."""

    mrd: str
    state: str
    tasks: int
    max_tasks: int
    reason: str | None = None
    since: datetime | None = None


class AgentView(msgspec.Struct, frozen=True):
    """An agent's state overall and in each MRD. ``since`` is when one of them changed last, ``state_since`` when the
    overall state began."""

    agent_id: str
    name: str
    state: str
    mrds: list[MrdView]
    reason: str | None = None
    since: datetime | None = None
    state_since: datetime | None = None


class StateTimes(msgspec.Struct):
    """When one of an agent's states changed last, when the overall state began, and when that in each MRD did."""

    last: datetime | None = None
    overall: datetime | None = None
    mrds: dict[str, datetime] = {}

    def learn(self, at: datetime, event: Event) -> None:
        self.last = at
        if isinstance(event, AgentMrdStateChanged):
            self.mrds[event.mrd] = at
        else:
            self.overall = at
        if isinstance(event, AgentLoggedIn):
            self.mrds = {}


_UNKNOWN_TIMES = StateTimes()


class AgentDirectory:
    """Every agent that has ever logged in, folded by the agents' own code so that there is one truth."""

    def __init__(self) -> None:
        self._agents: dict[str, Agent] = {}
        self._times: dict[str, StateTimes] = {}
        self._announcements: dict[str, Announcement] = {}
        self._involvements: dict[str, Involvement] = {}
        self._saved_involvements: dict[str, bytes] = {}
        self._changed = Changed()
        self._changed_announcements = Changed()
        self._changed_involvements = Changed()

    def __iter__(self) -> Iterator[str]:
        return iter(self._agents)

    def get(self, agent_id: str) -> Agent | None:
        return self._agents.get(agent_id)

    def announcement(self, announcement_id: str) -> Announcement | None:
        """The announcement of this id, if it is one of the last."""
        return self._announcements.get(announcement_id)

    def connected(self) -> list[str]:
        """The agents who follow a feed, as far as is recorded."""
        return [agent_id for agent_id, agent in self._agents.items() if agent.connected]

    def apply(self, record: Record, event: Event) -> None:
        if not is_agent_stream(record.stream):
            return
        agent_id = entity_id_of(record.stream)
        state = self._agents.setdefault(agent_id, AGENT.initial(agent_id))
        before = state.state
        decider_of(record.stream).evolve(state, event)
        if state.state != before or isinstance(event, AgentStateChanged | AgentMrdStateChanged):
            self._times.setdefault(agent_id, StateTimes()).learn(parse_instant(record.at), event)
            self._changed.note(agent_id)
        if state.version == 1:
            self._changed.note(agent_id)
        if isinstance(event, AnnouncementReceived):
            self._announce(agent_id, event)
        self._learn(agent_id, record, event)

    def _announce(self, agent_id: str, event: AnnouncementReceived) -> None:
        fresh = Announcement(event.announced_by, event.text, set())
        self._announcements.setdefault(event.announcement_id, fresh).agents.add(agent_id)
        self._changed_announcements.note(event.announcement_id)
        if len(self._announcements) > _MAX_ANNOUNCEMENTS:
            oldest = next(iter(self._announcements))
            del self._announcements[oldest]
            self._changed_announcements.note(oldest)

    def _learn(self, agent_id: str, record: Record, event: Event) -> None:
        involvement = self._involvement(agent_id)
        involvement.learn(record, event)
        if isinstance(event, TaskAccepted | TaskAssignedDirectly | TaskClosed):
            self._changed_involvements.note(agent_id)
        if len(involvement.spans) > 2 * _MAX_ENDED:
            involvement.forget(_MAX_ENDED)

    def _involvement(self, agent_id: str) -> Involvement:
        """The agent's involvement, decoded from its snapshot at the first use: it is long, and most agents are never
        asked for."""
        found = self._involvements.get(agent_id)
        if found is None:
            saved = self._saved_involvements.pop(agent_id, None)
            found = Involvement() if saved is None else _involvements.decode(saved)
            found.version = self._agents[agent_id].version
            self._involvements[agent_id] = found
        return found

    def restore(self, reader: SnapshotReader) -> None:
        agents = {entity_id_of(found.stream): found.state for found in reader.entities_of(AGENT)}
        for agent_id, data in reader.view("agents"):
            self._agents[agent_id] = agents[agent_id]
            if (times := _times.decode(data)) is not None:
                self._times[agent_id] = times
        for announcement_id, data in reader.view("announcements"):
            self._announcements[announcement_id] = _announcements.decode(data)
        self._saved_involvements = dict(reader.view("involvements"))

    def take_changes(self) -> Changes:
        return {
            "agents": self._changed.take(lambda agent_id: msgspec.json.encode(self._times.get(agent_id))),
            "announcements": self._changed_announcements.take(self._announcement_row),
            "involvements": self._changed_involvements.take(
                lambda agent_id: msgspec.json.encode(self._involvements[agent_id])
            ),
        }

    def _announcement_row(self, announcement_id: str) -> bytes | None:
        found = self._announcements.get(announcement_id)
        return None if found is None else msgspec.json.encode(found)

    def view(self, agent_id: str, name: str | None = None) -> AgentView:
        agent = self._agents.get(agent_id)
        if agent is None:
            return AgentView(agent_id, name or agent_id, "logged_out", [])
        times = self._times.get(agent_id, _UNKNOWN_TIMES)
        return AgentView(
            agent_id=agent_id,
            name=name or agent.name,
            state=agent.state,
            mrds=[
                MrdView(
                    mrd,
                    mrd_state(agent, mrd),
                    len(agent.held(mrd)),
                    membership.max_tasks,
                    None if membership.wanted else membership.reason,
                    times.mrds.get(mrd),
                )
                for mrd, membership in agent.mrds.items()
            ],
            reason=agent.reason,
            since=times.last,
            state_since=times.overall,
        )

    def involvement(self, agent_id: str) -> Involvement:
        """The conversations in which the agent has taken part, as far as they are in memory: a copy for use on any
        thread."""
        return self._involvement(agent_id).copy() if agent_id in self._agents else Involvement()

    def has_come_into(self, agent_id: str, stream: str, after: int) -> bool:
        """Whether the agent has come into the conversation after this position."""
        spans = self._involvement(agent_id).spans.get(stream, []) if agent_id in self._agents else []
        return any(span.first > after for span in spans)

    def held(self, agent_id: str) -> list[HeldTask]:
        agent = self._agents.get(agent_id)
        return list(agent.tasks.values()) if agent else []


_times = msgspec.json.Decoder(StateTimes | None)
_announcements = msgspec.json.Decoder(Announcement)
_involvements = msgspec.json.Decoder(Involvement)
