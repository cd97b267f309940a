"""Reading snapshots: those that cannot be used are ignored, with one warning."""

import sqlite3
from collections.abc import Callable
from contextlib import closing
from functools import cache
from pathlib import Path

import pytest

from actors.agent import AGENT
from actors.entities import decider_of
from actors.folding import fold
from actors.journal import JournalError, MemoryJournal
from actors.snapshots import Snapshots, Snapshotter, load_state
from schemas.records import Record, conversation_stream
from tests.actors.engine.harness import Harness, end, post, start
from tests.actors.snapshots.laid_out import laid_out
from tests.actors.snapshots.records import CODE, decoded
from tests.examples import identifier

OPEN = conversation_stream(identifier(5))
OVER = conversation_stream(identifier(7))


def found(snapshots: Snapshots) -> set[str]:
    return snapshots.read(lambda reader: {snapshot.stream for snapshot in reader.unfinished()}) or set()


def overwrite(path: Path, offset: int, data: bytes) -> None:
    with path.open("r+b") as file:
        file.seek(offset)
        file.write(data)


class TestKeptSnapshots:
    def test_are_those_of_unfinished_entities(self, snapshotter: Snapshotter, snapshots: Snapshots) -> None:
        assert found(snapshots) == {"agent-alice", OPEN, "router-chat"}

    def test_is_every_agent(self, snapshotter: Snapshotter, snapshots: Snapshots) -> None:
        agents = snapshots.read(lambda reader: {snapshot.stream for snapshot in reader.entities_of(AGENT)})
        assert agents == {"agent-alice", "agent-bob"}

    def test_is_no_short_conversation_that_is_over(self, snapshotter: Snapshotter, snapshots: Snapshots) -> None:
        assert snapshots.load(OPEN) is not None
        assert snapshots.load(OVER) is None

    def test_is_the_state_with_its_place(
        self, snapshotter: Snapshotter, snapshots: Snapshots, journal: MemoryJournal
    ) -> None:
        snapshot = snapshots.load(OPEN)
        assert snapshot is not None
        last = journal.read_stream(OPEN)[-1]
        assert (snapshot.version, snapshot.position) == (last.version, last.position)
        assert laid_out(snapshot.state) == laid_out(fold(OPEN, journal.read_stream(OPEN)))

    def test_belongs_to_its_reader(self, snapshotter: Snapshotter, snapshots: Snapshots) -> None:
        first, second = snapshots.load(OPEN), snapshots.load(OPEN)
        assert first is not None
        assert second is not None
        assert first.state == second.state
        assert first.state is not second.state


class TestOfNoUse:
    def test_a_file_that_is_missing_is_no_news(
        self, snapshots: Snapshots, path: Path, caplog: pytest.LogCaptureFixture
    ) -> None:
        assert snapshots.load(OPEN) is None
        assert not path.exists()
        assert not caplog.records

    def test_one_that_nothing_was_saved_to_is_no_news(
        self, snapshots: Snapshots, path: Path, journal: MemoryJournal, caplog: pytest.LogCaptureFixture
    ) -> None:
        with closing(Snapshotter(path, journal, CODE)):
            assert snapshots.load(OPEN) is None
        assert not caplog.records

    def test_is_one_that_other_code_made(
        self, snapshotter: Snapshotter, path: Path, journal: MemoryJournal, caplog: pytest.LogCaptureFixture
    ) -> None:
        with closing(Snapshots(path, journal, "other code")) as snapshots:
            assert not found(snapshots)
            assert snapshots.load(OPEN) is None
        (record,) = caplog.records
        assert str(path) in record.message
        assert "another version of the program" in record.message

    def test_is_one_that_goes_beyond_the_journal(
        self, snapshotter: Snapshotter, path: Path, caplog: pytest.LogCaptureFixture
    ) -> None:
        with closing(Snapshots(path, MemoryJournal(), CODE)) as snapshots:
            assert not found(snapshots)
        assert "position" in caplog.records[0].message

    def test_is_one_that_was_made_of_another_journal(
        self, snapshotter: Snapshotter, path: Path, caplog: pytest.LogCaptureFixture
    ) -> None:
        other = Harness(MemoryJournal())
        other.run(*(start(number, bot="greeter") for number in range(1_000, 1_030)))
        assert other.journal.last_position() > snapshotter.position
        with closing(Snapshots(path, other.journal, CODE)) as snapshots:
            assert not found(snapshots)
        assert len(caplog.records) == 1

    @pytest.mark.parametrize(
        "damage",
        [
            lambda path: path.write_bytes(b"not a database at all" * 1_000),
            lambda path: path.write_bytes(path.read_bytes()[:5_000]),
            lambda path: overwrite(path, 0, b"\0" * 100),
            lambda path: overwrite(path, 4_096, b"\xff" * (path.stat().st_size - 4_096)),
            lambda path: (path.unlink(), path.mkdir()),
        ],
        ids=["garbage", "cut off", "no head", "no body", "a directory"],
    )
    def test_is_one_that_is_damaged(
        self,
        damage: Callable[[Path], object],
        snapshotter: Snapshotter,
        path: Path,
        journal: MemoryJournal,
        caplog: pytest.LogCaptureFixture,
    ) -> None:
        snapshotter.close()
        damage(path)
        with closing(Snapshots(path, journal, CODE)) as snapshots:
            for _ in range(3):
                assert not found(snapshots)
                assert snapshots.load("agent-alice") is None
        assert len(caplog.records) == 1

    @pytest.mark.parametrize("state", [b"", b"{}", b"[]", b"\xff\xfe", b'{"agent_id":"alice","tasks":7}'])
    def test_is_a_state_that_does_not_decode(
        self, state: bytes, snapshotter: Snapshotter, snapshots: Snapshots, path: Path, journal: MemoryJournal
    ) -> None:
        with closing(sqlite3.connect(path)) as connection, connection:
            connection.execute("UPDATE entities SET state = ? WHERE stream = 'agent-alice'", (state,))
        assert snapshots.load("agent-alice") is None
        state_now = load_state(journal, snapshots, "agent-alice")
        assert state_now == fold("agent-alice", journal.read_stream("agent-alice"))

    def test_a_file_that_appears_later_is_used(self, snapshots: Snapshots, path: Path, journal: MemoryJournal) -> None:
        assert not found(snapshots)
        with closing(Snapshotter(path, journal, CODE)) as snapshotter:
            snapshotter.apply(decoded(journal))
            snapshotter.save()
            assert found(snapshots)

    def test_a_journal_that_cannot_be_read_is_an_error_of_its_own(
        self, snapshotter: Snapshotter, snapshots: Snapshots, journal: MemoryJournal
    ) -> None:
        journal.close()
        with pytest.raises(JournalError):
            snapshots.load(OPEN)


