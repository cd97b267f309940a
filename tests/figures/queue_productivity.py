"""Queue productivity."""

from pathlib import Path
from typing import Any

import pandas as pd

from tests.figures.asked import Asked
from tests.figures.intervals import index_of, intervals
from tests.figures.offers import Offer, offers, seconds, wanted

__all__ = ["facts", "figures"]

_KEYS = ["interval", "agent_id", "queue", "mrd"]
_DISPOSITIONS = {
    "done": "done",
    "transferred_out": "transferred",
    "rona": "rona",
    "declined": "declined",
}


def facts(journal: Path) -> list[Offer]:
    return [offer for offer in offers(journal) if offer.direction not in ("monitor", "barge_in")]


def figures(facts: list[Offer], asked: Asked) -> list[dict[str, Any]]:
    chosen = wanted(facts, asked)
    if not chosen:
        return []
    frame = pd.DataFrame([_counted(offer) for offer in chosen])
    found = intervals(asked, "total")
    frame["interval"] = [found[number].label for number in index_of(found, frame["begin"])]
    sums = [name for name in frame if name not in (*_KEYS, "begin", "handle", "after_work", "answer")]
    table = frame.groupby(_KEYS)[sums].sum()
    groups = frame.groupby(_KEYS)
    table["average_handle"] = groups["handle"].mean()
    table["average_wrap_up"] = groups["after_work"].mean()
    table["minimum_answer"] = groups["answer"].min()
    table["maximum_answer"] = groups["answer"].max()
    table["average_answer"] = groups["answer"].mean()
    return [{str(name): value for name, value in row.items()} for row in table.reset_index().to_dict("records")]


def _counted(offer: Offer) -> dict[str, Any]:
    accepted = offer.accepted_at is not None
    counted = {
        "agent_id": offer.agent_id,
        "queue": offer.queue,
        "mrd": offer.mrd,
        "begin": offer.begin,
        "offered": 1,
        "accepted": int(accepted),
        "open": int(offer.closed_at is None),
        "transferred_in": int(accepted and offer.direction in ("transfer_direct", "transfer_consult")),
        "handle": seconds(offer.accepted_at, offer.closed_at),
        "after_work": seconds(offer.wrap_up_at, offer.closed_at),
        "answer": seconds(offer.begin, offer.accepted_at),
    }
    counted |= {name: int(offer.disposition == ending) for name, ending in _DISPOSITIONS.items()}
    otherwise = offer.closed_at is not None and offer.disposition not in _DISPOSITIONS.values()
    return counted | {"cancelled": int(otherwise)}
