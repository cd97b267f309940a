"""Tasks that agents give themselves: they start a conversation."""

from actors.agent.state import Agent
from actors.decider import Decision, Message, refuse
from schemas.commands import StartOutboundTask
from schemas.events import AgentEvent, TaskAssignedDirectly
from schemas.records import conversation_stream
from schemas.replies import RefusalCode, TaskReply

__all__ = ["start"]


def start(state: Agent, command: StartOutboundTask) -> Decision[AgentEvent]:
    """Only agents who are at work and have room for one more task may start a conversation; they need not be ready.
    An offer that waits for the agent takes room too."""
    start, mrd = command.start, command.start.queue.mrd
    if start.task_id in state.tasks:
        return Decision(reply=TaskReply(start.conversation_id, state.version, replayed=True))
    if state.state == "logged_out":
        detail = "your shift has not begun; open your live feed or go ready first"
        return refuse(RefusalCode.LOGGED_OUT, detail)
    obstacle = _obstacle(state, mrd)
    if obstacle is not None:
        return refuse(RefusalCode.AGENT_UNAVAILABLE, obstacle)
    assigned = TaskAssignedDirectly(
        task_id=start.task_id,
        conversation_id=start.conversation_id,
        mrd=mrd,
        queue=start.queue.name,
        direction="outbound",
    )
    message = Message(conversation_stream(start.conversation_id), start, assigned)
    return Decision([assigned], [message], TaskReply(start.conversation_id, state.version + 1))


def _obstacle(state: Agent, mrd: str) -> str | None:
    membership = state.mrds.get(mrd)
    if membership is None or membership.leaving:
        return f"you do not work in the MRD {mrd}; name a queue of another"
    if state.interrupted(mrd):
        return "you work on a task that may not be interrupted; finish it first"
    if len(state.held(mrd)) >= membership.max_tasks:
        return f"you have no room for another task in the MRD {mrd}; finish one, or answer your offer, first"
    return None
