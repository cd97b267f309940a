"""Values that are difficult for databases: both keep the same ones, and the others are poison."""

from typing import Any

import msgspec
import pytest

from projections.runner import Database
from projections.runner.recorded_event import recorded_events_of
from schemas.content import Sender, TextContent
from schemas.events import REGISTRY, MessagePosted
from schemas.records import NewRecord, Record
from tests.examples import identifier, new_record
from tests.projections.runner.sample import append_to, catch_up, contents, journal_of, pair, put

LARGEST = 2**63 - 1


@pytest.mark.parametrize(
    "text",
    [
        "",
        " ",
        "'; DROP TABLE items_1; --",
        "%s %(text)s ? :text {text} $1",
        "\\",
        "{NULL}",
        "NULL",
        '{"a",b}',
        "\N{PILE OF POO}\N{COMBINING ACUTE ACCENT}\u202eabc\ufeff\uffff\U0010ffff",
        "\x01\x1f\x7f\r\n\t",
        "x" * 2_000_000,
    ],
    ids=lambda text: repr(text[:12]),
)
def test_any_text_is_kept(database: Database, text: str) -> None:
    catch_up(database, journal_of(put("a", text=text), put("b", tags=[text], extra={text: 1}), put(text[:1_000])))

    found = contents(database).items
    assert found["a"][0] == text
    assert msgspec.json.decode(found["b"][4]) == [text]
    assert msgspec.json.decode(found["b"][5]) == {text: 1}
    assert text[:1_000] in found


@pytest.mark.parametrize("number", [LARGEST, -LARGEST - 1, 2**31, -(2**31) - 1, 0])
def test_whole_numbers_of_64_bits_are_kept(database: Database, number: int) -> None:
    catch_up(database, journal_of(put("a", number=number), put("b", lasted=number), pair("c", number)))
    found = contents(database)
    assert (found.items["a"][1], found.items["b"][-1], found.tables["pairs"]) == (number, number, [("c", number)])
    assert found.parked == []


@pytest.mark.parametrize("number", [LARGEST + 1, -LARGEST - 2, 10**40])
def test_a_number_beyond_64_bits_is_poison(database: Database, number: int) -> None:
    catch_up(database, journal_of(put("a", number=1), put("b", number=number), put("c", number=3)))
    found = contents(database)
    assert found.items.keys() == {"a", "c"}
    assert [position for position, _ in found.parked] == [2]
    assert found.position == 3


@pytest.mark.parametrize("share", [1, 0.1, -1.5e300, 5e-324])
def test_numbers_may_be_whole_or_not(database: Database, share: float) -> None:
    catch_up(database, journal_of(put("a", share=share), put("b", share=0.5), put("c")))
    found = contents(database)
    assert [found.items[key][3] for key in "abc"] == [share, 0.5, None]
    assert found.parked == []


@pytest.mark.parametrize("value", [{"a": 1}, {}])
def test_a_value_of_another_type_is_poison(database: Database, value: object) -> None:
    catch_up(database, journal_of(put("a"), put("b", text=value), put("c")))
    found = contents(database)
    assert found.items.keys() == {"a", "c"}
    assert [position for position, _ in found.parked] == [2]


def test_a_missing_value_is_poison(database: Database) -> None:
    catch_up(database, journal_of(put("a"), put("b", number=None), put("c")))
    found = contents(database)
    assert found.items.keys() == {"a", "c"}
    assert [position for position, _ in found.parked] == [2]


def test_a_key_too_long_for_an_index_is_poison_and_holds_up_nothing(database: Database) -> None:
    """PostgreSQL refuses the key, SQLite accepts it."""
    unlike = "".join(chr(0x4E00 + number) for number in range(10_000))
    catch_up(database, journal_of(put("a"), put(unlike), put("c")))
    found = contents(database)
    assert found.position == 3
    assert found.items.keys() - {unlike} == {"a", "c"}
    assert len(found.parked) == (database.dialect == "postgresql")


def test_text_that_only_a_projection_can_make_is_poison(database: Database) -> None:
    catch_up(database, journal_of(put("a"), {"do": "surrogate"}, put("c")))
    found = contents(database)
    assert found.items.keys() == {"a", "c"}
    (reason,) = [reason for _, reason in found.parked]
    assert "surrogates not allowed" in reason


@pytest.mark.parametrize("why", ["NUL \x00", "half \\ud83d", "x" * 100_000, ""])
def test_any_reason_can_be_kept(database: Database, why: str) -> None:
    catch_up(database, journal_of({"do": "fail", "why": why}, put("a")))
    found = contents(database)
    (reason,) = [reason for _, reason in found.parked]
    assert reason.startswith("ValueError")
    assert len(reason) <= 1_000
    assert found.items.keys() == {"a"}


def test_the_reason_of_a_parked_event_does_not_reveal_values(database: Database) -> None:
    catch_up(database, journal_of(put("a", text="a secret", number=2**70)))
    (reason,) = [reason for _, reason in contents(database).parked]
    assert "secret" not in reason


@pytest.mark.parametrize(
    ("data", "text"),
    [
        (rb"a\u0000b", "a\ufffdb"),
        (rb"\u0000\u0000", "\ufffd\ufffd"),
        (rb"\\u0000", "\\u0000"),
        (rb"\\\u0000", "\\\ufffd"),
        (rb"\\\\u0000\\\\\u0000", "\\\\u0000\\\\\ufffd"),
        (rb"no \u0001 here", "no \x01 here"),
    ],
)
def test_events_come_without_nul(data: bytes, text: str) -> None:
    posted = MessagePosted(message_id=identifier(1), sender=Sender("customer", name="NAME"), content=TextContent("Hi"))
    record = _record(data=REGISTRY.encode(posted).replace(b"NAME", data))

    (recorded,) = recorded_events_of([record])

    assert isinstance(recorded.event, MessagePosted)
    assert recorded.event.sender.name == text
    assert recorded.record is record


def test_a_record_without_a_readable_instant_is_poison_for_projections_that_read_it(database: Database) -> None:
    journal = journal_of(put("a"))
    record = NewRecord(**{**_fields(journal.read_all()[0]), "version": 2, "event_id": "sample-1/2", "at": "yesterday"})
    journal.append([record])
    append_to(journal, put("c"))

    catch_up(database, journal)

    found = contents(database)
    assert found.items.keys() == {"a", "c"}
    (reason,) = [reason for _, reason in found.parked]
    assert "yesterday" in reason


def _fields(record: Record) -> dict[str, Any]:
    return {name: getattr(record, name) for name in NewRecord.__struct_fields__}


def _record(data: bytes) -> Record:
    fields = {**msgspec.structs.asdict(new_record("conversation-1", 1)), "type": "MessagePosted", "data": data}
    return Record(**fields, position=1)
