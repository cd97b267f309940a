"""Customers, bots and agents who do all that one can do, in any order, wisely or not."""

from collections import deque
from collections.abc import Callable, Sequence
from typing import Any, Literal, Protocol, TypeVar

from actors.agent import Agent
from actors.conversation import Conversation
from actors.engine import Request
from schemas.commands import (
    AcceptTask,
    AddNote,
    CompleteWrapUp,
    DeclineTask,
    EndConversation,
    LogIn,
    LogOut,
    PostAgentMessage,
    PostBotMessage,
    PostCustomerMessage,
    ReportBotFailure,
    RequestAgent,
    SetMrdState,
    SetState,
    StartConversation,
)
from schemas.content import Sender, TextContent
from schemas.events import Customer
from schemas.queues import QueueSettings
from tests.simulation.world import World

__all__ = ["AGENTS", "BOTS", "CUSTOMERS", "Action", "Choose", "Crowd"]

T = TypeVar("T")


class Choose(Protocol):
    """Picks one of several: by chance, or as hypothesis wants it."""

    def __call__(self, options: Sequence[T]) -> T: ...


QUEUES = [
    QueueSettings(name="support", mrd="chat"),
    QueueSettings(name="sales", mrd="chat", priority=8, wrap_up_seconds=15.0),
    QueueSettings(name="callback", mrd="callback", offer_timeout_seconds=8.0, wrap_up_seconds=5.0),
]
MEMBERSHIPS = [{"chat": 3}, {"chat": 1}, {"chat": 2, "callback": 1}, {"callback": 2}]
BOT_NAMES = ["greeter", "greeter", "greeter", "impostor"]
TEXTS = ["Hello", "Where is my parcel?", "Grüße 🙂"]
CUSTOMER = Sender("customer", "c-7", "Ada")

Wish = Request | None


