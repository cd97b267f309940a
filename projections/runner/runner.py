"""The runner: keeps projections up to date with the journal until it is stopped."""

import logging
import threading
from collections.abc import Sequence
from itertools import groupby
from time import monotonic

from actors.journal import Journal, JournalUnavailableError, Subscription
from projections.runner.building import Builder
from projections.runner.database import Database
from projections.runner.exceptions import (
    CheckpointMovedError,
    DamagedDatabaseError,
    DatabaseUnavailableError,
    ProjectionError,
)
from projections.runner.generations import build_to_go_on_with, replace_live
from projections.runner.log_once import LogOnce
from projections.runner.projection import Projection
from projections.runner.recorded_event import recorded_events_of

__all__ = ["Runner"]

_PAGE = 2_000
_RETRY_SECONDS = 1.0
_PROMOTE_AGAIN_SECONDS = 10.0

_logger = logging.getLogger(__name__)


class Runner:
    """Follows the journal with all projections at once; each event is decoded once for those at the same position.
    Events that cannot be projected are parked. While the database or the journal does not serve, it waits and tries
    again.

    ``run`` works on the caller's thread until ``stop`` is called, from any thread, or ``stopped`` is set.
    """

    def __init__(
        self,
        journal: Journal,
        database: Database,
        projections: Sequence[Projection],
        stopped: threading.Event | None = None,
        log_once: LogOnce | None = None,
    ) -> None:
        self._journal = journal
        self._database = database
        self._projections = projections
        self._builders: list[Builder] = []
        self._stopped = stopped or threading.Event()
        self._log_once = log_once or LogOnce("projecting")
        self._end = 0
        self._promote_from = 0.0

    def stop(self) -> None:
        self._stopped.set()

    def run(self) -> None:
        """Raises DamagedDatabaseError, because no waiting helps against that."""
        try:
            while not self._stopped.is_set():
                self._try()
        finally:
            self._close()

    def catch_up(self) -> None:
        """Brings every projection to the journal's end as it is now. Raises the errors that ``run`` would wait for."""
        end = self._journal.last_position()
        try:
            self._open()
            while any(builder.position < end for builder in self._builders):
                self._advance()
            self._promote_finished()
        finally:
            self._close()

    def _try(self) -> None:
        try:
            self._open()
            while not self._stopped.is_set():
                grown = self._advance()
                self._promote_when_free()
                if not grown:
                    first = min((builder.position for builder in self._builders), default=self._end)
                    Subscription(self._journal, first).wait()
                self._log_once.resolved()
        except CheckpointMovedError as error:
            _logger.info("%s; looking again", error)
        except DamagedDatabaseError:
            raise
        except (ProjectionError, JournalUnavailableError) as error:
            if not self._stopped.is_set():
                self._log_once.warn(str(error))
        self._close()
        self._stopped.wait(_RETRY_SECONDS)

    def _open(self) -> None:
        self._close()
        self._database.prepare()
        self._end = self._journal.last_position()
        for projection in self._projections:
            build = build_to_go_on_with(self._database, self._journal, projection)
            if build is not None:
                self._builders.append(Builder(self._database, projection, build, "park"))

    def _close(self) -> None:
        for builder in self._builders:
            builder.close()
        self._builders = []

    def _advance(self) -> bool:
        """Projects one page for each position at which projections stand. Returns whether there was any."""
        grown = False
        self._end = self._journal.last_position()
        self._builders.sort(key=lambda builder: builder.position)
        for position, group in groupby(list(self._builders), key=lambda builder: builder.position):
            records = Subscription(self._journal, position, _PAGE).take()
            if records:
                recorded_events = recorded_events_of(records)
                for builder in group:
                    builder.advance(recorded_events)
                grown = True
        return grown

    def _promote_when_free(self) -> None:
        """A reader who keeps hold of the tables in use delays nothing but this."""
        if monotonic() < self._promote_from:
            return
        try:
            self._promote_finished()
        except DatabaseUnavailableError as error:
            self._promote_from = monotonic() + _PROMOTE_AGAIN_SECONDS
            _logger.warning("what has been built cannot take its place yet: %s", error)

    def _promote_finished(self) -> None:
        """Promotes the builds that have seen every event that there was when the last page began: under traffic, more
        have come meanwhile."""
        for builder in self._builders:
            if builder.build.status == "building" and builder.position >= self._end:
                builder.build = replace_live(self._database, builder.projection, builder.build)
