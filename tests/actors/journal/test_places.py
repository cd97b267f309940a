"""Places in a journal, in every kind of journal."""

from datetime import timedelta

import msgspec
import pytest

from actors.journal import Journal
from actors.journal.places import (
    follows,
    holds,
    last_record,
    last_version,
    next_record,
    pages_between,
    position_at,
    position_before,
    record_at,
    version_at,
    version_of,
    versions_between,
)
from schemas.instants import format_instant
from schemas.records import NewRecord
from tests.examples import NOW, later, new_record

LENGTH = 23
TICK = timedelta(microseconds=1)


def _at(second: int) -> float:
    """Two records share each instant; ten seconds lie between instants."""
    return second // 2 * 10.0


@pytest.fixture
def filled(journal: Journal) -> Journal:
    """Streams a and b by turns, in commits of three."""
    records: list[NewRecord] = []
    for number in range(LENGTH):
        record = new_record("ab"[number % 2], number // 2 + 1)
        records.append(msgspec.structs.replace(record, at=format_instant(later(_at(number)))))
    for start in range(0, LENGTH, 3):
        journal.append(records[start : start + 3])
    return journal


class TestPositions:
    def test_of_one_record(self, filled: Journal) -> None:
        found = [record_at(filled, position) for position in range(LENGTH + 2)]
        assert found == [None, *filled.read_all(), None]
        assert record_at(filled, -1) is None

    def test_of_the_next_record(self, filled: Journal) -> None:
        found = [next_record(filled, position) for position in range(LENGTH + 1)]
        assert found == [*filled.read_all(), None]

    def test_of_the_last_record(self, filled: Journal) -> None:
        assert last_record(filled) == filled.read_all()[-1]

    def test_an_empty_journal_has_none(self, journal: Journal) -> None:
        assert (last_record(journal), next_record(journal, 0), record_at(journal, 1)) == (None, None, None)
        assert (position_at(journal, NOW), position_before(journal, NOW)) == (0, 0)

    def test_a_journal_is_known_by_its_events(self, filled: Journal) -> None:
        seventh = filled.read_all(6, 1)[0]
        assert holds(filled, 7, seventh.event_id)
        assert not holds(filled, 7, "another")
        assert not holds(filled, 8, seventh.event_id)
        assert not holds(filled, LENGTH + 1, seventh.event_id)
        assert not holds(filled, 0, "")

    def test_follow_each_other(self, filled: Journal) -> None:
        assert all(follows(record, before) for before, record in enumerate(filled.read_all()))
        assert not follows(filled.read_all()[3], 2)

    @pytest.mark.parametrize("after", range(LENGTH + 1))
    @pytest.mark.parametrize("page", [1, 4, LENGTH])
    def test_between_two(self, filled: Journal, after: int, page: int) -> None:
        for until in (0, after, after + 3, LENGTH, LENGTH + 5):
            found = [record.position for records in pages_between(filled, after, until, page) for record in records]
            assert found == list(range(after + 1, min(until, LENGTH) + 1))


class TestInstants:
    @pytest.mark.parametrize("number", range(LENGTH))
    def test_the_last_event_that_was_there(self, filled: Journal, number: int) -> None:
        instant = later(_at(number))
        expected = max(p for p, record in enumerate(filled.read_all(), 1) if record.at <= format_instant(instant))
        assert position_at(filled, instant) == position_at(filled, instant + TICK) == expected

    @pytest.mark.parametrize("number", range(LENGTH))
    def test_the_last_event_before(self, filled: Journal, number: int) -> None:
        instant = later(_at(number))
        assert position_before(filled, instant) == number // 2 * 2
        assert position_before(filled, instant + TICK) == position_at(filled, instant)

    def test_before_the_first_and_after_the_last(self, filled: Journal) -> None:
        assert position_at(filled, NOW - TICK) == position_before(filled, NOW) == 0
        assert position_at(filled, later(1_000)) == position_before(filled, later(1_000)) == LENGTH


class TestVersions:
    @pytest.mark.parametrize("length", [0, 1, 2, 3, 7, 8, 9, 100])
    def test_the_last(self, journal: Journal, length: int) -> None:
        if length:
            journal.append([new_record("a", version) for version in range(1, length + 1)])
        assert last_version(journal, "a") == length

    def test_of_one_record(self, filled: Journal) -> None:
        stream = filled.read_stream("b")
        assert [version_of(filled, "b", version) for version in range(13)] == [None, *stream, None]

    @pytest.mark.parametrize("version", range(1, 13))
    def test_at_an_instant(self, filled: Journal, version: int) -> None:
        instant = later(_at((version - 1) * 2))
        assert version_at(filled, "a", instant) == version_at(filled, "a", instant + TICK) == version
        assert version_at(filled, "a", instant - TICK) == version - 1
        assert version_at(filled, "a", instant, last=5) == min(version, 5)

    def test_of_an_unknown_stream_there_are_none(self, filled: Journal) -> None:
        assert (last_version(filled, "c"), version_at(filled, "c", NOW), version_of(filled, "c", 1)) == (0, 0, None)

    def test_between_two(self, filled: Journal) -> None:
        assert [record.version for record in versions_between(filled, "a", 2, 5)] == [3, 4, 5]
        assert versions_between(filled, "a", 5, 5) == versions_between(filled, "a", 6, 5) == []
