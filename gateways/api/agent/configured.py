"""What the Agent API looks up in the configuration: the one place that does, beside logins and lists."""

from gateways.exceptions import RefusedError, invalid_field
from projections import ConfigurationView
from schemas.replies import RefusalCode

__all__ = ["in_team", "mrd_of_queue", "name_of_agent"]


def mrd_of_queue(configuration: ConfigurationView, name: str) -> str:
    """Raises RefusedError when no such queue is configured."""
    queue = configuration.queues.get(name)
    if queue is None:
        raise RefusedError(RefusalCode.NOT_FOUND, f"no queue {name[:64]!r} is configured")
    return queue.mrd


def name_of_agent(configuration: ConfigurationView, agent_id: str) -> str:
    """Raises RefusedError when no such agent is configured."""
    agent = configuration.agents.get(agent_id)
    if agent is None:
        raise RefusedError(RefusalCode.NOT_FOUND, f"no agent {agent_id[:64]!r} is configured")
    return agent.name


def in_team(configuration: ConfigurationView, team: str | None, agent_id: str) -> bool:
    """Whether the agent is of the team; everyone is where none is named. Raises RefusedError for an unknown team."""
    if team is not None and team not in configuration.teams:
        raise invalid_field("team", f"no team {team!r} is configured")
    agent = configuration.agents.get(agent_id)
    return team is None or (agent is not None and agent.team == team)
