"""Errors for the name of a stream that does not exist. They name streams that do."""

import click

from actors.entities import DECIDERS
from actors.journal import Journal
from gateways.command_line.neutralising import neutralise
from schemas.records import category_of

__all__ = ["check_category", "no_such_stream"]

_RECENT_EVENTS = 5_000
_MAX_NAMED = 10


def check_category(stream: str) -> None:
    """Raises ClickException for a name that no stream can have."""
    category, dash, entity_id = stream.partition("-")
    if category not in DECIDERS or not dash or not entity_id:
        kinds = ", ".join(f"{name}-<id>" for name in sorted(DECIDERS))
        raise click.ClickException(f"{neutralise(stream)} names no stream; streams are named {kinds}")


def no_such_stream(journal: Journal, stream: str) -> click.ClickException:
    """Returns an error that names streams of the same category in which something happened lately."""
    recent = journal.read_all(max(0, journal.last_position() - _RECENT_EVENTS), _RECENT_EVENTS)
    others = dict.fromkeys(r.stream for r in reversed(recent) if category_of(r.stream) == category_of(stream))
    named = ", ".join(neutralise(name) for name in list(others)[:_MAX_NAMED])
    hint = f"active lately: {named}" if named else f"the journal's last events are of no {category_of(stream)}"
    return click.ClickException(f"there is no stream {neutralise(stream)}; {hint}")
