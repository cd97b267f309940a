"""Places in the record, named by a position or by an instant."""

from datetime import datetime

import click

from actors.journal import Journal, places
from schemas.instants import parse_instant

__all__ = ["position_before", "position_until"]


def position_before(journal: Journal, text: str) -> int:
    """The position after which the place begins. Raises BadParameter."""
    if text.isascii() and text.isdigit():
        return max(_in_record(journal, int(text)) - 1, 0)
    return places.position_before(journal, _instant(text))


def position_until(journal: Journal, text: str) -> int:
    """The last position of what ends there. Raises BadParameter."""
    if text.isascii() and text.isdigit():
        return _in_record(journal, int(text))
    return places.position_before(journal, _instant(text))


def _in_record(journal: Journal, position: int) -> int:
    last = journal.last_position()
    if position > last:
        raise click.BadParameter(f"the record ends at position {last}")
    return position


def _instant(text: str) -> datetime:
    try:
        return parse_instant(text)
    except ValueError:
        message = f"{text!r} is neither a position nor an instant with an offset, such as 2026-11-22T10:00:00Z"
        raise click.BadParameter(message) from None
