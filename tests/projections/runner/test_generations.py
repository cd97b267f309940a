"""Versions, journals and other programs' tables: builds beside the ones in use, and which build replaces which."""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
import sqlalchemy as sql

from actors.journal import MemoryJournal
from projections.runner import (
    Database,
    DatabaseUnavailableError,
    ForeignDatabaseError,
    NotBuiltError,
    PoisonEventError,
    read_tables,
)
from projections.runner.building import Builder
from projections.runner.exceptions import AnotherJournalError, CheckpointMovedError
from projections.runner.generations import build_beside, build_to_go_on_with, replace_live
from projections.runner.rebuild import rebuild
from projections.runner.recorded_event import recorded_events_of
from schemas.records import NewRecord
from tests.projections.runner.running import running, until, until_caught_up
from tests.projections.runner.sample import ITEMS, append_to, catch_up, change, contents, fail, journal_of, put, sample


def _names(database: Database) -> set[str]:
    with database.reading() as connection:
        inspector = sql.inspect(connection)
        return {*inspector.get_table_names(), *inspector.get_view_names()}


def _execute(database: Database, statement: str) -> list[tuple[object, ...]]:
    with database.writing() as connection:
        found = connection.exec_driver_sql(statement)
        return [tuple(row) for row in found] if found.returns_rows else []


def test_a_changed_version_is_built_beside_and_takes_the_place(database: Database) -> None:
    journal = journal_of(put("a"), change("a"))
    catch_up(database, journal)
    old, new = contents(database), sample(version=2)
    build = build_to_go_on_with(database, journal, new)
    assert build is not None
    with Builder(database, new, build, "park") as builder:
        builder.advance(recorded_events_of(journal.read_all()))

        assert contents(database) == old, "what is in use stays as it was"
        replace_live(database, new, builder.build)

    found = contents(database)
    assert (found.version, found.tables) == (2, old.tables)
    assert {name for name in _names(database) if name.startswith("items")} == {"items", "items_2"}


def test_the_build_of_a_newer_program_is_left_alone(database: Database) -> None:
    """Two programs that each build their own version would replace each other's build for ever."""
    journal = journal_of(put("a"))
    catch_up(database, journal, sample(version=2))
    newer = contents(database)
    append_to(journal, put("b"))

    catch_up(database, journal, sample(version=1))

    assert contents(database) == newer
    catch_up(database, journal, sample(version=2))
    assert len(contents(database).items) == 2


def test_a_build_that_was_interrupted_goes_on_where_it_stopped(database: Database) -> None:
    journal = journal_of(*(put(f"key{number}") for number in range(10)), fail(), put("last"))
    with pytest.raises(PoisonEventError):
        rebuild(journal, database, [sample()])
    going_on = build_beside(database, journal, sample())
    assert going_on.position == 10

    catch_up(database, journal)

    assert len(contents(database).items) == 11
    assert {name for name in _names(database) if name.startswith("items")} == {"items", "items_1"}


def test_an_interrupted_build_of_another_version_is_thrown_away(database: Database) -> None:
    journal = journal_of(put("a"), fail())
    with pytest.raises(PoisonEventError):
        rebuild(journal, database, [sample(version=2)])
    catch_up(database, journal, sample(version=3))
    assert contents(database).version == 3
    with database.reading() as connection:
        assert len(database.catalogue.builds(connection)) == 1


@pytest.mark.parametrize("lasts", [0, 1, 2], ids=["nothing left", "an older backup", "another event at the place"])
def test_the_tables_of_another_journal_are_replaced_by_a_rebuild_alone(database: Database, lasts: int) -> None:
    """They may be another server's, or the last copy of what was lost."""
    journal, other = journal_of(put("a"), put("b"), change("a")), MemoryJournal()
    catch_up(database, journal)
    built = contents(database)
    if lasts == 1:
        append_to(other, put("a"))
    if lasts == 2:
        _record_elsewhere(other, 3)

    for _ in range(2):
        with pytest.raises(AnotherJournalError, match=r"database_url; .* projections rebuild --all"):
            catch_up(database, other)
        assert contents(database) == built

    rebuild(other, database, [sample()])
    found = contents(database)
    assert found.position == other.last_position()
    assert len(found.items) == other.last_position()


