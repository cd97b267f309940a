"""The promises of every backend of the journal."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import msgspec
import pytest

from actors.journal import ChainCheck, EventIdTakenError, Journal, JournalUnavailableError, VersionConflictError
from actors.journal.chain import GENESIS, chained
from schemas.records import NewRecord, Record
from tests.examples import new_record, new_records


def positions(records: list[Record]) -> list[int]:
    return [record.position for record in records]


def places(records: list[Record]) -> list[tuple[str, int]]:
    return [(record.stream, record.version) for record in records]


class TestAppending:
    def test_numbers_the_records_in_the_order_given(self, journal: Journal) -> None:
        first = journal.append([new_record("b", 1), new_record("a", 1), new_record("b", 2)])
        second = journal.append([new_record("a", 2)])
        assert positions(first) == [1, 2, 3]
        assert positions(second) == [4]
        assert places(journal.read_all()) == [("b", 1), ("a", 1), ("b", 2), ("a", 2)]

    def test_keeps_every_field(self, journal: Journal) -> None:
        record = NewRecord(
            stream="conversation-ü",
            version=1,
            event_id="id",
            type="MessagePosted",
            at="2026-11-22T10:00:00.000001Z",
            schema_version=7,
            correlation_id="correlation",
            causation_id="causation",
            actor="customer:zoë",
            data='{"text":"Grüße, \\u0000 and 🙂"}'.encode(),
        )
        journal.append([record])
        (kept,) = journal.read_all()
        assert kept == Record(*(*msgspec.structs.astuple(record), 1))

    def test_nothing_does_nothing(self, journal: Journal) -> None:
        assert journal.append([]) == []
        assert journal.last_position() == 0

    def test_takes_large_commits(self, journal: Journal) -> None:
        appended = journal.append(new_records("a", 1, 1_000))
        assert positions(appended) == list(range(1, 1_001))
        assert journal.read_all(0, 2_000) == appended

    @pytest.mark.parametrize(
        ("version", "actual"), [(1, 2), (2, 2), (4, 2), (0, 2)], ids=["stale", "behind by one", "ahead", "zero"]
    )
    def test_refuses_a_version_that_does_not_follow(self, journal: Journal, version: int, actual: int) -> None:
        journal.append(new_records("a", 1, 2))
        with pytest.raises(VersionConflictError) as caught:
            journal.append([new_record("a", version, "new")])
        assert (caught.value.stream, caught.value.expected, caught.value.actual) == ("a", version, actual)
        assert journal.last_position() == 2

    def test_refuses_a_new_stream_that_does_not_begin_at_one(self, journal: Journal) -> None:
        with pytest.raises(VersionConflictError):
            journal.append([new_record("a", 2)])

    @pytest.mark.parametrize("size", [2, 200, 400])
    def test_writes_all_or_nothing_across_streams(self, journal: Journal, size: int) -> None:
        journal.append([new_record("a", 1)])
        records = [*new_records("b", 1, size), *new_records("c", 1, size), new_record("a", 1, "stale")]
        with pytest.raises(VersionConflictError):
            journal.append(records)
        assert journal.last_position() == 1
        assert journal.read_stream("b") == []
        assert journal.read_event("b/1") is None
        assert positions(journal.append([new_record("b", 1)])) == [2]

    def test_refuses_a_gap_within_the_commit(self, journal: Journal) -> None:
        with pytest.raises(VersionConflictError):
            journal.append([new_record("a", 1), new_record("a", 3)])
        assert journal.last_position() == 0

    def test_goes_on_after_a_conflict(self, journal: Journal) -> None:
        journal.append([new_record("a", 1)])
        with pytest.raises(VersionConflictError):
            journal.append([new_record("a", 1, "stale")])
        assert positions(journal.append([new_record("a", 2)])) == [2]


class TestAppendingAgain:
    @pytest.mark.parametrize("size", [1, 3, 300])
    def test_returns_the_first_positions_and_writes_nothing(self, journal: Journal, size: int) -> None:
        records = new_records("a", 1, size)
        first = journal.append(records)
        journal.append([new_record("b", 1)])
        assert journal.append(records) == first
        assert journal.last_position() == size + 1

    def test_also_after_the_stream_has_grown(self, journal: Journal) -> None:
        first = journal.append(new_records("a", 1, 2))
        journal.append(new_records("a", 3, 4))
        assert journal.append(new_records("a", 1, 2)) == first

    def test_a_part_of_it_is_a_conflict(self, journal: Journal) -> None:
        journal.append([new_record("a", 1)])
        with pytest.raises(VersionConflictError):
            journal.append([new_record("a", 1), new_record("b", 1)])
        assert journal.read_stream("b") == []

    @pytest.mark.parametrize(("stream", "version"), [("a", 2), ("b", 1)], ids=["same stream", "other stream"])
    def test_an_id_at_another_place_is_refused(self, journal: Journal, stream: str, version: int) -> None:
        journal.append([new_record("a", 1, "id")])
        with pytest.raises(EventIdTakenError) as caught:
            journal.append([new_record("c", 1), new_record(stream, version, "id")])
        assert caught.value.event_id == "id"
        assert journal.last_position() == 1

    def test_an_id_twice_in_a_commit_is_refused(self, journal: Journal) -> None:
        with pytest.raises(EventIdTakenError):
            journal.append([new_record("a", 1, "id"), new_record("b", 1, "id")])
        assert journal.last_position() == 0


class TestReading:
    @pytest.fixture(autouse=True)
    def _filled(self, journal: Journal) -> None:
        for number in range(1, 6):
            journal.append([new_record("a", number), new_record("b", number)])

    @pytest.mark.parametrize(
        ("after", "limit", "expected"),
        [(0, 100, range(1, 11)), (0, 3, range(1, 4)), (4, 3, range(5, 8)), (9, 5, [10]), (10, 5, []), (99, 5, [])],
    )
    def test_all_from_any_position(self, journal: Journal, after: int, limit: int, expected: list[int]) -> None:
        assert positions(journal.read_all(after, limit)) == list(expected)

    @pytest.mark.parametrize(
        ("after", "limit", "expected"),
        [(0, None, [1, 2, 3, 4, 5]), (2, None, [3, 4, 5]), (2, 2, [3, 4]), (5, None, []), (9, 1, []), (0, 0, [])],
    )
    def test_a_stream_from_any_version(
        self, journal: Journal, after: int, limit: int | None, expected: list[int]
    ) -> None:
        records = journal.read_stream("a", after, limit)
        assert places(records) == [("a", version) for version in expected]

    def test_an_unknown_stream_is_empty(self, journal: Journal) -> None:
        assert journal.read_stream("unknown") == []

    @pytest.mark.parametrize(
        ("streams", "after", "limit", "expected"),
        [
            (["b", "a"], 0, 100, range(1, 11)),
            (["b"], 0, 100, [2, 4, 6, 8, 10]),
            (["b", "b", "unknown"], 4, 2, [6, 8]),
            (["a", "b"], 3, 4, [4, 5, 6, 7]),
            ([], 0, 100, []),
        ],
    )
    def test_some_streams_merged(
        self, journal: Journal, streams: list[str], after: int, limit: int, expected: list[int]
    ) -> None:
        assert positions(journal.read_streams(streams, after, limit)) == list(expected)

    def test_an_event_by_its_id(self, journal: Journal) -> None:
        found = journal.read_event("b/3")
        assert found is not None
        assert (found.stream, found.version, found.position) == ("b", 3, 6)
        assert journal.read_event("c/1") is None

    def test_the_last_position(self, journal: Journal) -> None:
        assert journal.last_position() == 10


class TestPlaces:
    """All promises on which actors.journal.places relies, except those about times, which are the writer's."""

    @pytest.fixture(autouse=True)
    def _filled(self, journal: Journal) -> None:
        """Commits of several sizes, with one that is refused and one that is repeated among them."""
        number = 0
        for size in (1, 3, 2, 200, 1):
            journal.append([new_record("ab"[n % 2], n // 2 + 1) for n in range(number, number + size)])
            number += size
            with pytest.raises(VersionConflictError):
                journal.append([new_record("a", 999)])
            journal.append([new_record("a", 1)])

    def test_positions_have_no_gap(self, journal: Journal) -> None:
        assert positions(journal.read_all(0, 1_000)) == list(range(1, 208))
        assert journal.last_position() == 207

    def test_each_position_is_read_alone(self, journal: Journal) -> None:
        assert [positions(journal.read_all(position - 1, 1)) for position in range(1, 209)] == [
            *([position] for position in range(1, 208)),
            [],
        ]

    def test_versions_have_no_gap(self, journal: Journal) -> None:
        assert places(journal.read_stream("a")) == [("a", version) for version in range(1, 105)]

    def test_each_version_is_read_alone(self, journal: Journal) -> None:
        assert [places(journal.read_stream("b", version - 1, 1)) for version in range(1, 105)] == [
            *([("b", version)] for version in range(1, 104)),
            [],
        ]

    def test_positions_grow_with_versions(self, journal: Journal) -> None:
        found = positions(journal.read_stream("a"))
        assert found == sorted(found)

    def test_times_stay_as_they_were_written(self, journal: Journal) -> None:
        for second in range(10):
            at = f"2026-11-22T10:00:0{second}.000000Z"
            journal.append([msgspec.structs.replace(new_record("timed", second + 1), at=at)])
        times = [record.at for record in journal.read_all(207, 10)]
        assert times == [record.at for record in journal.read_stream("timed")] == sorted(times)


class TestReadingWhileWriting:
    COMMITS = 200
    STREAMS = ("a", "b", "c")

    def test_shows_whole_commits_only(self, journal: Journal) -> None:
        with ThreadPoolExecutor() as pool:
            readers = [
                pool.submit(self._read_until_complete, look)
                for look in (
                    lambda: journal.read_all(0, 10_000),
                    lambda: journal.read_streams(self.STREAMS, 0, 10_000),
                )
                for _ in range(2)
            ]
            pool.submit(self._write, journal).result()
            assert all(reader.result() for reader in readers)

    def test_shows_nothing_that_vanishes_again(self, journal: Journal) -> None:
        with ThreadPoolExecutor() as pool:
            writer = pool.submit(self._write, journal)
            seen = 0
            while seen < self.COMMITS:
                versions = [record.version for record in journal.read_stream("b")]
                assert versions == list(range(1, len(versions) + 1))
                assert len(versions) >= seen
                seen = len(versions)
                assert seen == 0 or journal.read_event(f"b/{seen}") is not None
                assert journal.last_position() >= seen
            writer.result()

    def _write(self, journal: Journal) -> None:
        for version in range(1, self.COMMITS + 1):
            journal.append([new_record(stream, version) for stream in self.STREAMS])

    def _read_until_complete(self, look: Callable[[], list[Record]]) -> bool:
        """Reads again and again. Each time, the read events must be a beginning of the journal that ends with a
        commit."""
        count = 0
        while count < self.COMMITS * len(self.STREAMS):
            records = look()
            assert positions(records) == list(range(1, len(records) + 1))
            assert len(records) % len(self.STREAMS) == 0
            assert len(records) >= count
            count = len(records)
        return True


class TestWaiting:
    def test_ends_at_once_when_there_is_more(self, journal: Journal) -> None:
        journal.append([new_record("a", 1)])
        assert journal.wait(0, 60)

    def test_ends_with_the_time(self, journal: Journal) -> None:
        journal.append([new_record("a", 1)])
        assert not journal.wait(1, 0.01)

    def test_ends_when_more_is_appended(self, journal: Journal) -> None:
        with ThreadPoolExecutor() as pool:
            waiter = pool.submit(journal.wait, 0, 60)
            journal.append([new_record("a", 1)])
            assert waiter.result(60)

    def test_ends_when_the_journal_closes(self, journal: Journal) -> None:
        with ThreadPoolExecutor() as pool:
            waiter = pool.submit(journal.wait, 0, 60)
            journal.close()
            with pytest.raises(JournalUnavailableError):
                waiter.result(30)


class TestClosing:
    @pytest.mark.parametrize(
        "call",
        [
            lambda journal: journal.append([new_record("a", 2)]),
            lambda journal: journal.append([]),
            lambda journal: journal.read_stream("a"),
            lambda journal: journal.read_streams(["a"], 0, 10),
            lambda journal: journal.read_all(),
            lambda journal: journal.read_event("a/1"),
            lambda journal: journal.last_position(),
            lambda journal: journal.wait(0, 60),
            lambda journal: journal.wait(1, 60),
        ],
        ids=["append", "append nothing", "stream", "streams", "all", "event", "last", "wait", "wait for more"],
    )
    def test_ends_everything(self, journal: Journal, call: Callable[[Journal], object]) -> None:
        journal.append([new_record("a", 1)])
        journal.close()
        with pytest.raises(JournalUnavailableError):
            call(journal)

    def test_twice_is_harmless(self, journal: Journal) -> None:
        journal.append([new_record("a", 1)])
        journal.close()
        journal.close()
        with pytest.raises(JournalUnavailableError):
            journal.read_all()


class TestChaining:
    def test_gives_each_record_the_digest_that_follows_the_one_before(self, journal: Journal) -> None:
        journal.append(new_records("a", 1, 3))
        journal.append(new_records("b", 1, 200))
        assert journal.read_digests(0, 1_000) == list(chained(GENESIS, journal.read_all(0, 1_000)))

    def test_reads_digests_beside_the_records(self, journal: Journal) -> None:
        journal.append(new_records("a", 1, 9))
        assert journal.read_digests(3, 2) == journal.read_digests()[3:5]
        assert journal.read_digests(9) == []
        assert ChainCheck(journal, 4).altered(journal.read_all(4)) == []

    def test_goes_on_after_a_refused_and_a_repeated_append(self, journal: Journal) -> None:
        journal.append(new_records("a", 1, 3))
        with pytest.raises(VersionConflictError):
            journal.append([new_record("a", 9)])
        journal.append(new_records("a", 1, 3))
        journal.append([new_record("a", 4)])
        assert journal.read_digests() == list(chained(GENESIS, journal.read_all()))
