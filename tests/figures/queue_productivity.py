"""Queue productivity."""

from pathlib import Path
from typing import Any

import pandas as pd

from tests.figures.asked import Asked
from tests.figures.groups import add_intervals, keys, quantile, rows
from tests.figures.offers import Offer, offers, seconds, wanted

__all__ = ["facts", "figures"]

_KEYS = ["interval", "agent_id", "queue", "mrd"]
_DIMENSIONS = ("agent", "queue", "mrd")
_TIMES = {
    "handle": ("handle_time", "average_handle"),
    "after_work": ("wrap_up_time", "average_wrap_up"),
    "answer": ("answer_time", "average_answer"),
}
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
    add_intervals(frame, asked, "begin", "total")
    groups = frame.groupby(keys(asked, _DIMENSIONS))
    table = groups[[name for name in frame if name not in (*_KEYS, "begin", *_TIMES)]].sum()
    for time, (column, average) in _TIMES.items():
        table[column] = groups[time].sum()
        table[average] = groups[time].mean()
    table["handled"], table["wrapped_up"] = groups["handle"].count(), groups["after_work"].count()
    for per_cent, column in [(50, "median_handle"), (90, "p90_handle")]:
        table[column] = groups["handle"].agg(quantile, per_cent)
    table["minimum_answer"] = groups["answer"].min()
    table["maximum_answer"] = groups["answer"].max()
    return rows(table, _DIMENSIONS)


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
