"""The end of an agent's part in a conversation: the agent ends it, leaves it, or completes the wrap-up."""

from gateways.conversations.changing import change_conversation
from gateways.conversations.codes import check_wrap_up_codes
from gateways.conversations.reading import find_conversation
from gateways.conversations.rights import require_leader, require_supervised_conversation
from gateways.http.principal import Principal
from gateways.services import Services
from schemas.actors import agent_actor
from schemas.commands import CompleteWrapUp, EndConversation, LeaveConversation
from schemas.content import Sender
from schemas.replies import Done

__all__ = ["complete_wrap_up", "end_by_agent", "end_by_force", "leave"]


async def end_by_agent(services: Services, conversation_id: str, agent_id: str) -> Done:
    """The agent who owns the conversation ends it. Raises RefusedError."""
    return await _end(services, conversation_id, agent_id, forced=False)


async def end_by_force(services: Services, principal: Principal, conversation_id: str) -> Done:
    """A supervisor ends the conversation and need not take part in it. Raises RefusedError, also when the supervisor
    may not supervise the conversation."""
    require_leader(principal)
    view = await find_conversation(services, conversation_id)
    require_supervised_conversation(services, principal, view)
    return await _end(services, conversation_id, principal.subject, forced=True)


async def leave(services: Services, conversation_id: str, agent_id: str) -> Done:
    """The owner of the conversation may leave only when an assistant is there to go on. Raises RefusedError."""
    command = LeaveConversation(at=services.clock(), agent_id=agent_id)
    return await change_conversation(services, conversation_id, command, agent_actor(agent_id))


async def complete_wrap_up(
    services: Services, conversation_id: str, agent_id: str, codes: list[str], note: str | None
) -> Done:
    """The agent completes the wrap-up. Raises RefusedError, also for a code that is not configured."""
    check_wrap_up_codes(services.configuration, codes)
    command = CompleteWrapUp(at=services.clock(), agent_id=agent_id, codes=codes, note=note)
    return await change_conversation(services, conversation_id, command, agent_actor(agent_id))


async def _end(services: Services, conversation_id: str, agent_id: str, *, forced: bool) -> Done:
    command = EndConversation(
        at=services.clock(),
        ended_by=Sender("agent", agent_id),
        reason="force_closed" if forced else "agent_ended",
        forced=forced,
    )
    return await change_conversation(services, conversation_id, command, agent_actor(agent_id))
