"""Volume by channel and hour."""

from pathlib import Path
from typing import Any

from tests.figures.asked import Asked
from tests.figures.endings import Ending, endings, framed
from tests.figures.groups import add_intervals, keys, rows

__all__ = ["facts", "figures"]

_MESSAGES = ["customer_messages", "bot_messages", "agent_messages"]


def facts(journal: Path) -> list[Ending]:
    return endings(journal)


def figures(facts: list[Ending], asked: Asked) -> list[dict[str, Any]]:
    frame = framed(facts, asked)
    if frame.empty:
        return []
    add_intervals(frame, asked, "began", "60")
    frame["conversations"] = 1
    frame["asked"] = frame["queue"].notna().astype(int)
    frame["answered"] = frame["agent_id"].notna().astype(int)
    groups = frame.groupby(keys(asked, ("channel",)), dropna=False)
    table = groups[["conversations", "with_bot_first", "asked", "answered", *_MESSAGES]].sum()
    return rows(table, ("queue", "mrd", "channel", "direction"))
