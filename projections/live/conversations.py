"""The live view of conversations: their status, who takes part, and who may see them."""

from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Any, NamedTuple

import msgspec

from actors.snapshots import Changes, SnapshotReader
from projections.live.attention import pay_attention
from projections.live.changed import Changed
from projections.live.wording import in_words
from schemas.actors import vouches_for_customers
from schemas.events import (
    HEARD,
    AgentJoined,
    AgentLeft,
    AgentRequested,
    AgentRoleChanged,
    AssistRequested,
    AttributesChanged,
    BotAssigned,
    ConversationEnded,
    ConversationStarted,
    Customer,
    Event,
    ExpectedAnswer,
    HandLowered,
    HandRaised,
    LabelsChanged,
    MessagePosted,
    QueueChanged,
    TaskReserved,
    WrapUpCompleted,
)
from schemas.instants import parse_instant
from schemas.records import Record, entity_id_of, is_conversation_stream

__all__ = ["ConversationDirectory", "ConversationParticipant", "ConversationView", "WantedAgent"]

_PREVIEW = 120
_OF_TASKS = (AgentRequested, AssistRequested, AgentJoined)


class WantedAgent(NamedTuple):
    """A request for an agent: the queue, the agent who is asked first, if any, and a note for the agent who comes.
    ``direction`` is that of the task."""

    direction: str
    queue: str
    to_agent: str | None = None
    note: str | None = None


class ConversationParticipant(msgspec.Struct, frozen=True, omit_defaults=True):
    """``type`` is customer, bot or agent; an agent's ``role`` is one in the conversation, such as primary. A customer
    who is not ``verified`` only claims to have the ``id``."""

    type: str
    role: str
    id: str | None = None
    name: str | None = None
    verified: bool = False


class ConversationView(msgspec.Struct):
    """One conversation. ``position`` is that of its first event. A bot that ``suggests`` stays when an agent takes
    over. ``served_by`` is the agent who owned the answer last, ``preferred_agent`` the agent who owned it last in the
    customer's previous conversation on the channel. ``taken_part`` holds every agent who is or was in the conversation,
    ``seen_by`` also those to whom it was offered. ``tasks`` holds every task by which an agent was asked for.
    ``started_by`` is the actor of the start, ``recorded_bytes`` the size of the conversation's events as JSON. For
    ``expected``, ``unanswered_since`` and ``unread`` see ``Attention``; ``last_message_by`` is the type of the last
    message's sender."""

    conversation_id: str
    channel: str
    status: str
    queue: str
    mrd: str
    bot: str | None
    customer: Customer
    language: str | None
    started_at: datetime
    position: int
    version: int = 0
    started_by: str = ""
    same_customer_as: str | None = None
    suggests: bool = False
    served_by: str | None = None
    preferred_agent: str | None = None
    ended_at: datetime | None = None
    end_reason: str | None = None
    task_id: str | None = None
    messages: int = 0
    last_message: str | None = None
    last_message_at: str | None = None
    last_message_by: str | None = None
    expected: ExpectedAnswer | None = None
    unanswered_since: datetime | None = None
    unread: dict[str, list[str]] = {}
    agents: dict[str, ConversationParticipant] = {}
    taken_part: set[str] = set()
    seen_by: set[str] = set()
    tasks: dict[str, WantedAgent] = {}
    labels: list[str] = []
    attributes: dict[str, Any] = {}
    hands: dict[str, str | None] = {}
    recorded_bytes: int = 0

    @property
    def over(self) -> bool:
        return self.status in ("wrap_up", "ended")

    @property
    def last_agent(self) -> str | None:
        """The agent who served the customer last, in this conversation or else in the one before."""
        return self.served_by or self.preferred_agent

    @property
    def proven_customer(self) -> tuple[str, str]:
        """The customer as far as anything is proven. Conversations belong to the same customer when this is equal: the
        channel and the proven id, or else the first conversation of those that tokens connect."""
        if self.customer.verified and self.customer.id:
            return self.channel, self.customer.id
        return "", self.first_conversation

    @property
    def first_conversation(self) -> str:
        return self.same_customer_as or self.conversation_id

    def participants(self) -> list[ConversationParticipant]:
        """The participants whom the customer knows of."""
        return [participant for participant in self.everyone() if participant.type != "agent" or _is_heard(participant)]

    def everyone(self) -> list[ConversationParticipant]:
        known = self.customer
        customer = ConversationParticipant("customer", "customer", known.id, known.name, known.verified)
        bot = [ConversationParticipant("bot", "bot", self.bot)] if self.bot and self.status == "with_bot" else []
        return [customer, *bot, *self.agents.values()]