class Crowd:
    """Each method is something that one of them may want; None when there is nothing of the kind to want."""

    def __init__(self, world: World, choose: Choose, agents: int, most_open: int) -> None:
        self._world = world
        self.choose = choose
        self._agents = [f"agent{number}" for number in range(agents)]
        self._most_open = most_open
        self._recent: deque[Request] = deque(maxlen=20)
        self._over: deque[str] = deque(maxlen=20)

    def start(self) -> Wish:
        if len(self._world.open) >= self._most_open:
            return None
        conversation_id = self._world.new_id()
        self._over.append(conversation_id)
        command = StartConversation(
            at=self._world.now,
            conversation_id=conversation_id,
            channel="web",
            customer=Customer(id="c-7", name="Ada"),
            queue=self.choose(QUEUES),
            task_id=self._world.new_id(),
            message_id=self._world.new_id(),
            request_digest="digest",
            bot=self.choose(["greeter", None]),
            text=self.choose([None, *TEXTS]),
        )
        return self._remember(self._world.request(f"conversation-{conversation_id}", command))

    def write(self) -> Wish:
        content = TextContent(self.choose(TEXTS))
        return self._of_conversation(
            lambda _: PostCustomerMessage(at=self._world.now, message_id=self._world.new_id(), content=content)
        )

    def write_too_late(self) -> Wish:
        """To a conversation that may have ended."""
        if not self._over:
            return None
        command = PostCustomerMessage(
            at=self._world.now, message_id=self._world.new_id(), content=TextContent(self.choose(TEXTS))
        )
        return self._remember(self._world.request(f"conversation-{self.choose(list(self._over))}", command))

    def write_nothing(self) -> Wish:
        """What should never have come so far: an event that would not decode."""
        return self._of_conversation(
            lambda _: PostCustomerMessage(at=self._world.now, message_id=self._world.new_id(), content=TextContent(""))
        )

    def repeat(self) -> Wish:
        """What was wished before, under the id of before or a new one."""
        if not self._recent:
            return None
        before = self.choose(list(self._recent))
        return self.choose([before, self._world.request(before.to, before.command)])

    def ask_for_agent(self) -> Wish:
        queue = self.choose(QUEUES)
        return self._of_conversation(
            lambda _: RequestAgent(at=self._world.now, task_id=self._world.new_id(), queue=queue, requested_by=CUSTOMER)
        )

    def leave(self) -> Wish:
        return self._of_conversation(
            lambda _: EndConversation(at=self._world.now, ended_by=CUSTOMER, reason="customer_left")
        )

    def bot_answers(self) -> Wish:
        bot, content = self.choose(BOT_NAMES), TextContent(self.choose(TEXTS))
        return self._of_conversation(
            lambda _: PostBotMessage(at=self._world.now, message_id=self._world.new_id(), bot=bot, content=content)
        )

    def bot_hands_over(self) -> Wish:
        bot, queue = self.choose(BOT_NAMES), self.choose(QUEUES)
        return self._of_conversation(
            lambda _: RequestAgent(
                at=self._world.now, task_id=self._world.new_id(), queue=queue, requested_by=Sender("bot", bot)
            )
        )

    def bot_fails(self) -> Wish:
        bot, queue = self.choose(BOT_NAMES), self.choose(QUEUES)
        return self._of_conversation(
            lambda _: ReportBotFailure(
                at=self._world.now, bot=bot, attempts=3, error="timeout", task_id=self._world.new_id(), queue=queue
            )
        )

    def bot_ends(self) -> Wish:
        ender = Sender("bot", self.choose(BOT_NAMES))
        return self._of_conversation(lambda _: EndConversation(at=self._world.now, ended_by=ender, reason="bot_ended"))

    def log_in(self) -> Wish:
        agent_id, mrds = self.choose(self._agents), self.choose(MEMBERSHIPS)
        return self._to_agent(agent_id, LogIn(at=self._world.now, agent_id=agent_id, name=agent_id.title(), mrds=mrds))

    def log_out(self) -> Wish:
        return self._to_agent(self.choose(self._agents), LogOut(at=self._world.now))

    def go_ready(self) -> Wish:
        return self._to_agent(self.choose(self._agents), SetState(at=self._world.now, state="ready"))

    def go_not_ready(self) -> Wish:
        command = SetState(at=self._world.now, state="not_ready", reason=self.choose(["lunch", "meeting"]))
        return self._to_agent(self.choose(self._agents), command)

    def choose_mrd_state(self) -> Wish:
        state: Literal["ready", "not_ready"] = self.choose(["ready", "ready", "not_ready"])
        command = SetMrdState(at=self._world.now, mrd=self.choose(["chat", "callback"]), state=state)
        return self._to_agent(self.choose(self._agents), command)

    def accept(self) -> Wish:
        return self._of_task("reserved", lambda task_id: AcceptTask(at=self._world.now, task_id=task_id))

    def decline(self) -> Wish:
        return self._of_task("reserved", lambda task_id: DeclineTask(at=self._world.now, task_id=task_id))

    def accept_what_is_not_offered(self) -> Wish:
        agent_id, held = self.choose(self._agents), self._held(("reserved", "active", "wrap_up"))
        if not held:
            return None
        _, task_id, _ = self.choose(held)
        return self._to_agent(agent_id, AcceptTask(at=self._world.now, task_id=task_id))

    def agent_writes(self) -> Wish:
        content = TextContent(self.choose(TEXTS))
        return self._as_agent(
            lambda agent_id: PostAgentMessage(
                at=self._world.now, message_id=self._world.new_id(), agent_id=agent_id, content=content
            )
        )

    def agent_notes(self) -> Wish:
        return self._as_agent(
            lambda agent_id: AddNote(
                at=self._world.now, note_id=self._world.new_id(), agent_id=agent_id, text=self.choose(TEXTS)
            )
        )

    def agent_ends(self) -> Wish:
        return self._as_agent(
            lambda agent_id: EndConversation(
                at=self._world.now, ended_by=Sender("agent", agent_id), reason="agent_ended"
            )
        )

    def wrap_up(self) -> Wish:
        return self._as_agent(
            lambda agent_id: CompleteWrapUp(at=self._world.now, agent_id=agent_id, codes=["sale"]), ("wrap_up",)
        )

    def meddle(self) -> Wish:
        """An agent writes where another one may be at work."""
        agent_id, content = self.choose(self._agents), TextContent(self.choose(TEXTS))
        return self._of_conversation(
            lambda _: PostAgentMessage(
                at=self._world.now, message_id=self._world.new_id(), agent_id=agent_id, content=content
            )
        )

    def _of_conversation(self, command: Callable[[Conversation], Any]) -> Wish:
        if not self._world.open:
            return None
        conversation = self.choose(list(self._world.open.values()))
        stream = f"conversation-{conversation.conversation_id}"
        return self._remember(self._world.request(stream, command(conversation)))

    def _of_task(self, state: str, command: Callable[[str], Any]) -> Wish:
        held = self._held((state,))
        if not held:
            return None
        agent_id, task_id, _ = self.choose(held)
        return self._to_agent(agent_id, command(task_id))

    def _as_agent(self, command: Callable[[str], Any], states: Sequence[str] = ("active", "active", "wrap_up")) -> Wish:
        held = self._held(states)
        if not held:
            return None
        agent_id, _, conversation_id = self.choose(held)
        return self._remember(self._world.request(f"conversation-{conversation_id}", command(agent_id)))

    def _held(self, states: Sequence[str]) -> list[tuple[str, str, str]]:
        """Agent, task and conversation of each task in one of the states."""
        agents: list[Agent] = list(self._world.agents.values())
        return [
            (agent.agent_id, task.task_id, task.conversation_id)
            for agent in agents
            for task in agent.tasks.values()
            if task.state in states
        ]

    def _to_agent(self, agent_id: str, command: Any) -> Request:
        return self._remember(self._world.request(f"agent-{agent_id}", command))

    def _remember(self, sent: Request) -> Request:
        self._recent.append(sent)
        return sent


Action = Callable[[Crowd], Wish]

CUSTOMERS: dict[Action, int] = {
    Crowd.start: 12,
    Crowd.write: 14,
    Crowd.write_too_late: 1,
    Crowd.write_nothing: 1,
    Crowd.repeat: 4,
    Crowd.ask_for_agent: 3,
    Crowd.leave: 2,
}
BOTS: dict[Action, int] = {
    Crowd.bot_answers: 8,
    Crowd.bot_hands_over: 5,
    Crowd.bot_fails: 1,
    Crowd.bot_ends: 1,
}
AGENTS: dict[Action, int] = {
    Crowd.log_in: 4,
    Crowd.log_out: 1,
    Crowd.go_ready: 8,
    Crowd.go_not_ready: 1,
    Crowd.choose_mrd_state: 2,
    Crowd.accept: 14,
    Crowd.decline: 1,
    Crowd.accept_what_is_not_offered: 1,
    Crowd.agent_writes: 14,
    Crowd.agent_notes: 2,
    Crowd.agent_ends: 7,
    Crowd.wrap_up: 2,
    Crowd.meddle: 1,
}
"""What they do, and how often beside the rest."""
