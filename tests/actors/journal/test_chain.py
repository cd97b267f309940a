"""The hash chain: what it covers, and what it proves."""

import json
from hashlib import sha256

import pytest
from hypothesis import given
from hypothesis import strategies as st

from actors.journal import ChainCheck, Head, MemoryJournal, head_of
from actors.journal.chain import GENESIS, chained, next_digest
from schemas.records import Record
from tests.examples import new_records

TEXTS = st.text(st.characters(exclude_categories=["Cs"]))
NUMBERS = st.integers(0, 2**62)
RECORDS = st.builds(
    Record,
    stream=TEXTS,
    version=NUMBERS,
    event_id=TEXTS,
    type=TEXTS,
    at=TEXTS,
    schema_version=NUMBERS,
    correlation_id=TEXTS,
    causation_id=TEXTS,
    actor=TEXTS,
    data=st.binary(),
    position=NUMBERS,
)


@given(RECORDS)
def test_the_digest_can_be_worked_out_with_any_json_library(record: Record) -> None:
    fields = [record.position, record.stream, record.version, record.event_id, record.type, record.at]
    fields += [record.schema_version, record.correlation_id, record.causation_id, record.actor]
    text = json.dumps(fields, ensure_ascii=False, separators=(",", ":")).encode()
    assert next_digest(GENESIS, record) == sha256(bytes(32) + text + b"\n" + record.data).digest()


@given(RECORDS, RECORDS)
def test_two_records_have_one_digest_only_if_they_are_the_same(one: Record, other: Record) -> None:
    assert (next_digest(GENESIS, one) == next_digest(GENESIS, other)) == (one == other)


class Altered(MemoryJournal):
    """A journal whose reader sees other records than those that were appended."""

    presented: list[Record]

    def read_all(self, after: int = 0, limit: int = 1000) -> list[Record]:
        return [record for record in self.presented if record.position > after][:limit]


@pytest.fixture
def journal() -> Altered:
    opened = Altered()
    opened.presented = opened.append(new_records("a", 1, 9))
    opened.read_digests(0, 9)
    return opened


@pytest.mark.parametrize("position", range(1, 10))
@pytest.mark.parametrize("after", [0, 3])
def test_an_altered_record_is_found_where_it_stands(journal: Altered, position: int, after: int) -> None:
    record = journal.presented[position - 1]
    values = {name: getattr(record, name) for name in Record.__struct_fields__}
    journal.presented[position - 1] = Record(**{**values, "data": record.data + b" "})
    check = ChainCheck(journal, after)
    found = [*check.altered(journal.read_all(after, 2)), *check.altered(journal.read_all(after + 2, 20))]
    assert found == ([position] if position > after else [])


def test_a_head_covers_everything_before_it(journal: Altered) -> None:
    assert head_of(journal, 0) == Head(0, GENESIS)
    assert head_of(journal, 5) == Head(5, list(chained(GENESIS, journal.presented[:5]))[-1])
    assert Head.parse(str(head_of(journal, 5))) == head_of(journal, 5)
