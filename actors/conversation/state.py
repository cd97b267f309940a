"""A conversation's state: its thread of messages, the participants, and the owner of the answer."""

from datetime import datetime
from typing import Annotated, Any, Literal, assert_never

import msgspec

from actors.conversation.posted import Posted, fingerprint_of_message, fingerprint_of_suggestion, fingerprint_of_text
from schemas.content import Sender
from schemas.events import (
    AgentJoined,
    AgentLeft,
    AgentReminded,
    AgentRequested,
    AgentRoleChanged,
    AssistEnded,
    AssistRequested,
    AttributesChanged,
    BotAssigned,
    BotFailed,
    BotReplyDropped,
    BotSaidNothing,
    ConversationEnded,
    ConversationEvent,
    ConversationRated,
    ConversationStarted,
    Customer,
    CustomerActivityNoticed,
    CustomerReminded,
    CustomerReturned,
    ExpectedAnswer,
    HandLowered,
    HandRaised,
    LabelsChanged,
    MessagePosted,
    NoteAdded,
    QueueChanged,
    ReceiptRecorded,
    SuggestionPosted,
    WhisperPosted,
    WrapUpCompleted,
)
from schemas.events.conversation import RecordedReceiptStatus, Role
from schemas.personal import Personal
from schemas.queues import QueueSettings
from schemas.tasks import Direction

__all__ = ["AgentInConversation", "Assist", "Conversation", "RequestedTask", "Status", "evolve"]

Status = Literal["new", "waiting_for_customer", "with_bot", "waiting_for_agent", "with_agent", "wrap_up", "ended"]


class AgentInConversation(msgspec.Struct, frozen=True):
    """An agent who takes part, by the task ``task_id``."""

    name: Annotated[str, Personal]
    role: Role
    task_id: str
    direction: Direction = "inbound"


class RequestedTask(msgspec.Struct, frozen=True):
    """The last request for an agent to take over. ``direction`` distinguishes a transfer."""

    task_id: str
    queue: QueueSettings
    queued_at: datetime
    direction: Direction = "inbound"
    priority: int = 5


class Assist(msgspec.Struct, frozen=True):
    """A request for another agent beside the primary one, until somebody has come."""

    task_id: str
    agent_id: str
    direction: Literal["consult", "conference"]
    mrd: str


class Conversation(msgspec.Struct):
    """``agents`` has those who take part now; ``served_by`` is the last primary agent, who may still wrap up.

    ``posted``, ``dropped`` and ``unanswered`` remember the ids of messages, so that a repetition changes nothing; the
    bot said nothing to the ``unanswered``, and to ``silent_turns`` of them since the customer heard something last.
    ``receipts`` has the last receipt of each message from each of its receivers; ``hands`` the agents who ask for a
    supervisor; ``reminded`` how many reminders of the ``expected`` answer there were. ``requests`` has the ids of all
    requests for help and handings over, open or not.
    """

    conversation_id: str
    version: int = 0
    status: Status = "new"
    channel: str = ""
    customer: Customer = Customer()
    bot: str | None = None
    suggests: bool = False
    started_at: datetime | None = None
    opened_at_version: int = 0
    request_digest: Annotated[str, Personal] = ""
    inactivity_seconds: float | None = None
    posted: dict[str, Posted] = {}
    dropped: set[str] = set()
    unanswered: set[str] = set()
    silent_turns: int = 0
    agents: dict[str, AgentInConversation] = {}
    task: RequestedTask | None = None
    assists: dict[str, Assist] = {}
    requests: tuple[str, ...] = ()
    served_by: str | None = None
    wrap_up: tuple[list[str], Annotated[str, Personal] | None] | None = None
    labels: list[str] = []
    attributes: Annotated[dict[str, Any], Personal] = {}
    receipts: dict[str, dict[str, RecordedReceiptStatus]] = {}
    hands: set[str] = set()
    rating: tuple[int, Annotated[str, Personal] | None] | None = None
    expected: ExpectedAnswer | None = None
    reminded: int = 0

    @property
    def over(self) -> bool:
        return self.status in ("wrap_up", "ended")

    @property
    def queue(self) -> QueueSettings | None:
        """The queue by whose rules the conversation is served, if it has been in one."""
        return self.task.queue if self.task else None

    @property
    def agent_is_expected(self) -> bool:
        """True if the customer waits for the agent's answer."""
        return self.expected is not None and self.expected.of == "agent"

    @property
    def primary(self) -> str | None:
        """The agent who owns the answer."""
        return next((agent_id for agent_id, agent in self.agents.items() if agent.role == "primary"), None)

    def role_of(self, agent_id: str) -> Role | None:
        participant = self.agents.get(agent_id)
        return participant.role if participant else None


def receiver_of(sender: Sender) -> str:
    """The receiver of a message as its receipts are kept: the customer, for whom the system speaks too, or one of the
    agents."""
    return "customer" if sender.type in ("customer", "system") else f"{sender.type}:{sender.id}"


