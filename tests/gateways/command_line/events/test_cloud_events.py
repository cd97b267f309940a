"""A record becomes a CloudEvent and comes back unchanged."""

import json
import re

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from gateways.command_line.events.cloud_events import cloud_event_line, record_of
from gateways.inspection.cloud_events import CloudEvent
from schemas.records import Record

RECORD = Record(
    stream="conversation-1",
    version=3,
    event_id="id",
    type="NoteAdded",
    at="2026-11-22T10:00:00.000000Z",
    schema_version=2,
    correlation_id="correlation",
    causation_id="causation",
    actor="agent:alice",
    data=b'{"text":"Hi"}',
    position=7,
)


def restored(line: str) -> Record:
    return record_of(msgspec.json.decode(line, type=CloudEvent))


def test_a_record_is_a_cloudevent() -> None:
    assert json.loads(cloud_event_line(RECORD)) == {
        "specversion": "1.0",
        "id": "id",
        "source": "/hybridchat",
        "type": "NoteAdded",
        "subject": "conversation-1",
        "time": "2026-11-22T10:00:00.000000Z",
        "datacontenttype": "application/json",
        "position": 7,
        "streamversion": 3,
        "schemaversion": 2,
        "correlationid": "correlation",
        "causationid": "causation",
        "actor": "agent:alice",
        "data": {"text": "Hi"},
    }


def test_attributes_have_the_names_that_cloudevents_allows() -> None:
    assert all(re.fullmatch("[a-z0-9]{1,20}", name) for name in json.loads(cloud_event_line(RECORD)))


def test_a_text_that_is_empty_is_left_out() -> None:
    record = replace(RECORD, correlation_id="", causation_id="", actor="")
    assert not {"correlationid", "causationid", "actor"} & set(json.loads(cloud_event_line(record)))
    assert restored(cloud_event_line(record)) == record


@pytest.mark.parametrize(
    "data",
    [
        '{"text":"\u202eback \x9b31m \x7f \U000e0041"}',
        r'{"text":"\u0041 \\u202e \" \\\\u202e \ud83d\ude00 \u001b"}',
        '{"a":1.50e3,"b":[],"a":-0.0,"\u2028":null}',
        '"text"',
    ],
)
def test_data_comes_back_to_the_byte(data: str) -> None:
    record = replace(RECORD, data=data.encode())
    line = cloud_event_line(record)
    assert not set("\u202e\x9b\x7f\U000e0041\u2028") & set(line)
    assert restored(line) == record


CHARACTERS = st.text(st.characters(codec="utf-8") | st.sampled_from('\\"/u\x7f\x9b\u2028\u202e\ufeff\U000e0041'))
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | CHARACTERS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(CHARACTERS, inner, max_size=3),
    max_leaves=8,
)
NUMBERS = st.integers(1, 2**63 - 1)
TEXTS = CHARACTERS.filter(bool)


@given(
    st.builds(
        Record,
        stream=TEXTS,
        version=NUMBERS,
        event_id=TEXTS,
        type=TEXTS,
        at=st.just("2026-11-22T10:00:00.000000Z"),
        schema_version=NUMBERS,
        correlation_id=CHARACTERS,
        causation_id=CHARACTERS,
        actor=CHARACTERS,
        data=VALUES.map(msgspec.json.encode),
        position=NUMBERS,
    )
)
def test_every_record_comes_back_to_the_byte(record: Record) -> None:
    line = cloud_event_line(record)
    assert record_of(msgspec.json.decode(line, type=CloudEvent)) == record
