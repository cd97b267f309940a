"""The tasks that agents were offered, and those that were assigned to supervisors directly, with their outcomes."""

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from tests.figures.asked import Asked
from tests.figures.recording import Recorded, channels, recorded
from tests.figures.teams import Teams

__all__ = ["Offer", "offers", "seconds", "wanted"]

_TYPES = (
    "TaskReserved",
    "TaskAssignedDirectly",
    "TaskAccepted",
    "TaskDeclined",
    "OfferExpired",
    "OfferWithdrawn",
    "WrapUpStarted",
    "TaskClosed",
)


@dataclass
class Offer:
    """``disposition`` is its outcome: ``rona``, ``declined``, ``withdrawn``, or why the task was closed."""

    agent_id: str
    task_id: str
    conversation_id: str
    queue: str
    mrd: str
    direction: str
    begin: datetime
    team: str | None
    channel: str
    accepted_at: datetime | None = None
    wrap_up_at: datetime | None = None
    closed_at: datetime | None = None
    disposition: str | None = None
    reason: str | None = None


def offers(journal: Path) -> list[Offer]:
    teams, channel_of = Teams(journal), channels(journal)
    found: list[Offer] = []
    pending: dict[tuple[str, str], Offer] = {}
    for event in recorded(journal, *_TYPES):
        key = event.entity, event.data["task_id"]
        if event.type == "TaskReserved" or (event.type == "TaskAssignedDirectly" and key not in pending):
            team, channel = teams.at(event.entity, event.at), channel_of[event.data["conversation_id"]]
            pending[key] = _begun(event, team, channel)
            found.append(pending[key])
        elif event.type == "TaskAssignedDirectly":
            pending[key].direction = event.data["direction"]
        else:
            _go_on(pending[key], event)
            if pending[key].closed_at is not None:
                del pending[key]
    return found


def _begun(event: Recorded, team: str | None, channel: str) -> Offer:
    data = event.data
    return Offer(
        agent_id=event.entity,
        task_id=data["task_id"],
        conversation_id=data["conversation_id"],
        queue=data["queue"],
        mrd=data["mrd"],
        direction=data.get("direction", "inbound"),
        begin=event.at,
        team=team,
        channel=channel,
        accepted_at=event.at if event.type == "TaskAssignedDirectly" else None,
    )


def _go_on(offer: Offer, event: Recorded) -> None:
    reason = event.data.get("reason")
    match event.type:
        case "TaskAccepted":
            offer.accepted_at = event.at
        case "WrapUpStarted":
            offer.wrap_up_at = event.at
        case "TaskDeclined":
            offer.closed_at, offer.disposition = event.at, "declined"
        case "OfferExpired":
            offer.closed_at, offer.disposition = event.at, "rona"
        case "OfferWithdrawn":
            offer.closed_at, offer.disposition, offer.reason = event.at, "withdrawn", reason
        case "TaskClosed":
            offer.closed_at, offer.disposition = event.at, reason


def wanted(facts: list[Offer], asked: Asked) -> list[Offer]:
    """The offers of the range that pass the filters."""
    return [
        offer
        for offer in facts
        if asked.holds(offer.begin)
        and asked.wants(
            agent=offer.agent_id,
            team=offer.team,
            queue=offer.queue,
            mrd=offer.mrd,
            channel=offer.channel,
            direction=offer.direction,
        )
    ]


def seconds(begin: datetime | None, end: datetime | None) -> float | None:
    return (end - begin).total_seconds() if begin is not None and end is not None else None
