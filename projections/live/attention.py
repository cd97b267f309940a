"""The answer that a conversation expects, since when its customer waits for one, and what each agent has not read."""

from datetime import datetime
from typing import Protocol

from schemas.content import Sender
from schemas.events import (
    AgentJoined,
    AgentLeft,
    AgentRequested,
    AgentRoleChanged,
    BotAssigned,
    ConversationEnded,
    ConversationStarted,
    CustomerActivityNoticed,
    Event,
    ExpectedAnswer,
    MessagePosted,
    NoteAdded,
    ReceiptRecorded,
    WhisperPosted,
)
from schemas.instants import parse_instant

__all__ = ["Attention", "pay_attention"]


class Attention(Protocol):
    """``unread`` has the agents who take part, each with the ids of what others have written and the agent has not
    read, oldest first. Who writes has read everything. ``unanswered_since`` is when the customer wrote the first
    message that neither an agent nor a bot has answered."""

    expected: ExpectedAnswer | None
    unanswered_since: datetime | None
    unread: dict[str, list[str]]


def pay_attention(view: Attention, at: str, event: Event) -> None:
    """Follows an event of the conversation, which was recorded at the instant ``at``."""
    view.expected = _expected(view.expected, event)
    match event:
        case MessagePosted():
            _answer(view, at, event.sender)
            _write(view, event.message_id, event.sender)
        case NoteAdded():
            _write(view, event.note_id, Sender("agent", event.agent_id))
        case WhisperPosted():
            _write(view, event.message_id, Sender("agent", event.agent_id))
        case ReceiptRecorded(status="read") if event.by.type == "agent":
            _read(view.unread.get(event.by.id or "", []), event.message_id)
        case AgentJoined():
            view.unread.setdefault(event.agent_id, [])
        case AgentLeft():
            view.unread.pop(event.agent_id, None)
        case ConversationEnded():
            view.unanswered_since = None


def _expected(before: ExpectedAnswer | None, event: Event) -> ExpectedAnswer | None:
    """The same as the conversation itself decides by (see actors.conversation.state)."""
    match event:
        case ConversationStarted() | CustomerActivityNoticed() | BotAssigned() | AgentJoined(role="primary"):
            return event.expects
        case MessagePosted():
            answered = before is not None and before.of == event.sender.type
            return event.expects if event.expects is not None or answered else before
        case AgentRoleChanged(role="primary") if event.expects is not None or (before and before.of == "agent"):
            return event.expects
        case AgentRequested() | ConversationEnded():
            return None
    return before


def _answer(view: Attention, at: str, sender: Sender) -> None:
    if sender.type == "customer":
        view.unanswered_since = view.unanswered_since or parse_instant(at)
    elif sender.type in ("agent", "bot"):
        view.unanswered_since = None


def _write(view: Attention, message_id: str, sender: Sender) -> None:
    """What the system writes need not be read."""
    for agent_id, unread in view.unread.items():
        if sender.type == "agent" and sender.id == agent_id:
            unread.clear()
        elif sender.type != "system":
            unread.append(message_id)


def _read(unread: list[str], message_id: str) -> None:
    """All that was written before is read too."""
    if message_id in unread:
        del unread[: unread.index(message_id) + 1]