def evolve(state: Conversation, event: ConversationEvent) -> None:  # noqa: C901 - a dispatcher
    state.version += 1
    match event:
        case MessagePosted():
            _post(state, event)
        case NoteAdded():
            _remember_unseen(state, event.note_id, fingerprint_of_text("note", event.agent_id, event.text))
        case WhisperPosted():
            _remember_unseen(state, event.message_id, fingerprint_of_text("whisper", event.agent_id, event.text))
        case SuggestionPosted():
            _remember_unseen(state, event.message_id, fingerprint_of_suggestion(event.bot, event.content))
        case ReceiptRecorded():
            state.receipts.setdefault(event.message_id, {})[receiver_of(event.by)] = event.status
        case BotReplyDropped():
            state.dropped.add(event.message_id)
        case BotSaidNothing():
            state.unanswered.add(event.message_id)
            state.silent_turns = event.turns
        case LabelsChanged():
            state.labels = event.labels
        case AttributesChanged():
            merged = {**state.attributes, **event.attributes}
            state.attributes = {name: value for name, value in merged.items() if value is not None}
        case HandRaised():
            state.hands.add(event.agent_id)
        case HandLowered():
            state.hands.discard(event.agent_id)
        case CustomerActivityNoticed():
            _expect(state, event.expects)
        case CustomerReminded() | AgentReminded():
            state.reminded += 1
        case BotFailed() | CustomerReturned():
            pass
        case ConversationStarted():
            _start(state, event)
        case BotAssigned():
            state.status, state.bot, state.suggests = "with_bot", event.bot, event.suggests
            state.task, state.silent_turns = None, 0
            _expect(state, event.expects)
        case AgentRequested():
            state.status = "waiting_for_agent"
            state.task = RequestedTask(event.task_id, event.queue, event.queued_at, event.direction, event.priority)
            _expect(state, None)
        case QueueChanged():
            if state.task is not None and state.task.task_id == event.task_id:
                state.task = msgspec.structs.replace(state.task, queue=event.queue)
        case AssistRequested():
            state.assists[event.task_id] = Assist(event.task_id, event.agent_id, event.direction, event.queue.mrd)
            state.requests += (event.task_id,)
        case AssistEnded():
            state.assists.pop(event.task_id, None)
        case AgentJoined():
            _join(state, event)
        case AgentRoleChanged():
            _change_role(state, event)
        case AgentLeft():
            state.agents.pop(event.agent_id, None)
            state.hands.discard(event.agent_id)
        case ConversationEnded():
            state.status = "wrap_up" if event.wrap_up else "ended"
            _expect(state, None)
        case WrapUpCompleted():
            state.status = "ended"
            state.wrap_up = (event.codes, event.note)
        case ConversationRated():
            state.rating = (event.score, event.comment)
        case _:
            assert_never(event)


def _start(state: Conversation, event: ConversationStarted) -> None:
    state.status = "with_bot" if event.bot is not None else "waiting_for_customer"
    state.channel = event.channel
    state.customer = event.customer
    state.bot, state.suggests = event.bot, event.suggests
    state.started_at = event.started_at
    state.opened_at_version = event.opened_at_version
    state.request_digest = event.request_digest
    state.inactivity_seconds = event.inactivity_seconds
    state.attributes = dict(event.attributes)
    _expect(state, event.expects)


def _post(state: Conversation, event: MessagePosted) -> None:
    fingerprint = fingerprint_of_message(event.sender, event.content)
    state.posted[event.message_id] = Posted(fingerprint, state.version, seen_by_customer=True)
    if event.sender.type != "customer":
        state.silent_turns = 0
    if event.expects is not None:
        _expect(state, event.expects)
    elif state.expected is not None and state.expected.of == event.sender.type:
        _expect(state, None)


def _join(state: Conversation, event: AgentJoined) -> None:
    state.agents[event.agent_id] = AgentInConversation(event.agent_name, event.role, event.task_id, event.direction)
    state.assists.pop(event.task_id, None)
    if event.role == "primary":
        state.status, state.served_by = "with_agent", event.agent_id
        _expect(state, event.expects)


def _change_role(state: Conversation, event: AgentRoleChanged) -> None:
    if event.request_id is not None:
        state.requests += (event.request_id,)
    before = state.agents[event.agent_id]
    state.agents[event.agent_id] = msgspec.structs.replace(before, role=event.role, direction=event.direction)
    if event.role == "primary":
        state.status, state.served_by = "with_agent", event.agent_id
        if event.expects is not None or state.agent_is_expected:
            _expect(state, event.expects)


def _remember_unseen(state: Conversation, message_id: str, fingerprint: bytes) -> None:
    state.posted[message_id] = Posted(fingerprint, state.version, seen_by_customer=False)


def _expect(state: Conversation, expected: ExpectedAnswer | None) -> None:
    state.expected, state.reminded = expected, 0
