"""The agent's own state, and all that a desktop needs to draw itself."""

from actors.agent import HeldTask
from gateways.api.agent.codes import check_reason
from gateways.api.agent.sessions import profile
from gateways.api.bodies import conversation_body, mrd_body, task_body
from gateways.feeds import AgentSource, FeedAnswer
from gateways.feeds.hub import feed_owner
from gateways.http.answer import Answer
from gateways.services import Call
from gateways.services.asking import ask
from schemas.actors import agent_actor
from schemas.api.agent import Me, SetStateRequest, States, Task
from schemas.commands import ReportActivity, SetMrdState, SetState
from schemas.records import agent_stream
from schemas.replies import Done, StateReply

__all__ = ["agent_events", "me", "report_activity", "set_mrd_state", "set_state"]


async def me(call: Call) -> Answer[Me]:
    services, agent_id = call.services, call.principal.subject
    state = services.agents.view(agent_id)
    tasks = [_with_note(call, task) for task in services.agents.held(agent_id)]
    held = [services.conversations.get(task.conversation_id) for task in tasks if task.state != "reserved"]
    return Answer(
        Me(
            agent=profile(services, agent_id),
            state=state.state,
            connected=services.hub.listens(feed_owner(agent_id)),
            reason=state.reason,
            mrds=[mrd_body(mrd) for mrd in state.mrds],
            tasks=tasks,
            conversations=[conversation_body(view) for view in held if view is not None],
            position=services.hub.position,
        )
    )


def _with_note(call: Call, task: HeldTask) -> Task:
    view = call.services.conversations.get(task.conversation_id)
    wanted = view.tasks.get(task.task_id) if view else None
    return task_body(task, wanted.note if wanted else None)


async def set_state(call: Call, body: SetStateRequest) -> Answer[States]:
    check_reason(call, body.reason, "not_ready")
    command = SetState(at=call.services.clock(), state=body.state, reason=body.reason)
    return await _change(call, command)


async def set_mrd_state(call: Call, body: SetStateRequest) -> Answer[States]:
    mrd = call.parameter("mrd")
    check_reason(call, body.reason, "not_ready")
    command = SetMrdState(at=call.services.clock(), mrd=mrd, state=body.state, reason=body.reason)
    return await _change(call, command)


async def report_activity(call: Call) -> Answer[None]:
    """A sign of life of an agent who is not ready and would be logged out as idle."""
    agent_id = call.principal.subject
    command = ReportActivity(at=call.services.clock())
    await ask(call.services, agent_stream(agent_id), command, agent_actor(agent_id), Done)
    return Answer(None, 204)


async def agent_events(call: Call) -> FeedAnswer:
    agent_id = call.principal.subject
    source = AgentSource(agent_id, call.services.agents.involvement(agent_id))
    return FeedAnswer(source, feed_owner(agent_id))


async def _change(call: Call, command: SetState | SetMrdState) -> Answer[States]:
    agent_id = call.principal.subject
    await ask(call.services, agent_stream(agent_id), command, agent_actor(agent_id), StateReply)
    view = call.services.agents.view(agent_id)
    return Answer(States(view.state, [mrd_body(mrd) for mrd in view.mrds], view.reason))
