"""CSV for spreadsheets: cells that a spreadsheet takes as text and does not evaluate."""

import re

__all__ = ["quoted", "unquoted"]

_FORMULA = re.compile(r"'*[=+\-@\t\r]")
_QUOTED_FORMULA = re.compile(r"'+[=+\-@\t\r]")
_NUMBER = re.compile(r"-[0-9]+|\+[0-9][0-9 ]*")
"""A whole number, or a phone number as it is written internationally."""


def quoted(cell: str) -> str:
    """Puts an apostrophe before a cell that a spreadsheet could take for a formula.

    A whole number or a phone number stays as it is. A cell that only begins like one, such as
    ``+1+cmd|'/C calc'!A0``, gets the apostrophe.
    """
    return f"'{cell}" if _FORMULA.match(cell) and not _NUMBER.fullmatch(cell) else cell


def unquoted(cell: str) -> str:
    """The cell that ``quoted`` was given."""
    return cell[1:] if _QUOTED_FORMULA.match(cell) else cell
