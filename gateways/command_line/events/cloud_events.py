"""A recorded event as a CloudEvent in one line of JSON, and back: docs/decisions/0015-the-journal-as-cloudevents.md."""

import msgspec

from gateways.command_line.neutralising import neutralise_json, restore_json
from gateways.inspection.cloud_events import CloudEvent, cloud_event
from schemas.records import Record

__all__ = ["cloud_event_line", "data_is_json", "json_text", "record_of"]


def cloud_event_line(record: Record) -> str:
    """Returns all that is recorded as one line. ``data`` is put in as JSON, or as a string if it is no JSON."""
    return neutralise_json(msgspec.json.encode(cloud_event(record, _compact(record.data))).decode())


def record_of(event: CloudEvent) -> Record:
    """Returns the record of which the line was made, byte for byte.

    Raises msgspec.DecodeError or UnicodeDecodeError when its data cannot be read.
    """
    return Record(
        stream=event.subject,
        version=event.streamversion,
        event_id=event.id,
        type=event.type,
        at=event.time,
        schema_version=event.schemaversion,
        correlation_id=event.correlationid,
        causation_id=event.causationid,
        actor=event.actor,
        data=restore_json(msgspec.json.format(bytes(event.data).decode(), indent=-1)).encode(),
        position=event.position,
    )


def json_text(record: Record) -> str:
    """Returns the record's data, laid out for a person to read."""
    return neutralise_json(msgspec.json.format(_compact(record.data), indent=2).decode())


def data_is_json(record: Record) -> bool:
    try:
        msgspec.json.format(record.data.decode(), indent=-1)
    except (UnicodeDecodeError, msgspec.DecodeError):
        return False
    return True


def _compact(data: bytes) -> bytes:
    try:
        return msgspec.json.format(data.decode(), indent=-1).encode()
    except (UnicodeDecodeError, msgspec.DecodeError):
        return msgspec.json.encode(data.decode(errors="backslashreplace"))
