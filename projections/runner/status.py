"""The progress of projections."""

from datetime import datetime
from typing import NamedTuple

from actors.journal import Journal
from actors.journal.places import next_record
from projections.runner.catalogue import Build, Status
from projections.runner.database import Database
from projections.runner.projection import Projection
from schemas.instants import parse_instant

__all__ = ["BuildStatus", "is_caught_up", "status_of"]


class BuildStatus(NamedTuple):
    """One build of a projection. ``version`` is that of its definition, ``wanted_version`` the program's.

    ``lag_events`` counts the events that it has not seen, ``lag_seconds`` is the age of the oldest of them; both are 0
    when there are none. ``parked`` counts the events that could not be projected.
    """

    name: str
    description: str
    generation: int
    version: int
    wanted_version: int
    status: Status
    position: int
    lag_events: int
    lag_seconds: float
    parked: int


def status_of(database: Database, journal: Journal, projection: Projection, now: datetime) -> list[BuildStatus]:
    """The projection's builds, the oldest first."""
    last = journal.last_position()
    with database.reading() as connection:
        builds = [
            (build, database.catalogue.parked_count(connection, build))
            for build in database.catalogue.builds(connection, projection.name)
        ]
    return [
        BuildStatus(
            name=projection.name,
            description=projection.description,
            generation=build.generation,
            version=build.version,
            wanted_version=projection.version,
            status=build.status,
            position=build.position,
            lag_events=max(last - build.position, 0),
            lag_seconds=_lag_seconds(journal, build, now),
            parked=parked,
        )
        for build, parked in builds
    ]


def is_caught_up(database: Database, names: set[str], position: int) -> bool:
    """True if these projections' live builds have seen the event at the position."""
    with database.reading() as connection:
        builds = database.catalogue.builds(connection)
    live = {build.name: build.position for build in builds if build.status == "live"}
    return all(live.get(name, -1) >= position for name in names)


def _lag_seconds(journal: Journal, build: Build, now: datetime) -> float:
    oldest = next_record(journal, build.position)
    return 0.0 if oldest is None else max((now - parse_instant(oldest.at)).total_seconds(), 0.0)
