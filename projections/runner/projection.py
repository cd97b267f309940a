"""A projection: what its tables are, and how each event changes them."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import Any, NamedTuple, TypeVar

from projections.runner.recorded_event import RecordedEvent
from projections.runner.table import Table
from projections.runner.transaction import Transaction
from schemas.events import REGISTRY, Event

__all__ = ["Handler", "Projection", "on"]

E = TypeVar("E", bound=Event)


class Handler(NamedTuple):
    """The handling of one type of events in a projection: ``change`` gets the transaction, the recorded event and the
    event that it holds. ``on`` makes it, and lets the type checker compare the event's type with that of ``change``."""

    event_type: type[Event]
    change: Callable[[Transaction, RecordedEvent, Any], None]


def on(event_type: type[E], change: Callable[[Transaction, RecordedEvent, E], None]) -> Handler:
    """The handler of the events of this type."""
    return Handler(event_type, change)


@dataclass(frozen=True, eq=False)
class Projection:
    """``handlers`` has at most one handler a type of event; events of other types change nothing. ``every`` sees each
    record without its event being decoded.

    A handler depends on nothing but its arguments: no clock, no chance, no rows but those it asks the transaction for.
    A change of what the tables hold needs a higher ``version``: they are then built anew.
    """

    name: str
    version: int
    description: str
    tables: tuple[Table[Any], ...]
    handlers: tuple[Handler, ...]
    every: Callable[[Transaction, RecordedEvent], None] | None = None

    @cached_property
    def _by_type(self) -> dict[str, Callable[[Transaction, RecordedEvent, Any], None]]:
        return {handler.event_type.__name__: handler.change for handler in self.handlers}

    def apply(self, recorded_events: Iterable[RecordedEvent], transaction: Transaction) -> None:
        """Applies the events, in order. Raises every exception of a handler, and SchemaError when an event does not
        decode."""
        changes, every = self._by_type, self.every
        for recorded in recorded_events:
            if every is not None:
                every(transaction, recorded)
            change = changes.get(REGISTRY.current_type(recorded.record))
            if change is not None:
                change(transaction, recorded, recorded.event)
