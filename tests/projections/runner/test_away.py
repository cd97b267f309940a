"""A database that is away and comes back: nothing is lost, doubled or parked."""

import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import psycopg
import pytest

from projections.runner import Database, DatabaseUnavailableError
from projections.runner.building import Builder
from projections.runner.database import sqlite_url
from projections.runner.generations import build_to_go_on_with
from projections.runner.recorded_event import recorded_events_of
from tests.postgresql import PostgresqlServer
from tests.projections.runner.running import running, until_caught_up
from tests.projections.runner.sample import append_to, catch_up, change, contents, journal_of, put, sample


@pytest.fixture
def postgresql_url(postgresql_server: PostgresqlServer) -> str:
    return postgresql_server.make_database()


def _terminate_others(url: str) -> int:
    """Ends every connection to the database but this one. Returns their number."""
    with psycopg.connect(url.replace("+psycopg", ""), autocommit=True) as connection:
        ended = connection.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
            "WHERE datname = current_database() AND pid <> pg_backend_pid()"
        ).fetchall()
    return len(ended)


def test_lookups_that_are_cut_off_are_no_poison(postgresql_url: str) -> None:
    journal = journal_of(put("a"))
    with closing(Database(postgresql_url)) as database:
        catch_up(database, journal)
        append_to(journal, change("a"), change("a"))
        build = build_to_go_on_with(database, journal, sample())
        assert build is not None
        with Builder(database, sample(), build, "park") as builder:
            assert _terminate_others(postgresql_url)
            with pytest.raises(DatabaseUnavailableError):
                builder.advance(recorded_events_of(journal.read_all(1)))
        catch_up(database, journal)
        found = contents(database)
    assert found.parked == []
    assert found.items["a"][1] == 2


def test_connections_cut_again_and_again_in_the_middle_of_traffic(postgresql_url: str) -> None:
    journal = journal_of(put("a"))
    with closing(Database(postgresql_url)) as database, running(database, journal):
        for _ in range(8):
            append_to(journal, *[change("a")] * 300)
            _terminate_others(postgresql_url)
        until_caught_up(database, journal)
        found = contents(database)
    assert found.parked == []
    assert found.items["a"][1] == 2_400


def test_a_server_that_breaks_down_and_comes_back(own_postgresql_server: PostgresqlServer) -> None:
    journal = journal_of(put("a"))
    with closing(Database(own_postgresql_server.make_database())) as database, running(database, journal):
        for _ in range(2):
            until_caught_up(database, journal)
            own_postgresql_server.break_down()
            append_to(journal, *[change("a")] * 100)
            with pytest.raises(DatabaseUnavailableError), database.reading() as connection:
                database.catalogue.builds(connection)
            own_postgresql_server.start()
        until_caught_up(database, journal)
        found = contents(database)
    assert found.parked == []
    assert found.items["a"][1] == 200


def test_a_database_to_which_another_process_writes_is_waited_for(tmp_path: Path) -> None:
    journal = journal_of(put("a"))
    with closing(Database(sqlite_url(tmp_path / "reports.db"))) as database, running(database, journal):
        until_caught_up(database, journal)
        with closing(sqlite3.connect(tmp_path / "reports.db", isolation_level=None)) as other:
            other.execute("BEGIN IMMEDIATE")
            append_to(journal, change("a"))
            assert contents(database).items["a"][1] == 0
            other.execute("COMMIT")
        until_caught_up(database, journal)
        found = contents(database)
    assert (found.items["a"][1], found.parked) == (1, [])


def test_a_lock_held_for_too_long_is_tried_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("projections.runner.database._BUSY_SECONDS", 0.01)
    journal = journal_of(put("a"))
    with closing(Database(sqlite_url(tmp_path / "reports.db"))) as database:
        catch_up(database, journal)
        append_to(journal, change("a"))
        with closing(sqlite3.connect(tmp_path / "reports.db", isolation_level=None)) as other:
            other.execute("BEGIN IMMEDIATE")
            with pytest.raises(DatabaseUnavailableError, match="locked"):
                catch_up(database, journal)
            other.execute("COMMIT")
        catch_up(database, journal)
        found = contents(database)
    assert (found.items["a"][1], found.parked) == (1, [])


@pytest.mark.parametrize("way", ["removed", "replaced"])
def test_a_file_that_was_removed_is_built_anew(tmp_path: Path, way: str) -> None:
    journal, file = journal_of(put("a")), tmp_path / "reports.db"
    with closing(Database(sqlite_url(file))) as database, running(database, journal):
        until_caught_up(database, journal)
        for name in ("reports.db", "reports.db-wal", "reports.db-shm"):
            (tmp_path / name).unlink(missing_ok=True)
        if way == "replaced":
            sqlite3.connect(file).close()
        append_to(journal, change("a"))
        until_caught_up(database, journal)
        found = contents(database)
    assert found.items["a"][1] == 1
    with closing(Database(sqlite_url(file))) as fresh:
        assert contents(fresh) == found


@pytest.mark.parametrize(
    "url",
    [
        "postgresql://alice:open-sesame@127.0.0.1:9/reports",
        "postgresql://127.0.0.1:9/reports?user=alice&password=open-sesame",
        "mysql://alice:open-sesame@127.0.0.1/reports",
        "postgresql://alice:open-sesame@127.0.0.1:port/reports",
    ],
)
def test_a_password_is_never_revealed(url: str) -> None:
    with pytest.raises(DatabaseUnavailableError) as raised:
        Database(url)
    assert "sesame" not in str(raised.value)


def test_a_file_that_is_no_database_is_reported(tmp_path: Path) -> None:
    file = tmp_path / "reports.db"
    file.write_bytes(b"This is not a database, and longer than a header." * 100)
    with pytest.raises(DatabaseUnavailableError, match="not a database"):
        Database(sqlite_url(file))


def test_a_file_that_is_damaged_while_it_is_used_is_no_poison(tmp_path: Path) -> None:
    journal, file = journal_of(*(put(f"key{number}") for number in range(2_000))), tmp_path / "reports.db"
    with closing(Database(sqlite_url(file))) as database:
        catch_up(database, journal)
    damaged = bytearray(file.read_bytes())
    damaged[4096:] = b"\xff" * (len(damaged) - 4096)
    file.write_bytes(damaged)
    append_to(journal, change("key1"))
    with pytest.raises(DatabaseUnavailableError), closing(Database(sqlite_url(file))) as database:
        catch_up(database, journal)


def test_a_disk_that_is_full_is_waited_for(tmp_path: Path) -> None:
    """The process that is started may write files of one megabyte only, and then of any size."""
    program = [sys.executable, "-m", "tests.projections.runner.small_disk", str(tmp_path / "reports.db"), "1000000"]
    ended = subprocess.run(program, capture_output=True, text=True, check=True, timeout=120)
    refused, parked, position, rows = ended.stdout.split()
    assert refused == "refused"
    assert (int(parked), int(position), int(rows)) == (0, 4_000, 4_000)
