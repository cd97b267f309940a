"""The live view of agents: their states per media routing domain and the tasks they hold."""

from collections.abc import Iterator
from datetime import datetime
from typing import NamedTuple

from actors.agent import Agent, mrd_state
from actors.entities import decider_of
from projections.involvement import Involvement
from schemas.api.agent import AgentState, MrdState, Task
from schemas.events import AgentMrdStateChanged, AgentStateChanged, AnnouncementReceived, Event
from schemas.instants import parse_instant
from schemas.records import Record, entity_id_of

__all__ = ["AgentDirectory", "Announcement"]

_REMEMBERED = 500
"""So many conversations of an agent that are over are at hand; of those before, the agent's stream tells."""


_ANNOUNCEMENTS = 1_000


class Announcement(NamedTuple):
    """What was announced by whom, and whom it has reached."""

    announced_by: str
    text: str
    agents: set[str]


class AgentDirectory:
    """Every agent that has ever logged in, folded by the agents' own code so that there is one truth."""

    def __init__(self) -> None:
        self._agents: dict[str, Agent] = {}
        self._since: dict[str, datetime] = {}
        self._announcements: dict[str, Announcement] = {}
        self._involvements: dict[str, Involvement] = {}

    def __iter__(self) -> Iterator[str]:
        return iter(self._agents)

    def get(self, agent_id: str) -> Agent | None:
        return self._agents.get(agent_id)

    def announcement(self, announcement_id: str) -> Announcement | None:
        """One of the last."""
        return self._announcements.get(announcement_id)

    def connected(self) -> list[str]:
        """The agents who follow a feed, as far as is recorded."""
        return [agent_id for agent_id, agent in self._agents.items() if agent.connected]

    def apply(self, record: Record, event: Event) -> None:
        if not record.stream.startswith("agent-"):
            return
        agent_id = entity_id_of(record.stream)
        decider = decider_of(record.stream)
        state = self._agents.setdefault(agent_id, decider.initial(agent_id))
        before = state.state
        decider.evolve(state, event)
        if state.state != before or isinstance(event, AgentStateChanged | AgentMrdStateChanged):
            self._since[agent_id] = parse_instant(record.at)
        if isinstance(event, AnnouncementReceived):
            self._announce(agent_id, event)
        involvement = self._involvements.setdefault(agent_id, Involvement())
        involvement.learn(record, event)
        if len(involvement.spans) > 2 * _REMEMBERED:
            involvement.forget(_REMEMBERED)

    def _announce(self, agent_id: str, event: AnnouncementReceived) -> None:
        fresh = Announcement(event.announced_by, event.text, set())
        self._announcements.setdefault(event.announcement_id, fresh).agents.add(agent_id)
        if len(self._announcements) > _ANNOUNCEMENTS:
            del self._announcements[next(iter(self._announcements))]

    def view(self, agent_id: str, name: str | None = None) -> AgentState:
        agent = self._agents.get(agent_id)
        if agent is None:
            return AgentState(agent_id, name or agent_id, "logged_out", [])
        return AgentState(
            agent_id=agent_id,
            name=name or agent.name,
            state=agent.state,
            mrds=[
                MrdState(
                    mrd,
                    mrd_state(agent, mrd),
                    len(agent.held(mrd)),
                    membership.max_tasks,
                    None if membership.wanted else membership.reason,
                )
                for mrd, membership in agent.mrds.items()
            ],
            reason=agent.reason,
            since=self._since.get(agent_id),
        )

    def involvement(self, agent_id: str) -> Involvement:
        """In which conversations the agent has taken part, as far as it is at hand: a copy for use on any thread."""
        return self._involvements.get(agent_id, Involvement()).copy()

    def tasks(self, agent_id: str) -> list[Task]:
        agent = self._agents.get(agent_id)
        held = agent.tasks.values() if agent else ()
        return [
            Task(
                task_id=task.task_id,
                conversation_id=task.conversation_id,
                mrd=task.mrd,
                queue=task.queue,
                state=task.state,
                expires_at=task.expires_at,
                direction=task.direction,
            )
            for task in held
        ]
