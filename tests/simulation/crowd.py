"""Users who do everything that can be done, in any order, sensible or not."""

from collections import deque
from collections.abc import Callable, Sequence
from typing import Any, Protocol, TypeVar

from actors.agent import Agent
from actors.conversation import Conversation
from actors.engine import Request
from schemas.queues import QueueSettings
from schemas.records import agent_stream, conversation_stream
from tests.simulation.configured import QUEUES
from tests.simulation.world import World

__all__ = ["BOT_NAMES", "TEXTS", "Action", "Choose", "Crowd", "Wish"]

T = TypeVar("T")


class Choose(Protocol):
    """A function that picks one of several: by chance, or as hypothesis decides."""

    def __call__(self, options: Sequence[T]) -> T: ...


BOT_NAMES = ["greeter", "greeter", "greeter", "impostor"]
TEXTS = ["Hello", "Where is my parcel?", "Grüße 🙂"]

Wish = Request | None
Held = tuple[str, str, str]


class Crowd:
    """The knowledge that all users share: the existing agents, the latest commands, and ways to address somebody."""

    def __init__(self, world: World, choose: Choose, agents: int, most_open: int) -> None:
        self.world = world
        self.choose = choose
        self.agents = [f"agent{number}" for number in range(agents)]
        self.most_open = most_open
        self.recent: deque[Request] = deque(maxlen=20)
        self.over: deque[str] = deque(maxlen=20)

    def repeat(self) -> Wish:
        """Sends an earlier command again, under its own id or a new one."""
        if not self.recent:
            return None
        before = self.choose(list(self.recent))
        return self.choose([before, self.world.request(before.to, before.command)])

    def queue(self) -> QueueSettings:
        """A queue as it is configured now, or as somebody remembers it."""
        queues = self.world.configuration.tables.queues
        return self.choose([*(queue.carried(name) for name, queue in queues.items()), *QUEUES])

    def to(self, stream: str, command: Any) -> Request:
        sent = self.world.request(stream, command)
        self.recent.append(sent)
        return sent

    def to_agent(self, command: Callable[[str], Any]) -> Request:
        agent_id = self.choose(self.agents)
        return self.to(agent_stream(agent_id), command(agent_id))

    def of_conversation(self, command: Callable[[Conversation], Any]) -> Wish:
        if not self.world.open:
            return None
        conversation = self.choose(list(self.world.open.values()))
        wish = command(conversation)
        return None if wish is None else self.to(conversation_stream(conversation.conversation_id), wish)

    def of_past(self, command: Callable[[], Any]) -> Wish:
        """Sends a command about a conversation that may have ended."""
        if not self.over:
            return None
        return self.to(conversation_stream(self.choose(list(self.over))), command())

    def of_task(self, state: str, command: Callable[[str], Any]) -> Wish:
        held = self.held((state,))
        if not held:
            return None
        agent_id, task_id, _ = self.choose(held)
        return self.to(agent_stream(agent_id), command(task_id))

    def as_agent(self, command: Callable[[str], Any], states: Sequence[str] = ("active", "active", "wrap_up")) -> Wish:
        held = self.held(states)
        if not held:
            return None
        agent_id, _, conversation_id = self.choose(held)
        return self.to(conversation_stream(conversation_id), command(agent_id))

    def held(self, states: Sequence[str]) -> list[Held]:
        """The agent, task and conversation of each task that is in one of the states."""
        agents: list[Agent] = list(self.world.agents.values())
        return [
            (agent.agent_id, task.task_id, task.conversation_id)
            for agent in agents
            for task in agent.tasks.values()
            if task.state in states
        ]


Action = Callable[[Crowd], Wish]
