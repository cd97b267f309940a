"""How agents stand, for applications that route by it."""

from collections.abc import Iterator
from typing import NamedTuple

import msgspec

from actors.agent import HeldTask
from gateways.agents.shifts import is_on_shift
from gateways.exceptions import invalid_field
from gateways.services import Services
from projections import AgentView, MrdView

__all__ = ["AgentStanding", "MrdCapacity", "capacity_of", "list_capacities", "list_standings", "mrds_of"]

_ACCEPTING = ("ready", "reserved", "active")


class AgentStanding(NamedTuple):
    """An agent's states, and the tasks that the agent holds: in one MRD alone where only that was asked for."""

    agent: AgentView
    tasks: list[HeldTask]


class MrdCapacity(NamedTuple):
    """How many tasks take an agent's capacity in one MRD, how many may, and how many more may be offered now."""

    tasks: int
    max_tasks: int
    free_slots: int


def list_capacities(services: Services) -> dict[tuple[str, str], MrdCapacity]:
    """The capacity of every agent who is logged in, by the agent and the MRD."""
    views = (services.agents.view(agent_id) for agent_id in services.agents)
    logged_in = [view for view in views if view.state != "logged_out"]
    return {(view.agent_id, mrd.mrd): capacity_of(mrd) for view in logged_in for mrd in view.mrds}


def capacity_of(mrd: MrdView) -> MrdCapacity:
    """An agent who is not ready in the MRD has places, but none of them is free."""
    free = max(0, mrd.max_tasks - mrd.tasks) if mrd.state in _ACCEPTING else 0
    return MrdCapacity(mrd.tasks, mrd.max_tasks, free)


def list_standings(services: Services, mrd: str | None = None) -> list[AgentStanding]:
    """Every configured agent, or those of one MRD. An agent who is logged out is not ready in any. Raises RefusedError
    for an MRD that is not configured."""
    if mrd is not None and mrd not in services.configuration.mrds:
        raise invalid_field("mrd", f"no media routing domain {mrd[:64]!r} is configured")
    standings = (_standing(services, agent_id, mrd) for agent_id in services.configuration.agents)
    return [standing for standing in standings if standing.agent.mrds]


def _standing(services: Services, agent_id: str, mrd: str | None) -> AgentStanding:
    view = services.agents.view(agent_id, services.configuration.agents[agent_id].name)
    mrds = [each for each in mrds_of(services, agent_id) if mrd in (None, each.mrd)]
    tasks = [task for task in services.agents.held(agent_id) if mrd in (None, task.mrd)]
    return AgentStanding(msgspec.structs.replace(view, mrds=mrds), tasks)


def mrds_of(services: Services, agent_id: str) -> list[MrdView]:
    """The MRDs in which the agent works, and those that are configured for the agent's next shift."""
    working = services.agents.view(agent_id).mrds if is_on_shift(services, agent_id) else []
    return [*working, *_configured_beside(services, agent_id, {each.mrd for each in working})]


def _configured_beside(services: Services, agent_id: str, known: set[str]) -> Iterator[MrdView]:
    configuration = services.configuration
    agent = configuration.agents.get(agent_id)
    for name in () if agent is None else agent.mrds or configuration.mrds:
        if name not in known:
            yield MrdView(name, "not_ready", 0, configuration.mrds[name].max_tasks)
