"""Bringing one build of a projection forward."""

import logging
from contextlib import AbstractContextManager, ExitStack
from types import TracebackType
from typing import Literal

import sqlalchemy as sql

from projections.runner.catalogue import Build
from projections.runner.database import Database
from projections.runner.exceptions import PoisonEventError, ProjectionError
from projections.runner.projection import Projection
from projections.runner.recorded_event import RecordedEvent
from projections.runner.refusals import reason_of
from projections.runner.store import TableStore
from projections.runner.transaction import Transaction

__all__ = ["Builder", "OnPoison"]

OnPoison = Literal["park", "stop"]

_logger = logging.getLogger(__name__)


class Builder(AbstractContextManager["Builder"]):
    """Brings one build forward. The rows and the checkpoint are written in one transaction.

    An event that cannot be projected is parked with the reason, and the build goes on with the next. With ``stop`` it
    ends the build instead, which may be continued from there once the cause is removed.
    """

    def __init__(self, database: Database, projection: Projection, build: Build, on_poison: OnPoison) -> None:
        self.projection = projection
        self.build = build
        self._database = database
        self._on_poison = on_poison
        self._stack = ExitStack()
        lookups = self._stack.enter_context(database.looking_up())
        is_new = not build.event_id
        self._transaction = Transaction(
            TableStore(table, build.generation, lookups, is_new) for table in projection.tables
        )

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        self._stack.close()

    @property
    def position(self) -> int:
        return self.build.position

    def advance(self, recorded_events: list[RecordedEvent]) -> None:
        """Projects the events that follow the position, in order. Raises DatabaseUnavailableError, CheckpointMovedError
        or, where poison stops the build, PoisonEventError; the rows that were written before that stay.
        """
        if not recorded_events:
            return
        try:
            with self._database.served():
                self._project(recorded_events)
        except ProjectionError:
            self._transaction.discard()
            raise
        except Exception as error:
            self._transaction.discard()
            if len(recorded_events) == 1:
                self._refuse(recorded_events[0], error)
                return
            middle = len(recorded_events) // 2
            self.advance(recorded_events[:middle])
            self.advance(recorded_events[middle:])

    def _project(self, recorded_events: list[RecordedEvent]) -> None:
        """The checkpoint is moved first: a second writer waits there, and fails when it goes on."""
        self.projection.apply(recorded_events, self._transaction)
        with self._database.writing() as connection:
            moved = self._moved(connection, recorded_events[-1])
            self._transaction.write(connection)
        self._transaction.keep()
        self.build = moved

    def _refuse(self, recorded: RecordedEvent, error: Exception) -> None:
        reason = reason_of(error)
        record = recorded.record
        if self._on_poison == "stop":
            raise PoisonEventError(self.projection.name, record.position, reason) from error
        _logger.error("%s parks the event at position %d: %s", self.projection.name, record.position, reason)
        with self._database.writing() as connection:
            moved = self._moved(connection, recorded)
            self._database.catalogue.park(connection, self.build, record, reason)
        self.build = moved

    def _moved(self, connection: sql.Connection, last: RecordedEvent) -> Build:
        return self._database.catalogue.advance(connection, self.build, last.record.position, last.record.event_id)