def test_two_servers_leave_each_other_the_tables_of_a_first_build(database: Database) -> None:
    """The first build is not finished yet when the other server comes."""
    journal, other = journal_of(put("a"), put("b")), MemoryJournal()
    _record_elsewhere(other, 2)
    build = build_to_go_on_with(database, journal, sample())
    assert build is not None
    with Builder(database, sample(), build, "park") as builder:
        builder.advance(recorded_events_of(journal.read_all(0, 1)))
    for _ in range(2):
        with pytest.raises(AnotherJournalError):
            catch_up(database, other)
    catch_up(database, journal)
    assert contents(database).position == 2


def test_a_server_with_another_journal_waits_and_projects_nothing(
    database: Database, caplog: pytest.LogCaptureFixture
) -> None:
    journal, other = journal_of(put("a")), MemoryJournal()
    _record_elsewhere(other, 3)
    with running(database, journal):
        until_caught_up(database, journal)
        with running(database, other):
            until(lambda: "projecting waits" in caplog.text)
            append_to(journal, change("a"))
            until_caught_up(database, journal)
    assert contents(database).items["a"][1] == 1


def _record_elsewhere(journal: MemoryJournal, count: int) -> None:
    """Records the same number of events in another stream."""
    elsewhere = journal_of(*(put(f"other{number}") for number in range(count)))
    for record in elsewhere.read_all():
        values = {name: getattr(record, name) for name in NewRecord.__struct_fields__}
        journal.append([NewRecord(**{**values, "stream": "sample-2", "event_id": f"sample-2/{record.version}"})])


def test_the_views_show_the_build_in_use_with_instants_and_seconds(database: Database) -> None:
    journal = journal_of(put("a", lasted=1_500_000), put("b"))
    for version in (1, 2, 3):
        catch_up(database, journal, sample(version=version))
        rows = _execute(database, "SELECT key, at, lasted FROM items ORDER BY key")
        assert [row[0] for row in rows] == ["a", "b"]
        if database.dialect == "sqlite":
            assert rows[0][1] == "2026-11-22T10:00:00.000000Z"
        else:
            assert getattr(rows[0][1], "isoformat", str)() in ("2026-11-22T10:00:00+00:00", "2026-11-22T11:00:00+01:00")
        assert float(str(rows[0][2])) == 1.5
        assert rows[1][2] is None
    assert "pairs" not in _names(database), "nobody but the projection reads what is internal"


def test_nothing_is_read_before_the_first_build(database: Database) -> None:
    build_beside(database, journal_of(put("a")), sample())
    with pytest.raises(NotBuiltError, match="sample"), read_tables(database, sample()):
        pass


FOREIGN = [
    "CREATE TABLE items (mine TEXT)",
    "CREATE TABLE lines_1 (mine TEXT)",
    "CREATE VIEW items AS SELECT 1 AS mine",
]


@pytest.mark.parametrize("statement", FOREIGN)
def test_tables_of_other_programs_are_never_touched(database: Database, statement: str) -> None:
    _execute(database, statement)
    before = _names(database)

    with pytest.raises(ForeignDatabaseError, match="of its own"):
        catch_up(database, journal_of(put("a")))

    assert _names(database) == before
    with running(database, journal_of(put("a"))):
        pass  # it logs a warning and waits, and does not fail
    assert _names(database) == before


def test_a_view_made_by_others_meanwhile_is_left_alone(database: Database) -> None:
    journal = journal_of(put("a"))
    build = build_beside(database, journal, sample())
    _execute(database, "CREATE VIEW items AS SELECT 1 AS mine")
    with Builder(database, sample(), build, "park") as builder:
        builder.advance(recorded_events_of(journal.read_all()))
        with pytest.raises(ForeignDatabaseError):
            replace_live(database, sample(), builder.build)
    assert _execute(database, "SELECT mine FROM items") == [(1,)]


