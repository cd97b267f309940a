"""The agents of one MRD, and since when each of them is free."""

from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Any, NamedTuple

import msgspec
from sortedcontainers import SortedList

from schemas.configuration.items import AttributeValue

__all__ = ["AgentPool", "Availability", "Service"]

_INDEXES = ("number", "reach", "standing", "slots")
_FEW = 200
"""The most agents that are picked out of a set of bits one by one; in a larger set, the order of all free agents
soon leads to one of them."""


class Service(NamedTuple):
    """A task on which an agent works: its queue, and since when."""

    queue: str
    since: datetime


class Availability(msgspec.Struct):
    """An agent as the router sees it, with a number that never changes.

    ``offers`` maps the router's own pending offers to the instant since which the agent had been available before;
    ``serving`` has the tasks that the router has assigned to the agent and that are not closed; ``let_go`` lists tasks
    from which the agent is excluded; ``reach`` has the first step that admits the agent of each queue that has one.
    ``standing`` and ``slots`` are what the pool counts of the agent.
    """

    agent_id: str
    number: int
    available_since: datetime
    accepting: bool = False
    max_tasks: int = 0
    active_tasks: int = 0
    attributes: dict[str, AttributeValue] = {}
    offers: dict[str, datetime] = {}
    serving: dict[str, Service] = {}
    let_go: list[str] = []
    reach: dict[str, int] = {}
    standing: tuple[datetime, int] | None = None
    slots: int = 0

    def describe(self) -> dict[str, Any]:
        """The agent for people: without the place among the free ones and the steps that follow from the attributes."""
        fields = msgspec.structs.asdict(self)
        return {name: value for name, value in fields.items() if name not in _INDEXES}

    @property
    def free_slots(self) -> int:
        return self.max_tasks - self.active_tasks - len(self.offers) if self.accepting else 0


class AgentPool(msgspec.Struct):
    """Sets of agents are integers: an agent's bit is its number. ``order`` has the free ones, longest available first;
    ``slots`` is how many tasks the accepting ones may have at once.

    With sets of bits, finding the agents for a task costs the same however many agents and tasks there are.
    """

    agents: dict[str, Availability] = {}
    by_number: list[Availability] = []
    free: int = 0
    accepting: int = 0
    slots: int = 0
    order: "SortedList[tuple[datetime, int]]" = msgspec.field(default_factory=SortedList)

    def get(self, agent_id: str) -> Availability | None:
        return self.agents.get(agent_id)

    def __iter__(self) -> Iterator[Availability]:
        return iter(self.by_number)

    def admit(self, agent_id: str, at: datetime) -> Availability:
        """The agent of this id, who gets a number if there was none."""
        agent = self.agents.get(agent_id)
        if agent is None:
            agent = Availability(agent_id, len(self.by_number), at)
            self.agents[agent_id] = agent
            self.by_number.append(agent)
        return agent

    def index(self, agent: Availability) -> None:
        """Must be called after every change of an agent's free slots, or of the instant since which the agent is
        free."""
        bit = 1 << agent.number
        slots = agent.max_tasks if agent.accepting else 0
        if slots != agent.slots or not slots:  # an agent who has the same slots, and any, accepts as before
            self.accepting = self.accepting | bit if agent.accepting else self.accepting & ~bit
            self.slots += slots - agent.slots
            agent.slots = slots
        standing = (agent.available_since, agent.number) if agent.free_slots > 0 else None
        if standing == agent.standing:
            return
        if agent.standing is not None:
            self.order.remove(agent.standing)
        if standing is not None:
            self.order.add(standing)
        agent.standing = standing
        self.free = self.free | bit if standing is not None else self.free & ~bit

    def bits(self, agent_ids: Iterable[str]) -> int:
        """The set of these agents, as far as they are known."""
        return sum(1 << self.agents[agent_id].number for agent_id in agent_ids if agent_id in self.agents)

    def free_slots_of(self, among: int) -> int:
        """For how many tasks these agents have room now."""
        return sum(agent.free_slots for agent in self.agents_of(among))

    def slots_of(self, accepting: int) -> float:
        """How many tasks so many accepting agents may have at once, as if each accepting agent had the same room."""
        return accepting * self.slots / max(self.accepting.bit_count(), 1)

    def longest_available(self, among: int, most: int) -> list[Availability]:
        """The first of these free agents, in order."""
        if among.bit_count() <= _FEW:
            found = sorted(standing for agent in self.agents_of(among) if (standing := agent.standing) is not None)
            return [self.by_number[number] for _, number in found[:most]]
        first: list[Availability] = []
        for _, number in self.order:
            if among >> number & 1:
                first.append(self.by_number[number])
                if len(first) == most:
                    break
        return first

    def excluded_counts(self, among: int) -> dict[str, int]:
        """The number of agents that are not among these, for each reason."""
        accepting = self.accepting.bit_count()
        free = self.free.bit_count()
        counts = {
            "not_ready": len(self.by_number) - accepting,
            "busy": accepting - free,
            "criterion": free - among.bit_count(),
        }
        return {reason: count for reason, count in counts.items() if count}

    def agents_of(self, among: int) -> Iterator[Availability]:
        while among:
            lowest = among & -among
            yield self.by_number[lowest.bit_length() - 1]
            among ^= lowest
