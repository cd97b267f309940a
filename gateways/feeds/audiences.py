"""Records as each audience sees them."""

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

__all__ = ["CustomerAudience", "FeedEvent", "render_for_agents", "render_for_customer"]


class FeedEvent(msgspec.Struct, omit_defaults=True):
    """An event as a feed delivers it. A conversation's feed counts versions, the other feeds count positions."""

    type: str
    at: str
    data: msgspec.Raw
    version: int | None = None
    position: int | None = None
    conversation_id: str | None = None

    @property
    def cursor(self) -> int | None:
        return self.version if self.position is None else self.position


class CustomerAudience:
    """Decides which records of a conversation its customer sees. It must be given each record, in order.

    A silent agent who comes in openly is rendered as an agent who joins at that moment.
    """

    def __init__(self) -> None:
        self._names: dict[str, str] = {}
        self._known: set[str] = set()
        self._unseen_messages: set[str] = set()

    def admit(self, record: Record) -> Record | None:
        """The record as the customer may see it, or None when it is hidden from the customer."""
        match REGISTRY.current_type(record):
            case "AgentJoined" | "AgentRoleChanged" | "AgentLeft":
                return self._admit_agent(record)
            case "NoteAdded" | "WhisperPosted" | "SuggestionPosted" | "ReceiptRecorded":
                return self._admit_receipt(record)
        return record if REGISTRY.current_type(record) in CUSTOMER_SEES else None

    def _admit_agent(self, record: Record) -> Record | None:
        event = REGISTRY.decode(record)
        match event:
            case AgentJoined():
                self._names[event.agent_id] = event.agent_name
                return record if self._becomes_known(event.agent_id, event.role) else None
            case AgentRoleChanged() if event.agent_id not in self._known:
                if not self._becomes_known(event.agent_id, event.role):
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

    def _becomes_known(self, agent_id: str, role: Role) -> bool:
        if role in HEARD:
            self._known.add(agent_id)
        return role in HEARD

    def _admit_receipt(self, record: Record) -> Record | None:
        event = REGISTRY.decode(record)
        match event:
            case NoteAdded():
                self._unseen_messages.add(event.note_id)
            case WhisperPosted() | SuggestionPosted():
                self._unseen_messages.add(event.message_id)
            case ReceiptRecorded() if event.message_id not in self._unseen_messages:
                return record if event.by.type != "agent" or event.by.id in self._known else None
        return None


def render_for_customer(record: Record) -> FeedEvent:
    """Renders a record that the customer sees, without the fields that are hidden from the customer."""
    data = REGISTRY.current_data(record)
    type_ = REGISTRY.current_type(record)
    hidden = HIDDEN_FROM_CUSTOMER.get(type_)
    if hidden is not None:
        fields: dict[str, object] = msgspec.json.decode(data)
        visible = {name: value for name, value in fields.items() if name not in hidden}
        if isinstance(queue := visible.get("queue"), dict):
            visible["queue"] = {"name": queue["name"], "mrd": queue["mrd"]}
        data = msgspec.json.encode(visible)
    return FeedEvent(type_, record.at, msgspec.Raw(data), version=record.version)


def render_for_agents(record: Record) -> FeedEvent:
    """Renders a record as agents see it, on their feeds and in a conversation's history."""
    conversation_id = entity_id_of(record.stream) if category_of(record.stream) == "conversation" else None
    return FeedEvent(
        REGISTRY.current_type(record),
        record.at,
        msgspec.Raw(REGISTRY.current_data(record)),
        version=record.version if conversation_id else None,
        position=record.position,
        conversation_id=conversation_id,
    )