class TestLoading:
    def test_makes_the_state_of_every_version(
        self, snapshotter: Snapshotter, snapshots: Snapshots, journal: MemoryJournal
    ) -> None:
        for stream in ("agent-alice", "agent-bob", OPEN, OVER, "router-chat", "agent-nobody"):
            records = journal.read_stream(stream)
            assert load_state(journal, snapshots, stream) == fold(stream, records)
            for version in range(len(records) + 1):
                assert load_state(journal, snapshots, stream, version) == fold(stream, records[:version])

    def test_reads_new_events_only(self, path: Path) -> None:
        journal = _Watched()
        harness = Harness(journal)
        harness.run(start(5, bot="greeter"), *(post(100 + number, 5) for number in range(500)))
        with closing(Snapshotter(path, journal, CODE)) as snapshotter:
            snapshotter.apply(decoded(journal))
            snapshotter.save()
        harness.run(post(1_000, 5))
        with closing(Snapshots(path, journal, CODE)) as snapshots:
            journal.read.clear()
            assert load_state(journal, snapshots, OPEN).version == 502
        assert journal.read == [(OPEN, 0), (OPEN, 501)]

    def test_of_an_unknown_kind_raises(self, snapshots: Snapshots, journal: MemoryJournal) -> None:
        with pytest.raises(KeyError):
            load_state(journal, snapshots, "parcel-1")


class TestMilestones:
    @pytest.fixture
    def long(self) -> Harness:
        return _long()

    @pytest.fixture
    def path(self, long: Harness, path: Path) -> Path:
        with closing(Snapshotter(path, long.journal, CODE)) as snapshotter:
            for after in range(0, long.journal.last_position(), 3_000):
                until = min(after + 3_000, long.journal.last_position())
                snapshotter.apply(decoded(long.journal, after, until))
                snapshotter.save()
        return path

    @pytest.mark.parametrize(
        ("version", "nearest"),
        [(1, None), (4_999, None), (5_000, 5_000), (9_999, 5_000), (11_000, 10_000), (12_002, 12_002), (2**62, 12_002)],
    )
    def test_the_nearest_at_or_before_a_version(
        self, long: Harness, path: Path, version: int, nearest: int | None
    ) -> None:
        with closing(Snapshots(path, long.journal, CODE)) as snapshots:
            snapshot = snapshots.load(OPEN, version)
        assert (snapshot.version if snapshot else None) == nearest
        if snapshot is not None:
            assert snapshot.state == long.stored(OPEN) or nearest != 12_002
            assert snapshot.position == long.journal.read_stream(OPEN, snapshot.version - 1, 1)[0].position

    def test_lead_to_the_state_at_any_version(self, long: Harness, path: Path) -> None:
        with closing(Snapshots(path, long.journal, CODE)) as snapshots:
            for version in (4_999, 5_000, 5_001, 10_007, 12_002):
                state = load_state(long.journal, snapshots, OPEN, version)
                assert state == fold(OPEN, long.journal.read_stream(OPEN, limit=version))

    def test_a_long_conversation_keeps_its_row_when_it_is_over(self, long: Harness, path: Path) -> None:
        with closing(Snapshots(path, long.journal, CODE)) as snapshots:
            snapshot = snapshots.load(OPEN)
            assert snapshot is not None
            assert decider_of(OPEN).finished(snapshot.state)
            assert found(snapshots) == set()


class _Watched(MemoryJournal):
    """A journal that notes which streams are read, and after which version."""

    def __init__(self) -> None:
        super().__init__()
        self.read: list[tuple[str, int]] = []

    def read_stream(self, stream: str, after: int = 0, limit: int | None = None) -> list[Record]:
        self.read.append((stream, after))
        return super().read_stream(stream, after, limit)


@cache
def _long() -> Harness:
    harness = Harness(MemoryJournal())
    harness.run(start(5, bot="greeter"))
    harness.run(*(post(100 + number, 5) for number in range(12_000)))
    harness.run(end(50, 5))
    return harness
