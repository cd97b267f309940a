"""Projections: tables built from the journal, in order, exactly once, and built anew at will."""

from projections.runner.columns import Duration, Moment, doc, moment_of
from projections.runner.database import Database
from projections.runner.exceptions import (
    DatabaseUnavailableError,
    ForeignDatabaseError,
    NotBuiltError,
    PoisonEventError,
    ProjectionError,
    TablesReplacedError,
    UnknownProjectionError,
)
from projections.runner.projection import Projection, on
from projections.runner.recorded_event import RecordedEvent
from projections.runner.table import Index, Span, Table
from projections.runner.table_reader import TableReader, read_tables
from projections.runner.transaction import Transaction

__all__ = [
    "Database",
    "DatabaseUnavailableError",
    "Duration",
    "ForeignDatabaseError",
    "Index",
    "Moment",
    "NotBuiltError",
    "PoisonEventError",
    "Projection",
    "ProjectionError",
    "RecordedEvent",
    "Span",
    "Table",
    "TableReader",
    "TablesReplacedError",
    "Transaction",
    "UnknownProjectionError",
    "doc",
    "moment_of",
    "on",
    "read_tables",
]
