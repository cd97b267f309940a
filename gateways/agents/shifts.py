"""Agents' shifts. A session lets an agent call the APIs; a shift is the time for which the agent is at work."""

from gateways.exceptions import RefusedError
from gateways.services import Services
from gateways.services.asking import ask
from schemas.actors import agent_actor
from schemas.configuration import Agent
from schemas.records import CENTRE
from schemas.replies import Done, RefusalCode

__all__ = ["begin_shift", "is_on_shift", "require_enabled"]


def is_on_shift(services: Services, agent_id: str) -> bool:
    agent = services.agents.get(agent_id)
    return agent is not None and agent.state != "logged_out"


async def begin_shift(services: Services, agent_id: str) -> None:
    """The agent is at work from now on, at first not ready. A shift that has begun goes on as it is. The first live
    feed of an agent begins one by itself (see Presence). Raises RefusedError for an agent who is not configured or is
    disabled."""
    if is_on_shift(services, agent_id):
        return
    admission = services.presence.admission(agent_id)
    try:
        await ask(services, CENTRE, admission, agent_actor(agent_id), Done)
    except RefusedError as refused:
        raise _removed() if refused.code is RefusalCode.NOT_FOUND else refused from None


def require_enabled(services: Services, agent_id: str) -> Agent:
    """The agent as configured. Raises RefusedError for one who was removed or is disabled."""
    agent = services.configuration.agents.get(agent_id)
    if agent is None:
        raise _removed()
    if agent.disabled:
        raise RefusedError(RefusalCode.AGENT_DISABLED, "this agent is disabled; ask your administrator")
    return agent


def _removed() -> RefusedError:
    return RefusedError(RefusalCode.AGENT_REMOVED, "this agent is no longer configured")
