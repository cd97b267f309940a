"""The bodies of the live floor: who works, what waits, and what has changed since."""

from datetime import datetime
from typing import Annotated

import msgspec

from schemas.api.agent import Conversation, MrdState, QueueState, Task
from schemas.personal import Personal

__all__ = ["LiveAgent", "LiveConversation", "LiveFloor", "LiveFloorPatch", "LiveMrd"]


class LiveMrd(MrdState, frozen=True, kw_only=True, omit_defaults=True):
    """``since`` is when the state began; it is left out while it is that of the login."""

    since: datetime | None = None


class LiveAgent(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """An agent with all tasks held, offers among them. ``since`` is when the overall state began."""

    agent_id: str
    name: Annotated[str, Personal]
    state: str
    mrds: list[LiveMrd]
    tasks: list[Task]
    team: str | None = None
    reason: str | None = None
    since: datetime | None = None


class LiveConversation(Conversation, frozen=True, kw_only=True, omit_defaults=True):
    """While the conversation waits for an agent, ``waiting_since`` is when it came into the line, or ``scheduled_for``
    when it is to wait from. ``offered_to`` is the agent who is asked."""

    waiting_since: datetime | None = None
    scheduled_for: datetime | None = None
    offered_to: str | None = None


class LiveFloor(msgspec.Struct, tag_field="type", tag="floor", frozen=True, kw_only=True, omit_defaults=True):
    """The agents and conversations that the caller is in charge of, and all queues. ``conversations_left_out`` counts
    those beyond the most that an answer holds; those that wait are left out last."""

    at: datetime
    agents: list[LiveAgent]
    queues: list[QueueState]
    conversations: list[LiveConversation]
    conversations_left_out: int = 0


class LiveFloorPatch(msgspec.Struct, tag_field="type", tag="patch", frozen=True, kw_only=True, omit_defaults=True):
    """What is new or has changed since the floor or the patch before, whole, and the ids of what is gone."""

    at: datetime
    agents: list[LiveAgent] = []
    queues: list[QueueState] = []
    conversations: list[LiveConversation] = []
    gone_agents: list[str] = []
    gone_queues: list[str] = []
    gone_conversations: list[str] = []
    conversations_left_out: int = 0
