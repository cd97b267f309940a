"""The customer sees only a part of the conversation's events."""

from typing import Any

import msgspec

from gateways.feeds.audiences import CustomerAudience, render_for_customer
from schemas.content import Sender, TextContent
from schemas.events import (
    REGISTRY,
    AgentJoined,
    AgentLeft,
    AgentRequested,
    AgentRoleChanged,
    Event,
    NoteAdded,
    ReceiptRecorded,
    SuggestionPosted,
    WhisperPosted,
)
from schemas.events.conversation import Role
from schemas.records import Record
from tests.examples import NOW, SALES, identifier, new_record


def recorded(*events: Event) -> list[Record]:
    records = []
    for version, event in enumerate(events, 1):
        new = new_record("conversation-c", version)
        new.type, new.schema_version, new.data = type(event).__name__, event.VERSION, REGISTRY.encode(event)
        records.append(Record(*(*msgspec.structs.astuple(new), version)))
    return records


def rendered(*events: Event) -> list[tuple[int, str, dict[str, Any]]]:
    audience = CustomerAudience()
    found = []
    for record in recorded(*events):
        admitted = audience.admit(record)
        if admitted is not None:
            event = render_for_customer(admitted)
            found.append((event.version or 0, event.type, msgspec.json.decode(event.data)))
    return found


def joined(name: str, role: Role) -> AgentJoined:
    return AgentJoined(agent_id=name, agent_name=name.title(), role=role, task_id=identifier(1), direction="consult")


def left(name: str) -> AgentLeft:
    return AgentLeft(agent_id=name, reason="left")


def changed(name: str, role: Role) -> AgentRoleChanged:
    return AgentRoleChanged(agent_id=name, role=role, direction="conference")


def test_the_customer_does_not_see_silent_agents_join_and_leave() -> None:
    for role in ("consultant", "monitor", "coach"):
        assert rendered(joined("bob", role), left("bob")) == []
    assert rendered(joined("sue", "monitor"), changed("sue", "coach"), left("sue")) == []


def test_the_customer_sees_audible_agents_join_and_leave() -> None:
    alice = {"agent_id": "alice", "agent_name": "Alice", "role": "primary"}
    assert rendered(joined("alice", "primary"), left("alice")) == [
        (1, "AgentJoined", alice),
        (2, "AgentLeft", {"agent_id": "alice", "reason": "left"}),
    ]


def test_a_silent_agent_joins_once_when_the_role_becomes_open() -> None:
    events = rendered(
        joined("bob", "consultant"), changed("bob", "assistant"), changed("bob", "primary"), left("bob"), left("bob")
    )
    assert events == [
        (2, "AgentJoined", {"agent_id": "bob", "agent_name": "Bob", "role": "assistant"}),
        (4, "AgentLeft", {"agent_id": "bob", "reason": "left"}),
    ]


def test_receipts_of_messages_that_the_customer_does_not_see_are_hidden() -> None:
    receipts = [ReceiptRecorded(message_id=identifier(n), status="read", by=Sender("customer")) for n in range(4)]
    unseen = (
        NoteAdded(note_id=identifier(0), agent_id="a", agent_name="A", text="secret"),
        WhisperPosted(message_id=identifier(1), agent_id="a", agent_name="A", text="secret"),
        SuggestionPosted(message_id=identifier(2), bot="b", content=TextContent("secret")),
    )
    assert [data["message_id"] for _, _, data in rendered(*unseen, *receipts)] == [identifier(3)]


def test_receipts_of_agents_whom_the_customer_does_not_know_are_hidden() -> None:
    receipts = [ReceiptRecorded(message_id=identifier(1), status="read", by=Sender("agent", n)) for n in ("bob", "eve")]
    events = rendered(joined("bob", "consultant"), joined("eve", "primary"), *receipts)
    assert [(type_, data.get("by", {}).get("id")) for _, type_, data in events] == [
        ("AgentJoined", None),
        ("ReceiptRecorded", "eve"),
    ]


def test_the_customer_sees_a_requests_queue_without_its_rules() -> None:
    request = AgentRequested(
        task_id=identifier(1),
        queue=SALES,
        reason="says the bot",
        requested_by=Sender("agent", "alice", "Alice"),
        queued_at=NOW,
        direction="transfer_direct",
        to_agent="bob",
        note="a difficult one",
    )
    ((_, _, data),) = rendered(request)
    assert data == {
        "task_id": identifier(1),
        "queue": {"name": "sales", "mrd": "chat"},
        "requested_by": {"type": "agent", "id": "alice", "name": "Alice"},
        "queued_at": "2026-11-22T10:00:00Z",
    }
