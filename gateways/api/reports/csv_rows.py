"""The rows of reports as CSV."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from functools import cache

import msgspec
from msgspec import inspect
from msgspec.structs import astuple

from gateways.api.csv_file import Cell, CsvForm, csv_head, csv_lines
from projections.reports import Report

__all__ = ["report_head", "report_lines"]


def report_head(report: Report, form: CsvForm) -> bytes:
    """The names of the columns, of which the last is the zone that the instants of the row are those of."""
    return csv_head([*report.row.__struct_encode_fields__, "zone"], form).encode()


def report_lines(rows: Sequence[msgspec.Struct], zone: str, form: CsvForm) -> bytes:
    """The rows as lines. A list's items are separated by spaces."""
    return csv_lines(([*_cells(row), zone] for row in rows), form).encode()


def _cells(row: msgspec.Struct) -> Iterator[Cell]:
    for value, instant in zip(astuple(row), _instants(type(row)), strict=True):
        if instant and value is not None:
            yield datetime.fromisoformat(value)
        else:
            yield " ".join(value) if isinstance(value, list) else value


@cache
def _instants(row_type: type[msgspec.Struct]) -> tuple[bool, ...]:
    """Whether each column holds an instant."""
    info = inspect.type_info(row_type)
    fields = info.fields if isinstance(info, inspect.StructType) else ()
    return tuple(_is_instant(field.type) for field in fields)


def _is_instant(info: inspect.Type) -> bool:
    match info:
        case inspect.Metadata():
            return (info.extra_json_schema or {}).get("format") == "date-time" or _is_instant(info.type)
        case inspect.UnionType():
            return any(map(_is_instant, info.types))
    return False
