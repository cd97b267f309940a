"""The agents' work on the tasks that they are offered."""

from collections.abc import Callable

from actors.conversation import Conversation
from schemas.commands import (
    AcceptTask,
    AddNote,
    AssignBot,
    AssistConversation,
    ChangeAttributes,
    ChangeLabels,
    Command,
    CompleteWrapUp,
    DeclineTask,
    EndConversation,
    LeaveConversation,
    PickTask,
    PostAgentMessage,
    RaiseHand,
    TransferConversation,
)
from schemas.content import Sender, TextContent
from schemas.events import AgentJoined, MessagePosted, TaskQueued, TaskReserved, WrapUpStarted
from schemas.records import agent_stream, conversation_stream
from tests.simulation.crowd import TEXTS
from tests.simulation.days.centre import Centre
from tests.simulation.days.staff import Staff

__all__ = ["Work"]

Act = Callable[[Conversation, str], None]


class Work:
    def __init__(self, centre: Centre, staff: Staff) -> None:
        self._centre = centre
        self._staff = staff
        self._turns: dict[Act, float] = {
            self._answer: 0.72,
            self._end: 0.13,
            self._note: 0.02,
            self._describe: 0.02,
            self._transfer: 0.03,
            self._hand_back: 0.01,
            self._ask_a_colleague: 0.03,
            self._raise_hand: 0.01,
            self._forget: 0.03,
        }
        centre.on(TaskReserved, self._consider)
        centre.on(AgentJoined, self._come_in)
        centre.on(MessagePosted, self._hear)
        centre.on(WrapUpStarted, self._wrap_up)
        centre.on(TaskQueued, self._look_at_list)

    def _consider(self, agent_id: str, event: TaskReserved) -> None:
        what = self._centre.pick({AcceptTask: 0.93, DeclineTask: 0.03, None: 0.04})
        if what is not None:
            self._centre.soon(3.0, lambda: self._decide(agent_id, what, event.task_id))

    def _decide(self, agent_id: str, what: type[AcceptTask | DeclineTask], task_id: str) -> None:
        if self._centre.world.agents[agent_id].connected:
            self._centre.send(agent_stream(agent_id), what(at=self._centre.now, task_id=task_id))

    def _look_at_list(self, _: str, event: TaskQueued) -> None:
        if event.queue.name == "desk":
            self._centre.soon(30.0, lambda: self._pick(event.task_id))

    def _pick(self, task_id: str) -> None:
        """Lets an agent on duty pick the task, sooner or later."""
        router = self._centre.world.routers["chat"]
        if task_id not in router.tasks:
            return
        if self._staff.on_duty:
            agent_id = self._centre.random.choice(list(self._staff.on_duty))
            self._centre.send("router-chat", PickTask(at=self._centre.now, task_id=task_id, agent_id=agent_id))
        self._centre.soon(30.0, lambda: self._pick(task_id))

    def _come_in(self, conversation_id: str, event: AgentJoined) -> None:
        agent_id = event.agent_id
        if event.role == "primary":
            self._centre.soon(10.0, lambda: self._act(conversation_id, agent_id, self._answer))
            conversation: Conversation = self._centre.world.states[conversation_stream(conversation_id)]
            if conversation.queue is not None and conversation.queue.mrd == "callback":
                self._centre.soon(180.0, lambda: self._act(conversation_id, agent_id, self._end))
        elif event.direction in ("consult", "conference"):
            self._centre.soon(20.0, lambda: self._act(conversation_id, agent_id, self._note))
            self._centre.soon(60.0, lambda: self._act(conversation_id, agent_id, self._leave))

    def _hear(self, conversation_id: str, event: MessagePosted) -> None:
        conversation: Conversation = self._centre.world.states[conversation_stream(conversation_id)]
        agent_id = conversation.primary
        if event.sender.type == "customer" and agent_id is not None:
            act = self._centre.pick(self._turns)
            self._centre.soon(20.0, lambda: self._act(conversation_id, agent_id, act))

    def _act(self, conversation_id: str, agent_id: str, act: Act) -> None:
        """Carries the action out, unless the agent has been cut off or logged out meanwhile."""
        conversation = self._centre.conversation(conversation_id)
        agent = self._centre.world.agents.get(agent_id)
        if conversation is not None and agent is not None and agent.connected:
            act(conversation, agent_id)

    def _answer(self, conversation: Conversation, agent_id: str) -> None:
        content, message_id = TextContent(self._centre.random.choice(TEXTS)), self._centre.world.new_id()
        message = PostAgentMessage(at=self._centre.now, message_id=message_id, agent_id=agent_id, content=content)
        sent = self._centre.world.request(conversation_stream(conversation.conversation_id), message)
        self._centre.repeat(sent)
        if self._centre.happens(0.01):
            self._centre.soon(3.0, lambda: self._centre.repeat(sent))

    def _end(self, conversation: Conversation, agent_id: str) -> None:
        by = Sender("agent", agent_id)
        self._send(conversation, EndConversation(at=self._centre.now, ended_by=by, reason="agent_ended"))

    def _note(self, conversation: Conversation, agent_id: str) -> None:
        note_id = self._centre.world.new_id()
        self._send(conversation, AddNote(at=self._centre.now, note_id=note_id, agent_id=agent_id, text="a regular"))

    def _describe(self, conversation: Conversation, agent_id: str) -> None:
        by = Sender("agent", agent_id)
        self._send(conversation, ChangeLabels(at=self._centre.now, changed_by=by, add=["parcel"]))
        self._send(conversation, ChangeAttributes(at=self._centre.now, changed_by=by, attributes={"parcel": 7}))

    def _transfer(self, conversation: Conversation, agent_id: str) -> None:
        queue, to_agent = self._centre.queue("sales"), self._centre.random.choice([None, *self._staff.on_duty])
        if queue is not None:
            self._send(
                conversation,
                TransferConversation(
                    at=self._centre.now,
                    agent_id=agent_id,
                    task_id=self._centre.world.new_id(),
                    queue=queue,
                    to_agent=to_agent,
                ),
            )

    def _hand_back(self, conversation: Conversation, agent_id: str) -> None:
        self._send(conversation, AssignBot(at=self._centre.now, agent_id=agent_id, bot="greeter", suggests=True))

    def _ask_a_colleague(self, conversation: Conversation, agent_id: str) -> None:
        queue, to_agent = self._centre.queue("support"), self._centre.random.choice([None, *self._staff.on_duty])
        consult = self._centre.happens(0.6)
        if queue is not None:
            self._send(
                conversation,
                AssistConversation(
                    at=self._centre.now,
                    agent_id=agent_id,
                    task_id=self._centre.world.new_id(),
                    direction="consult" if consult else "conference",
                    queue=queue,
                    to_agent=to_agent,
                ),
            )

    def _raise_hand(self, conversation: Conversation, agent_id: str) -> None:
        raised = agent_id not in conversation.hands
        self._send(conversation, RaiseHand(at=self._centre.now, agent_id=agent_id, raised=raised))

    def _leave(self, conversation: Conversation, agent_id: str) -> None:
        self._send(conversation, LeaveConversation(at=self._centre.now, agent_id=agent_id))

    def _forget(self, conversation: Conversation, agent_id: str) -> None:
        """Leaves the customer unanswered."""

    def _wrap_up(self, agent_id: str, event: WrapUpStarted) -> None:
        if self._centre.happens(0.7):
            self._centre.soon(8.0, lambda: self._complete(agent_id, event.conversation_id))

    def _complete(self, agent_id: str, conversation_id: str) -> None:
        complete = CompleteWrapUp(at=self._centre.now, agent_id=agent_id, codes=["sale"])
        self._centre.send(conversation_stream(conversation_id), complete)

    def _send(self, conversation: Conversation, command: Command) -> None:
        self._centre.send(conversation_stream(conversation.conversation_id), command)
