"""Agent availability."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

import pandas as pd

from tests.figures.asked import Asked
from tests.figures.groups import keys, rows
from tests.figures.intervals import Interval, intervals
from tests.figures.spells import Spell, spells

__all__ = ["facts", "figures"]

_STATES = ["not_ready", "ready", "reserved", "active", "busy", "pending_not_ready", "interrupted"]
_DIMENSIONS = ("agent", "mrd")


def facts(journal: Path) -> list[Spell]:
    return spells(journal)


def figures(facts: list[Spell], asked: Asked) -> list[dict[str, Any]]:
    wanted = [each for each in facts if asked.wants(agent=each.agent_id, team=each.team, mrd=each.mrd)]
    found = intervals(asked, "day")
    begins = [each.begin for each in found]
    pieces = [piece for spell in wanted for piece in _pieces(spell, asked, found, begins)]
    if not pieces:
        return []
    frame = pd.DataFrame(pieces, columns=["interval", "agent_id", "mrd", "state", "seconds"])
    table = frame.pivot_table(
        index=keys(asked, _DIMENSIONS), columns="state", values="seconds", aggfunc="sum", fill_value=0.0
    )
    table = table.reindex(columns=_STATES, fill_value=0.0)
    table.insert(0, "logged_in", table.sum(axis=1))
    table["availability"] = 100.0 * (table["ready"] + table["active"]) / table["logged_in"]
    worked = table["active"] + table["busy"] + table["pending_not_ready"]
    table["occupancy"] = 100.0 * worked / (worked + table["ready"] + table["reserved"])
    return rows(table, _DIMENSIONS)


def _pieces(
    spell: Spell, asked: Asked, found: list[Interval], begins: list[datetime]
) -> Iterator[tuple[str, str, str, str, float]]:
    """The parts of the spell that fall into each interval."""
    end = min(spell.end or asked.as_of, asked.as_of)
    first = max(bisect_right(begins, spell.begin) - 1, 0)
    for each in found[first : bisect_left(begins, end)]:
        seconds = (min(end, each.end) - max(spell.begin, each.begin)).total_seconds()
        if seconds > 0:
            yield each.label, spell.agent_id, spell.mrd, spell.state, seconds
