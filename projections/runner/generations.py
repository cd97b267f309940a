"""Making, finding and replacing the builds of a projection."""

import logging
from collections.abc import Sequence

import sqlalchemy as sql

from actors.journal import Journal
from actors.journal.places import holds
from projections.runner.catalogue import Build
from projections.runner.database import Database
from projections.runner.exceptions import AnotherJournalError
from projections.runner.projection import Projection

__all__ = ["belongs_to", "build_beside", "build_to_go_on_with", "replace_live"]

_logger = logging.getLogger(__name__)


def build_to_go_on_with(database: Database, journal: Journal, projection: Projection) -> Build | None:
    """The live build, or the one that is to take its place because there is no live build, or it is of an older
    version. None if a newer program has built the live one: two programs that each build their own version would
    replace each other's build for ever. Two servers with different journals would do so too, so it raises
    AnotherJournalError when the journal does not have what a build has seen."""
    with database.reading() as connection:
        builds = database.catalogue.builds(connection, projection.name)
    _check_journal(database, journal, builds)
    live = next((build for build in builds if build.status == "live"), None)
    if live is not None and live.version > projection.version:
        _logger.warning("%s is of version %d, by a newer program, and is left to it", live.name, live.version)
        return None
    if live is not None and live.version == projection.version:
        return live
    return build_beside(database, journal, projection)


def build_beside(
    database: Database, journal: Journal, projection: Projection, begins_after: int = 0, *, complete: bool = False
) -> Build:
    """The build that was begun and not finished, or a new one, about the events beyond a position. Builds that
    no longer fit are removed; if the build must be ``complete``, also one that has parked events."""
    with database.writing() as connection:
        database.lock_schema(connection)
        begun = None
        for build in database.catalogue.builds(connection, projection.name):
            if build.status != "building":
                continue
            fits = build.version == projection.version and build.begins_after == begins_after
            lacks = complete and database.catalogue.parked_count(connection, build) > 0
            if begun is None and fits and not lacks and belongs_to(build, journal):
                begun = build
            else:
                _remove(database, connection, build)
        return begun or _begin(database, connection, projection, begins_after)


def replace_live(database: Database, projection: Projection, build: Build) -> Build:
    """Makes the build the live one, in one transaction."""
    with database.writing() as connection:
        database.lock_schema(connection)
        before = database.catalogue.live(connection, projection.name)
        live = database.catalogue.promote(connection, build)
        if before is not None:
            database.hide(connection, before)
            _remove(database, connection, before)
        database.show(connection, projection, live)
    if before is not None:
        _logger.info("%s: generation %d has replaced generation %d", live.name, live.generation, before.generation)
    return live


def belongs_to(build: Build, journal: Journal) -> bool:
    """True if the journal has the last event that the build has seen."""
    if not build.event_id:
        return build.position <= journal.last_position()
    return holds(journal, build.position, build.event_id)


def _check_journal(database: Database, journal: Journal, builds: Sequence[Build]) -> None:
    for build in builds:
        if belongs_to(build, journal):
            continue
        last = journal.last_position()
        is_beyond = build.position > last
        why = f"the journal ends at {last:,}" if is_beyond else "the journal has another event there"
        raise AnotherJournalError(
            f"{database.address}: {build.name} was built up to position {build.position:,}, and {why}. If the tables "
            "are another server's, name another database in reporting.database_url; if they are this server's and the "
            "journal was restored, run hybridchat projections rebuild --all"
        )


def _begin(database: Database, connection: sql.Connection, projection: Projection, begins_after: int) -> Build:
    tables = [table.name for table in projection.tables]
    build = database.catalogue.create(connection, projection.name, projection.version, tables, begins_after)
    live = database.catalogue.live(connection, projection.name)
    views = set(tables) - set(live.table_names if live is not None else ())
    database.check_names(connection, views | {f"{table}_{build.generation}" for table in tables})
    database.make_tables(connection, projection, build)
    return build


def _remove(database: Database, connection: sql.Connection, build: Build) -> None:
    database.drop_tables(connection, build)
    database.catalogue.remove(connection, build)
