"""Posting: messages, notes, whispers and suggestions, each of them once."""

from datetime import datetime, timedelta
from typing import Literal

from actors.conversation.posted import Posted, fingerprint_of_message, fingerprint_of_suggestion, fingerprint_of_text
from actors.conversation.state import Conversation, receiver_of
from actors.decider import Decision, refuse
from schemas.commands import (
    AddNote,
    PostAgentMessage,
    PostBotMessage,
    PostCustomerMessage,
    PostSuggestion,
    PostSystemMessage,
    RecordReceipt,
    Whisper,
)
from schemas.content import Content, Sender
from schemas.events import (
    HEARD,
    AgentRoleChanged,
    BotReplyDropped,
    ConversationEvent,
    ExpectedAnswer,
    MessagePosted,
    NoteAdded,
    ReceiptRecorded,
    SuggestionPosted,
    WhisperPosted,
)
from schemas.queues import QueueSettings
from schemas.replies import Done, MessageReply, RefusalCode

__all__ = [
    "add_note",
    "expected_after_customer",
    "expected_of_agent",
    "expected_of_customer",
    "not_participant",
    "post",
    "post_agent_message",
    "post_bot_message",
    "post_customer_message",
    "post_suggestion",
    "post_system_message",
    "record_receipt",
    "whisper",
]

_RANKS = {"unknown": 0, "failed": 1, "delivered": 2, "read": 3}


def post_customer_message(state: Conversation, command: PostCustomerMessage) -> Decision[ConversationEvent]:
    sender = Sender("customer", state.customer.id, state.customer.name)
    expects = expected_after_customer(state, command.at)
    return post(state, command.message_id, sender, command.content, expects)


def post_agent_message(state: Conversation, command: PostAgentMessage) -> Decision[ConversationEvent]:
    participant = state.agents.get(command.agent_id)
    if command.message_id not in state.posted and not state.over:
        if participant is None:
            return not_participant(state)
        if participant.role not in HEARD:
            detail = "the customer does not hear you; write a note, or come in openly"
            return refuse(RefusalCode.NOT_PARTICIPANT, detail)
    name = participant.name if participant else None
    sender = Sender("agent", command.agent_id, name)
    return post(state, command.message_id, sender, command.content, expected_of_customer(state, command.at))


def post_bot_message(state: Conversation, command: PostBotMessage) -> Decision[ConversationEvent]:
    """Posts the bot's answer. Only the owner of the answer may give it: a bot that has lost the conversation is
    refused, and the refusal is recorded."""
    owns = state.status == "with_bot" and state.bot == command.bot and command.message_id not in state.dropped
    if owns or command.message_id in state.posted:
        expects = expected_of_customer(state, command.at)
        return post(state, command.message_id, Sender("bot", command.bot), command.content, expects)
    decision: Decision[ConversationEvent] = refuse(
        RefusalCode.NOT_OWNER, f"the conversation is {state.status}; the bot no longer owns it"
    )
    if command.message_id not in state.dropped:
        reason: Literal["stale", "ended"] = "ended" if state.over else "stale"
        decision.events.append(BotReplyDropped(message_id=command.message_id, bot=command.bot, reason=reason))
    return decision


def post_system_message(state: Conversation, command: PostSystemMessage) -> Decision[ConversationEvent]:
    """Posts what the system says in place of the bot. It is out of date once the bot has lost the conversation."""
    owns = state.status == "with_bot" and state.bot == command.bot
    if not owns and command.message_id not in state.posted:
        return refuse(RefusalCode.NOT_OWNER, f"the conversation is {state.status}; the bot no longer owns it")
    return post(state, command.message_id, Sender("system"), command.content, expected_of_customer(state, command.at))


def post_suggestion(state: Conversation, command: PostSuggestion) -> Decision[ConversationEvent]:
    before = state.posted.get(command.message_id)
    if before is not None:
        fingerprint = fingerprint_of_suggestion(command.bot, command.content)
        return _posted_before(command.message_id, before, fingerprint)
    if state.status != "with_agent" or not state.suggests or state.bot != command.bot:
        return refuse(RefusalCode.NOT_OWNER, f"the conversation is {state.status}; no agent looks for suggestions")
    suggested = SuggestionPosted(message_id=command.message_id, bot=command.bot, content=command.content)
    return Decision([suggested], reply=MessageReply(command.message_id, state.version + 1))


