"""Agent task detail."""

from pathlib import Path
from typing import Any

from tests.figures.asked import Asked
from tests.figures.offers import Offer, offers, seconds, wanted

__all__ = ["facts", "figures"]


def facts(journal: Path) -> list[Offer]:
    return offers(journal)


def figures(facts: list[Offer], asked: Asked) -> list[dict[str, Any]]:
    return [_row(offer) for offer in wanted(facts, asked)]


def _row(offer: Offer) -> dict[str, Any]:
    return {
        "agent_id": offer.agent_id,
        "queue": offer.queue,
        "mrd": offer.mrd,
        "direction": offer.direction,
        "task_id": offer.task_id,
        "conversation_id": offer.conversation_id,
        "offered_at": offer.begin,
        "accepted_at": offer.accepted_at,
        "wrap_up_at": offer.wrap_up_at,
        "closed_at": offer.closed_at,
        "alert": seconds(offer.begin, offer.accepted_at or offer.closed_at),
        "talk": seconds(offer.accepted_at, offer.wrap_up_at or offer.closed_at),
        "wrap_up": seconds(offer.wrap_up_at, offer.closed_at),
        "disposition": offer.disposition,
        "reason": offer.reason,
        "transcript": f"/agent/v1/conversations/{offer.conversation_id}",
    }
