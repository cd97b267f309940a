"""Building projections anew beside those in use, from the journal as it is now."""

from collections.abc import Callable, Iterable, Sequence
from contextlib import ExitStack
from itertools import groupby

from actors.journal import Journal
from projections.runner.building import Builder
from projections.runner.catalogue import Build
from projections.runner.database import Database
from projections.runner.generations import build_beside, replace_live
from projections.runner.projection import Projection
from projections.runner.recorded_event import recorded_events_of

__all__ = ["rebuild"]

_PAGE = 5_000

Begun = Callable[[Sequence[Build]], None]
Advanced = Callable[[int], None]


def rebuild(
    journal: Journal,
    database: Database,
    projections: Iterable[Projection],
    *,
    begins_after: int = 0,
    until: int | None = None,
    begun: Begun = lambda builds: None,
    advanced: Advanced = lambda events: None,
) -> list[Build]:
    """Builds each projection beside the build in use, which it replaces when it has seen all events that there were at
    the last look, or those up to position ``until``. A build that was interrupted is continued where it stopped.

    ``begun`` is called with the builds as they are at the start, ``advanced`` after each page with the number of its
    events, once for each projection. Raises PoisonEventError at an event that cannot be projected; the part that was
    built stays, to be continued. Raises DatabaseUnavailableError and JournalUnavailableError.
    """
    with ExitStack() as stack:
        builders = [
            stack.enter_context(
                Builder(
                    database,
                    projection,
                    build_beside(database, journal, projection, begins_after, complete=True),
                    "stop",
                )
            )
            for projection in projections
        ]
        begun([builder.build for builder in builders])
        end = begins_after
        while _end(journal, until) - end > _PAGE:
            end = _end(journal, until)
            _catch_up(journal, builders, end, advanced)
        _catch_up(journal, builders, _end(journal, until), advanced)
        return [replace_live(database, builder.projection, builder.build) for builder in builders]


def _end(journal: Journal, until: int | None) -> int:
    last = journal.last_position()
    return last if until is None else min(last, until)


def _catch_up(journal: Journal, builders: list[Builder], end: int, advanced: Advanced) -> None:
    while behind := [builder for builder in builders if builder.position < end]:
        _advance(journal, behind, end, advanced)


def _advance(journal: Journal, builders: list[Builder], end: int, advanced: Advanced) -> None:
    """Projects one page for each position at which some of the builders stand."""
    builders.sort(key=lambda builder: builder.position)
    for position, group in groupby(builders, key=lambda builder: builder.position):
        records = journal.read_all(position, min(_PAGE, end - position))
        recorded_events = recorded_events_of([record for record in records if record.position <= end])
        for builder in group:
            builder.advance(recorded_events)
            advanced(len(recorded_events))
