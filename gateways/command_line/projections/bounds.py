"""The bounds of a rebuild: ``--from`` and ``--to``, each a position or an instant."""

import click

from actors.journal import Journal, places
from gateways.command_line.instants import instant_of_option

__all__ = ["begin_of_rebuild", "end_of_rebuild"]

_PROBLEM = "is neither a position nor an instant"


def begin_of_rebuild(journal: Journal, text: str) -> int:
    """Returns the position of the last event before the bound. Raises BadParameter for a bound that cannot be read."""
    if text.isascii() and text.isdigit():
        return max(_in_journal(journal, int(text)) - 1, 0)
    return places.position_before(journal, instant_of_option(text, _PROBLEM))


def end_of_rebuild(journal: Journal, text: str) -> int:
    """Returns the last position of a part that ends with this position, or before this instant. Raises BadParameter for
    a bound that cannot be read."""
    if text.isascii() and text.isdigit():
        return _in_journal(journal, int(text))
    return places.position_before(journal, instant_of_option(text, _PROBLEM))


def _in_journal(journal: Journal, position: int) -> int:
    last = journal.last_position()
    if position > last:
        raise click.BadParameter(f"the journal ends at position {last}")
    return position
