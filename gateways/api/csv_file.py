"""The one writer of CSV files. They open right in a spreadsheet with a double click."""

import re
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import NamedTuple, TypeAlias

from gateways.api.call import Call
from gateways.api.spreadsheets import quoted
from gateways.http.endpoints import QueryParameter

__all__ = ["COMMA", "CSV_TYPE", "DELIMITER", "FORMS", "Cell", "CsvForm", "csv_form", "csv_head", "csv_lines"]

CSV_TYPE = "text/csv; charset=utf-8"

DELIMITER = QueryParameter(
    "delimiter",
    "Of a CSV file: comma, or semicolon for spreadsheets that write decimal commas (numbers then do so too), or tab.",
    values=("comma", "semicolon", "tab"),
)

Cell: TypeAlias = str | int | float | datetime | None
"""The value of a cell. A datetime is written as the clock of its zone shows it."""

_BYTE_ORDER_MARK = "\ufeff"
_NEEDS_MARKS = re.compile(r'[",;\t\r\n]|^\s|\s$')


class CsvForm(NamedTuple):
    """How a spreadsheet of some country expects a CSV file."""

    delimiter: str
    decimal_mark: str


COMMA = CsvForm(",", ".")
FORMS = {"comma": COMMA, "semicolon": CsvForm(";", ","), "tab": CsvForm("\t", ".")}


def csv_form(call: Call) -> CsvForm:
    """The form that the query asks for."""
    return FORMS[call.query.get("delimiter", "comma")]


def csv_head(columns: Sequence[str], form: CsvForm) -> str:
    """The beginning of a file: the mark by which spreadsheets know UTF-8, and the names of the columns."""
    return _BYTE_ORDER_MARK + csv_lines([columns], form)


def csv_lines(rows: Iterable[Sequence[Cell]], form: CsvForm) -> str:
    """The rows as lines (RFC 4180)."""
    return "".join(f"{form.delimiter.join(_written(cell, form) for cell in row)}\r\n" for row in rows)


def _written(cell: Cell, form: CsvForm) -> str:
    match cell:
        case None:
            return ""
        case str():
            return _in_marks(quoted(cell))
        case datetime():
            return cell.strftime("%Y-%m-%d %H:%M:%S")
        case float():
            written = f"{cell:.6f}".rstrip("0").rstrip(".")
            return written.replace(".", form.decimal_mark)
    return str(cell)


def _in_marks(text: str) -> str:
    doubled = text.replace('"', '""')
    return f'"{doubled}"' if _NEEDS_MARKS.search(text) else text
