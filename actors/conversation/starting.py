"""The start of a conversation, and the return of its customer."""

from datetime import timedelta

from actors.conversation.messages import expected_after_customer
from actors.conversation.posted import fingerprint_of_message
from actors.conversation.requests import into_line
from actors.conversation.state import Conversation, Status
from actors.decider import Decision, Message, refuse
from schemas.commands import EnqueueTask, ReturnCustomer, StartConversation
from schemas.content import Sender, TextContent
from schemas.events import ConversationEvent, ConversationStarted, CustomerReturned, ExpectedAnswer, MessagePosted
from schemas.instants import format_instant
from schemas.replies import RefusalCode, StartReply

__all__ = ["return_customer", "start"]


def start(state: Conversation, command: StartConversation) -> Decision[ConversationEvent]:
    if state.status != "new":
        return _started_before(state, command)
    customer = Sender("customer", command.customer.id, command.customer.name)
    events: list[ConversationEvent] = []
    messages: list[Message] = []
    if command.text is not None:
        content = TextContent(command.text)
        events.append(MessagePosted(message_id=command.message_id, sender=customer, content=content))
    if command.bot is None:
        task = EnqueueTask(
            at=command.at,
            task_id=command.task_id,
            conversation_id=state.conversation_id,
            queue=command.queue,
            queued_at=command.not_before or command.waiting_since or command.at,
            priority=command.priority,
            direction=command.direction,
            preferred_agent=command.preferred_agent,
            not_before=command.not_before,
        )
        request, enqueue = into_line(task, customer, None)
        events.append(request)
        messages.append(enqueue)
    version = 1 + len(events)
    started = ConversationStarted(
        conversation_id=command.conversation_id,
        channel=command.channel,
        customer=command.customer,
        queue=command.queue.name,
        mrd=command.queue.mrd,
        bot=command.bot,
        language=command.language,
        attributes=command.attributes,
        started_at=command.at,
        opened_at_version=version,
        request_digest=command.request_digest,
        suggests=command.suggests,
        inactivity_seconds=command.inactivity_seconds,
        expects=_expects(command),
        direction=command.direction,
        same_customer_as=command.same_customer_as,
    )
    status: Status = "with_bot" if command.bot else "waiting_for_agent"
    reply = StartReply(state.conversation_id, status, version, format_instant(command.at))
    return Decision([started, *events], messages, reply)


def _expects(command: StartConversation) -> ExpectedAnswer | None:
    """A customer who starts with a bot but sends no text is expected to write first."""
    if command.bot is None or command.text is not None or command.inactivity_seconds is None:
        return None
    return ExpectedAnswer("customer", command.at, command.at + timedelta(seconds=command.inactivity_seconds))


def _started_before(state: Conversation, command: StartConversation) -> Decision[ConversationEvent]:
    if state.request_digest != command.request_digest:
        return refuse(RefusalCode.ID_CONFLICT, "this id belongs to a conversation started with other content")
    assert state.started_at is not None  # noqa: S101 - set by ConversationStarted
    status: Status = "with_bot" if command.bot else "waiting_for_agent"
    started_at = format_instant(state.started_at)
    return Decision(reply=StartReply(state.conversation_id, status, state.opened_at_version, started_at, replayed=True))


def return_customer(state: Conversation, command: ReturnCustomer) -> Decision[ConversationEvent]:
    assert state.started_at is not None  # noqa: S101 - set by ConversationStarted
    sender = Sender("customer", state.customer.id, state.customer.name)
    before = state.posted.get(command.message_id)
    if before is not None:
        if command.text is None or before.fingerprint != fingerprint_of_message(sender, TextContent(command.text)):
            return refuse(RefusalCode.ID_CONFLICT, "this id belongs to a return with another text")
        started_at = format_instant(state.started_at)
        return Decision(
            reply=StartReply(state.conversation_id, state.status, before.version, started_at, replayed=True)
        )
    if state.over:
        return refuse(RefusalCode.CONVERSATION_ENDED, "the conversation has ended; start a new one")
    events: list[ConversationEvent] = [CustomerReturned(returned_at=command.at)]
    if command.text is not None:
        content = TextContent(command.text)
        expects = expected_after_customer(state, command.at)
        events.append(MessagePosted(message_id=command.message_id, sender=sender, content=content, expects=expects))
    version = state.version + len(events)
    return Decision(
        events, reply=StartReply(state.conversation_id, state.status, version, format_instant(state.started_at))
    )