class ConversationDirectory:
    """All open conversations and the most recently ended ones; the others are read from the journal."""

    def __init__(self, keep_ended: int = 10_000) -> None:
        self._views: dict[str, ConversationView] = {}
        self._ended: dict[str, int] = {}
        self._of_customers: dict[tuple[str, str], list[str]] = {}
        self._of_tasks: dict[str, str] = {}
        self._keep_ended = keep_ended
        self._changed = Changed()

    def get(self, conversation_id: str) -> ConversationView | None:
        return self._views.get(conversation_id)

    def latest(self, channel: str, customer_id: str | None) -> ConversationView | None:
        """The last conversation on a channel of the customer who is proven to have the id. A conversation that has
        ended is forgotten after a while."""
        return self._latest((channel, customer_id)) if customer_id else None

    def of_same_customer(self, view: ConversationView) -> list[ConversationView]:
        """The conversations that are proven to be of the customer of this one, newest first."""
        found = self._of_customers.get(view.proven_customer, ())
        return [self._views[conversation_id] for conversation_id in reversed(found)]

    def of_task(self, task_id: str) -> ConversationView | None:
        return self._views.get(self._of_tasks.get(task_id, ""))

    def __iter__(self) -> Iterator[ConversationView]:
        """The conversations, the newest first. Their order never changes, so that pages fit together."""
        return iter(reversed(self._views.values()))

    def apply(self, record: Record, event: Event) -> None:
        if is_conversation_stream(record.stream):
            if isinstance(event, ConversationStarted):
                self._start(_started(record, event))
            else:
                self._apply_to_conversation(entity_id_of(record.stream), record, event)
        elif isinstance(event, TaskReserved):
            view = self.get(event.conversation_id)
            if view is not None:
                view.seen_by.add(entity_id_of(record.stream))
                self._changed.note(view.conversation_id)

    def restore(self, reader: SnapshotReader) -> None:
        for conversation_id, data in reader.view("conversations"):
            view, ended_at_position = _row.decode(data)
            self._enter(view)
            self._of_tasks.update(dict.fromkeys(view.tasks, conversation_id))
            if ended_at_position is not None:
                self._ended[conversation_id] = ended_at_position
        self._ended = dict(sorted(self._ended.items(), key=lambda ended: ended[1]))

    def take_changes(self) -> Changes:
        return {"conversations": self._changed.take(self._row)}

    def _row(self, conversation_id: str) -> bytes | None:
        view = self._views.get(conversation_id)
        return None if view is None else msgspec.json.encode((view, self._ended.get(conversation_id)))

    def _start(self, view: ConversationView) -> None:
        before = self._latest(view.proven_customer)
        if before is not None:
            view.preferred_agent = before.served_by or before.preferred_agent
        self._enter(view)
        self._changed.note(view.conversation_id)

    def _latest(self, customer: tuple[str, str]) -> ConversationView | None:
        found = self._of_customers.get(customer)
        return self._views[found[-1]] if found else None

    def _enter(self, view: ConversationView) -> None:
        self._views[view.conversation_id] = view
        self._of_customers.setdefault(view.proven_customer, []).append(view.conversation_id)

    def _apply_to_conversation(self, conversation_id: str, record: Record, event: Event) -> None:
        view = self.get(conversation_id)
        if view is None:
            return
        ended_before = view.status == "ended"
        apply_to_view(view, record, event)
        self._changed.note(conversation_id)
        if isinstance(event, _OF_TASKS):
            self._of_tasks[event.task_id] = conversation_id
        if view.status == "ended" and not ended_before:
            self._ended[conversation_id] = record.position
            if len(self._ended) > self._keep_ended:
                self._drop(next(iter(self._ended)))

    def _drop(self, conversation_id: str) -> None:
        del self._ended[conversation_id]
        view = self._views.pop(conversation_id)
        self._changed.note(conversation_id)
        for task_id in view.tasks:
            self._of_tasks.pop(task_id, None)
        others = self._of_customers[view.proven_customer]
        others.remove(view.conversation_id)
        if not others:
            del self._of_customers[view.proven_customer]

    @staticmethod
    def rebuild(history: Iterable[tuple[Record, Event]]) -> ConversationView | None:
        """One conversation's view from its stream alone. It does not know the agents who were offered the conversation
        and did not accept."""
        view = None
        for record, event in history:
            if isinstance(event, ConversationStarted):
                view = _started(record, event)
            elif view is not None:
                apply_to_view(view, record, event)
        return view


