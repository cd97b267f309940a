"""The conversation's decisions."""

from typing import assert_never

import msgspec

from actors.conversation import (
    answers,
    applications,
    details,
    ending,
    leaving,
    messages,
    outbound,
    requests,
    starting,
    supervision,
)
from actors.conversation.state import Conversation, evolve
from actors.decider import Decider, Decision, refuse
from schemas.commands import (
    AddNote,
    AssignBot,
    AssistConversation,
    ChangeAttributes,
    ChangeLabels,
    CompleteWrapUp,
    ConversationCommand,
    EndConversation,
    ExpireAnswer,
    GiveUpTask,
    JoinAgent,
    LeaveConversation,
    MoveTask,
    NoticeCustomerActivity,
    PostAgentMessage,
    PostApplicationMessage,
    PostBotMessage,
    PostCustomerMessage,
    PostSuggestion,
    PostSystemMessage,
    RaiseHand,
    RateConversation,
    RecordReceipt,
    ReleaseAgent,
    RemindOfAnswer,
    ReportBotFailure,
    ReportBotSilence,
    RequestAgent,
    ReturnCustomer,
    StartApplicationConversation,
    StartConversation,
    StartOutboundConversation,
    SuperviseConversation,
    TransferConversation,
    Whisper,
)
from schemas.content import Sender
from schemas.events import AgentLeft, ConversationEvent
from schemas.replies import RefusalCode

__all__ = ["CONVERSATION"]


def decide(  # noqa: C901 - a dispatcher
    state: Conversation, command: ConversationCommand
) -> Decision[ConversationEvent]:
    if isinstance(command, StartConversation):
        return starting.start(state, command)
    if isinstance(command, StartOutboundConversation):
        return outbound.start_outbound(state, command)
    if isinstance(command, StartApplicationConversation):
        return applications.start_by_application(state, command)
    if state.status == "new":
        return refuse(RefusalCode.NOT_FOUND, "no such conversation")
    match command:
        case PostCustomerMessage():
            return applications.into_line_after_answer(state, command, messages.post_customer_message(state, command))
        case PostAgentMessage():
            return messages.post_agent_message(state, command)
        case PostBotMessage():
            return messages.post_bot_message(state, command)
        case PostApplicationMessage():
            return applications.post_application_message(state, command)
        case PostSystemMessage():
            return messages.post_system_message(state, command)
        case PostSuggestion():
            return messages.post_suggestion(state, command)
        case AddNote():
            return messages.add_note(state, command)
        case Whisper():
            return messages.whisper(state, command)
        case RecordReceipt():
            return messages.record_receipt(state, command)
        case NoticeCustomerActivity():
            return answers.notice_customer_activity(state, command)
        case RemindOfAnswer():
            return answers.remind_of_answer(state, command)
        case ExpireAnswer():
            return answers.expire_answer(state, command)
        case ReturnCustomer():
            return applications.into_line_after_answer(state, command, starting.return_customer(state, command))
        case ChangeLabels():
            return details.change_labels(state, command)
        case ChangeAttributes():
            return details.change_attributes(state, command)
        case RequestAgent():
            return requests.request_agent(state, command)
        case ReportBotFailure():
            return requests.report_bot_failure(state, command)
        case ReportBotSilence():
            return requests.report_bot_silence(state, command)
        case TransferConversation():
            return requests.transfer(state, command)
        case AssignBot():
            return requests.assign_bot(state, command)
        case AssistConversation():
            return requests.assist(state, command)
        case JoinAgent():
            return requests.join(state, command)
        case GiveUpTask():
            return requests.give_up(state, command)
        case MoveTask():
            return requests.move(state, command)
        case LeaveConversation():
            return leaving.leave_conversation(state, command)
        case ReleaseAgent():
            return _release(state, command)
        case SuperviseConversation():
            return supervision.supervise(state, command)
        case RaiseHand():
            return supervision.raise_hand(state, command)
        case EndConversation():
            return ending.end(state, command)
        case CompleteWrapUp():
            return ending.complete_wrap_up(state, command)
        case RateConversation():
            return ending.rate(state, command)
    assert_never(command)


def _release(state: Conversation, command: ReleaseAgent) -> Decision[ConversationEvent]:
    """Releases an agent who is gone, and whose tasks are closed already."""
    role = state.role_of(command.agent_id)
    if role is None:
        return Decision()
    if state.over:
        complete = CompleteWrapUp(at=command.at, agent_id=command.agent_id, reason="agent_logout")
        return ending.complete_wrap_up(state, complete)
    if role != "primary":
        return Decision([AgentLeft(agent_id=command.agent_id, reason=command.reason)])
    if command.end:
        ender = Sender("agent", command.agent_id, state.agents[command.agent_id].name)
        return ending.end_for_good(state, command, "agent_logout", ender)
    return answers.lose_primary(state, command)


def finished(state: Conversation) -> bool:
    return state.status in ("new", "ended")


CONVERSATION = Decider(
    "conversation",
    Conversation,
    decide,
    evolve,
    answers.deadlines,
    finished,
    snapshot=msgspec.json.encode,
    restore=msgspec.json.Decoder(Conversation).decode,
    short_lived=True,
)
