"""Ada's conversation in every status."""

from typing import get_args

import msgspec

from actors.conversation import Status
from schemas.commands import (
    ChangeAttributes,
    ChangeLabels,
    Command,
    ConversationCommand,
    ExpireAnswer,
    GiveUpTask,
    MoveTask,
    NoticeCustomerActivity,
    RateConversation,
    RecordReceipt,
    RemindOfAnswer,
    ReturnCustomer,
)
from schemas.content import Sender
from schemas.events import AgentReminded, CustomerReminded, Event, HandRaised
from tests.actors.conversation.examples import (
    ALICE,
    BOB,
    BOT,
    CUSTOMER,
    LIMITED,
    LINE,
    MESSAGE,
    NEXT_TASK,
    NOTIFIED,
    START,
    STARTED,
    TASK,
    add_note,
    agent_post,
    application_post,
    ask_for_agent,
    assign_bot,
    assigned_bot,
    assist,
    assist_requested,
    bot_failure,
    bot_post,
    bot_silence,
    end,
    ended,
    expects,
    given,
    join,
    joined,
    leave,
    left,
    over,
    post,
    posted,
    raise_hand,
    release,
    requested,
    start_by_application,
    start_outbound,
    suggest,
    supervise,
    system_post,
    transfer,
    whisper,
    wrap_up,
)
from tests.actors.transitions.table import Subject
from tests.examples import NOW, SALES, identifier, later

__all__ = ["CONVERSATION"]

SAID = msgspec.structs.replace(posted(), message_id=identifier(90))
BEGUN = (msgspec.structs.replace(STARTED, suggests=True, inactivity_seconds=100.0), SAID)
WRAPPING = msgspec.structs.replace(LIMITED, name="sales", wrap_up_seconds=30.0)
WITH_ALICE = (*BEGUN, requested(LIMITED), joined(expected=expects("agent", 0)))
WITH_ALICE_OF_SALES = (*BEGUN, requested(WRAPPING), joined(expected=expects("agent", 0)))
BOT_SPOKE = msgspec.structs.replace(posted(BOT, expects("customer", 0)), message_id=identifier(91))
"""The bot's message, after which the customer is expected to answer."""
SUE = Sender("agent", "sue", "Sue")


def reminded(of: type[AgentReminded] | type[CustomerReminded]) -> tuple[Event, ...]:
    return of(percent=50, ends_at=later(100)), of(percent=80, ends_at=later(100))


COMMANDS: dict[str, Command] = {
    "StartConversation": START,
    "StartConversation:without_bot": msgspec.structs.replace(START, bot=None),
    "StartConversation:other_content": msgspec.structs.replace(START, request_digest="other"),
    "StartOutboundConversation": start_outbound(NEXT_TASK),
    "StartApplicationConversation": start_by_application(),
    "ReturnCustomer": ReturnCustomer(at=later(50), message_id=MESSAGE, text="Hello", line=LINE),
    "PostCustomerMessage": post(line=LINE),
    "PostAgentMessage": agent_post(),
    "PostAgentMessage:stranger": agent_post("carol"),
    "PostBotMessage": bot_post(),
    "PostApplicationMessage": application_post(),
    "PostSystemMessage": system_post(),
    "PostSuggestion": suggest(),
    "AddNote": add_note(),
    "Whisper": whisper("alice"),
    "RequestAgent": ask_for_agent(),
    "RequestAgent:other_bot": ask_for_agent(Sender("bot", "other")),
    "TransferConversation": transfer(),
    "TransferConversation:to_bob": transfer("bob"),
    "AssignBot": assign_bot(),
    "AssistConversation:consult": assist(None),
    "AssistConversation:conference": assist(None, "conference"),
    "SuperviseConversation:monitor": supervise("monitor"),
    "SuperviseConversation:barge_in": supervise("barge_in"),
    "SuperviseConversation:take_over": supervise("take_over"),
    "LeaveConversation": leave(),
    "LeaveConversation:bob": leave("bob"),
    "RaiseHand": raise_hand(),
    "RaiseHand:lower": raise_hand(False),
    "ChangeLabels": ChangeLabels(at=NOW, changed_by=CUSTOMER, add=["vip"]),
    "ChangeAttributes": ChangeAttributes(at=NOW, changed_by=CUSTOMER, attributes={"plan": "gold"}),
    "RecordReceipt": RecordReceipt(at=NOW, message_id=SAID.message_id, status="read", by=BOT),
    "ReportBotFailure": bot_failure(),
    "ReportBotSilence": bot_silence(SAID.message_id),
    "ReportBotSilence:last": bot_silence(SAID.message_id, max_turns=1),
    "EndConversation:customer": end(),
    "EndConversation:alice": end(ALICE),
    "EndConversation:bob": end(BOB),
    "EndConversation:bot": end(BOT),
    "EndConversation:forced": end(SUE, reason="force_closed", forced=True),
    "JoinAgent": join(),
    "JoinAgent:help": join("bob"),
    "JoinAgent:unknown_task": join("carol", NEXT_TASK),
    "ReleaseAgent": release(),
    "ReleaseAgent:end": release(end=True),
    "ReleaseAgent:bob": release("bob"),
    "GiveUpTask": GiveUpTask(at=later(60), task_id=TASK, reason="no_agent_available"),
    "MoveTask": MoveTask(at=later(60), task_id=TASK, queue=SALES, reason="overflow"),
    "NoticeCustomerActivity": NoticeCustomerActivity(at=later(30), activity="typing"),
    "RemindOfAnswer": RemindOfAnswer(at=later(50)),
    "ExpireAnswer": ExpireAnswer(at=later(100)),
    "CompleteWrapUp": wrap_up(),
    "CompleteWrapUp:bob": wrap_up("bob"),
    "RateConversation": RateConversation(at=later(90), score=5),
}

CONVERSATION = Subject(
    situations={
        name: lambda events=events: given(*events)  # type: ignore[misc]
        for name, events in {
            "new": (),
            "waiting_for_customer": NOTIFIED,
            "with_bot": BEGUN,
            "with_bot+unanswered": (*BEGUN, BOT_SPOKE),
            "with_bot+silent": (*BEGUN, BOT_SPOKE, *reminded(CustomerReminded)),
            "with_bot+again": (*WITH_ALICE, left(reason="transferred"), assigned_bot()),
            "waiting_for_agent": (*BEGUN, requested()),
            "with_agent": WITH_ALICE,
            "with_agent+late": (*WITH_ALICE, *reminded(AgentReminded)),
            "with_agent+hand": (*WITH_ALICE, HandRaised(agent_id="alice", reason=None)),
            "with_agent+asked": (*WITH_ALICE, assist_requested(None, "conference")),
            "with_agent+conference": (*WITH_ALICE, joined("bob", "assistant", "conference")),
            "with_agent+wrap_up": WITH_ALICE_OF_SALES,
            "wrap_up": (*WITH_ALICE_OF_SALES, ended(wrap_up=True)),
            "ended": (*BEGUN, *over()[1:]),
            "ended+alice": (*WITH_ALICE, ended(), left()),
        }.items()
    },
    commands=COMMANDS,
    commands_are=get_args(ConversationCommand),
    states=get_args(Status),
    state_of=lambda state, decision: state.status,
)
