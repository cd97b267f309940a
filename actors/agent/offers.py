"""An agent's handling of offers, and of the tasks that come of them."""

from datetime import timedelta

from actors.agent.state import Agent, HeldTask
from actors.decider import Decision, Message, refuse
from schemas.commands import (
    AcceptTask,
    AssignTaskDirectly,
    Command,
    CompleteWrapUp,
    ConfirmTask,
    DeclineTask,
    ExpireOffer,
    ExpireWrapUp,
    FinishTask,
    JoinAgent,
    OfferTask,
    ReleaseAgent,
    ReturnTask,
    WithdrawOffer,
)
from schemas.events import (
    AgentEvent,
    AgentStateChanged,
    OfferExpired,
    OfferWithdrawn,
    TaskAccepted,
    TaskAssignedDirectly,
    TaskClosed,
    TaskDeclined,
    TaskReserved,
    WrapUpStarted,
)
from schemas.identifiers import derived_id
from schemas.records import conversation_stream, router_stream
from schemas.replies import RefusalCode, TaskReply
from schemas.tasks import CloseReason, RequeueReason

__all__ = [
    "accept",
    "assign_directly",
    "close",
    "decline",
    "expire_offer",
    "expire_wrap_up",
    "finish",
    "give_back",
    "offer",
    "withdraw",
    "withdraw_offers",
]


def offer(state: Agent, command: OfferTask) -> Decision[AgentEvent]:
    """The router's offer is checked here once more: this actor alone owns the agent's capacity."""
    mrd = command.queue.mrd
    if command.task_id in state.tasks:
        return Decision()
    if not state.accepting(mrd) or len(state.held(mrd)) >= state.mrds[mrd].max_tasks:
        return Decision(messages=[give_back(state, command, mrd, command.task_id, "agent_unavailable")])
    reserved = TaskReserved(
        task_id=command.task_id,
        conversation_id=command.conversation_id,
        mrd=mrd,
        queue=command.queue.name,
        reserved_at=command.at,
        expires_at=command.expires_at,
        direction=command.direction,
    )
    if not command.accepted:
        return Decision([reserved])
    accepted, messages = _accepted(state, command, command.conversation_id, mrd, command.queue.name)
    return Decision([reserved, accepted], messages)


def withdraw(state: Agent, command: WithdrawOffer) -> Decision[AgentEvent]:
    task = _reserved(state, command.task_id)
    if task is None:
        return Decision()
    withdrawn = OfferWithdrawn(task_id=task.task_id, conversation_id=task.conversation_id, reason=command.reason)
    return Decision([withdrawn])


def accept(state: Agent, command: AcceptTask) -> Decision[AgentEvent]:
    task = state.tasks.get(command.task_id)
    if task is None:
        return _offer_gone()
    if task.state != "reserved":
        return Decision(reply=TaskReply(task.conversation_id, state.version, replayed=True))
    accepted, messages = _accepted(state, command, task.conversation_id, task.mrd, task.queue)
    return Decision([accepted], messages, TaskReply(task.conversation_id, state.version + 1))


def _accepted(
    state: Agent, command: AcceptTask | OfferTask, conversation_id: str, mrd: str, queue: str
) -> tuple[TaskAccepted, list[Message]]:
    task_id = command.task_id
    confirm = ConfirmTask(at=command.at, task_id=task_id, agent_id=state.agent_id)
    join = JoinAgent(at=command.at, agent_id=state.agent_id, agent_name=state.name, task_id=task_id)
    accepted = TaskAccepted(task_id=task_id, conversation_id=conversation_id, mrd=mrd, queue=queue)
    confirmed = Message(router_stream(mrd), confirm, accepted)
    return accepted, [confirmed, Message(conversation_stream(conversation_id), join, accepted)]


def decline(state: Agent, command: DeclineTask) -> Decision[AgentEvent]:
    task = _reserved(state, command.task_id)
    if task is None and command.task_id in state.declined:
        return Decision(reply=TaskReply(state.declined[command.task_id], state.version, replayed=True))
    if task is None:
        return _offer_gone()
    declined = TaskDeclined(task_id=task.task_id, conversation_id=task.conversation_id, reason=command.reason)
    returned = give_back(state, command, task.mrd, task.task_id, "declined")._replace(follows=declined)
    return Decision([declined], [returned], TaskReply(task.conversation_id, state.version + 1))


