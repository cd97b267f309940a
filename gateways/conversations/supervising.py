"""Supervisors come into conversations: to monitor, to barge in, to take over."""

from typing import Literal

from gateways.conversations.changing import change_conversation
from gateways.conversations.reading import find_conversation
from gateways.conversations.rights import require_leader, require_supervised_conversation
from gateways.exceptions import RefusedError
from gateways.http.principal import Principal
from gateways.services import Services
from schemas.actors import agent_actor
from schemas.commands import SuperviseConversation
from schemas.identifiers import new_id
from schemas.replies import Done, RefusalCode

__all__ = ["supervise"]


async def supervise(
    services: Services, principal: Principal, conversation_id: str, mode: Literal["monitor", "barge_in", "take_over"]
) -> Done:
    """Raises RefusedError, also when the caller may not supervise the conversation or is not at work."""
    require_leader(principal)
    agent_id = principal.subject
    view = await find_conversation(services, conversation_id)
    require_supervised_conversation(services, principal, view)
    await services.presence.caught_up(agent_id)
    configured = services.configuration.agents.get(agent_id)
    agent = services.agents.get(agent_id)
    if agent is None or agent.state == "logged_out" or configured is None:
        raise RefusedError(
            RefusalCode.LOGGED_OUT,
            "your shift has not begun; open your live feed or go ready first",
        )
    command = SuperviseConversation(
        at=services.clock(),
        agent_id=agent_id,
        agent_name=configured.name,
        task_id=new_id(),
        mode=mode,
        queue=services.configuration.queue_settings_of(view.queue, view.mrd, view.channel),
    )
    return await change_conversation(services, view.conversation_id, command, agent_actor(agent_id))
