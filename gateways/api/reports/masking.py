"""Rows without what is personal in them."""

from collections.abc import Sequence
from typing import Any

from msgspec.structs import replace

from gateways.inspection.masking import MASK
from projections.reports import Report

__all__ = ["masked"]


def masked(report: Report, rows: Sequence[Any]) -> list[Any]:
    """The rows of a report for those who may not see personal data."""
    personal = [column.name for column in report.columns if column.personal]
    if not personal:
        return list(rows)
    return [replace(row, **{name: MASK for name in personal if getattr(row, name) is not None}) for row in rows]