def post(
    state: Conversation, message_id: str, sender: Sender, content: Content, expects: ExpectedAnswer | None
) -> Decision[ConversationEvent]:
    before = state.posted.get(message_id)
    if before is not None:
        return _posted_before(message_id, before, fingerprint_of_message(sender, content))
    if state.over:
        return refuse(RefusalCode.CONVERSATION_ENDED, "the conversation has ended; start a new one")
    posted = MessagePosted(message_id=message_id, sender=sender, content=content, expects=expects)
    return Decision([posted], reply=MessageReply(message_id, state.version + 1))


def _posted_before(message_id: str, before: Posted, fingerprint: bytes) -> Decision[ConversationEvent]:
    if before.fingerprint != fingerprint:
        return refuse(RefusalCode.ID_CONFLICT, "this id belongs to a message with other content or another sender")
    return Decision(reply=MessageReply(message_id, before.version, replayed=True))


def expected_of_customer(state: Conversation, at: datetime) -> ExpectedAnswer | None:
    if state.inactivity_seconds is None:
        return None
    return ExpectedAnswer("customer", at, at + timedelta(seconds=state.inactivity_seconds))


def expected_after_customer(state: Conversation, at: datetime) -> ExpectedAnswer | None:
    """The agent's time runs from the first message that is not answered."""
    if state.agent_is_expected or state.status != "with_agent":
        return None
    return expected_of_agent(state.queue, at)


def expected_of_agent(queue: QueueSettings | None, at: datetime) -> ExpectedAnswer | None:
    seconds = queue.response_seconds if queue else None
    return None if seconds is None else ExpectedAnswer("agent", at, at + timedelta(seconds=seconds))


def add_note(state: Conversation, command: AddNote) -> Decision[ConversationEvent]:
    before = state.posted.get(command.note_id)
    if before is not None:
        fingerprint = fingerprint_of_text("note", command.agent_id, command.text)
        return _posted_before(command.note_id, before, fingerprint)
    if command.agent_id not in state.agents:
        return not_participant(state)
    note = NoteAdded(
        note_id=command.note_id,
        agent_id=command.agent_id,
        agent_name=state.agents[command.agent_id].name,
        text=command.text,
    )
    return Decision([note], reply=MessageReply(command.note_id, state.version + 1))


def whisper(state: Conversation, command: Whisper) -> Decision[ConversationEvent]:
    """A monitor, who has listened in silence, becomes the agent's coach by the first word."""
    before = state.posted.get(command.message_id)
    if before is not None:
        fingerprint = fingerprint_of_text("whisper", command.agent_id, command.text)
        return _posted_before(command.message_id, before, fingerprint)
    participant = state.agents.get(command.agent_id)
    if participant is None:
        return not_participant(state)
    if state.over:
        return refuse(RefusalCode.CONVERSATION_ENDED, "the conversation has ended")
    events: list[ConversationEvent] = []
    if participant.role == "monitor":
        events.append(AgentRoleChanged(agent_id=command.agent_id, role="coach", direction=participant.direction))
    events.append(
        WhisperPosted(
            message_id=command.message_id,
            agent_id=command.agent_id,
            agent_name=participant.name,
            text=command.text,
        )
    )
    return Decision(events, reply=MessageReply(command.message_id, state.version + len(events)))


def record_receipt(state: Conversation, command: RecordReceipt) -> Decision[ConversationEvent]:
    """What is known stays known, whatever a provider reports late: a message that was read was delivered, and one that
    was delivered has not failed. Each receiver has receipts of its own. The customer does not know of messages among
    agents, and cannot receive them."""
    if command.by.type == "agent" and (command.by.id or "") not in state.agents:
        return not_participant(state)
    posted = state.posted.get(command.message_id)
    if posted is None or (command.by.type != "agent" and not posted.seen_by_customer):
        return refuse(RefusalCode.UNKNOWN_MESSAGE, "no such message is in this conversation")
    before = state.receipts.get(command.message_id, {}).get(receiver_of(command.by))
    if before is not None and _RANKS[before] >= _RANKS[command.status]:
        return Decision(reply=Done(state.version, replayed=True))
    receipt = ReceiptRecorded(
        message_id=command.message_id,
        status=command.status,
        by=command.by,
        code=command.code,
        detail=command.detail,
    )
    return Decision([receipt], reply=Done(state.version + 1))


def not_participant(state: Conversation) -> Decision[ConversationEvent]:
    if state.over:
        return refuse(RefusalCode.CONVERSATION_ENDED, "the conversation has ended")
    return refuse(RefusalCode.NOT_PARTICIPANT, "you take no part in this conversation")
