"""Medians and other quantiles of durations."""

from array import array
from collections.abc import Mapping, Sequence
from typing import Any

import sqlalchemy as sql

from projections.reports.grouping import GroupKey
from projections.reports.report import in_seconds
from projections.reports.request import ReportRequest
from projections.runner import TableReader

__all__ = ["quantile_of", "sorted_values"]

_NO_VALUES: Sequence[int] = ()


def sorted_values(
    reader: TableReader,
    request: ReportRequest,
    facts: "sql.Select[Any]",
    at: "sql.ColumnElement[int]",
    dimensions: Sequence["sql.ColumnElement[Any]"],
    value: "sql.ColumnElement[Any]",
) -> dict[GroupKey, Sequence[int]]:
    """The values in ascending order by the number of the interval in which ``at`` lies, and by the dimensions, without
    those that are empty. Each takes eight bytes while the report is made."""
    statement = facts.with_only_columns(at, value, *dimensions).where(value.is_not(None))
    found: dict[GroupKey, array[int]] = {}
    for moment, number, *group in reader.connection.execute(statement):
        key = (request.intervals.number_at(moment), tuple(group))
        found.setdefault(key, array("q")).append(number)
    return {key: array("q", sorted(values)) for key, values in found.items()}


def quantile_of(found: Mapping[GroupKey, Sequence[int]], key: GroupKey, per_cent: int) -> float | None:
    """The smallest value that at least so many per cent of the values do not exceed, in seconds: one of the values
    (the nearest rank), not one between two."""
    values = found.get(key, _NO_VALUES)
    return in_seconds(values[-(-len(values) * per_cent // 100) - 1]) if values else None
