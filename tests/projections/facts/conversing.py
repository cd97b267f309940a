"""Events of conversation c1."""

from typing import Any

from schemas.content import Sender, TextContent
from schemas.events import (
    AgentLeft,
    AgentRequested,
    ConversationEnded,
    ConversationStarted,
    Customer,
    EndReason,
    Event,
    LeaveReason,
    MessagePosted,
)
from schemas.queues import QueueSettings
from tests.examples import NOW, SUPPORT, later
from tests.projections.facts.given import TimedEvent, at

__all__ = [
    "ALICE",
    "BOT",
    "CONVERSATION",
    "CUSTOMER",
    "SYSTEM",
    "conversing",
    "ended",
    "left",
    "posted",
    "requested",
    "started",
]

CONVERSATION = "conversation-c1"
ALICE = Sender("agent", "alice", "Alice")
BOT = Sender("bot", "greeter")
CUSTOMER = Sender("customer")
SYSTEM = Sender("system")


def conversing(*moments: tuple[float, *tuple[Event, ...]]) -> list[list[TimedEvent]]:
    return [at(seconds, CONVERSATION, *events) for seconds, *events in moments]


def started(bot: str | None = "greeter", **fields: Any) -> ConversationStarted:
    plain: dict[str, Any] = {
        "conversation_id": "c1",
        "channel": "web",
        "customer": Customer(),
        "queue": "support",
        "mrd": "chat",
        "bot": bot,
        "language": None,
        "attributes": {},
        "started_at": NOW,
        "opened_at_version": 1,
        "request_digest": "",
    }
    return ConversationStarted(**{**plain, **fields})


def posted(sender: Sender) -> MessagePosted:
    return MessagePosted(message_id="message", sender=sender, content=TextContent("Hello"))


def requested(
    by: Sender = CUSTOMER, place: float = 0, queue: QueueSettings = SUPPORT, task_id: str = "t1"
) -> AgentRequested:
    return AgentRequested(task_id=task_id, queue=queue, reason=None, requested_by=by, queued_at=later(place))


def left(agent_id: str, reason: LeaveReason = "left") -> AgentLeft:
    return AgentLeft(agent_id=agent_id, reason=reason)


def ended(reason: EndReason = "customer_left", by: Sender = CUSTOMER, wrap_up: bool = False) -> ConversationEnded:
    return ConversationEnded(reason=reason, ended_by=by, wrap_up=wrap_up)
