"""First response times."""

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

import pandas as pd

from tests.figures.asked import Asked
from tests.figures.groups import add_intervals, keys, quantile, rows
from tests.figures.recording import Recorded, recorded
from tests.figures.teams import Teams

__all__ = ["facts", "figures"]

_DIMENSIONS = ("agent", "queue", "mrd", "channel")
_TYPES = ("ConversationStarted", "AgentRequested", "QueueChanged", "MessagePosted", "ConversationEnded")


@dataclass
class _Request:
    """A customer's conversation in which an agent was asked for. ``over`` says that it ended."""

    conversation_id: str
    channel: str
    queue: str
    mrd: str
    asked_at: datetime
    responded_at: datetime | None = None
    over_at: datetime | None = None
    agent_id: str | None = None
    team: str | None = None


def facts(journal: Path) -> list[_Request]:
    teams = Teams(journal)
    streams: dict[str, list[Recorded]] = {}
    for event in recorded(journal, *_TYPES):
        streams.setdefault(event.entity, []).append(event)
    found = []
    for events in streams.values():
        request = _request(events)
        if request is not None:
            if request.agent_id is not None and request.responded_at is not None:
                request.team = teams.at(request.agent_id, request.responded_at)
            found.append(request)
    return found


def _request(events: list[Recorded]) -> _Request | None:
    """What the events of one conversation say of its response."""
    started = next(event for event in events if event.type == "ConversationStarted")
    first = next((number for number, event in enumerate(events) if event.type == "AgentRequested"), None)
    if first is None or started.data.get("direction", "inbound") != "inbound":
        return None
    asked = events[first]
    due = max(asked.at, datetime.fromisoformat(asked.data["queued_at"]))
    request = _Request(asked.entity, started.data["channel"], "", "", due)
    for event in events[first:]:
        if event.type in ("AgentRequested", "QueueChanged"):
            request.queue, request.mrd = event.data["queue"]["name"], event.data["queue"]["mrd"]
        elif event.type == "ConversationEnded":
            request.over_at = event.at
            return request if event.at >= due else None
        elif event.data["sender"]["type"] == "agent":
            request.responded_at, request.agent_id = event.at, event.data["sender"]["id"]
            request.asked_at = min(due, event.at)
            return request
    return request


def figures(facts: list[_Request], asked: Asked) -> list[dict[str, Any]]:
    wanted = [request for request in facts if _is_wanted(request, asked)]
    if not wanted:
        return []
    frame = pd.DataFrame([vars(request) for request in wanted])
    add_intervals(frame, asked, "asked_at", "total")
    frame["asked"] = 1
    frame["responded"] = frame["responded_at"].notna().astype(int)
    frame["unanswered"] = frame["over_at"].notna().astype(int)
    frame["awaiting"] = 1 - frame["responded"] - frame["unanswered"]
    frame["time"] = [
        (each.responded_at - each.asked_at).total_seconds() if each.responded_at is not None else None
        for each in wanted
    ]
    frame["time"] = frame["time"].astype(float)
    groups = frame.groupby(keys(asked, ("queue", "mrd")), dropna=False)
    table = groups[["asked", "responded", "unanswered", "awaiting"]].sum()
    times = groups["time"]
    table["response_time"], table["average_response"] = times.sum(), times.mean()
    table["median_response"], table["p90_response"] = times.agg(quantile, 50), times.agg(quantile, 90)
    table["maximum_response"] = times.max()
    return rows(table, _DIMENSIONS)


def _is_wanted(request: _Request, asked: Asked) -> bool:
    return (
        asked.holds(request.asked_at)
        and request.asked_at <= asked.as_of
        and asked.wants(
            agent=request.agent_id,
            team=request.team,
            queue=request.queue,
            mrd=request.mrd,
            channel=request.channel,
        )
    )
