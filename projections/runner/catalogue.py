"""The catalogue of the projections in a database: their builds, how far each has come, and the events that were
parked."""

from collections.abc import Iterable
from datetime import datetime
from pathlib import Path
from typing import Any, Literal, NamedTuple

import sqlalchemy as sql

from actors.journal.sqlite.reading import number_in
from projections.runner.columns import moment_of
from projections.runner.exceptions import CheckpointMovedError
from schemas.instants import Clock, utc_now

__all__ = ["METADATA", "Build", "Catalogue", "Parked", "Status", "furthest_position"]

Status = Literal["building", "live"]

METADATA = sql.MetaData()
_builds = sql.Table(
    "projections",
    METADATA,
    sql.Column("name", sql.Text, primary_key=True),
    sql.Column("generation", sql.BigInteger, primary_key=True, autoincrement=False),
    sql.Column("version", sql.BigInteger, nullable=False),
    sql.Column("tables", sql.Text, nullable=False),
    sql.Column("status", sql.Text, nullable=False),
    sql.Column("begins_after", sql.BigInteger, nullable=False),
    sql.Column("position", sql.BigInteger, nullable=False),
    sql.Column("event_id", sql.Text, nullable=False),
    sql.Column("started_at", sql.BigInteger, nullable=False),
    sql.Column("updated_at", sql.BigInteger, nullable=False),
)
_parked = sql.Table(
    "parked_events",
    METADATA,
    sql.Column("name", sql.Text, primary_key=True),
    sql.Column("generation", sql.BigInteger, primary_key=True, autoincrement=False),
    sql.Column("position", sql.BigInteger, primary_key=True, autoincrement=False),
    sql.Column("event_id", sql.Text, nullable=False),
    sql.Column("stream", sql.Text, nullable=False),
    sql.Column("type", sql.Text, nullable=False),
    sql.Column("reason", sql.Text, nullable=False),
    sql.Column("parked_at", sql.BigInteger, nullable=False),
)


class Build(NamedTuple):
    """One generation of a projection's tables. ``tables`` names them, separated by spaces. The build holds the events
    beyond position ``begins_after``; ``position`` and ``event_id`` are those of the last event in it."""

    name: str
    generation: int
    version: int
    tables: str
    status: Status
    begins_after: int
    position: int
    event_id: str
    started_at: int
    updated_at: int

    @property
    def table_names(self) -> list[str]:
        return self.tables.split()


class Parked(NamedTuple):
    """An event that a projection could not take, with the reason."""

    name: str
    generation: int
    position: int
    event_id: str
    stream: str
    type: str
    reason: str
    parked_at: int


class Catalogue:
    """Each method works on the connection that it is given; the caller commits."""

    def __init__(self, clock: Clock = utc_now) -> None:
        self._clock = clock

    def builds(self, connection: sql.Connection, name: str | None = None) -> list[Build]:
        """The builds of one projection or of all, the oldest first."""
        found = sql.select(_builds).order_by(_builds.c.name, _builds.c.generation)
        if name is not None:
            found = found.where(_builds.c.name == name)
        return [Build(*row) for row in connection.execute(found)]

    def live(self, connection: sql.Connection, name: str) -> Build | None:
        """The build whose tables are read."""
        return next((build for build in self.builds(connection, name) if build.status == "live"), None)

    def create(
        self, connection: sql.Connection, name: str, version: int, tables: Iterable[str], begins_after: int = 0
    ) -> Build:
        """Creates a build that holds nothing yet, beside the existing ones."""
        now = self._now()
        generation = max((build.generation for build in self.builds(connection, name)), default=0) + 1
        build = Build(
            name=name,
            generation=generation,
            version=version,
            tables=" ".join(tables),
            status="building",
            begins_after=begins_after,
            position=begins_after,
            event_id="",
            started_at=now,
            updated_at=now,
        )
        connection.execute(_builds.insert().values(build._asdict()))
        return build

    def advance(self, connection: sql.Connection, build: Build, position: int, event_id: str) -> Build:
        """Moves the build's checkpoint. Raises CheckpointMovedError when it is not where the caller believes."""
        moved = build._replace(position=position, event_id=event_id, updated_at=self._now())
        done = connection.execute(
            _builds.update()
            .where(_of(build), _builds.c.position == build.position, _builds.c.status == build.status)
            .values(position=position, event_id=event_id, updated_at=moved.updated_at)
        )
        if done.rowcount != 1:
            raise CheckpointMovedError(f"{build.name}: the checkpoint is no longer at {build.position}")
        return moved

    def promote(self, connection: sql.Connection, build: Build) -> Build:
        """Makes the build the live one, which is read. The live one before it must be removed in the same transaction.
        Raises CheckpointMovedError when the build is not as the caller believes, or is the live one already."""
        live = build._replace(status="live", updated_at=self._now())
        done = connection.execute(
            _builds.update()
            .where(_of(build), _builds.c.position == build.position, _builds.c.status == "building")
            .values(status="live", updated_at=live.updated_at)
        )
        if done.rowcount != 1:
            raise CheckpointMovedError(f"{build.name}: no build is going on at {build.position}")
        return live

    def remove(self, connection: sql.Connection, build: Build) -> None:
        connection.execute(_builds.delete().where(_of(build)))
        connection.execute(
            _parked.delete().where(_parked.c.name == build.name, _parked.c.generation == build.generation)
        )

    def park(self, connection: sql.Connection, build: Build, record: Any, reason: str) -> None:
        """Parks a record that could not be projected."""
        parked = Parked(
            build.name,
            build.generation,
            record.position,
            record.event_id,
            record.stream,
            record.type,
            reason,
            self._now(),
        )
        connection.execute(_parked.insert().values(parked._asdict()))

    def parked(self, connection: sql.Connection, build: Build, limit: int = 100) -> list[Parked]:
        """The first parked events of the build, by position."""
        found = (
            sql.select(_parked)
            .where(_parked.c.name == build.name, _parked.c.generation == build.generation)
            .order_by(_parked.c.position)
            .limit(limit)
        )
        return [Parked(*row) for row in connection.execute(found)]

    def parked_count(self, connection: sql.Connection, build: Build) -> int:
        counted = sql.select(sql.func.count()).where(
            _parked.c.name == build.name, _parked.c.generation == build.generation
        )
        return connection.scalar(counted) or 0

    def _now(self) -> int:
        now: datetime = self._clock()
        return moment_of(now)


def _of(build: Build) -> sql.ColumnElement[bool]:
    return sql.and_(_builds.c.name == build.name, _builds.c.generation == build.generation)


def furthest_position(file: Path) -> int:
    """The position of the build in a SQLite file that has come furthest; 0 if it cannot be read."""
    return number_in(file, "SELECT max(position) FROM projections")