def test_of_two_writers_one_fails_and_nothing_is_doubled(database: Database) -> None:
    journal = journal_of(put("a"), *[change("a")] * 9)
    recorded_events = recorded_events_of(journal.read_all())
    build = build_beside(database, journal, sample())
    with (
        Builder(database, sample(), build, "park") as first,
        Builder(database, sample(), build_beside(database, journal, sample()), "park") as second,
    ):
        assert first.build == second.build
        first.advance(recorded_events[:4])
        with pytest.raises(CheckpointMovedError):
            second.advance(recorded_events[:7])
        with pytest.raises(CheckpointMovedError):
            second.advance(recorded_events[:7])
        first.advance(recorded_events[4:])
        replace_live(database, sample(), first.build)
        with pytest.raises((CheckpointMovedError, DatabaseUnavailableError)):
            replace_live(database, sample(), second.build)
    found = contents(database)
    assert (found.position, found.items["a"][1], found.parked) == (10, 9, [])


def test_a_build_that_another_runner_has_made_live_stays(database: Database) -> None:
    """The second runner found the build when it was finished, and not yet live."""
    journal = journal_of(put("a"), change("a"))
    with Builder(database, sample(), build_beside(database, journal, sample()), "park") as first:
        first.advance(recorded_events_of(journal.read_all()))
        second = build_beside(database, journal, sample())
        assert second == first.build
        replace_live(database, sample(), first.build)
        with pytest.raises(CheckpointMovedError):
            replace_live(database, sample(), second)
    assert contents(database).items["a"][1] == 1
    assert _execute(database, "SELECT count(*) FROM items") == [(1,)]


def test_several_runners_on_one_database_make_the_same_build_as_one(database_url: str) -> None:
    journal = journal_of(put("a"))
    with _databases(database_url, 3) as databases:
        with (
            running(databases[0], journal),
            running(databases[1], journal),
            running(databases[2], journal),
        ):
            for _ in range(20):
                append_to(journal, *[change("a")] * 50)
            until_caught_up(databases[0], journal)
        found = contents(databases[0])
    assert (found.items["a"][1], found.parked) == (1_000, [])


@contextmanager
def _databases(url: str, count: int) -> Iterator[list[Database]]:
    opened = [Database(url) for _ in range(count)]
    yield opened
    for database in opened:
        database.close()


def test_readers_see_neither_an_error_nor_a_mixture_while_versions_change(database: Database) -> None:
    """Readers read through the tables, as the reports do, and through the view."""
    journal = journal_of(*(put(f"key{number}") for number in range(50)))
    catch_up(database, journal)
    read = 0
    for version in range(2, 8):
        with running(database, journal, sample(version=version)):
            while _live_version(database) != version:
                read += 1
                with read_tables(database, sample()) as reader:
                    table = reader.table(ITEMS)
                    assert reader.connection.scalar(sql.select(sql.func.count()).select_from(table)) == 50
                assert _execute(database, "SELECT count(*) FROM items") == [(50,)]
    assert read


def test_a_build_takes_its_place_although_the_record_never_stands_still(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    journal = journal_of(put("a"))
    last_position = journal.last_position

    def grows() -> int:
        append_to(journal, change("a"))
        return last_position()

    monkeypatch.setattr(journal, "last_position", grows)
    with running(database, journal):
        until(lambda: _live_version(database))
    assert len(rebuild(journal, database, [sample()])) == 1


def _live_version(database: Database) -> int | None:
    with database.reading() as connection:
        live = database.catalogue.live(connection, "sample")
    return None if live is None else live.version


def test_a_reader_who_keeps_the_tables_delays_only_their_replacement(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("projections.runner.database._LOCK_SECONDS", 1)
    monkeypatch.setattr("projections.runner.runner._PROMOTE_AGAIN_SECONDS", 0.1)
    journal = journal_of(put("a"))
    catch_up(database, journal)
    with running(database, journal, sample(version=2)):
        with read_tables(database, sample()) as reader:
            table = reader.table(ITEMS)
            assert reader.connection.scalar(sql.select(sql.func.count()).select_from(table)) == 1
            append_to(journal, change("a"))
            until(lambda: _farthest(database) == 2)
            assert reader.connection.scalar(sql.select(sql.func.count()).select_from(table)) == 1
        until(lambda: _live_version(database) == 2)
    assert contents(database).items["a"][1] == 1


def _farthest(database: Database) -> int:
    with database.reading() as connection:
        return max(build.position for build in database.catalogue.builds(connection))
