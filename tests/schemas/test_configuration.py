"""The configuration, read from plain values."""

from typing import Any

import pytest

from schemas.configuration import TABLES, Channel, Queue, Tables, items_of, read_tables, table_of
from schemas.configuration.calendars import calendar_faults
from schemas.exceptions import InvalidTablesError


def test_items_come_after_those_that_they_name() -> None:
    tables = Tables(queues={"support": Queue(mrd="chat")}, channels={"web": Channel(queue="support")})
    assert [(table, name) for table, name, _ in items_of(tables)] == [("queues", "support"), ("channels", "web")]


def test_every_table_knows_its_type() -> None:
    assert Tables.__struct_fields__ == tuple(TABLES)
    assert table_of(Queue(mrd="chat")) == "queues"


@pytest.mark.parametrize(
    ("values", "message"),
    [
        ({"robots": {}}, "robots: there is no such table"),
        ({"queues": []}, "queues: must be a table"),
        ({"queues": {"a b": {"mrd": "chat"}}}, "queues.a b: Expected a name of lower-case letters"),
        ({"queues": {"a\n": {"mrd": "chat"}}}, "Expected a name of lower-case letters"),
        ({"queues": {7: {"mrd": "chat"}}}, "queues.7: Expected `str`"),
        ({"queues": {"a": {}}}, "queues.a.mrd: Object missing required field `mrd`"),
        ({"queues": {"a": {"mrd": "chat", "x": 1}}}, "unknown field `x`"),
        ({"queues": {"a": {"mrd": "chat", "priority": 11}}}, "priority: Expected `int` <= 10"),
        ({"queues": {"a": {"mrd": "chat", "time_to_live_seconds": 0}}}, ".time_to_live_seconds"),
        ({"api_keys": {"a": {"sha256": "0" * 64 + "\n", "scopes": []}}}, ".sha256"),
        ({"channels": {"a": {"queue": "b", "allowed_origins": ["*\n"]}}}, ".allowed_origins[0]"),
        ({"channels": {"a": {"queue": "b", "allowed_origins": ["shop.example"]}}}, ".allowed_origins[0]"),
        ({"bots": {"a": {"url": "http://a b"}}}, ".url"),
        ({"calendars": {"a": {"zone": "UTC", "country": "AT\n"}}}, ".country"),
        ({"canned_messages": {"a": {"text": "x", "language": "A B"}}}, ".language"),
        ({"webhooks": {"a": {"url": "ftp://a"}}}, ".url"),
        ({"webhooks": {"a": {"url": "http://a", "events": ["ItemConfigured"]}}}, ".events[0]"),
    ],
)
def test_a_wrong_item_is_named(values: Any, message: str) -> None:
    with pytest.raises(InvalidTablesError) as raised:
        read_tables(values)
    assert message in str(raised.value)


def test_every_fault_of_every_table_is_named() -> None:
    with pytest.raises(InvalidTablesError) as raised:
        read_tables(
            {
                "robots": {},
                "queues": {"a": {"priority": 11, "distribution": "pushed"}, "b": {"mrd": "chat", "steps": [{}, 3]}},
                "agents": {"A": {"name": "Ada", "attributes": {"english": 11, "sales": True}}},
            }
        )
    assert [fault.path for fault in raised.value.faults] == [
        "robots",
        "queues.a.mrd",
        "queues.a.priority",
        "queues.a.distribution",
        "queues.b.steps[1]",
        "agents.A",
        "agents.A.attributes.english",
    ]
    assert raised.value.faults[3].message == "Invalid enum value 'pushed'; write one of push, pull"


def test_calendars_that_cannot_be_followed_are_named() -> None:
    tables = read_tables(
        {"calendars": {"a": {"zone": "Mars"}, "b": {"zone": "UTC"}, "c": {"zone": "UTC", "country": "XX"}}}
    )
    assert [fault.path for fault in calendar_faults(tables)] == ["calendars.a.zone", "calendars.c.country"]
