"""The team of an agent at each instant."""

from bisect import bisect_right
from collections import defaultdict
from datetime import datetime
from pathlib import Path

from tests.figures.recording import recorded

__all__ = ["Teams"]


class Teams:
    def __init__(self, journal: Path) -> None:
        self._instants: dict[str, list[datetime]] = defaultdict(list)
        self._teams: dict[str, list[str | None]] = defaultdict(list)
        for event in recorded(journal, "ItemConfigured", "ItemRemoved"):
            if event.type == "ItemConfigured":
                for agent_id, agent in event.data["item"].get("agents", {}).items():
                    self._note(agent_id, event.at, agent.get("team"))
            elif event.data["table"] == "agents":
                self._note(event.data["name"], event.at, None)

    def at(self, agent_id: str, instant: datetime) -> str | None:
        before = bisect_right(self._instants[agent_id], instant)
        return self._teams[agent_id][before - 1] if before else None

    def _note(self, agent_id: str, instant: datetime, team: str | None) -> None:
        self._instants[agent_id].append(instant)
        self._teams[agent_id].append(team)
