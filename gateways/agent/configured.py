"""What the Agent API looks up in the configuration: the one place that does, beside logins and lists."""

from gateways.http.call import Call
from gateways.http.problems import Problem, invalid_input
from projections import ConversationView
from schemas.queues import QueueSettings

__all__ = ["bot_suggests", "in_team", "mrd_of_queue", "name_of_agent", "queue_named", "queue_of", "require_agent"]


def queue_named(call: Call, path: str, name: str) -> QueueSettings:
    """Raises Problem 422 for the field when no such queue is configured."""
    try:
        return call.services.settings.queue_settings(name)
    except KeyError:
        raise invalid_input(path, f"no queue {name!r} is configured") from None


def queue_of(call: Call, view: ConversationView) -> QueueSettings:
    """The conversation's queue, by its bare name if it is configured no more."""
    try:
        return call.services.settings.queue_settings(view.queue)
    except KeyError:
        return QueueSettings(name=view.queue, mrd=view.mrd)


def mrd_of_queue(call: Call, name: str) -> str:
    """Raises Problem 404 when no such queue is configured."""
    queue = call.services.settings.queues.get(name)
    if queue is None:
        raise Problem(404, "not_found", f"no queue {name[:64]!r} is configured")
    return queue.mrd


def bot_suggests(call: Call, path: str, name: str) -> bool:
    """Whether the bot stays as a suggester when an agent takes over. Raises Problem 422 when it is not configured."""
    bot = call.services.settings.bots.get(name)
    if bot is None:
        raise invalid_input(path, f"no bot {name!r} is configured")
    return bool(getattr(bot, "suggests", False))


def require_agent(call: Call, path: str, agent_id: str) -> None:
    """Raises Problem 422 for the field when no such agent is configured."""
    if agent_id not in call.services.settings.agents:
        raise invalid_input(path, f"no agent {agent_id!r} is configured")


def name_of_agent(call: Call, agent_id: str) -> str:
    """Raises Problem 404 when no such agent is configured."""
    agent = call.services.settings.agents.get(agent_id)
    if agent is None:
        raise Problem(404, "not_found", f"no agent {agent_id[:64]!r} is configured")
    return agent.name


def in_team(call: Call, team: str | None, agent_id: str) -> bool:
    """Whether the agent is of the team; everyone is where none is named. Raises Problem 422 for an unknown team."""
    if team is not None:
        raise invalid_input("team", f"no team {team!r} is configured")
    return True
