"""Conversations from start to end, with the agent who owned the answer last."""

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import pandas as pd

from tests.figures.asked import Asked
from tests.figures.recording import recorded
from tests.figures.teams import Teams

__all__ = ["Ending", "endings", "framed"]

_TYPES = (
    "ConversationStarted",
    "BotAssigned",
    "AgentRequested",
    "QueueChanged",
    "AgentJoined",
    "AgentRoleChanged",
    "ConversationEnded",
    "ConversationRated",
    "MessagePosted",
)


@dataclass
class Ending:
    """``waits`` says whether an agent is waited for, at the end or now."""

    channel: str
    direction: str
    began: datetime
    with_bot_first: int
    task_id: str | None = None
    queue: str | None = None
    mrd: str | None = None
    agent_id: str | None = None
    team: str | None = None
    waits: bool = False
    over: datetime | None = None
    score: int | None = None
    customer_messages: int = 0
    bot_messages: int = 0
    agent_messages: int = 0


def endings(journal: Path) -> list[Ending]:
    teams = Teams(journal)
    found: dict[str, Ending] = {}
    for event in recorded(journal, *_TYPES):
        data = event.data
        if event.type == "ConversationStarted":
            direction = data.get("direction", "inbound")
            found[event.entity] = Ending(data["channel"], direction, event.at, int(data["bot"] is not None))
            continue
        ending = found[event.entity]
        match event.type:
            case "BotAssigned":
                ending.waits = False
            case "AgentRequested":
                ending.waits, ending.task_id = True, data["task_id"]
                ending.queue, ending.mrd = data["queue"]["name"], data["queue"]["mrd"]
            case "QueueChanged" if data["task_id"] == ending.task_id:
                ending.queue, ending.mrd = data["queue"]["name"], data["queue"]["mrd"]
            case "AgentJoined" | "AgentRoleChanged" if data["role"] == "primary":
                ending.waits = False
                ending.agent_id, ending.team = data["agent_id"], teams.at(data["agent_id"], event.at)
            case "ConversationEnded":
                ending.over = event.at
            case "ConversationRated":
                ending.score = data["score"]
            case "MessagePosted" if data["sender"]["type"] in ("customer", "bot", "agent"):
                name = f"{data['sender']['type']}_messages"
                setattr(ending, name, getattr(ending, name) + 1)
    return list(found.values())


def framed(facts: list[Ending], asked: Asked) -> pd.DataFrame:
    """Those that began in the range and pass the filters."""
    return pd.DataFrame(
        [
            vars(ending)
            for ending in facts
            if asked.holds(ending.began)
            and asked.wants(
                agent=ending.agent_id,
                team=ending.team,
                queue=ending.queue,
                mrd=ending.mrd,
                channel=ending.channel,
                direction=ending.direction,
            )
        ]
    )
