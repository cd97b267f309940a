"""Supervisors in a conversation, and the hand that an agent raises for one."""

from actors.conversation.leaving import assign_directly, become_primary, leave
from actors.conversation.messages import expected_of_agent, not_participant
from actors.conversation.state import Conversation
from actors.decider import Decision, Message, refuse
from schemas.commands import CancelTask, RaiseHand, SuperviseConversation
from schemas.content import Sender
from schemas.events import AgentJoined, AgentRequested, AgentRoleChanged, ConversationEvent, HandLowered, HandRaised
from schemas.events.conversation import Role
from schemas.records import router_stream
from schemas.replies import Done, RefusalCode
from schemas.tasks import Direction

__all__ = ["raise_hand", "supervise"]

_ROLES: dict[str, tuple[Role, Direction]] = {
    "monitor": ("monitor", "monitor"),
    "barge_in": ("assistant", "barge_in"),
    "take_over": ("primary", "transfer_direct"),
}


def supervise(state: Conversation, command: SuperviseConversation) -> Decision[ConversationEvent]:
    if state.over:
        return refuse(RefusalCode.CONVERSATION_ENDED, "the conversation has ended")
    if _is_in_already(state, command):
        return Decision(reply=Done(state.version, replayed=True))
    decision = _take_from_others(state, command) if command.mode == "take_over" else Decision()
    role, direction = _ROLES[command.mode]
    participant = state.agents.get(command.agent_id)
    queue = state.queue or command.queue
    if participant is None:
        decision.events.append(
            AgentJoined(
                agent_id=command.agent_id,
                agent_name=command.agent_name,
                role=role,
                task_id=command.task_id,
                direction=direction,
                expects=expected_of_agent(queue, command.at) if role == "primary" else None,
            )
        )
    elif role == "primary":
        decision.events.append(become_primary(state, command, command.agent_id, direction, queue))
    else:
        decision.events.append(AgentRoleChanged(agent_id=command.agent_id, role=role, direction=direction))
    task_id = participant.task_id if participant else command.task_id
    # The agent reports what is held before the router looks for something else to offer.
    decision.messages.insert(0, assign_directly(state, command, command.agent_id, task_id, command.queue, direction))
    decision.reply = Done(state.version + len(decision.events))
    return decision


def _is_in_already(state: Conversation, command: SuperviseConversation) -> bool:
    """True if the supervisor takes part in the wanted role or a stronger one: an agent whom the customer hears need
    not monitor."""
    role = state.role_of(command.agent_id)
    if command.mode == "take_over":
        return role == "primary"
    if command.mode == "barge_in":
        return role in ("primary", "assistant")
    return role is not None


def _take_from_others(state: Conversation, command: SuperviseConversation) -> Decision[ConversationEvent]:
    """The conversation leaves its agent, its bot or the line."""
    primary = state.primary
    if primary is not None:
        return leave(state, command, primary, "taken_over", "rerouted")
    decision: Decision[ConversationEvent] = Decision()
    if state.status == "waiting_for_agent" and state.task is not None:
        cancel = CancelTask(at=command.at, task_id=state.task.task_id, reason="taken_over")
        decision.messages.append(Message(router_stream(state.task.queue.mrd), cancel))
    if state.task is None:
        requested_by = Sender("agent", command.agent_id, command.agent_name)
        decision.events.append(
            AgentRequested(
                task_id=command.task_id,
                queue=command.queue,
                reason="taken_over",
                requested_by=requested_by,
                queued_at=command.at,
                direction="transfer_direct",
            )
        )
    return decision


def raise_hand(state: Conversation, command: RaiseHand) -> Decision[ConversationEvent]:
    if command.agent_id not in state.agents or state.over:
        return not_participant(state)
    if (command.agent_id in state.hands) == command.raised:
        return Decision(reply=Done(state.version, replayed=True))
    if command.raised:
        return Decision([HandRaised(agent_id=command.agent_id, reason=command.reason)], reply=Done(state.version + 1))
    return Decision([HandLowered(agent_id=command.agent_id)], reply=Done(state.version + 1))
