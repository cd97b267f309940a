"""Every event is decoded from its record as it was encoded."""

from typing import Any

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from schemas.content import Sender, TextContent
from schemas.events import REGISTRY, Event, MessagePosted
from schemas.exceptions import UndecodableEventError
from schemas.instants import format_instant
from schemas.records import NewRecord
from tests.examples import NOW, identifier
from tests.schemas.strategies import values_of

SCHEMAS = REGISTRY.json_schemas()


def record_of(event: Event) -> NewRecord:
    return NewRecord(
        stream="stream-1",
        version=1,
        event_id=identifier(1),
        type=type(event).__name__,
        at=format_instant(NOW),
        schema_version=event.VERSION,
        correlation_id=identifier(1),
        causation_id=identifier(1),
        actor="system",
        data=REGISTRY.encode(event),
    )


@pytest.mark.parametrize("event_type", REGISTRY.types.values(), ids=lambda cls: cls.__name__)
@settings(max_examples=40)
@given(data=st.data())
def test_events_survive_their_record(event_type: type[Event], data: st.DataObject) -> None:
    event: Event = data.draw(values_of(event_type))
    record = record_of(event)
    assert REGISTRY.decode(record) == event
    schema = SCHEMAS[event_type.__name__]["schema"]
    Draft202012Validator(schema).validate(msgspec.json.decode(record.data))


@pytest.mark.parametrize(
    "changes",
    [
        {"content": TextContent("")},
        {"content": TextContent("x" * 4097)},
        {"sender": Sender("stranger")},  # type: ignore[arg-type] # what the type forbids
        {"message_id": 7},
    ],
    ids=["too short", "too long", "unknown sender", "other type"],
)
def test_an_event_that_would_not_decode_is_not_encoded(changes: dict[str, Any]) -> None:
    event = MessagePosted(message_id="m", sender=Sender("customer"), content=TextContent("Hello"))
    with pytest.raises(UndecodableEventError, match="MessagePosted"):
        REGISTRY.encode(msgspec.structs.replace(event, **changes))
