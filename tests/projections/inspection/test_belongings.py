"""The events that belong to each conversation and correlation, event by event."""

import msgspec

from projections.inspection import BELONGINGS, BELONGINGS_TABLE, belongs_to
from schemas.events import AgentConnected, AgentLeft, Event, ExclusionLifted, ItemRemoved, OfferExpired
from schemas.identifiers import command_id
from schemas.records import Record
from tests.examples import identifier, new_record
from tests.projections.facts.given import TimedEvent, at, given

ALICE, CHAT, CONVERSATION = "agent-alice", "router-chat", "conversation-c1"
LIFTED = ExclusionLifted(task_id="t1", conversation_id="c1", agent_id="alice")


def belonging(*moments: list[TimedEvent]) -> list[tuple[object, ...]]:
    """The belongings to conversations alone: events at other instants have other correlations."""
    found = given(BELONGINGS, *moments).rows(BELONGINGS_TABLE, "subject", "position")
    return [row for row in found if row[0] == "c1"]


def record(stream: str, event_id: str, correlation_id: str, data: bytes = b"{}") -> Record:
    plain = msgspec.structs.replace(new_record(stream, 1, event_id), correlation_id=correlation_id, data=data)
    return Record(**msgspec.structs.asdict(plain), position=1)


def test_events_of_agents_and_routers_about_a_conversation_belong_to_it() -> None:
    expired = OfferExpired(task_id="t1", conversation_id="c1")
    assert belonging(at(0, ALICE, expired), at(1, CHAT, LIFTED)) == [("c1", 1), ("c1", 2)]


def test_events_without_a_conversation_belong_to_none() -> None:
    events: list[tuple[str, Event]] = [
        (ALICE, AgentConnected()),
        ("configuration-centre", ItemRemoved(table="teams", name="c1")),
        (CONVERSATION, AgentLeft(agent_id="alice", reason="left")),
    ]
    assert belonging(*(at(seconds, stream, event) for seconds, (stream, event) in enumerate(events))) == []


def test_an_event_belongs_to_its_correlation_unless_its_id_contains_it() -> None:
    first, second = identifier(1), identifier(2)
    assert command_id(first) == first
    assert belongs_to(record(ALICE, first, first)) == set()
    assert belongs_to(record(ALICE, first, second)) == {second}
    assert belongs_to(record("conversation-c1", first, "c1")) == set()


def test_an_event_belongs_to_both() -> None:
    data = b'{"conversation_id":"c1","more":[1]}'
    assert belongs_to(record(CHAT, identifier(1), identifier(2), data)) == {"c1", identifier(2)}
    assert belongs_to(record("conversation-c2", identifier(1), identifier(2), data)) == {identifier(2)}


def test_unreadable_data_belongs_to_no_conversation() -> None:
    for data in (b"", b"[", b"[]", b'{"conversation_id":7}', b'{"conversation_id":null}', b"\xff", b'"c1"'):
        assert belongs_to(record(CHAT, identifier(1), identifier(1), data)) == set()
