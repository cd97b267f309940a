"""A report: its columns, its filters, and how its rows are found."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import islice
from typing import Any, NamedTuple

import msgspec
import sqlalchemy as sql

from projections.reports.columns import ReportColumn, report_columns
from projections.reports.exceptions import InvalidRequestError
from projections.reports.intervals import IntervalLength
from projections.reports.request import Filter, ReportRequest
from projections.runner import Projection, TableReader

__all__ = [
    "MAX_ROWS",
    "DrillDown",
    "DrillDownRow",
    "Page",
    "Report",
    "in_seconds",
    "mean",
    "per_cent",
    "too_many_rows",
    "transcript_of",
]

MAX_ROWS = 200_000
"""The most rows of a report that sums up, which is made in memory."""

Page = tuple[Sequence[msgspec.Struct], str | None]
"""Rows and the cursor of the next page, None at the end."""
Listing = Callable[[TableReader, ReportRequest, str | None, int], Page]
Rows = Callable[[TableReader, ReportRequest], Iterable[msgspec.Struct]]


class DrillDownRow(NamedTuple):
    """A conversation that a figure counts, and the position of the event by which it counts."""

    conversation_id: str
    position: int


class DrillDown(NamedTuple):
    """Leads from a report's figures to the conversations that they count. ``select`` makes a statement over all
    that may count, with the columns of DrillDownRow; ``figures`` maps each figure's name to the condition on it."""

    select: Callable[[TableReader, ReportRequest], "sql.Select[Any]"]
    figures: Mapping[str, Callable[[TableReader, ReportRequest], "sql.ColumnElement[bool]"]]


@dataclass(frozen=True, eq=False)
class Report:
    """``row`` is the struct of a row. A report either sums up (``rows``) or lists (``listing``). A listing gets a
    cursor and a limit, and returns at most so many rows from beyond the cursor, and the next cursor.

    A report that sums up distinguishes its ``dimensions`` as a request asks, by default those of ``default_by``.
    ``optional`` are the dimensions that what it counts may lack."""

    name: str
    title: str
    description: str
    row: type[msgspec.Struct]
    filters: tuple[Filter, ...]
    projections: tuple[Projection, ...]
    rows: Rows | None = None
    listing: Listing | None = None
    default_interval: IntervalLength = "total"
    dimensions: tuple[Filter, ...] = ()
    default_by: tuple[Filter, ...] = ()
    optional: tuple[Filter, ...] = ()
    drill_down: DrillDown | None = None

    @cached_property
    def columns(self) -> tuple[ReportColumn, ...]:
        return report_columns(self.row, sums_up=self.rows is not None)

    def page(self, reader: TableReader, request: ReportRequest, after: str | None, limit: int) -> Page:
        """The rows beyond a cursor; for a report that sums up, all rows. Raises InvalidRequestError."""
        if self.listing is not None:
            return self.listing(reader, request, after, limit)
        if after is not None:
            raise InvalidRequestError("cursor", "does not apply to a report that sums up: its answer is whole")
        rows = list(islice(self.rows(reader, request), MAX_ROWS + 1)) if self.rows is not None else []
        if len(rows) > MAX_ROWS:
            raise too_many_rows()
        return rows, None

    def find_conversations(
        self, reader: TableReader, request: ReportRequest, figure: str, after: int, limit: int
    ) -> list[DrillDownRow]:
        """The conversations that a figure counts at positions beyond ``after``, one more than ``limit`` if there are
        more."""
        if self.drill_down is None:
            return []
        counted = self.drill_down.select(reader, request).where(self.drill_down.figures[figure](reader, request))
        found = counted.subquery("counted")
        statement = sql.select(found.c.conversation_id, found.c.position).where(found.c.position > after)
        rows = reader.connection.execute(statement.order_by(found.c.position).limit(limit + 1))
        return [DrillDownRow(*row) for row in rows]


def too_many_rows() -> InvalidRequestError:
    return InvalidRequestError("interval", f"there are more than {MAX_ROWS:,} rows; ask for longer ones, or for less")


def transcript_of(conversation_id: str) -> str:
    """The path at which supervisors read the conversation."""
    return f"/agent/v1/conversations/{conversation_id}"


def in_seconds(duration: int | None) -> float | None:
    return None if duration is None else duration / 1_000_000


def mean(total: int, count: int) -> float | None:
    """The mean of durations, in seconds."""
    return round(total / count / 1_000_000, 6) if count else None


def per_cent(part: float, whole: float) -> float | None:
    return round(100.0 * part / whole, 4) if whole else None
