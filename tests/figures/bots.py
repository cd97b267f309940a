"""Bot volume."""

from pathlib import Path
from typing import Any

import pandas as pd

from tests.figures.asked import Asked
from tests.figures.intervals import index_of, intervals
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
    found = intervals(asked, "total")
    frame["interval"] = [found[number].label for number in index_of(found, frame["begin"])]
    frame["turns"] = 1
    frame["open"] = frame["ending"].isna().astype(int)
    for ending in _ENDINGS:
        frame[ending] = (frame["ending"] == ending).astype(int)
    groups = frame.drop(columns="failed_before").groupby(["interval", "bot"])
    table = groups[["turns", *_ENDINGS, "open", "replies"]].sum()
    table.insert(0, "conversations", groups["conversation_id"].nunique())
    return [{str(name): value for name, value in row.items()} for row in table.reset_index().to_dict("records")]
