"""CSV for spreadsheets: cells that a spreadsheet takes as text, and neither evaluates nor changes."""

import re

__all__ = ["quoted", "unquoted"]

_SEPARATOR = re.compile(r"([,;\t\r\n])")
"""A spreadsheet that expects another delimiter begins a new cell at any of these, within a quoted cell too."""

_FORMULA = re.compile(r"['\s\"]*[=+\-@＝＋－＠]")  # noqa: RUF001 # spreadsheets evaluate full-width signs as well
_BROKEN = re.compile(r"'*[\t\r\n]")
_NUMERIC = re.compile(r"'*[-+(.,$€£¥ ]*[0-9][-+0-9.,:/%$€£¥ ()]*([eE][-+]?[0-9]+)?( ?[aApP][mM]?)?")
"""A number, an amount, a date or a time in some country: a spreadsheet would take away zeros, digits or signs."""

_BARE = re.compile(r"-?(0|[1-9][0-9]{0,14})(\.[0-9]*[1-9])?|\+[0-9]+( [0-9]+)*")
"""A number that a spreadsheet gives back as it is written, or a phone number as it is written internationally."""


def quoted(cell: str) -> str:
    """Puts an apostrophe before a text that a spreadsheet could evaluate as a formula, or read as a number and change.

    Only what is a number or a phone number as a whole stays as it is. A cell that only begins like one, such as
    ``+1+cmd|'/C calc'!A0``, gets the apostrophe, and so does an id with leading zeros. Each part of a text that another
    delimiter would make a cell of its own is treated like a cell.
    """
    if _NUMERIC.fullmatch(cell):
        return cell if _BARE.fullmatch(cell) else f"'{cell}"
    written = "".join(map(_quoted_part, _SEPARATOR.split(cell)))
    return f"'{written}" if _BROKEN.match(written) else written


def unquoted(cell: str) -> str:
    """The cell that ``quoted`` was given."""
    if cell.startswith("'") and _NUMERIC.fullmatch(cell):
        return cell[1:]
    written = cell[1:] if cell.startswith("'") and _BROKEN.match(cell) else cell
    return "".join(map(_unquoted_part, _SEPARATOR.split(written)))


def _quoted_part(part: str) -> str:
    return f"'{part}" if _FORMULA.match(part) and not _BARE.fullmatch(part) else part


def _unquoted_part(part: str) -> str:
    return part[1:] if part.startswith("'") and _FORMULA.match(part) else part
