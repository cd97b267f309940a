"""A projection: what its tables are, and how each event changes them."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any, TypeAlias

from projections.runner.recorded_event import RecordedEvent
from projections.runner.table import Table
from projections.runner.transaction import Transaction
from schemas.events import Event

__all__ = ["Handler", "Projection"]

Handler: TypeAlias = Callable[[Transaction, RecordedEvent, Any], None]
"""Takes the transaction, the recorded event, and its event as it is decoded."""


@dataclass(frozen=True, eq=False)
class Projection:
    """``handlers`` has one function a type of event; events of other types change nothing. ``every`` sees each record
    without its event being decoded.

    A handler depends on nothing but its arguments: no clock, no chance, no rows but those it asks the transaction for.
    Whoever changes what the tables hold raises ``version``: they are then built anew.
    """

    name: str
    version: int
    description: str
    tables: tuple[Table[Any], ...]
    handlers: Mapping[type[Event], Handler]
    every: Callable[[Transaction, RecordedEvent], None] | None = None

    @cached_property
    def _by_type(self) -> dict[str, Handler]:
        return {event_type.__name__: handler for event_type, handler in self.handlers.items()}

    def apply(self, recorded_events: Iterable[RecordedEvent], transaction: Transaction) -> None:
        """Raises whatever a handler raises, or SchemaError when an event does not decode."""
        handlers, every = self._by_type, self.every
        for recorded in recorded_events:
            if every is not None:
                every(transaction, recorded)
            handler = handlers.get(recorded.record.type)
            if handler is not None:
                handler(transaction, recorded, recorded.event)
