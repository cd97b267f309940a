"""Summing up facts by interval."""

from collections.abc import Mapping, Sequence
from typing import Any, Literal, NamedTuple

import sqlalchemy as sql

from projections.reports.intervals import QUARTER
from projections.reports.request import ReportRequest
from projections.runner import TableReader

__all__ = ["Measure", "Sums", "count_if", "largest", "smallest", "sum_up", "total_if"]

Sums = dict[str, int]
"""Sums by the measure's name. The smallest and the largest are left out where there are no values."""


class Measure(NamedTuple):
    """An expression over the facts, and how its values are combined into one."""

    expression: "sql.ColumnElement[Any]"
    kind: Literal["sum", "min", "max"] = "sum"


def count_if(condition: "sql.ColumnElement[bool]") -> Measure:
    return Measure(sql.case((condition, 1), else_=0))


def total_if(condition: "sql.ColumnElement[bool]", value: "sql.ColumnElement[Any]") -> Measure:
    return Measure(sql.case((condition, value), else_=0))


def smallest(value: "sql.ColumnElement[Any]") -> Measure:
    return Measure(value, "min")


def largest(value: "sql.ColumnElement[Any]") -> Measure:
    return Measure(value, "max")


def sum_up(
    reader: TableReader,
    request: ReportRequest,
    facts: "sql.Select[Any]",
    at: "sql.ColumnElement[int]",
    dimensions: Sequence["sql.ColumnElement[Any]"],
    measures: Mapping[str, Measure],
) -> dict[tuple[int, tuple[Any, ...]], Sums]:
    """The sums by the number of the interval in which ``at`` lies, and by the dimensions. ``facts`` selects no columns
    yet.

    The database sums up quarters of an hour, of which every interval consists in every zone.
    """
    quarter = (at // QUARTER).label("quarter")
    columns = [getattr(sql.func, measure.kind)(measure.expression) for measure in measures.values()]
    statement = facts.with_only_columns(quarter, *dimensions, *columns).group_by(quarter, *dimensions)
    found: dict[tuple[int, tuple[Any, ...]], Sums] = {}
    for row in reader.connection.execute(statement):
        moment = max(row[0] * QUARTER, request.start)
        key = (request.intervals.number_at(moment), tuple(row[1 : 1 + len(dimensions)]))
        _add(found.setdefault(key, {}), measures, row[1 + len(dimensions) :])
    return found


def _add(sums: Sums, measures: Mapping[str, Measure], values: Sequence[Any]) -> None:
    for (name, measure), value in zip(measures.items(), values, strict=True):
        if value is None:
            continue
        if measure.kind == "sum":
            sums[name] = sums.get(name, 0) + int(value)
        elif measure.kind == "min":
            sums[name] = min(sums.get(name, value), value)
        else:
            sums[name] = max(sums.get(name, value), value)