def _started(record: Record, event: ConversationStarted) -> ConversationView:
    """The starts of connectors and applications that were recorded before ``verified`` did not hold it."""
    customer = event.customer
    if customer.id and not customer.verified and vouches_for_customers(record.actor):
        customer = msgspec.structs.replace(customer, verified=True)
    return ConversationView(
        conversation_id=event.conversation_id,
        channel=event.channel,
        status="with_bot" if event.bot is not None else "waiting_for_customer",
        queue=event.queue,
        mrd=event.mrd,
        bot=event.bot,
        customer=customer,
        language=event.language,
        started_at=event.started_at,
        position=record.position,
        version=1,
        started_by=record.actor,
        same_customer_as=event.same_customer_as,
        suggests=event.suggests,
        expected=event.expects,
        attributes=dict(event.attributes),
        recorded_bytes=len(record.data),
    )


def _is_heard(participant: ConversationParticipant) -> bool:
    return participant.role in HEARD


def apply_to_view(view: ConversationView, record: Record, event: Event) -> None:
    view.version = record.version
    view.recorded_bytes += len(record.data)
    pay_attention(view, record.at, event)
    match event:
        case MessagePosted():
            view.messages += 1
            view.last_message = in_words(event.content)[:_PREVIEW]
            view.last_message_at, view.last_message_by = record.at, event.sender.type
        case AgentRequested():
            view.status = "waiting_for_agent"
            view.queue, view.mrd, view.task_id = event.queue.name, event.queue.mrd, event.task_id
            view.tasks[event.task_id] = WantedAgent(event.direction, event.queue.name, event.to_agent, event.note)
        case QueueChanged():
            if event.task_id == view.task_id:
                view.queue, view.mrd = event.queue.name, event.queue.mrd
        case BotAssigned():
            view.status, view.task_id = "with_bot", None
            view.bot, view.suggests = event.bot, event.suggests
        case ConversationEnded():
            view.status = "wrap_up" if event.wrap_up else "ended"
            view.ended_at, view.end_reason = parse_instant(record.at), event.reason
        case WrapUpCompleted():
            view.status = "ended"
        case LabelsChanged():
            view.labels = event.labels
        case AttributesChanged():
            merged = {**view.attributes, **event.attributes}
            view.attributes = {name: value for name, value in merged.items() if value is not None}
        case AssistRequested():
            view.tasks[event.task_id] = WantedAgent(event.direction, event.queue.name, event.to_agent, event.note)
        case AgentJoined():
            view.agents[event.agent_id] = ConversationParticipant("agent", event.role, event.agent_id, event.agent_name)
            view.taken_part.add(event.agent_id)
            view.seen_by.add(event.agent_id)
            view.tasks.setdefault(event.task_id, WantedAgent(event.direction, view.queue))
            _follow_role(view, event.agent_id, event.role)
        case AgentRoleChanged():
            before = view.agents[event.agent_id]
            view.agents[event.agent_id] = msgspec.structs.replace(before, role=event.role)
            _follow_role(view, event.agent_id, event.role)
        case AgentLeft():
            view.agents.pop(event.agent_id, None)
            view.hands.pop(event.agent_id, None)
        case HandRaised():
            view.hands[event.agent_id] = event.reason
        case HandLowered():
            view.hands.pop(event.agent_id, None)


def _follow_role(view: ConversationView, agent_id: str, role: str) -> None:
    if role == "primary":
        view.status, view.served_by = "with_agent", agent_id


_row = msgspec.json.Decoder(tuple[ConversationView, int | None])
