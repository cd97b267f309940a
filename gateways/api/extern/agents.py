"""The agents' states, for other applications."""

from gateways.agents import standings
from gateways.api.bodies import mrd_body, task_body
from gateways.api.call import Call
from gateways.http.answer import Answer
from schemas.api.extern import AgentStanding, AgentStandings

__all__ = ["agent_states"]


async def agent_states(call: Call) -> Answer[AgentStandings]:
    """Lists every configured agent, or those of one media routing domain (MRD). An agent who is logged out is not ready
    in any MRD."""
    found = standings.list_standings(call.services, call.query.get("mrd"))
    return Answer(AgentStandings([_standing_body(standing) for standing in found]))


def _standing_body(standing: standings.AgentStanding) -> AgentStanding:
    agent = standing.agent
    return AgentStanding(
        agent_id=agent.agent_id,
        name=agent.name,
        state=agent.state,
        mrds=[mrd_body(mrd) for mrd in agent.mrds],
        tasks=[task_body(task) for task in standing.tasks],
        reason=agent.reason,
        since=agent.since,
    )
