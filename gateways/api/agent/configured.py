"""What the Agent API looks up in the configuration: the one place that does, beside logins and lists."""

from gateways.http.call import Call
from gateways.http.problems import Problem, invalid_input
from projections import ConversationView
from schemas.queues import QueueSettings

__all__ = ["bot_suggests", "in_team", "mrd_of_queue", "name_of_agent", "queue_of", "require_agent"]


def queue_of(call: Call, view: ConversationView) -> QueueSettings:
    """The conversation's queue, also if it is configured no more."""
    return call.services.configuration.queue_settings_of(view.queue, view.mrd, view.channel)


def mrd_of_queue(call: Call, name: str) -> str:
    """Raises Problem 404 when no such queue is configured."""
    queue = call.services.configuration.queues.get(name)
    if queue is None:
        raise Problem(404, "not_found", f"no queue {name[:64]!r} is configured")
    return queue.mrd


def bot_suggests(call: Call, path: str, name: str) -> bool:
    """Whether the bot stays as a suggester when an agent takes over. Raises Problem 422 when it is not configured."""
    bot = call.services.configuration.bots.get(name)
    if bot is None:
        raise invalid_input(path, f"no bot {name!r} is configured")
    return bot.suggests


def require_agent(call: Call, path: str, agent_id: str) -> None:
    """Raises Problem 422 for the field when no such agent is configured."""
    if agent_id not in call.services.configuration.agents:
        raise invalid_input(path, f"no agent {agent_id!r} is configured")


def name_of_agent(call: Call, agent_id: str) -> str:
    """Raises Problem 404 when no such agent is configured."""
    agent = call.services.configuration.agents.get(agent_id)
    if agent is None:
        raise Problem(404, "not_found", f"no agent {agent_id[:64]!r} is configured")
    return agent.name


def in_team(call: Call, team: str | None, agent_id: str) -> bool:
    """Whether the agent is of the team; everyone is where none is named. Raises Problem 422 for an unknown team."""
    configuration = call.services.configuration
    if team is not None and team not in configuration.teams:
        raise invalid_input("team", f"no team {team!r} is configured")
    agent = configuration.agents.get(agent_id)
    return team is None or (agent is not None and agent.team == team)
