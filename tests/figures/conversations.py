"""Conversation detail."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from tests.figures.asked import Asked
from tests.figures.recording import Recorded, recorded
from tests.figures.teams import Teams
from tests.figures.turns import turns

__all__ = ["Conversation", "facts", "figures"]

_TYPES = (
    "ConversationStarted",
    "MessagePosted",
    "BotAssigned",
    "AgentRequested",
    "QueueChanged",
    "AssistRequested",
    "AgentJoined",
    "AgentRoleChanged",
    "LabelsChanged",
    "ConversationEnded",
    "WrapUpCompleted",
    "ConversationRated",
)


@dataclass
class Conversation:
    """``asked_at`` is the instant since which an agent is waited for, ``waited`` the sum of earlier waits. ``parts``
    has each agent who took part, with the team at the time."""

    row: dict[str, Any]
    parts: list[tuple[str, str | None]] = field(default_factory=list)
    task_id: str | None = None
    asked_at: datetime | None = None
    waited: timedelta = timedelta()
    with_bot: timedelta = timedelta()

    def waiting(self, until: datetime) -> float:
        """The time waited so far. A wait that is to begin later does not count yet."""
        going_on = until - self.asked_at if self.asked_at is not None else timedelta()
        return (self.waited + max(going_on, timedelta())).total_seconds()

    def stop_waiting(self, at: datetime) -> None:
        self.waited = timedelta(seconds=self.waiting(at))
        self.asked_at = None


def facts(journal: Path) -> list[Conversation]:
    found: dict[str, Conversation] = {}
    teams = Teams(journal)
    for event in recorded(journal, *_TYPES):
        if event.type == "ConversationStarted":
            found[event.entity] = Conversation(_started(event))
        conversation = found[event.entity]
        _count(conversation.row, event)
        _follow(conversation, event)
        if event.type in ("AgentJoined", "AgentRoleChanged"):
            agent_id = event.data["agent_id"]
            conversation.parts.append((agent_id, teams.at(agent_id, event.at)))
    for turn in turns(journal):
        if turn.end is not None:
            found[turn.conversation_id].with_bot += turn.end - turn.begin
    return list(found.values())


def _started(event: Recorded) -> dict[str, Any]:
    data = event.data
    return {
        "conversation_id": event.entity,
        "transcript": f"/agent/v1/conversations/{event.entity}",
        "direction": data.get("direction", "inbound"),
        "channel": data["channel"],
        "queue": None,
        "mrd": None,
        "started_at": event.at,
        "ended_at": None,
        "status": "with_bot" if data["bot"] is not None else "waiting_for_customer",
        "agents": [],
        "wrap_up_codes": [],
        "wrap_up_note": None,
        "transfers": 0,
        "consults": 0,
        "conferences": 0,
        "bot": data["bot"],
        "customer_messages": 0,
        "bot_messages": 0,
        "agent_messages": 0,
        "rating": None,
        "labels": [],
        "disposition": None,
        "ended_by": None,
    }


def _count(row: dict[str, Any], event: Recorded) -> None:
    """Processes the events that are counted or summed up."""
    data = event.data
    match event.type:
        case "MessagePosted" if data["sender"]["type"] in ("customer", "bot", "agent"):
            row[f"{data['sender']['type']}_messages"] += 1
        case "AgentRequested":
            by_agent = data["requested_by"]["type"] == "agent"
            row["transfers"] += by_agent and row["status"] == "with_agent"
        case "AgentRoleChanged" if data.get("request_id") is not None:
            row["conferences" if data["direction"] == "conference" else "transfers"] += 1
        case "AssistRequested":
            row["consults" if data["direction"] == "consult" else "conferences"] += 1
        case "AgentJoined" if data["agent_id"] not in row["agents"]:
            row["agents"].append(data["agent_id"])
        case "LabelsChanged":
            row["labels"] = data["labels"]
        case "ConversationEnded":
            row |= {"ended_at": event.at, "disposition": data["reason"], "ended_by": data["ended_by"]["type"]}
        case "WrapUpCompleted":
            row |= {"wrap_up_codes": data["codes"], "wrap_up_note": data["note"]}
        case "ConversationRated":
            row["rating"] = data["score"]


def _follow(conversation: Conversation, event: Recorded) -> None:
    """Processes the events that change the status or the queue."""
    row, data = conversation.row, event.data
    match event.type:
        case "BotAssigned":
            row["status"] = "with_bot"
        case "AgentRequested":
            row |= {"status": "waiting_for_agent", "queue": data["queue"]["name"], "mrd": data["queue"]["mrd"]}
            conversation.task_id = data["task_id"]
            conversation.asked_at = max(event.at, datetime.fromisoformat(data["queued_at"]))
        case "QueueChanged" if data["task_id"] == conversation.task_id:
            row |= {"queue": data["queue"]["name"], "mrd": data["queue"]["mrd"]}
        case "AgentJoined" | "AgentRoleChanged" if data["role"] == "primary":
            row["status"] = "with_agent"
            conversation.stop_waiting(event.at)
        case "ConversationEnded":
            row["status"] = "wrap_up" if data["wrap_up"] else "ended"
            conversation.stop_waiting(event.at)
        case "WrapUpCompleted":
            row["status"] = "ended"


def figures(facts: list[Conversation], asked: Asked) -> list[dict[str, Any]]:
    return [_row(each, asked) for each in facts if _is_wanted(each, asked)]


def _is_wanted(conversation: Conversation, asked: Asked) -> bool:
    row = conversation.row
    return (
        asked.holds(row["started_at"])
        and asked.wants(queue=row["queue"], mrd=row["mrd"], channel=row["channel"], direction=row["direction"])
        and (
            not (asked.agent or asked.team)
            or any(asked.wants(agent=agent_id, team=team) for agent_id, team in conversation.parts)
        )
    )


def _row(conversation: Conversation, asked: Asked) -> dict[str, Any]:
    row = conversation.row
    duration = ((row["ended_at"] or asked.as_of) - row["started_at"]).total_seconds()
    with_bot = conversation.with_bot.total_seconds()
    share = 100.0 * with_bot / duration if row["ended_at"] is not None and duration else None
    return row | {"duration": duration, "bot_share": share, "waiting": conversation.waiting(asked.as_of)}
