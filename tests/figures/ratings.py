"""Customers' ratings."""

from pathlib import Path
from typing import Any

from tests.figures.asked import Asked
from tests.figures.endings import Ending, endings, framed
from tests.figures.groups import add_intervals, keys, rows

__all__ = ["facts", "figures"]


def facts(journal: Path) -> list[Ending]:
    return [ending for ending in endings(journal) if ending.over is not None]


def figures(facts: list[Ending], asked: Asked) -> list[dict[str, Any]]:
    frame = framed(facts, asked)
    if frame.empty:
        return []
    add_intervals(frame, asked, "began", "total")
    frame["score"] = frame["score"].astype(float)
    for score in range(1, 6):
        frame[f"rated_{score}"] = (frame["score"] == score).astype(int)
    groups = frame.groupby(keys(asked, ("agent", "queue", "mrd")), dropna=False)
    table = groups[[f"rated_{score}" for score in range(1, 6)]].sum()
    table["ended"], table["rated"] = groups.size(), groups["score"].count()
    table["score"] = groups["score"].sum().astype(int)
    table["average_rating"] = groups["score"].mean()
    table["satisfaction"] = 100.0 * (table["rated_4"] + table["rated_5"]) / table["rated"]
    table["response_rate"] = 100.0 * table["rated"] / table["ended"]
    return rows(table, ("agent", "queue", "mrd", "channel", "direction"))
