"""The stays of tasks in queues, from entering a queue until leaving it."""

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from tests.figures.recording import Recorded, channels, recorded
from tests.figures.teams import Teams

__all__ = ["Stay", "stays"]

_TYPES = (
    "QueueConfigured",
    "TaskQueued",
    "TaskMoved",
    "TaskAssigned",
    "TaskCancelled",
    "TaskExpired",
)
_THRESHOLD = 60.0
"""The service-level threshold of a queue that configures none, in seconds."""
_LEFT_BY_CUSTOMER = ("customer_left", "customer_inactive")


@dataclass
class Stay:
    """``ending`` is ``answered``, ``abandoned``, ``expired``, ``moved`` or ``cancelled``; None while the task waits."""

    queue: str
    mrd: str
    direction: str
    channel: str
    threshold: float
    came: datetime
    went: datetime | None = None
    ending: str | None = None
    agent_id: str | None = None
    team: str | None = None

    def waited(self, as_of: datetime) -> float:
        return ((self.went or as_of) - self.came).total_seconds()


class _Lines:
    def __init__(self, journal: Path) -> None:
        self.found: list[Stay] = []
        self._teams, self._channels = Teams(journal), channels(journal)
        self._thresholds: dict[tuple[str, str], float] = {}
        self._tasks: dict[tuple[str, str], Stay] = {}

    def apply(self, event: Recorded) -> None:
        if event.type == "QueueConfigured":
            seconds = event.data["queue"].get("service_level_seconds", _THRESHOLD)
            self._thresholds[event.stream, event.data["name"]] = seconds
            return
        key = event.stream, event.data["task_id"]
        if event.type == "TaskQueued":
            due = event.data.get("not_before")
            came = max(event.at, datetime.fromisoformat(due)) if due is not None else event.at
            self._tasks[key] = self._come(event, event.data.get("direction", "inbound"), came)
        elif event.type == "TaskMoved":
            before = self._tasks[key]
            self._tasks[key] = self._come(event, before.direction, max(event.at, before.came))
            before.went, before.ending = event.at, "moved"
        else:
            self._go(self._tasks.pop(key), event)

    def _come(self, event: Recorded, direction: str, came: datetime) -> Stay:
        queue = event.data["queue"]
        stay = Stay(
            queue=queue["name"],
            mrd=queue["mrd"],
            direction=direction,
            channel=self._channels[event.data["conversation_id"]],
            threshold=self._thresholds.get((event.stream, queue["name"]), _THRESHOLD),
            came=came,
        )
        self.found.append(stay)
        return stay

    def _go(self, stay: Stay, event: Recorded) -> None:
        stay.went = event.at
        if event.type == "TaskAssigned":
            stay.ending, stay.agent_id = "answered", event.data["agent_id"]
            stay.team = self._teams.at(event.data["agent_id"], event.at)
        elif event.type == "TaskExpired":
            stay.ending = "expired" if event.data["reason"] == "no_agent_available" else "cancelled"
        else:
            stay.ending = "abandoned" if event.data["reason"] in _LEFT_BY_CUSTOMER else "cancelled"


def stays(journal: Path) -> list[Stay]:
    """The stays in all queues, without those of scheduled tasks that were gone before they were due."""
    lines = _Lines(journal)
    for event in recorded(journal, *_TYPES):
        lines.apply(event)
    return [stay for stay in lines.found if stay.went is None or stay.went >= stay.came]
