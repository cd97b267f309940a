"""What the customer sees of what happens in the conversation."""

from typing import Any

import msgspec

from gateways.feeds.audiences import CustomersEyes, shown_to_customer
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
from schemas.records import Record
from tests.examples import NOW, SALES, identifier, new_record


def recorded(*events: Event) -> list[Record]:
    records = []
    for version, event in enumerate(events, 1):
        new = new_record("conversation-c", version)
        new.type, new.schema_version, new.data = type(event).__name__, event.VERSION, REGISTRY.encode(event)
        records.append(Record(*(*msgspec.structs.astuple(new), version)))
    return records


def shown(*events: Event) -> list[tuple[int, str, dict[str, Any]]]:
    eyes = CustomersEyes()
    found = []
    for record in recorded(*events):
        seen = eyes.see(record)
        if seen is not None:
            event = shown_to_customer(seen)
            found.append((event.version or 0, event.type, msgspec.json.decode(event.data)))
    return found


def joined(name: str, role: Any) -> AgentJoined:
    return AgentJoined(agent_id=name, agent_name=name.title(), role=role, task_id=identifier(1), direction="consult")


def left(name: str) -> AgentLeft:
    return AgentLeft(agent_id=name, reason="left")


def changed(name: str, role: Any) -> AgentRoleChanged:
    return AgentRoleChanged(agent_id=name, role=role, direction="conference")


def test_the_silent_come_and_go_unseen() -> None:
    for role in ("consultant", "monitor", "coach"):
        assert shown(joined("bob", role), left("bob")) == []
    assert shown(joined("sue", "monitor"), changed("sue", "coach"), left("sue")) == []


def test_the_heard_come_and_go() -> None:
    alice = {"agent_id": "alice", "agent_name": "Alice", "role": "primary"}
    assert shown(joined("alice", "primary"), left("alice")) == [
        (1, "AgentJoined", alice),
        (2, "AgentLeft", {"agent_id": "alice", "reason": "left"}),
    ]


def test_who_comes_in_openly_joins_then_and_once() -> None:
    events = shown(
        joined("bob", "consultant"), changed("bob", "assistant"), changed("bob", "primary"), left("bob"), left("bob")
    )
    assert events == [
        (2, "AgentJoined", {"agent_id": "bob", "agent_name": "Bob", "role": "assistant"}),
        (4, "AgentLeft", {"agent_id": "bob", "reason": "left"}),
    ]


def test_receipts_of_what_the_customer_does_not_see_are_not_shown() -> None:
    receipts = [ReceiptRecorded(message_id=identifier(n), status="read", by=Sender("customer")) for n in range(4)]
    unseen = (
        NoteAdded(note_id=identifier(0), agent_id="a", agent_name="A", text="secret"),
        WhisperPosted(message_id=identifier(1), agent_id="a", agent_name="A", text="secret"),
        SuggestionPosted(message_id=identifier(2), bot="b", content=TextContent("secret")),
    )
    assert [data["message_id"] for _, _, data in shown(*unseen, *receipts)] == [identifier(3)]


def test_receipts_of_agents_whom_the_customer_does_not_know_are_not_shown() -> None:
    receipts = [ReceiptRecorded(message_id=identifier(1), status="read", by=Sender("agent", n)) for n in ("bob", "eve")]
    events = shown(joined("bob", "consultant"), joined("eve", "primary"), *receipts)
    assert [(type_, data.get("by", {}).get("id")) for _, type_, data in events] == [
        ("AgentJoined", None),
        ("ReceiptRecorded", "eve"),
    ]


def test_a_request_tells_the_customer_the_queue_and_nothing_of_its_rules() -> None:
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
    ((_, _, data),) = shown(request)
    assert data == {
        "task_id": identifier(1),
        "queue": {"name": "sales", "mrd": "chat"},
        "requested_by": {"type": "agent", "id": "alice", "name": "Alice"},
        "queued_at": "2026-11-22T10:00:00Z",
    }
