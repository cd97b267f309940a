"""One command and everything it sets off: the unit of atomicity."""

from typing import NamedTuple

import msgspec

from schemas.commands import Command
from schemas.events import REGISTRY, Event
from schemas.identifiers import MAX_EVENTS_A_COMMAND, event_id
from schemas.instants import format_instant
from schemas.records import NewRecord, Record
from schemas.replies import Refusal, Reply

__all__ = ["Cascade", "Committed", "Outcome", "Request"]


class Request(msgspec.Struct, frozen=True, gc=False):
    """A command on its way to the entity of stream ``to``.

    ``command_id`` leaves room for the ids of its events (see schemas.identifiers.command_id). ``actor`` is the one
    who wants it, such as ``agent:alice``. ``causation_id`` is the event that brought it about, if one did.
    """

    to: str
    command: Command
    command_id: str
    actor: str
    correlation_id: str | None = None
    causation_id: str | None = None


class Committed(NamedTuple):
    """An event that is durable, as recorded and as an object."""

    record: Record
    event: Event


class Outcome(NamedTuple):
    """The end of a request: a reply or refusal, None where there is nothing to answer, or an error."""

    answer: Reply | Refusal | None
    error: Exception | None = None


class Cascade:
    """Gathers the events of one request across entities, in the order in which they happened."""

    __slots__ = ("_at", "_correlation_id", "answer", "error", "events", "records", "request", "retried", "touched")

    def __init__(self, request: Request) -> None:
        self.request = request
        self.records: list[NewRecord] = []
        self.events: list[Event] = []
        self.touched: set[str] = set()
        self.answer: Reply | Refusal | None = None
        self.error: Exception | None = None
        self.retried = False
        self._at = format_instant(request.command.at)
        self._correlation_id = request.correlation_id or request.command_id

    def add(self, stream: str, version: int, event: Event, causation_id: str) -> str:
        """Gathers an event and returns its id."""
        number = len(self.records) + 1
        if number > MAX_EVENTS_A_COMMAND:
            raise OverflowError(f"one command set off more than {MAX_EVENTS_A_COMMAND} events")
        identifier = event_id(self.request.command_id, number)
        self.records.append(
            NewRecord(
                stream,
                version,
                identifier,
                type(event).__name__,
                self._at,
                event.VERSION,
                self._correlation_id,
                causation_id,
                self.request.actor,
                REGISTRY.encode(event),
            )
        )
        self.events.append(event)
        return identifier
