"""What the columns of reports hold, and how the values of several rows make one."""

from typing import Literal, NamedTuple

import msgspec

from projections.reports.request import DIMENSION_COLUMNS, Filter
from projections.runner.columns import Column, columns_of

__all__ = [
    "Combination",
    "ReportColumn",
    "ReportKind",
    "average",
    "count_of_different",
    "largest_of",
    "link",
    "number",
    "percentage",
    "quantile",
    "report_columns",
    "share",
    "smallest_of",
    "total_score",
]

ReportKind = Literal["interval", "text", "list", "boolean", "instant", "link", "count", "number", "duration", "share"]
"""A ``duration`` is in seconds, a ``share`` in per cent. A ``number`` is neither counted nor measured, such as a
score or a position."""
Combination = Literal["sum", "smallest", "largest", "ratio"]
"""How the values of several rows make one. A ``ratio`` is the sum of the columns ``part`` divided by the sum of the
columns ``whole`` less that of the columns ``without``; of a share it is in per cent."""

_KINDS: dict[str, ReportKind] = {
    "text": "text",
    "integer": "count",
    "number": "duration",
    "boolean": "boolean",
    "json": "list",
}
_FILTERS: dict[str, Filter] = {column: dimension for dimension, column in DIMENSION_COLUMNS.items()}


class ReportColumn(NamedTuple):
    """A column of a report. ``filter`` is the filter that narrows the report to the rows of one value. ``combines`` is
    None where the values of several rows make none, as medians do not."""

    name: str
    kind: ReportKind
    description: str
    personal: bool
    filter: Filter | None
    combines: Combination | None
    part: tuple[str, ...]
    whole: tuple[str, ...]
    without: tuple[str, ...]


def share(
    description: str, part: tuple[str, ...], whole: tuple[str, ...], without: tuple[str, ...] = ()
) -> msgspec.Meta:
    return _meta(description, kind="share", combines="ratio", part=part, whole=whole, without=without)


def percentage(description: str) -> msgspec.Meta:
    """A share whose parts are not in the row."""
    return _meta(description, kind="share", combines=None)


def average(description: str, total: str, count: str, kind: Literal["duration", "number"] = "duration") -> msgspec.Meta:
    """The column ``total`` divided by the column ``count``."""
    return _meta(description, kind=kind, combines="ratio", part=(total,), whole=(count,))


def quantile(description: str) -> msgspec.Meta:
    """A median or the like of durations."""
    return _meta(description, kind="duration", combines=None)


def smallest_of(description: str) -> msgspec.Meta:
    return _meta(description, kind="duration", combines="smallest")


def largest_of(description: str) -> msgspec.Meta:
    return _meta(description, kind="duration", combines="largest")


def count_of_different(description: str) -> msgspec.Meta:
    """A count of what may count in several rows."""
    return _meta(description, kind="count", combines=None)


def number(description: str) -> msgspec.Meta:
    return _meta(description, kind="number", combines=None)


def total_score(description: str) -> msgspec.Meta:
    """A sum of scores."""
    return _meta(description, kind="number", combines="sum")


def link(description: str) -> msgspec.Meta:
    return _meta(description, kind="link", combines=None)


def report_columns(row: type[msgspec.Struct], sums_up: bool) -> tuple[ReportColumn, ...]:
    """The columns of a report with these rows, by the names that they have in JSON. The values of several rows make one
    only in a report that sums up."""
    names = row.__struct_encode_fields__
    return tuple(_column(name, column, sums_up) for name, column in zip(names, columns_of(row), strict=True))


def _column(name: str, column: Column, sums_up: bool) -> ReportColumn:
    extra = column.extra
    kind: ReportKind = "interval" if name == "interval" else extra.get("holds", _KINDS[column.kind])
    summed = "sum" if kind in ("count", "duration") else None
    return ReportColumn(
        name=name,
        kind=kind,
        description=column.description,
        personal=column.personal,
        filter=_FILTERS.get(name),
        combines=extra.get("combines", summed) if sums_up else None,
        part=extra.get("part", ()),
        whole=extra.get("whole", ()),
        without=extra.get("without", ()),
    )


def _meta(description: str, kind: ReportKind, **extra: object) -> msgspec.Meta:
    return msgspec.Meta(description=description, extra={"holds": kind, **extra})
