"""Those who do all that one can do, in any order, wisely or not."""

from collections import deque
from collections.abc import Callable, Sequence
from typing import Any, Protocol, TypeVar

from actors.agent import Agent
from actors.conversation import Conversation
from actors.engine import Request
from schemas.agents import AgentSettings, MrdSettings
from schemas.configuration import Overflow, Queue, Step
from schemas.queues import QueueSettings
from tests.simulation.world import World

__all__ = ["BOT_NAMES", "MEMBERSHIPS", "QUEUES", "RULES", "TEXTS", "Action", "Choose", "Crowd", "Wish"]

T = TypeVar("T")


class Choose(Protocol):
    """Picks one of several: by chance, or as hypothesis wants it."""

    def __call__(self, options: Sequence[T]) -> T: ...


RULES: dict[str, list[Queue]] = {
    "support": [
        Queue(mrd="chat"),
        Queue(mrd="chat", offer_timeout_seconds=9.0, time_to_live_seconds=200.0, response_seconds=90.0),
        Queue(
            mrd="chat",
            sticky_seconds=12.0,
            steps=[Step(criterion="english >= 8", seconds=10.0), Step(criterion="english"), Step()],
        ),
    ],
    "sales": [
        Queue(mrd="chat", priority=8, wrap_up_seconds=15.0),
        Queue(mrd="chat", priority=8, overflow=Overflow(queue="support", after_seconds=40.0), wrap_up_seconds=15.0),
        Queue(mrd="chat", priority=2, steps=[Step(criterion="sales and not english", seconds=30.0), Step()]),
    ],
    "desk": [Queue(mrd="chat", distribution="pull"), Queue(mrd="chat", distribution="pull", time_to_live_seconds=60.0)],
    "callback": [Queue(mrd="callback", offer_timeout_seconds=8.0, wrap_up_seconds=5.0)],
}
"""What each queue may be configured like; what requests carry is the first of them."""


def _carried(name: str, queue: Queue) -> QueueSettings:
    return QueueSettings(
        name=name,
        mrd=queue.mrd,
        priority=queue.priority,
        offer_timeout_seconds=queue.offer_timeout_seconds,
        wrap_up_seconds=queue.wrap_up_seconds,
        response_seconds=60.0 if name == "sales" else None,
    )


QUEUES = [_carried(name, rules[0]) for name, rules in RULES.items()]

MEMBERSHIPS = [
    AgentSettings(name="Ann", mrds={"chat": MrdSettings(3)}, attributes={"english": 9}),
    AgentSettings(name="Ben", mrds={"chat": MrdSettings(1)}, attributes={"english": 4, "sales": True}),
    AgentSettings(name="Cem", mrds={"chat": MrdSettings(2), "callback": MrdSettings(1, interruptible=False)}),
    AgentSettings(name="Dee", mrds={"callback": MrdSettings(2)}, attributes={"sales": True}),
]
BOT_NAMES = ["greeter", "greeter", "greeter", "impostor"]
TEXTS = ["Hello", "Where is my parcel?", "Grüße 🙂"]

Wish = Request | None
Held = tuple[str, str, str]


class Crowd:
    """What everybody has in common: the agents there are, what was wished lately, and ways to address somebody."""

    def __init__(self, world: World, choose: Choose, agents: int, most_open: int) -> None:
        self.world = world
        self.choose = choose
        self.agents = [f"agent{number}" for number in range(agents)]
        self.most_open = most_open
        self.recent: deque[Request] = deque(maxlen=20)
        self.over: deque[str] = deque(maxlen=20)

    def repeat(self) -> Wish:
        """What was wished before, under the id of before or a new one."""
        if not self.recent:
            return None
        before = self.choose(list(self.recent))
        return self.choose([before, self.world.request(before.to, before.command)])

    def to(self, stream: str, command: Any) -> Request:
        sent = self.world.request(stream, command)
        self.recent.append(sent)
        return sent

    def to_agent(self, command: Callable[[str], Any]) -> Request:
        agent_id = self.choose(self.agents)
        return self.to(f"agent-{agent_id}", command(agent_id))

    def of_conversation(self, command: Callable[[Conversation], Any]) -> Wish:
        if not self.world.open:
            return None
        conversation = self.choose(list(self.world.open.values()))
        wish = command(conversation)
        return None if wish is None else self.to(f"conversation-{conversation.conversation_id}", wish)

    def of_past(self, command: Callable[[], Any]) -> Wish:
        """Of a conversation that may have ended."""
        if not self.over:
            return None
        return self.to(f"conversation-{self.choose(list(self.over))}", command())

    def of_task(self, state: str, command: Callable[[str], Any]) -> Wish:
        held = self.held((state,))
        if not held:
            return None
        agent_id, task_id, _ = self.choose(held)
        return self.to(f"agent-{agent_id}", command(task_id))

    def as_agent(self, command: Callable[[str], Any], states: Sequence[str] = ("active", "active", "wrap_up")) -> Wish:
        held = self.held(states)
        if not held:
            return None
        agent_id, _, conversation_id = self.choose(held)
        return self.to(f"conversation-{conversation_id}", command(agent_id))

    def held(self, states: Sequence[str]) -> list[Held]:
        """Agent, task and conversation of each task in one of the states."""
        agents: list[Agent] = list(self.world.agents.values())
        return [
            (agent.agent_id, task.task_id, task.conversation_id)
            for agent in agents
            for task in agent.tasks.values()
            if task.state in states
        ]


Action = Callable[[Crowd], Wish]
