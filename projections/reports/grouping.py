"""Rows by what a request distinguishes: agents, queues, channels and others."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, TypeAlias

import sqlalchemy as sql

from projections.reports.request import DIMENSION_COLUMNS, Filter, ReportRequest

__all__ = ["Dimensions", "GroupKey", "grouped", "in_order", "named"]

Dimensions: TypeAlias = Mapping[Filter, "sql.ColumnElement[Any]"]
"""What a report can distinguish, with the columns of the facts that hold it."""
GroupKey: TypeAlias = tuple[int, tuple[Any, ...]]
"""The number of an interval, and the values of what is distinguished."""


def grouped(request: ReportRequest, dimensions: Dimensions) -> Sequence["sql.ColumnElement[Any]"]:
    """The columns by which the request distinguishes."""
    return [column for dimension, column in dimensions.items() if dimension in request.by]


def named(request: ReportRequest, dimensions: Iterable[Filter], values: tuple[Any, ...]) -> dict[str, Any]:
    """The values of a group by the names of their columns; None for what is not distinguished."""
    dimensions = list(dimensions)
    chosen = [dimension for dimension in dimensions if dimension in request.by]
    found = dict.fromkeys(DIMENSION_COLUMNS[dimension] for dimension in dimensions)
    return found | {DIMENSION_COLUMNS[name]: value for name, value in zip(chosen, values, strict=True)}


def in_order(keys: Iterable[GroupKey]) -> list[GroupKey]:
    """By interval and values, those that are empty last."""
    return sorted(keys, key=lambda key: (key[0], [(value is None, value or "") for value in key[1]]))
