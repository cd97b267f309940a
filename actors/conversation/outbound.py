"""The start of a conversation by an agent, who writes to the customer first."""

from datetime import timedelta

from actors.conversation.requests import into_line
from actors.conversation.state import Conversation
from actors.decider import Decision, Message
from schemas.commands import CloseTask, EnqueueTask, StartOutboundConversation
from schemas.content import Sender
from schemas.events import AgentJoined, ConversationEvent, ConversationStarted, ExpectedAnswer, MessagePosted
from schemas.records import agent_stream

__all__ = ["start_outbound"]


def start_outbound(state: Conversation, command: StartOutboundConversation) -> Decision[ConversationEvent]:
    """The agent has the task already, so that nothing waits in a line. A task for a conversation that was started
    before, by a request that was not this one, is closed again."""
    if state.status != "new":
        return _close_again(state, command)
    agent = Sender("agent", command.agent_id, command.agent_name)
    task = EnqueueTask(
        at=command.at,
        task_id=command.task_id,
        conversation_id=state.conversation_id,
        queue=command.queue,
        queued_at=command.at,
        direction="outbound",
    )
    requested, _ = into_line(task, agent, None)
    joined = AgentJoined(
        agent_id=command.agent_id,
        agent_name=command.agent_name,
        role="primary",
        task_id=command.task_id,
        direction="outbound",
    )
    posted = MessagePosted(
        message_id=command.message_id, sender=agent, content=command.content, expects=_expects(command)
    )
    events: list[ConversationEvent] = [requested, joined, posted]
    return Decision([_started(command, 1 + len(events)), *events])


def _started(command: StartOutboundConversation, version: int) -> ConversationStarted:
    return ConversationStarted(
        conversation_id=command.conversation_id,
        channel=command.channel,
        customer=command.customer,
        queue=command.queue.name,
        mrd=command.queue.mrd,
        bot=None,
        language=command.language,
        attributes=command.attributes,
        started_at=command.at,
        opened_at_version=version,
        request_digest=command.request_digest,
        inactivity_seconds=command.inactivity_seconds,
        direction="outbound",
    )


def _expects(command: StartOutboundConversation) -> ExpectedAnswer | None:
    if command.inactivity_seconds is None:
        return None
    return ExpectedAnswer("customer", command.at, command.at + timedelta(seconds=command.inactivity_seconds))


def _close_again(state: Conversation, command: StartOutboundConversation) -> Decision[ConversationEvent]:
    participant = state.agents.get(command.agent_id)
    if participant is not None and participant.task_id == command.task_id:
        return Decision()
    close = CloseTask(at=command.at, task_id=command.task_id, reason="cancelled")
    return Decision(messages=[Message(agent_stream(command.agent_id), close)])
