"""All reports, by the names that they have at ``/reports/v1``."""

from types import ModuleType

from tests.figures import (
    agent_availability,
    agent_states,
    agent_tasks,
    bots,
    channel_sessions,
    conversations,
    first_responses,
    queue_intervals,
    queue_productivity,
    ratings,
    resolutions,
    volume,
)

__all__ = ["REPORTS"]

REPORTS: dict[str, ModuleType] = {
    "agent-availability": agent_availability,
    "agent-states": agent_states,
    "queue-productivity": queue_productivity,
    "agent-tasks": agent_tasks,
    "queue-intervals": queue_intervals,
    "channel-sessions": channel_sessions,
    "conversations": conversations,
    "bots": bots,
    "first-responses": first_responses,
    "resolutions": resolutions,
    "ratings": ratings,
    "volume": volume,
}
