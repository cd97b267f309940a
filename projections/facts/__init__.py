"""The facts that reports are made of: one projection a file, each with its tables."""

from projections.facts.agent_states import AGENT_STATES
from projections.facts.agent_tasks import AGENT_TASKS
from projections.facts.bot_turns import BOT_TURNS
from projections.facts.channel_sessions import CHANNEL_SESSIONS
from projections.facts.conversations import CONVERSATIONS
from projections.facts.first_responses import FIRST_RESPONSES
from projections.facts.queue_waits import QUEUE_WAITS
from projections.facts.team_memberships import TEAM_MEMBERSHIPS
from projections.runner import Projection

__all__ = [
    "AGENT_STATES",
    "AGENT_TASKS",
    "BOT_TURNS",
    "CHANNEL_SESSIONS",
    "CONVERSATIONS",
    "FACTS",
    "FIRST_RESPONSES",
    "QUEUE_WAITS",
    "TEAM_MEMBERSHIPS",
]

FACTS: tuple[Projection, ...] = (
    AGENT_STATES,
    AGENT_TASKS,
    QUEUE_WAITS,
    CONVERSATIONS,
    CHANNEL_SESSIONS,
    BOT_TURNS,
    FIRST_RESPONSES,
    TEAM_MEMBERSHIPS,
)
