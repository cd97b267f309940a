"""Tests that only a journal in a file can pass: crashes, full disks, other processes."""

import signal
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import closing
from itertools import islice
from pathlib import Path
from typing import Any

import pytest

from actors.journal import ChainCheck, JournalLockedError, JournalUnavailableError, SqliteJournal, head_of
from actors.journal.chain import GENESIS, chained
from actors.journal.sqlite import journal as journal_module
from schemas.records import Record
from tests.examples import new_record, new_records

Program = Callable[..., subprocess.Popen[str]]


@pytest.fixture
def program() -> Iterator[Program]:
    """Starts a program of this folder in a process of its own."""
    processes = []

    def start(name: str, *arguments: object) -> subprocess.Popen[str]:
        command = [sys.executable, "-m", f"tests.actors.journal.{name}", *map(str, arguments)]
        process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
        processes.append(process)
        return process

    yield start
    for process in processes:
        with process:
            process.kill()


def read_everything(path: Path) -> list[Record]:
    with closing(SqliteJournal(path, read_only=True)) as journal:
        return journal.read_all(0, 1_000_000)


def check_whole(records: list[Record], streams: tuple[str, ...]) -> None:
    """Positions and versions have no gaps, and every commit is there as a whole."""
    assert [record.position for record in records] == list(range(1, len(records) + 1))
    assert [(record.stream, record.version) for record in records] == [
        (stream, version) for version in range(1, len(records) // len(streams) + 1) for stream in streams
    ]


class TestReopening:
    def test_finds_the_appended_records(self, path: Path) -> None:
        with closing(SqliteJournal(path)) as journal:
            first = journal.append(new_records("a", 1, 3))
        with closing(SqliteJournal(path)) as journal:
            assert journal.last_position() == 3
            assert journal.read_all() == first
            assert journal.append([new_record("a", 4)])[0].position == 4

    def test_after_kills_finds_everything_that_was_reported(self, path: Path, program: Program) -> None:
        for enough in (1, 40, 7, 150, 23):
            writer = program("writer", path)
            assert writer.stdout is not None
            reported = [int(line) for line in islice(writer.stdout, enough)]
            writer.send_signal(signal.SIGKILL)
            reported += [int(line) for line in writer.communicate()[0].splitlines()]
            records = read_everything(path)
            check_whole(records, ("a", "b", "c"))
            assert len(records) >= reported[-1]
            assert len(records) <= reported[-1] + 3


class TestAFileWithoutDigests:
    """A journal that was written before digests were kept."""

    @pytest.fixture
    def old(self, path: Path) -> Path:
        with closing(SqliteJournal(path)) as journal:
            journal.append(new_records("a", 1, 3))
        _execute(path, "DROP TRIGGER events_are_never_changed")
        _execute(path, "ALTER TABLE events DROP COLUMN digest")
        return path

    def test_is_read_as_it_is(self, old: Path) -> None:
        with closing(SqliteJournal(old, read_only=True)) as journal:
            assert journal.read_digests() == [None, None, None]
            assert ChainCheck(journal).altered(journal.read_all()) == []

    def test_is_continued_by_digests_that_cover_it(self, old: Path) -> None:
        with closing(SqliteJournal(old)) as journal:
            journal.append([new_record("a", 4)])
            assert journal.read_digests()[:3] == [None, None, None]
            assert ChainCheck(journal).altered(journal.read_all()) == []
            assert head_of(journal, 4).digest == list(chained(GENESIS, journal.read_all()))[-1]

    def test_is_proven_to_have_been_altered_since(self, old: Path) -> None:
        with closing(SqliteJournal(old)) as journal:
            journal.append([new_record("a", 4)])
        _execute(old, "DROP TRIGGER events_are_never_changed")
        _execute(old, "UPDATE events SET actor = 'somebody else' WHERE position = 2")
        with closing(SqliteJournal(old, read_only=True)) as journal:
            assert ChainCheck(journal).altered(journal.read_all()) == [4]


class TestOneWriter:
    def test_refuses_a_second(self, path: Path) -> None:
        with (
            closing(SqliteJournal(path)),
            pytest.raises(JournalLockedError, match="stop it first"),
        ):
            SqliteJournal(path)

    def test_refuses_a_second_beside_another_process(self, path: Path, program: Program) -> None:
        writer = program("writer", path)
        assert writer.stdout is not None
        assert writer.stdout.readline()
        with pytest.raises(JournalLockedError):
            SqliteJournal(path)
        writer.kill()
        writer.communicate()
        with closing(SqliteJournal(path)) as journal:
            assert journal.last_position() >= 3

    def test_lets_the_next_in(self, path: Path) -> None:
        SqliteJournal(path).close()
        with closing(SqliteJournal(path)) as journal:
            assert journal.append([new_record("a", 1)])

    def test_survives_a_writer_that_ignores_the_lock(self, path: Path) -> None:
        with closing(SqliteJournal(path)) as journal:
            journal.append([new_record("a", 1)])
            statement = "INSERT INTO events VALUES (2, 'b', 1, 'b/1', 'NoteAdded', 'now', 1, '', '', 'x', '{}', NULL)"
            _execute(path, statement)
            with pytest.raises(JournalUnavailableError, match="another process"):
                journal.append([new_record("a", 2)])
            assert journal.append([new_record("a", 2)])[0].position == 3


class TestReaders:
    def test_cannot_append(self, path: Path) -> None:
        with closing(SqliteJournal(path)) as journal, closing(SqliteJournal(path, read_only=True)) as reader:
            journal.append([new_record("a", 1)])
            with pytest.raises(JournalUnavailableError, match="reading only"):
                reader.append([new_record("a", 2)])
            assert reader.read_all() == journal.read_all()

    def test_see_appended_records(self, path: Path) -> None:
        with closing(SqliteJournal(path)) as journal, closing(SqliteJournal(path, read_only=True)) as reader:
            assert not reader.wait(0, 0)
            journal.append([new_record("a", 1)])
            assert reader.wait(0, 60)
            assert reader.last_position() == 1

    def test_in_another_process_see_appended_records(self, path: Path, program: Program) -> None:
        with closing(SqliteJournal(path)) as journal:
            journal.append(new_records("a", 1, 10))
            follower = program("follower", path, 200)
            assert follower.stdout is not None
            lines = list(islice(follower.stdout, 10))
            for version in range(11, 201):
                journal.append([new_record("a", version)])
            lines += follower.stdout
        assert lines == [f"{position} a/{position}\n" for position in range(1, 201)]

    def test_do_not_keep_the_writer_waiting(self, path: Path) -> None:
        with closing(SqliteJournal(path)) as journal, closing(sqlite3.connect(path)) as reader:
            journal.append([new_record("a", 1)])
            reader.execute("BEGIN")
            reader.execute("SELECT * FROM events").fetchone()
            assert journal.append([new_record("a", 2)])[0].position == 2
            assert reader.execute("SELECT count(*) FROM events").fetchone() == (1,)


class TestWriter:
    def test_syncs_every_commit(self, path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        connections: list[sqlite3.Connection] = []
        connect = sqlite3.connect

        def remember(*arguments: Any, **options: Any) -> sqlite3.Connection:
            connections.append(connect(*arguments, **options))
            return connections[-1]

        monkeypatch.setattr(sqlite3, "connect", remember)
        with closing(SqliteJournal(path)):
            assert connections[0].execute("PRAGMA synchronous").fetchone() == (2,)
            assert connections[0].execute("PRAGMA journal_mode").fetchone() == ("wal",)

    @pytest.mark.parametrize("name", ["a b.db", "50%.db", "what?.db", "#1.db", "grün.db"])
    def test_takes_any_name(self, tmp_path: Path, name: str) -> None:
        with closing(SqliteJournal(tmp_path / name)) as journal:
            journal.append([new_record("a", 1)])
            assert journal.last_position() == 1
        assert (tmp_path / name).exists()


class TestFullDisk:
    def test_is_a_clear_error_that_passes(self, path: Path, program: Program) -> None:
        output, _ = program("small_disk", path, 300_000).communicate(timeout=60)
        full, still_full, cleared = map(int, output.split())
        assert full > 0
        assert still_full == full
        assert cleared == full + 3
        records = read_everything(path)
        assert len(records) == cleared
        check_whole(records, ("a", "b", "c"))

    def test_leaves_nothing_of_a_commit_that_does_not_fit(self, path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        connections: list[sqlite3.Connection] = []
        connect = sqlite3.connect

        def connect_to_small_disk(*arguments: Any, **options: Any) -> sqlite3.Connection:
            connections.append(connect(*arguments, **options))
            connections[-1].execute("PRAGMA max_page_count=64")
            return connections[-1]

        monkeypatch.setattr(sqlite3, "connect", connect_to_small_disk)
        large = [new_record("b", version, text="x" * 1_000) for version in range(1, 501)]
        with closing(SqliteJournal(path)) as journal:
            journal.append([new_record("a", 1)])
            with pytest.raises(JournalUnavailableError, match="full"):
                journal.append(large)
            assert journal.read_stream("b") == []
            assert journal.append([new_record("a", 2)])[0].position == 2
            connections[0].execute("PRAGMA max_page_count=100000")
            assert len(journal.append(large)) == 500


class TestUnusableFiles:
    @staticmethod
    def _folder(path: Path) -> None:
        path.mkdir()

    @staticmethod
    def _lock_is_a_folder(path: Path) -> None:
        path.with_name(path.name + "-lock").mkdir()

    @staticmethod
    def _no_database(path: Path) -> None:
        path.write_bytes(b"something else entirely" * 100)

    @staticmethod
    def _other_database(path: Path) -> None:
        _execute(path, "CREATE TABLE events (anything TEXT)")

    @pytest.mark.parametrize("spoil", [_folder, _lock_is_a_folder, _no_database, _other_database])
    def test_are_refused_by_name(self, path: Path, spoil: Callable[[Path], None]) -> None:
        spoil(path)
        with pytest.raises(JournalUnavailableError, match=r"cannot open the journal .*journal\.db"):
            SqliteJournal(path)

    def test_in_a_folder_that_is_not_there_are_refused(self, tmp_path: Path) -> None:
        with pytest.raises(JournalUnavailableError, match="cannot open the journal"):
            SqliteJournal(tmp_path / "nowhere" / "journal.db")

    def test_in_a_folder_that_is_a_file_are_refused(self, path: Path) -> None:
        path.touch()
        with pytest.raises(JournalUnavailableError, match="cannot open the journal"):
            SqliteJournal(path / "journal.db")

    @pytest.mark.parametrize("spoil", [None, Path.touch, _folder, _no_database])
    def test_are_refused_to_readers_too(self, path: Path, spoil: Callable[[Path], None] | None) -> None:
        if spoil is not None:
            spoil(path)
        with pytest.raises(JournalUnavailableError, match=r"journal\.db"):
            SqliteJournal(path, read_only=True)

    def test_do_not_stay_locked(self, path: Path) -> None:
        self._other_database(path)
        with pytest.raises(JournalUnavailableError):
            SqliteJournal(path)
        path.unlink()
        with closing(SqliteJournal(path)) as journal:
            assert journal.last_position() == 0


class TestEvents:
    @pytest.mark.parametrize("statement", ["UPDATE events SET data = '{}'", "DELETE FROM events"])
    def test_are_never_changed_nor_removed(self, path: Path, statement: str) -> None:
        with closing(SqliteJournal(path)) as journal:
            before = journal.append([new_record("a", 1)])
            with pytest.raises(sqlite3.IntegrityError, match="never"):
                _execute(path, statement)
            assert journal.read_all() == before

    def test_can_be_asked_about_in_sql(self, path: Path) -> None:
        with closing(SqliteJournal(path)) as journal:
            journal.append([new_record("a", 1, text="Grüße")])
        rows = _execute(path, "SELECT stream, version, data ->> 'text' FROM events")
        assert rows == [("a", 1, "Grüße")]


def _execute(path: Path, statement: str) -> list[Any]:
    with closing(sqlite3.connect(path)) as connection, connection:
        return connection.execute(statement).fetchall()


class TestAFileThatIsRemovedUnderTheServer:
    @pytest.mark.parametrize("ending", ["", "-wal"])
    def test_nothing_is_written_until_it_is_back(self, path: Path, ending: str) -> None:
        file = path.with_name(f"{path.name}{ending}")
        elsewhere = path.with_name("elsewhere")
        with closing(SqliteJournal(path)) as journal:
            journal.append([new_record("a", 1)])
            file.rename(elsewhere)
            for _ in range(2):
                with pytest.raises(JournalUnavailableError, match=f"{file.name} was removed or replaced"):
                    journal.append([new_record("a", 2)])
            elsewhere.rename(file)
            assert journal.append([new_record("a", 2)])[0].position == 2
        assert [record.version for record in read_everything(path)] == [1, 2]

    def test_another_journal_in_its_place_is_neither_read_nor_written(self, path: Path, tmp_path: Path) -> None:
        with closing(SqliteJournal(tmp_path / "other.db")) as other:
            other.append(new_records("b", 1, 3))
        with closing(SqliteJournal(path)) as journal:
            journal.append([new_record("a", 1)])
            (tmp_path / "other.db").replace(path)
            with pytest.raises(JournalUnavailableError, match="was removed or replaced"):
                journal.append([new_record("a", 2)])
            assert journal.read_stream("b") == []

    def test_what_became_of_a_commit_is_found_out_when_it_is_back(
        self, path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """The file is moved away in the middle of the commit, and the same events are appended again later."""
        elsewhere = path.with_name("elsewhere")
        with closing(SqliteJournal(path)) as journal:
            insert = journal_module._insert  # noqa: SLF001 - nothing else happens between the looks at the file

            def insert_and_move(*arguments: Any) -> None:
                insert(*arguments)
                path.rename(elsewhere)

            with monkeypatch.context() as patch:
                patch.setattr(journal_module, "_insert", insert_and_move)
                with pytest.raises(JournalUnavailableError):
                    journal.append([new_record("a", 1)])
            elsewhere.rename(path)
            assert journal.append([new_record("a", 1)])[0].position == 1
            assert journal.append([new_record("a", 2)])[0].position == 2


class TestLookingWhetherItCanBeWritten:
    def test_a_full_disk_is_noticed_until_there_is_room(self, path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        connections: list[sqlite3.Connection] = []
        connect = sqlite3.connect

        def connect_to_small_disk(*arguments: Any, **options: Any) -> sqlite3.Connection:
            connections.append(connect(*arguments, **options))
            connections[-1].execute("PRAGMA max_page_count=64")
            return connections[-1]

        monkeypatch.setattr(sqlite3, "connect", connect_to_small_disk)
        large = [new_record("b", version, text="x" * 1_000) for version in range(1, 501)]
        with closing(SqliteJournal(path)) as journal:
            journal.check_writable()
            with pytest.raises(JournalUnavailableError, match="make room on the disk"):
                journal.append(large)
            for _ in range(2):
                with pytest.raises(JournalUnavailableError, match="nothing can be written"):
                    journal.check_writable()
            connections[0].execute("PRAGMA max_page_count=100000")
            journal.check_writable()
            assert journal.last_position() == 0
            assert len(journal.append(large)) == 500

    def test_a_nearly_full_disk_is_tried_before_anything_fails(
        self, path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        probed: list[Path] = []
        monkeypatch.setattr(journal_module, "has_little_room", lambda _: True)
        monkeypatch.setattr(journal_module, "probe", lambda file, _: probed.append(file))
        with closing(SqliteJournal(path)) as journal:
            journal.check_writable()
        assert probed == [path]


class TestTheWriteAheadLog:
    @pytest.fixture(autouse=True)
    def _short(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(journal_module, "_CHECKPOINT_PAGES", 50)
        monkeypatch.setattr(journal_module, "_MAX_LOG_BYTES", 500_000)

    @staticmethod
    def _size(path: Path) -> int:
        return path.with_name(f"{path.name}-wal").stat().st_size

    def _fill_beside_a_reader(self, path: Path, journal: SqliteJournal) -> sqlite3.Connection:
        """Appends until the log is far beyond its limit, because a reader keeps it from being moved."""
        journal.append([new_record("a", 1)])
        reader = sqlite3.connect(path, isolation_level=None)
        reader.execute("BEGIN")
        reader.execute("SELECT count(*) FROM events").fetchone()
        version = 0
        while self._size(path) < 2_000_000:
            journal.append([new_record("b", version + number, text="x" * 1_000) for number in range(1, 51)])
            version += 50
        return reader

    def test_returns_to_its_limit_once_a_long_reader_has_ended(self, path: Path) -> None:
        with closing(SqliteJournal(path)) as journal:
            reader = self._fill_beside_a_reader(path, journal)
            reader.close()
            for version in (2, 3):
                journal.append([new_record("a", version)])
            assert self._size(path) <= 500_000

    def test_is_cut_off_although_nothing_is_appended(self, path: Path) -> None:
        with closing(SqliteJournal(path)) as journal:
            reader = self._fill_beside_a_reader(path, journal)
            journal.shorten_log()
            assert self._size(path) > 500_000, "a reader needs it"
            journal.append([new_record("a", 2)])
            reader.close()
            journal.shorten_log()
            assert self._size(path) == 0
            assert journal.append([new_record("a", 3)])[0].version == 3
