"""The agents' states, for other applications."""

from collections.abc import Iterator

from gateways.api.bodies import mrd_body, task_body
from gateways.api.call import Call
from gateways.http.answer import Answer
from gateways.http.problems import invalid_input
from gateways.services import Services
from projections import MrdView
from schemas.api.agent import MrdState
from schemas.api.extern import AgentStanding, AgentStandings

__all__ = ["agent_states"]


async def agent_states(call: Call) -> Answer[AgentStandings]:
    """Every configured agent, or those of one media routing domain. Who is logged out is not ready in any."""
    mrd = call.query.get("mrd")
    if mrd is not None and mrd not in call.services.configuration.mrds:
        raise invalid_input("mrd", f"no media routing domain {mrd[:64]!r} is configured")
    standings = (_standing(call.services, agent_id, mrd) for agent_id in call.services.configuration.agents)
    return Answer(AgentStandings([standing for standing in standings if standing.mrds]))


def _standing(services: Services, agent_id: str, mrd: str | None) -> AgentStanding:
    view = services.agents.view(agent_id, services.configuration.agents[agent_id].name)
    return AgentStanding(
        agent_id=agent_id,
        name=view.name,
        state=view.state,
        mrds=[state for state in _mrds(services, agent_id, view.mrds) if mrd in (None, state.mrd)],
        tasks=[task_body(task) for task in services.agents.held(agent_id) if mrd in (None, task.mrd)],
        reason=view.reason,
        since=view.since,
    )


def _mrds(services: Services, agent_id: str, known: list[MrdView]) -> Iterator[MrdState]:
    """Those in which the agent works, and those that are configured for the agent's next login."""
    yield from (mrd_body(mrd) for mrd in known)
    configuration = services.configuration
    for name in configuration.agents[agent_id].mrds or configuration.mrds:
        if all(state.mrd != name for state in known):
            yield MrdState(name, "not_ready", 0, configuration.mrds[name].max_tasks)
