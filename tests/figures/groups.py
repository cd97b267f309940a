"""Groups of what is counted: by interval and by what a question distinguishes."""

from typing import Any

import pandas as pd

from tests.figures.asked import Asked
from tests.figures.intervals import index_of, intervals

__all__ = ["COLUMNS", "add_intervals", "keys", "quantile", "rows"]

COLUMNS = {
    "agent": "agent_id",
    "queue": "queue",
    "mrd": "mrd",
    "channel": "channel",
    "direction": "direction",
    "bot": "bot",
}


def keys(asked: Asked, default: tuple[str, ...]) -> list[str]:
    """The columns by which rows differ."""
    return ["interval", *(COLUMNS[name] for name in (default if asked.by is None else asked.by))]


def add_intervals(frame: pd.DataFrame, asked: Asked, column: str, default: str) -> None:
    """Gives each row the label of the interval in which its instant in the column lies."""
    found = intervals(asked, default)
    frame["interval"] = [found[number].label for number in index_of(found, frame[column])]


def rows(table: pd.DataFrame, dimensions: tuple[str, ...]) -> list[dict[str, Any]]:
    """The rows of a table by its keys, with an empty column for each dimension that is no key."""
    none = dict.fromkeys(COLUMNS[name] for name in dimensions)
    return [none | {str(name): value for name, value in row.items()} for row in table.reset_index().to_dict("records")]


def quantile(values: "pd.Series[float]", per_cent: int) -> float | None:
    """The first of the values, in ascending order, with which at least so many per cent of them are counted."""
    given = sorted(values.dropna())
    return next((value for number, value in enumerate(given, 1) if number * 100 >= per_cent * len(given)), None)
