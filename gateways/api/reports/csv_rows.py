"""The rows of reports as CSV (RFC 4180)."""

import csv
import io
from collections.abc import Sequence

import msgspec
from msgspec.structs import astuple

from gateways.api.spreadsheets import quoted
from projections.reports import Report

__all__ = ["csv_lines"]


def csv_lines(report: Report, rows: Sequence[msgspec.Struct], header: bool) -> bytes:
    """The rows as lines, with ``header`` below the names of the columns. A list's items are separated by spaces."""
    text = io.StringIO()
    writer = csv.writer(text)
    if header:
        writer.writerow(report.row.__struct_encode_fields__)
    writer.writerows([_cell(value) for value in astuple(row)] for row in rows)
    return text.getvalue().encode()


def _cell(value: object) -> object:
    if isinstance(value, list):
        value = " ".join(value)
    if isinstance(value, str):
        return quoted(value)
    return "" if value is None else value
