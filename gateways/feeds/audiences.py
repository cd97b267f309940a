"""Records as each audience sees them."""

from typing import Any

import msgspec

from schemas.events import (
    CUSTOMER_SEES,
    HEARD,
    HIDDEN_FROM_CUSTOMER,
    REGISTRY,
    AgentJoined,
    AgentLeft,
    AgentRoleChanged,
    NoteAdded,
    ReceiptRecorded,
    SuggestionPosted,
    WhisperPosted,
)
from schemas.events.conversation import Role
from schemas.records import Record, category_of, entity_id_of

__all__ = ["CustomersEyes", "FeedEvent", "shown_to_agents", "shown_to_customer"]


class FeedEvent(msgspec.Struct, omit_defaults=True):
    """An event as a feed shows it. A conversation's feed counts versions, the others positions."""

    type: str
    at: str
    data: msgspec.Raw
    version: int | None = None
    position: int | None = None
    conversation_id: str | None = None

    @property
    def cursor(self) -> int | None:
        return self.version if self.position is None else self.position


class CustomersEyes:
    """What the customer sees of a conversation's records, to be shown each of them in order.

    An agent whom the customer has not heard of joins for the customer when coming in openly.
    """

    def __init__(self) -> None:
        self._names: dict[str, str] = {}
        self._known: set[str] = set()
        self._unseen_messages: set[str] = set()

    def see(self, record: Record) -> Record | None:
        match REGISTRY.current_type(record):
            case "AgentJoined" | "AgentRoleChanged" | "AgentLeft":
                return self._meet(record)
            case "NoteAdded" | "WhisperPosted" | "SuggestionPosted" | "ReceiptRecorded":
                return self._read(record)
        return record if REGISTRY.current_type(record) in CUSTOMER_SEES else None

    def _meet(self, record: Record) -> Record | None:
        event = REGISTRY.decode(record)
        match event:
            case AgentJoined():
                self._names[event.agent_id] = event.agent_name
                return record if self._hear(event.agent_id, event.role) else None
            case AgentRoleChanged() if event.agent_id not in self._known:
                if not self._hear(event.agent_id, event.role):
                    return None
                name = self._names.get(event.agent_id, event.agent_id)
                joined = AgentJoined(agent_id=event.agent_id, agent_name=name, role=event.role, task_id="")
                return msgspec.structs.replace(
                    record,
                    type=AgentJoined.__name__,
                    schema_version=AgentJoined.VERSION,
                    data=REGISTRY.encode(joined),
                )
            case AgentLeft() if event.agent_id in self._known:
                self._known.remove(event.agent_id)
                return record
        return None

    def _hear(self, agent_id: str, role: Role) -> bool:
        if role in HEARD:
            self._known.add(agent_id)
        return role in HEARD

    def _read(self, record: Record) -> Record | None:
        event = REGISTRY.decode(record)
        match event:
            case NoteAdded():
                self._unseen_messages.add(event.note_id)
            case WhisperPosted() | SuggestionPosted():
                self._unseen_messages.add(event.message_id)
            case ReceiptRecorded() if event.message_id not in self._unseen_messages:
                return record if event.by.type != "agent" or event.by.id in self._known else None
        return None


def shown_to_customer(record: Record) -> FeedEvent:
    """A record that the customer sees, without what is not for the customer."""
    data = REGISTRY.current_data(record)
    type_ = REGISTRY.current_type(record)
    hidden = HIDDEN_FROM_CUSTOMER.get(type_)
    if hidden is not None:
        fields: dict[str, Any] = msgspec.json.decode(data)
        shown = {name: value for name, value in fields.items() if name not in hidden}
        if isinstance(queue := shown.get("queue"), dict):
            shown["queue"] = {"name": queue["name"], "mrd": queue["mrd"]}
        data = msgspec.json.encode(shown)
    return FeedEvent(type_, record.at, msgspec.Raw(data), version=record.version)


def shown_to_agents(record: Record) -> FeedEvent:
    """A record as agents see it, on their feeds and in a conversation's history."""
    conversation_id = entity_id_of(record.stream) if category_of(record.stream) == "conversation" else None
    return FeedEvent(
        REGISTRY.current_type(record),
        record.at,
        msgspec.Raw(REGISTRY.current_data(record)),
        version=record.version if conversation_id else None,
        position=record.position,
        conversation_id=conversation_id,
    )
