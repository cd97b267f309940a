"""Bot volume."""

from pathlib import Path
from typing import Any

import pandas as pd

from tests.figures.asked import Asked
from tests.figures.groups import add_intervals, keys, rows
from tests.figures.turns import Turn, turns

__all__ = ["facts", "figures"]

_ENDINGS = ["contained", "handed_off", "failed", "taken_over"]


def facts(journal: Path) -> list[Turn]:
    return turns(journal)


def figures(facts: list[Turn], asked: Asked) -> list[dict[str, Any]]:
    begun = [turn for turn in facts if asked.holds(turn.begin) and asked.wants(channel=turn.channel, bot=turn.bot)]
    if not begun:
        return []
    frame = pd.DataFrame([vars(turn) for turn in begun])
    add_intervals(frame, asked, "begin", "total")
    frame["turns"] = 1
    frame["open"] = frame["ending"].isna().astype(int)
    for ending in _ENDINGS:
        frame[ending] = (frame["ending"] == ending).astype(int)
    groups = frame.drop(columns="failed_before").groupby(keys(asked, ("bot",)))
    table = groups[["turns", *_ENDINGS, "open", "replies"]].sum()
    table["containment"] = 100.0 * table["contained"] / table[_ENDINGS].sum(axis=1)
    table.insert(0, "conversations", groups["conversation_id"].nunique())
    return rows(table, ("bot", "channel"))