def expire_offer(state: Agent, command: ExpireOffer) -> Decision[AgentEvent]:
    """RONA: the task goes to another, and the agent, who did not answer, goes not ready."""
    task = _reserved(state, command.task_id)
    if task is None:
        return Decision()
    others = [other for other in state.tasks.values() if other is not task]
    decision = withdraw_offers(state, command, others, "agent_not_ready")
    expired = OfferExpired(task_id=task.task_id, conversation_id=task.conversation_id)
    gone = AgentStateChanged(state="not_ready", reason="rona", changed_at=command.at)
    decision.events[:0] = [expired, gone]
    returned = give_back(state, command, task.mrd, task.task_id, "rona")
    decision.messages.insert(0, returned._replace(follows=expired))
    return decision


def assign_directly(state: Agent, command: AssignTaskDirectly) -> Decision[AgentEvent]:
    """Takes a supervisor into a conversation. A supervisor who has logged out meanwhile leaves it again."""
    if state.state == "logged_out":
        task_id = derived_id(command.task_id, "agent_logout")
        release = ReleaseAgent(at=command.at, agent_id=state.agent_id, task_id=task_id)
        return Decision(messages=[Message(conversation_stream(command.conversation_id), release)])
    task = state.tasks.get(command.task_id)
    if task is not None and task.state != "active":
        return Decision()
    return Decision(
        [
            TaskAssignedDirectly(
                task_id=command.task_id,
                conversation_id=command.conversation_id,
                mrd=command.mrd,
                queue=command.queue,
                direction=command.direction,
            )
        ]
    )


def finish(state: Agent, command: FinishTask) -> Decision[AgentEvent]:
    """A repetition does not make the wrap-up longer."""
    task = state.tasks.get(command.task_id)
    if task is None or task.state != "active":
        return Decision()
    if command.wrap_up_seconds <= 0:
        return Decision(close(state, command, command.task_id))
    expires_at = command.at + timedelta(seconds=command.wrap_up_seconds)
    started = WrapUpStarted(task_id=task.task_id, conversation_id=task.conversation_id, expires_at=expires_at)
    return Decision([started])


def expire_wrap_up(state: Agent, command: ExpireWrapUp) -> Decision[AgentEvent]:
    """The conversation records the wrap-up's end and closes the task in return."""
    task = state.tasks.get(command.task_id)
    if task is None or task.state != "wrap_up":
        return Decision()
    complete = CompleteWrapUp(at=command.at, agent_id=state.agent_id, reason="timeout")
    return Decision(messages=[Message(conversation_stream(task.conversation_id), complete)])


def close(state: Agent, command: Command, task_id: str, reason: CloseReason = "done") -> list[AgentEvent]:
    """Closes a task that was accepted. An offer is ended by the router."""
    task = state.tasks.get(task_id)
    if task is None or task.state == "reserved":
        return []
    return [TaskClosed(task_id=task_id, conversation_id=task.conversation_id, reason=reason, closed_at=command.at)]


def withdraw_offers(
    state: Agent, command: Command, tasks: list[HeldTask], reason: RequeueReason
) -> Decision[AgentEvent]:
    decision: Decision[AgentEvent] = Decision()
    for task in tasks:
        if task.state == "reserved":
            gone = OfferWithdrawn(task_id=task.task_id, conversation_id=task.conversation_id, reason=reason)
            decision.events.append(gone)
            returned = give_back(state, command, task.mrd, task.task_id, reason)
            decision.messages.append(returned._replace(follows=gone))
    return decision


def give_back(state: Agent, command: Command, mrd: str, task_id: str, reason: RequeueReason) -> Message:
    returned = ReturnTask(at=command.at, task_id=task_id, agent_id=state.agent_id, reason=reason)
    return Message(router_stream(mrd), returned)


def _reserved(state: Agent, task_id: str) -> HeldTask | None:
    task = state.tasks.get(task_id)
    return task if task is not None and task.state == "reserved" else None


def _offer_gone() -> Decision[AgentEvent]:
    return refuse(RefusalCode.OFFER_GONE, "the offer was withdrawn, has expired or went to another agent")
