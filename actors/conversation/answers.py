"""Expected answers: reminders, and what happens when no answer comes."""

from collections.abc import Mapping
from datetime import datetime
from typing import NamedTuple

from actors.conversation.ending import end_by_system
from actors.conversation.leaving import cancel_assists, hand_over, leave, successor
from actors.conversation.messages import expected_of_customer
from actors.conversation.requests import into_line
from actors.conversation.state import Conversation
from actors.decider import Deadline, Decision
from schemas.commands import (
    Command,
    EnqueueTask,
    ExpireAnswer,
    NoticeCustomerActivity,
    ReleaseAgent,
    RemindOfAnswer,
)
from schemas.content import Sender
from schemas.events import AgentReminded, ConversationEvent, CustomerActivityNoticed, CustomerReminded, ExpectedAnswer
from schemas.identifiers import derived_id
from schemas.replies import Done
from schemas.tasks import CloseReason

__all__ = ["deadlines", "expire_answer", "lose_primary", "remind_of_answer"]

_REMINDERS = (50, 80)
"""The parts of the time to answer, in per cent, after which the silent party is reminded."""

_NOTED_AFTER = 10
"""The part of the time to answer, in per cent, after which what the customer does is noted."""

_NONE: Mapping[str, Deadline] = {}


class _Lost(NamedTuple):
    """An agent who answers no more, and the task that goes into the line instead; ``ahead`` puts it before all
    others."""

    agent_id: str
    task_id: str
    reason: CloseReason
    ahead: bool


def deadlines(state: Conversation) -> Mapping[str, Deadline]:
    """``answer``: the next reminder of an expected answer, or the end of the time for it."""
    expected = state.expected
    if expected is None:
        return _NONE
    instant = _next(expected, state.reminded)
    late = state.reminded >= len(_REMINDERS)
    command: Command = ExpireAnswer(at=instant) if late else RemindOfAnswer(at=instant)
    return {"answer": Deadline(instant, command)}


def _next(expected: ExpectedAnswer, reminded: int) -> datetime:
    if reminded >= len(_REMINDERS):
        return expected.until
    return expected.since + (expected.until - expected.since) * _REMINDERS[reminded] / 100


def notice_customer_activity(state: Conversation, command: NoticeCustomerActivity) -> Decision[ConversationEvent]:
    """A customer who is about to answer has the whole time again. That is recorded only now and then: somebody who
    types reports it every few seconds."""
    expected = state.expected
    expects = expected_of_customer(state, command.at)
    if expected is None or expected.of != "customer" or expects is None or command.at < _noted_from(expected):
        return Decision(reply=Done(state.version, replayed=True))
    noticed = CustomerActivityNoticed(activity=command.activity, expects=expects)
    return Decision([noticed], reply=Done(state.version + 1))


def _noted_from(expected: ExpectedAnswer) -> datetime:
    return expected.since + (expected.until - expected.since) * _NOTED_AFTER / 100


def remind_of_answer(state: Conversation, command: RemindOfAnswer) -> Decision[ConversationEvent]:
    expected = state.expected
    if expected is None or state.reminded >= len(_REMINDERS) or _next(expected, state.reminded) > command.at:
        return Decision()
    percent = _REMINDERS[state.reminded]
    reminded: ConversationEvent = (
        CustomerReminded(percent=percent, ends_at=expected.until)
        if expected.of == "customer"
        else AgentReminded(percent=percent, ends_at=expected.until)
    )
    return Decision([reminded])


def expire_answer(state: Conversation, command: ExpireAnswer) -> Decision[ConversationEvent]:
    """A silent customer's conversation ends; a silent agent's goes to another."""
    expected = state.expected
    if expected is None or state.reminded < len(_REMINDERS) or expected.until > command.at:
        return Decision()
    if expected.of == "customer":
        return end_by_system(state, command, "customer_inactive")
    primary = state.primary
    if primary is None or state.task is None:
        return Decision()
    decision = leave(state, command, primary, "response_timeout", "response_timeout")
    task_id = derived_id(state.task.task_id, f"response_timeout:{state.version}")
    _go_on_without(state, command, decision, _Lost(primary, task_id, "response_timeout", ahead=True))
    return decision


def lose_primary(state: Conversation, command: ReleaseAgent) -> Decision[ConversationEvent]:
    """The agent who owned the answer is gone, the agent's task closed already."""
    decision = leave(state, command, command.agent_id, command.reason, command.reason)
    decision.messages.clear()
    lost = _Lost(command.agent_id, command.task_id, command.reason, ahead=command.reason == "connection_lost")
    _go_on_without(state, command, decision, lost)
    return decision


def _go_on_without(state: Conversation, command: Command, decision: Decision[ConversationEvent], lost: _Lost) -> None:
    """An assistant whom the customer knows takes over, else the conversation is back in the line at its old place."""
    heir = successor(state)
    if heir is not None:
        hand_over(state, command, decision, heir, "transfer_direct")
        return
    cancel_assists(state, command, decision)
    if state.task is None:
        return
    task = EnqueueTask(
        at=command.at,
        task_id=lost.task_id,
        conversation_id=state.conversation_id,
        queue=state.task.queue,
        queued_at=state.task.queued_at,
        priority=state.task.priority,
        ahead=lost.ahead,
        without_agent=lost.agent_id,
    )
    request, enqueue = into_line(task, Sender("system"), lost.reason)
    decision.events.append(request)
    decision.messages.append(enqueue)
