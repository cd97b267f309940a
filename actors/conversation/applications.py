"""Messages of applications, and the conversations that they start: these wait for their customers, whose answer goes to
the bot or into a line."""

from datetime import timedelta

import msgspec

from actors.conversation.messages import expected_of_customer, post
from actors.conversation.requests import into_line
from actors.conversation.state import Conversation
from actors.decider import Decision, refuse
from schemas.commands import (
    EnqueueTask,
    PostApplicationMessage,
    PostCustomerMessage,
    ReturnCustomer,
    StartApplicationConversation,
)
from schemas.content import Sender
from schemas.events import ConversationEvent, ConversationStarted, ExpectedAnswer, MessagePosted
from schemas.replies import MessageReply, RefusalCode, StartReply

__all__ = ["into_line_after_answer", "post_application_message", "start_by_application"]


def start_by_application(state: Conversation, command: StartApplicationConversation) -> Decision[ConversationEvent]:
    if state.status != "new":
        return _started_before(state, command)
    posted = MessagePosted(
        message_id=command.message_id,
        sender=Sender("application", command.application),
        content=command.content,
        expects=_expects(command),
    )
    return Decision([_started(command, version=2), posted], reply=MessageReply(command.message_id, 2))


def post_application_message(state: Conversation, command: PostApplicationMessage) -> Decision[ConversationEvent]:
    """An application answers nobody: whoever is expected to answer still is, and a customer for whom alone the
    conversation waits has the whole time again."""
    expects = expected_of_customer(state, command.at) if state.status == "waiting_for_customer" else None
    return post(state, command.message_id, Sender("application", command.application), command.content, expects)


def into_line_after_answer(
    state: Conversation, command: PostCustomerMessage | ReturnCustomer, decision: Decision[ConversationEvent]
) -> Decision[ConversationEvent]:
    """The decision with the request for an agent, if the customer has answered an application and there is no bot."""
    answered = any(isinstance(event, MessagePosted) for event in decision.events)
    if state.status != "waiting_for_customer" or command.line is None or not answered:
        return decision
    task = EnqueueTask(
        at=command.at,
        task_id=command.line.task_id,
        conversation_id=state.conversation_id,
        queue=command.line.queue,
        queued_at=command.at,
        preferred_agent=command.line.preferred_agent,
    )
    request, enqueue = into_line(task, Sender("customer", state.customer.id, state.customer.name), None)
    decision.events.append(request)
    decision.messages.append(enqueue)
    if isinstance(decision.reply, StartReply):
        decision.reply = msgspec.structs.replace(decision.reply, status="waiting_for_agent")
    return decision


def _started(command: StartApplicationConversation, version: int) -> ConversationStarted:
    return ConversationStarted(
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
        direction="outbound",
    )


def _expects(command: StartApplicationConversation) -> ExpectedAnswer | None:
    if command.inactivity_seconds is None:
        return None
    return ExpectedAnswer("customer", command.at, command.at + timedelta(seconds=command.inactivity_seconds))


def _started_before(state: Conversation, command: StartApplicationConversation) -> Decision[ConversationEvent]:
    if state.request_digest != command.request_digest:
        return refuse(RefusalCode.ID_CONFLICT, "this id belongs to a message that was posted with other content")
    return Decision(reply=MessageReply(command.message_id, state.opened_at_version, replayed=True))
