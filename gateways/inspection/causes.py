"""The cause and the effects of a recorded event."""

from collections.abc import Iterator
from itertools import chain, takewhile

from actors.journal import Journal
from schemas.identifiers import command_id
from schemas.records import Record, category_of

__all__ = ["MAX_EFFECTS", "cause_of", "command_of", "effects_of", "rest_of_cascade"]

MAX_EFFECTS = 1_000
_PAGE = 500


def cause_of(journal: Journal, record: Record) -> Record | None:
    """The event that caused this one; None when a command from outside was the cause."""
    return None if record.causation_id == record.event_id else journal.read_event(record.causation_id)


def effects_of(journal: Journal, record: Record) -> list[Record]:
    """The first thousand effects. They are in the cascade of the event's own command, or, where something outside such
    as a bot answered to the event, in the conversation's own stream."""
    candidates: Iterator[Record] = rest_of_cascade(journal, record)
    if category_of(record.stream) == "conversation":
        candidates = chain(candidates, iter(journal.read_stream(record.stream, record.version)))
    found = {effect.event_id: effect for effect in candidates if effect.causation_id == record.event_id}
    return sorted(found.values(), key=lambda effect: effect.position)[:MAX_EFFECTS]


def rest_of_cascade(journal: Journal, record: Record) -> Iterator[Record]:
    """The later events of the same command. The events of one command stand side by side in the journal."""
    command = command_of(record)
    return takewhile(lambda following: command_of(following) == command, _following(journal, record.position))


def command_of(record: Record) -> str:
    """The id of the event's command, which is derived from the event's id (see schemas.identifiers)."""
    return command_id(record.event_id)


def _following(journal: Journal, position: int) -> Iterator[Record]:
    while records := journal.read_all(position, _PAGE):
        yield from records
        position = records[-1].position
