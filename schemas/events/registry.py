"""The event registry: from a record to an event and back, whatever name and version the record was written in."""

from collections.abc import Callable, Mapping
from typing import Any, get_args

import msgspec

from schemas.events.agent import AgentEvent
from schemas.events.configuration import ConfigurationEvent
from schemas.events.conversation import ConversationEvent
from schemas.events.event import Event
from schemas.events.router import RouterEvent
from schemas.events.upcasters import RENAMED, UPCASTERS
from schemas.exceptions import UndecodableEventError, UnknownEventTypeError
from schemas.records import NewRecord

__all__ = ["REGISTRY", "EventRegistry", "Upcaster"]

Upcaster = Callable[[dict[str, Any]], dict[str, Any]]


class EventRegistry:
    """Knows the event types, and how data of an older version becomes data of the version after it.

    ``upcasters`` maps (type, version) to the function that turns data of that version into that of the next.
    ``renamed`` maps the names that types had once to those that they have now; versions count on over a change of name.
    A journal keeps the old name. Everybody else asks for ``current_type``.
    """

    def __init__(
        self,
        types: tuple[type[Event], ...],
        upcasters: Mapping[tuple[str, int], Upcaster],
        renamed: Mapping[str, str] | None = None,
    ) -> None:
        self.types = {cls.__name__: cls for cls in types}
        self._recorded = self.types | {old: self.types[new] for old, new in (renamed or {}).items()}
        self._decoders = {name: msgspec.json.Decoder(cls) for name, cls in self._recorded.items()}
        self._upcasters = upcasters
        self._encoder = msgspec.json.Encoder()
        self._check_upcasters()

    def encode(self, event: Event) -> bytes:
        """The event as JSON. Raises UndecodableEventError when the event breaks its own schema: every recorded event
        can be read."""
        data = self._encoder.encode(event)
        name = type(event).__name__
        try:
            self._decoders[name].decode(data)
        except msgspec.MsgspecError as error:
            raise UndecodableEventError(f"this {name} would not decode: {error}") from error
        return data

    def decode(self, record: NewRecord) -> Event:
        """The event of a record. Raises UnknownEventTypeError or UndecodableEventError, both naming the record's
        stream and version."""
        decoder = self._decoders.get(record.type)
        if decoder is None:
            raise UnknownEventTypeError(f"{_place(record)}: no event type {record.type!r} is known")
        try:
            if record.schema_version == self._recorded[record.type].VERSION:
                return decoder.decode(record.data)
            return msgspec.convert(self._upcast(record), self._recorded[record.type])
        except (msgspec.MsgspecError, LookupError, TypeError, ValueError) as error:
            raise UndecodableEventError(f"{_place(record)}: {record.type} does not decode: {error!r}") from error

    def current_type(self, record: NewRecord) -> str:
        """The name that the record's type has now. A type that is not known keeps the name it was recorded under."""
        known = self._recorded.get(record.type)
        return record.type if known is None else known.__name__

    def current_data(self, record: NewRecord) -> bytes:
        """The record's JSON in the newest version of its type."""
        known = self._recorded.get(record.type)
        if known is None or record.schema_version == known.VERSION:
            return record.data
        return self.encode(self.decode(record))

    def json_schemas(self) -> dict[str, Any]:
        """The JSON schema and version of each type, under its former names too, as the snapshot under version control
        holds them."""
        return {
            name: {"version": cls.VERSION, "schema": _undocumented(msgspec.json.schema(cls))}
            for name, cls in sorted(self._recorded.items())
        }

    def _upcast(self, record: NewRecord) -> dict[str, Any]:
        data: dict[str, Any] = msgspec.json.decode(record.data)
        current = self._recorded[record.type]
        newest = current.VERSION
        if record.schema_version > newest:
            raise UndecodableEventError(
                f"{_place(record)}: {record.type} is of version {record.schema_version}, newer than this program's "
                f"{newest}; upgrade the program"
            )
        for version in range(record.schema_version, newest):
            data = self._upcasters[current.__name__, version](data)
        return data

    def _check_upcasters(self) -> None:
        for name, cls in self.types.items():
            missing = [v for v in range(1, cls.VERSION) if (name, v) not in self._upcasters]
            if missing:
                raise UndecodableEventError(f"{name} is at version {cls.VERSION} without upcasters from {missing}")


def _undocumented(schema: dict[str, Any]) -> dict[str, Any]:
    """The schema without the structs' docstrings, which are not recorded."""
    for definition in schema["$defs"].values():
        definition.pop("description", None)
    return schema


def _place(record: NewRecord) -> str:
    return f"{record.stream} version {record.version}"


REGISTRY = EventRegistry(
    (*get_args(ConversationEvent), *get_args(AgentEvent), *get_args(RouterEvent), *get_args(ConfigurationEvent)),
    UPCASTERS,
    RENAMED,
)
