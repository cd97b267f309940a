"""How agents stand, for applications that route by it."""

from collections.abc import Iterator
from typing import NamedTuple

import msgspec

from actors.agent import HeldTask
from gateways.exceptions import invalid_field
from gateways.services import Services
from projections import AgentView, MrdView

__all__ = ["AgentStanding", "list_standings"]


class AgentStanding(NamedTuple):
    """An agent's states, and the tasks that the agent holds: in one MRD alone where only that was asked for."""

    agent: AgentView
    tasks: list[HeldTask]


def list_standings(services: Services, mrd: str | None = None) -> list[AgentStanding]:
    """Every configured agent, or those of one MRD. An agent who is logged out is not ready in any. Raises RefusedError
    for an MRD that is not configured."""
    if mrd is not None and mrd not in services.configuration.mrds:
        raise invalid_field("mrd", f"no media routing domain {mrd[:64]!r} is configured")
    standings = (_standing(services, agent_id, mrd) for agent_id in services.configuration.agents)
    return [standing for standing in standings if standing.agent.mrds]


def _standing(services: Services, agent_id: str, mrd: str | None) -> AgentStanding:
    view = services.agents.view(agent_id, services.configuration.agents[agent_id].name)
    mrds = [each for each in _mrds(services, view) if mrd in (None, each.mrd)]
    tasks = [task for task in services.agents.held(agent_id) if mrd in (None, task.mrd)]
    return AgentStanding(msgspec.structs.replace(view, mrds=mrds), tasks)


def _mrds(services: Services, view: AgentView) -> Iterator[MrdView]:
    """Those in which the agent works, and those that are configured for the agent's next login."""
    yield from view.mrds
    configuration = services.configuration
    for name in configuration.agents[view.agent_id].mrds or configuration.mrds:
        if all(each.mrd != name for each in view.mrds):
            yield MrdView(name, "not_ready", 0, configuration.mrds[name].max_tasks)
