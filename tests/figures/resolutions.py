"""Resolution times."""

from pathlib import Path
from typing import Any

import pandas as pd

from tests.figures.asked import Asked
from tests.figures.endings import Ending, endings, framed
from tests.figures.groups import add_intervals, keys, quantile, rows

__all__ = ["facts", "figures"]


def facts(journal: Path) -> list[Ending]:
    return endings(journal)


def figures(facts: list[Ending], asked: Asked) -> list[dict[str, Any]]:
    frame = framed(facts, asked)
    if frame.empty:
        return []
    add_intervals(frame, asked, "began", "total")
    over = frame["over"].notna()
    frame["conversations"] = 1
    frame["resolved"] = (over & ~frame["waits"]).astype(int)
    frame["unresolved"] = (over & frame["waits"]).astype(int)
    frame["open"] = (~over).astype(int)
    lasted = pd.to_datetime(frame["over"], utc=True) - pd.to_datetime(frame["began"], utc=True)
    frame["time"] = lasted.dt.total_seconds().where(frame["resolved"] == 1)
    groups = frame.groupby(keys(asked, ("queue", "mrd")), dropna=False)
    table = groups[["conversations", "resolved", "unresolved", "open"]].sum()
    times = groups["time"]
    table["resolution_time"], table["average_resolution"] = times.sum(), times.mean()
    table["median_resolution"], table["p90_resolution"] = times.agg(quantile, 50), times.agg(quantile, 90)
    table["maximum_resolution"] = times.max()
    return rows(table, ("agent", "queue", "mrd", "channel", "direction"))
