"""The Extern API's bodies."""

from datetime import datetime
from typing import Annotated, Literal

import msgspec

from schemas.api.agent import MrdState, Task
from schemas.api.attributes import Attributes, RoutedQueue, attributes_without
from schemas.api.customer import ClaimedCustomer
from schemas.content import Url
from schemas.identifiers import ChannelName, Id
from schemas.instants import Instant
from schemas.personal import Personal
from schemas.posting import PostedLine
from schemas.queues import Priority

__all__ = ["AgentStanding", "AgentStandings", "OutsideTask", "OutsideTaskRequest"]


class OutsideTaskRequest(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Work of another application. Agents see ``subject``, ``url`` and ``attributes``; no agent gets the task before
    ``wanted_at``. ``priority`` runs from 1 to 10, 10 first. ``channel`` may be left out when there is one for tasks.
    ``override`` admits a queue for which no agent works."""

    queue: RoutedQueue
    subject: PostedLine
    id: Id | None = None
    channel: ChannelName | None = None
    priority: Priority = 5
    attributes: Annotated[Attributes, attributes_without("subject", "url", "wanted_at")] = {}
    customer: ClaimedCustomer = ClaimedCustomer()
    wanted_at: Annotated[Instant, msgspec.Meta(description="It lies ahead, by at most 365 days.")] | None = None
    url: Url | None = None
    override: bool = False


class OutsideTask(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """``agent`` is the agent who has the task, or had it last. ``wanted_at`` is given until that time has come,
    ``position`` and the estimated wait afterwards while the task is in the line."""

    task_id: str
    conversation_id: str
    mrd: str
    queue: str
    state: Literal["queued", "reserved", "active", "wrap_up", "closed"]
    agent: str | None = None
    close_reason: str | None = None
    wanted_at: datetime | None = None
    position: int | None = None
    estimated_wait_seconds: float | None = None


class AgentStanding(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """``since`` is the time of the last change of one of the agent's states."""

    agent_id: str
    name: Annotated[str, Personal]
    state: str
    mrds: list[MrdState]
    tasks: list[Task]
    reason: str | None = None
    since: datetime | None = None


class AgentStandings(msgspec.Struct, frozen=True):
    agents: list[AgentStanding]
