"""The end of a conversation, and the events after it."""

from actors.conversation.leaving import cancel_assists
from actors.conversation.messages import not_participant
from actors.conversation.state import Conversation
from actors.decider import Decision, Message, refuse
from schemas.commands import (
    CancelTask,
    CloseTask,
    Command,
    CompleteWrapUp,
    EndConversation,
    FinishTask,
    RateConversation,
)
from schemas.content import Sender
from schemas.events import AgentLeft, ConversationEnded, ConversationEvent, ConversationRated, WrapUpCompleted
from schemas.events.conversation import EndReason
from schemas.records import agent_stream, router_stream
from schemas.replies import Done, RefusalCode

__all__ = ["complete_wrap_up", "end", "end_by_system", "end_for_good", "rate"]


def end(state: Conversation, command: EndConversation) -> Decision[ConversationEvent]:
    if state.over:
        return Decision(reply=Done(state.version, replayed=True))
    ender = command.ended_by
    if ender.type == "agent" and not command.forced:
        if (ender.id or "") not in state.agents:
            return not_participant(state)
        if state.role_of(ender.id or "") != "primary":
            return refuse(RefusalCode.NOT_PRIMARY, "only the agent who owns the conversation may end it")
    if ender.type == "bot" and (state.status != "with_bot" or state.bot != ender.id):
        return refuse(RefusalCode.NOT_OWNER, "the bot no longer owns the conversation")
    return _end(state, command, command.reason, ender)


def end_by_system(state: Conversation, command: Command, reason: EndReason) -> Decision[ConversationEvent]:
    return _end(state, command, reason, Sender("system"))


def end_for_good(
    state: Conversation, command: Command, reason: EndReason, ender: Sender
) -> Decision[ConversationEvent]:
    """Ends the conversation without a wrap-up: the agent who would do it is gone."""
    return _end(state, command, reason, ender, wraps_up=False)


def _end(
    state: Conversation, command: Command, reason: EndReason, ender: Sender, wraps_up: bool = True
) -> Decision[ConversationEvent]:
    """The primary agent wraps up; everybody else is free at once."""
    primary = state.primary
    wrap_up_seconds = state.task.queue.wrap_up_seconds if state.task and primary and wraps_up else 0.0
    wrap_up = wrap_up_seconds > 0
    ended = ConversationEnded(reason=reason, ended_by=ender, wrap_up=wrap_up)
    decision: Decision[ConversationEvent] = Decision([ended])
    if state.status == "waiting_for_agent" and state.task is not None:
        cancel = CancelTask(at=command.at, task_id=state.task.task_id, reason=reason)
        decision.messages.append(Message(router_stream(state.task.queue.mrd), cancel, ended))
    for agent_id, participant in state.agents.items():
        if participant.role == "consultant":
            continue
        last: ConversationEvent = ended
        if agent_id != primary or not wrap_up:
            last = AgentLeft(agent_id=agent_id, reason="conversation_ended")
            decision.events.append(last)
        seconds = wrap_up_seconds if agent_id == primary else 0.0
        finish = FinishTask(at=command.at, task_id=participant.task_id, wrap_up_seconds=seconds)
        decision.messages.append(Message(agent_stream(agent_id), finish, last))
    cancel_assists(state, command, decision)
    decision.reply = Done(state.version + len(decision.events))
    return decision


def complete_wrap_up(state: Conversation, command: CompleteWrapUp) -> Decision[ConversationEvent]:
    if state.served_by != command.agent_id:
        return not_participant(state)
    if not state.over:
        return refuse(RefusalCode.NO_WRAP_UP, "the conversation goes on; end it before its wrap-up")
    if state.wrap_up is not None:
        if state.wrap_up == (command.codes, command.note):
            return Decision(reply=Done(state.version, replayed=True))
        return refuse(RefusalCode.NO_WRAP_UP, "the wrap-up of this conversation is complete")
    events: list[ConversationEvent] = [
        WrapUpCompleted(agent_id=command.agent_id, codes=command.codes, note=command.note, reason=command.reason)
    ]
    messages = []
    participant = state.agents.get(command.agent_id)
    if state.status == "wrap_up" and participant is not None:
        events.append(AgentLeft(agent_id=command.agent_id, reason="conversation_ended"))
        close = CloseTask(at=command.at, task_id=participant.task_id)
        messages = [Message(agent_stream(command.agent_id), close)]
    return Decision(events, messages, Done(state.version + len(events)))


def rate(state: Conversation, command: RateConversation) -> Decision[ConversationEvent]:
    """A customer rates once, after the end."""
    if not state.over:
        return refuse(RefusalCode.NOT_ENDED, "the conversation goes on; rate it after its end")
    if state.rating == (command.score, command.comment):
        return Decision(reply=Done(state.version, replayed=True))
    if state.rating is not None:
        return refuse(RefusalCode.ALREADY_RATED, "the conversation has been rated")
    return Decision([ConversationRated(score=command.score, comment=command.comment)], reply=Done(state.version + 1))
