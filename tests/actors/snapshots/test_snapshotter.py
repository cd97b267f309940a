"""Writing snapshots: all or nothing, by one process, from the position of the file."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from msgspec.structs import replace

from actors.conversation import Conversation
from actors.folding import fold
from actors.journal import MemoryJournal
from actors.snapshots import SavePolicy, Snapshots, SnapshotsUnusableError, Snapshotter
from projections import open_snapshotter
from schemas.records import conversation_stream
from tests.actors.engine.harness import Harness, end, log_in, post, start
from tests.actors.snapshots.records import CODE, decoded
from tests.examples import identifier

OPEN = conversation_stream(identifier(5))


def _spoil(path: Path, statement: str, *parameters: object) -> None:
    with closing(sqlite3.connect(path)) as connection, connection:
        assert connection.execute(statement, parameters).rowcount > 0


class TestApplying:
    def test_events_applied_before_are_skipped(self, snapshotter: Snapshotter, journal: MemoryJournal) -> None:
        snapshotter.apply(decoded(journal))
        assert (snapshotter.position, snapshotter.unsaved) == (journal.last_position(), 0)

    def test_a_gap_is_an_error(self, path: Path, journal: MemoryJournal) -> None:
        with closing(Snapshotter(path, journal, CODE)) as snapshotter:
            snapshotter.apply(decoded(journal, 0, 3))
            with pytest.raises(ValueError, match="position 5 does not follow 3"):
                snapshotter.apply(decoded(journal, 4, 6))

    def test_continues_from_the_saved_snapshots(self, path: Path, journal: MemoryJournal, snapshots: Snapshots) -> None:
        for position in range(1, journal.last_position() + 1):
            with closing(Snapshotter(path, journal, CODE)) as snapshotter:
                assert snapshotter.position == position - 1
                snapshotter.apply(decoded(journal, position - 1, position))
                assert snapshotter.unsaved == 1
                snapshotter.save()
        assert snapshots.load(OPEN) is not None

    def test_events_after_the_last_save_are_folded_again(self, path: Path, journal: MemoryJournal) -> None:
        with closing(Snapshotter(path, journal, CODE)) as snapshotter:
            snapshotter.apply(decoded(journal, 0, 4))
            snapshotter.save()
            snapshotter.apply(decoded(journal, 4))
        with closing(Snapshotter(path, journal, CODE)) as snapshotter:
            assert snapshotter.position == 4

    def test_saving_nothing_new_changes_nothing(self, snapshotter: Snapshotter, path: Path) -> None:
        before = path.read_bytes()
        snapshotter.save()
        snapshotter.save()
        assert path.read_bytes() == before

    def test_a_conversation_that_ends_loses_its_row(
        self, snapshotter: Snapshotter, snapshots: Snapshots, journal: MemoryJournal
    ) -> None:
        assert snapshots.load(OPEN) is not None
        harness = Harness(journal)
        harness.run(end(50, 5))
        snapshotter.apply(decoded(journal, snapshotter.position))
        snapshotter.save()
        assert snapshots.load(OPEN) is None


class TestTheFile:
    @pytest.mark.parametrize("content", [b"", b"not a database at all" * 1_000, b"SQLite format 3\0" + b"\0" * 9_000])
    def test_is_made_anew_when_it_is_damaged(
        self, content: bytes, path: Path, journal: MemoryJournal, snapshots: Snapshots
    ) -> None:
        path.write_bytes(content)
        with closing(Snapshotter(path, journal, CODE)) as snapshotter:
            assert snapshotter.position == 0
            snapshotter.apply(decoded(journal))
            snapshotter.save()
        assert snapshots.load(OPEN) is not None

    def test_is_made_anew_when_a_page_of_it_is_damaged(
        self, snapshotter: Snapshotter, path: Path, journal: MemoryJournal, caplog: pytest.LogCaptureFixture
    ) -> None:
        snapshotter.close()
        whole = path.read_bytes()
        path.write_bytes(whole[:4_096] + b"\xff" * (len(whole) - 4_096))
        with closing(Snapshotter(path, journal, CODE)) as again:
            assert again.position == 0
        assert "is made anew" in caplog.text

    @pytest.mark.parametrize("state", ['{"version":', '{"version":"three"}', "[]"])
    def test_a_state_that_cannot_be_read_is_folded_from_its_stream(
        self, state: str, snapshotter: Snapshotter, snapshots: Snapshots, path: Path, journal: MemoryJournal
    ) -> None:
        whole = snapshots.load(OPEN)
        snapshotter.close()
        _spoil(path, "UPDATE entities SET state = ? WHERE stream = ?", state.encode(), OPEN)
        Harness(journal).run(post(60, 5))
        with closing(Snapshotter(path, journal, CODE)) as again:
            again.apply(decoded(journal, again.position))
            again.save()
        found = snapshots.load(OPEN)
        assert whole is not None
        assert found is not None
        assert found.state == fold(OPEN, journal.read_stream(OPEN))

    def test_is_made_anew_when_a_view_in_it_cannot_be_read(self, tmp_path: Path, journal: MemoryJournal) -> None:
        with closing(open_snapshotter(tmp_path / "snapshots.db", journal)) as snapshotter:
            snapshotter.apply(decoded(journal))
            snapshotter.save()
        _spoil(tmp_path / "snapshots.db", "UPDATE views SET value = ?", b"{")
        with pytest.raises(SnapshotsUnusableError, match="is made anew"):
            open_snapshotter(tmp_path / "snapshots.db", journal)
        with closing(open_snapshotter(tmp_path / "snapshots.db", journal)) as snapshotter:
            assert snapshotter.position == 0

    def test_is_made_anew_for_other_code(
        self, snapshotter: Snapshotter, path: Path, journal: MemoryJournal, caplog: pytest.LogCaptureFixture
    ) -> None:
        snapshotter.close()
        with closing(Snapshotter(path, journal, "other code")) as other:
            assert other.position == 0
        assert "another version of the program" in caplog.text

    def test_is_made_anew_for_another_journal(
        self, snapshotter: Snapshotter, snapshots: Snapshots, path: Path, caplog: pytest.LogCaptureFixture
    ) -> None:
        """The journal is another one, for instance after a backup was restored and work continued."""
        snapshotter.close()
        other = Harness(MemoryJournal())
        other.run(*(log_in(number, f"agent{number}") for number in range(100, 130)))
        with closing(Snapshotter(path, other.journal, CODE)) as again:
            assert again.position == 0
            again.apply(decoded(other.journal))
            again.save()
        with closing(Snapshots(path, other.journal, CODE)) as mine:
            assert mine.load("agent-alice") is None
            assert mine.load("agent-agent100") is not None
        assert "position" in caplog.text

    def test_that_is_made_anew_is_found_by_a_reader_of_the_old_one(
        self, snapshotter: Snapshotter, snapshots: Snapshots, path: Path, journal: MemoryJournal
    ) -> None:
        assert snapshots.load(OPEN) is not None
        snapshotter.close()
        path.unlink()
        with closing(Snapshotter(path, journal, CODE)) as again:
            again.apply(decoded(journal))
            again.save()
        assert snapshots.load(OPEN) is not None

    def test_that_cannot_be_made_is_an_error(self, tmp_path: Path, journal: MemoryJournal) -> None:
        with pytest.raises(SnapshotsUnusableError, match="unable to open"):
            Snapshotter(tmp_path / "nowhere" / "snapshots.db", journal, CODE)

    def test_that_another_process_writes_is_an_error(
        self, snapshotter: Snapshotter, path: Path, journal: MemoryJournal
    ) -> None:
        with closing(Snapshotter(path, journal, CODE)) as second:
            Harness(journal).run(post(50, 5))
            for each in (snapshotter, second):
                each.apply(decoded(journal, each.position))
            snapshotter.save()
            with pytest.raises(SnapshotsUnusableError, match="another process"):
                second.save()

    def test_that_is_locked_is_an_error_and_nothing_is_lost(
        self, snapshotter: Snapshotter, path: Path, journal: MemoryJournal, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr("actors.snapshots.file._BUSY_SECONDS", 0.01)
        with closing(Snapshotter(path, journal, CODE)) as second:
            Harness(journal).run(post(50, 5))
            second.apply(decoded(journal, second.position))
            with closing(sqlite3.connect(path, isolation_level=None)) as holder:
                holder.execute("BEGIN IMMEDIATE")
                with pytest.raises(SnapshotsUnusableError, match="locked"):
                    second.save()
                holder.execute("ROLLBACK")
        with closing(Snapshotter(path, journal, CODE)) as third:
            assert third.position == journal.last_position() - 1


class TestThePolicy:
    def test_saves_after_so_many_events(self) -> None:
        policy = SavePolicy(events=10, seconds=60, elapsed=lambda: 0.0)
        assert [policy.due(unsaved) for unsaved in (0, 9, 10, 11)] == [False, False, True, True]

    def test_saves_after_so_many_seconds_if_there_is_anything(self) -> None:
        now = 0.0
        policy = SavePolicy(events=10, seconds=5, elapsed=lambda: now)
        assert not policy.due(1)
        now = 5.0
        assert policy.due(1)
        assert not policy.due(0)
        policy.saved()
        assert not policy.due(1)
        now = 9.9
        assert not policy.due(1)
        assert policy.seconds_left() == pytest.approx(0.1)


class TestLargeValues:
    def test_numbers_beyond_64_bits_are_kept(self, path: Path) -> None:
        """JSON has no limit for numbers, and applications may write any number into attributes."""
        harness = Harness(MemoryJournal())
        huge = {"order": 10**40, "share": -0.0, "nested": [{"x": None}, True, 2**64, "2026-11-22T10:00:00Z"]}
        sent = start(5, bot="greeter")
        harness.run(replace(sent, command=replace(sent.command, attributes=huge)))
        with closing(Snapshotter(path, harness.journal, CODE)) as snapshotter:
            snapshotter.apply(decoded(harness.journal))
            snapshotter.save()
        with closing(Snapshots(path, harness.journal, CODE)) as snapshots:
            snapshot = snapshots.load(OPEN)
        assert snapshot is not None
        assert repr(snapshot.state) == repr(harness.stored(OPEN))
        assert isinstance(snapshot.state, Conversation)
        assert snapshot.state.attributes == huge
