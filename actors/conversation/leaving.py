"""Agents who leave a conversation, by themselves or because they are lost."""

from actors.conversation.messages import expected_of_agent, not_participant
from actors.conversation.state import Conversation
from actors.decider import Decision, Message, refuse
from schemas.commands import AssignTaskDirectly, CancelTask, CloseTask, Command, LeaveConversation
from schemas.events import AgentLeft, AgentRoleChanged, AssistEnded, ConversationEvent
from schemas.events.conversation import LeaveReason, Role
from schemas.queues import QueueSettings
from schemas.records import agent_stream, router_stream
from schemas.replies import Done, RefusalCode
from schemas.tasks import CloseReason, Direction

__all__ = [
    "assign_directly",
    "become_primary",
    "cancel_assists",
    "dismiss",
    "hand_over",
    "leave",
    "leave_conversation",
    "needs_primary",
    "successor",
]


def leave_conversation(state: Conversation, command: LeaveConversation) -> Decision[ConversationEvent]:
    """The primary agent may leave only when another agent, whom the customer knows, is there to go on."""
    participant = state.agents.get(command.agent_id)
    if participant is None:
        return not_participant(state)
    if state.over:
        return refuse(RefusalCode.CONVERSATION_ENDED, "the conversation has ended; complete its wrap-up")
    decision = leave(state, command, command.agent_id, "left", "done")
    if participant.role == "primary":
        heir = successor(state)
        if heir is None:
            return refuse(RefusalCode.LAST_AGENT, "nobody else would answer; transfer or end the conversation")
        hand_over(state, command, decision, heir, "transfer_direct")
    decision.reply = Done(state.version + len(decision.events))
    return decision


def successor(state: Conversation) -> str | None:
    """The assistant who goes on when the primary agent has left."""
    return next((agent_id for agent_id, agent in state.agents.items() if agent.role == "assistant"), None)


def become_primary(
    state: Conversation,
    command: Command,
    agent_id: str,
    direction: Direction,
    queue: QueueSettings | None,
    request_id: str | None = None,
) -> AgentRoleChanged:
    """An agent who takes part already owns the answer from now on, and has the whole time for it."""
    waits = state.agent_is_expected or state.status != "with_agent"
    expects = expected_of_agent(queue, command.at) if waits else None
    return AgentRoleChanged(
        agent_id=agent_id, role="primary", direction=direction, expects=expects, request_id=request_id
    )


def hand_over(
    state: Conversation,
    command: Command,
    decision: Decision[ConversationEvent],
    to_agent: str,
    direction: Direction,
    request_id: str | None = None,
) -> None:
    """Hands the answer to an agent who takes part already. The task of one who came in as a supervisor counts from now
    on."""
    changed = become_primary(state, command, to_agent, direction, state.queue, request_id)
    decision.events.append(changed)
    participant = state.agents[to_agent]
    if participant.direction == "barge_in" and state.queue is not None:
        assign = assign_directly(state, command, to_agent, participant.task_id, state.queue, direction)
        decision.messages.append(assign._replace(follows=changed))


def assign_directly(
    state: Conversation, command: Command, agent_id: str, task_id: str, queue: QueueSettings, direction: Direction
) -> Message:
    held = AssignTaskDirectly(
        at=command.at,
        task_id=task_id,
        conversation_id=state.conversation_id,
        mrd=queue.mrd,
        queue=queue.name,
        direction=direction,
    )
    return Message(agent_stream(agent_id), held)


def leave(
    state: Conversation, command: Command, agent_id: str, reason: LeaveReason, closed: CloseReason
) -> Decision[ConversationEvent]:
    close = CloseTask(at=command.at, task_id=state.agents[agent_id].task_id, reason=closed)
    left = AgentLeft(agent_id=agent_id, reason=reason)
    return Decision([left], [Message(agent_stream(agent_id), close, left)])


def dismiss(state: Conversation, command: Command, decision: Decision[ConversationEvent], role: Role) -> None:
    """All agents of this role leave."""
    for agent_id, participant in state.agents.items():
        if participant.role == role:
            left = leave(state, command, agent_id, "left", "done")
            decision.events += left.events
            decision.messages += left.messages


def cancel_assists(state: Conversation, command: Command, decision: Decision[ConversationEvent]) -> None:
    """Consultants leave, and requests for help are cancelled."""
    dismiss(state, command, decision, "consultant")
    for wanted in state.assists.values():
        ended = AssistEnded(task_id=wanted.task_id, reason="cancelled")
        decision.events.append(ended)
        cancel = CancelTask(at=command.at, task_id=wanted.task_id, reason="cancelled")
        decision.messages.append(Message(router_stream(wanted.mrd), cancel, ended))


def needs_primary(state: Conversation, agent_id: str) -> Decision[ConversationEvent] | None:
    """The refusal of an action that only the owner of the answer may take."""
    if state.over or agent_id not in state.agents:
        return not_participant(state)
    if state.agents[agent_id].role != "primary":
        return refuse(RefusalCode.NOT_PRIMARY, "only the agent who owns the conversation may do this")
    return None
