"""CSV for spreadsheets: cells that they take as text and do not carry out."""

import re

__all__ = ["quoted", "unquoted"]

_FORMULA = re.compile(r"'*[=+\-@\t\r]")
_QUOTED_FORMULA = re.compile(r"'+[=+\-@\t\r]")
_NUMBER = re.compile(r"-[0-9]+|\+[0-9][0-9 ]*")
"""A whole number, or a phone number as it is written internationally."""


def quoted(cell: str) -> str:
    """The cell behind an apostrophe where a spreadsheet could take it for a formula.

    A whole number or a phone number stays bare. What only begins as one, such as ``+1+cmd|'/C calc'!A0``, does not.
    """
    return f"'{cell}" if _FORMULA.match(cell) and not _NUMBER.fullmatch(cell) else cell


def unquoted(cell: str) -> str:
    """What ``quoted`` was given."""
    return cell[1:] if _QUOTED_FORMULA.match(cell) else cell
