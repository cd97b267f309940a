"""A recorded event as a CloudEvent in one line of JSON, and back: docs/decisions/0015-the-journal-as-cloudevents.md."""

from typing import Annotated, Literal

import msgspec

from gateways.command_line.neutralising import neutralise_json, restore_json
from schemas.records import Record

__all__ = ["ATTRIBUTES", "CloudEvent", "cloud_event_line", "data_is_json", "json_text", "record_of"]

ATTRIBUTES = {
    "event_id": "id",
    "type": "type",
    "stream": "subject",
    "at": "time",
    "position": "position",
    "version": "streamversion",
    "schema_version": "schemaversion",
    "correlation_id": "correlationid",
    "causation_id": "causationid",
    "actor": "actor",
    "data": "data",
}
"""The fields of a record and the attributes that hold them."""

_Text = Annotated[str, msgspec.Meta(min_length=1)]
_Number = Annotated[int, msgspec.Meta(ge=1, le=2**63 - 1)]


class CloudEvent(msgspec.Struct, kw_only=True, omit_defaults=True, forbid_unknown_fields=True):
    """The attributes of an event under the names that CloudEvents allows.

    CloudEvents knows no empty texts, so an attribute that would be empty is left out.
    """

    specversion: Literal["1.0"]
    id: _Text
    source: Literal["/hybridchat"]
    type: _Text
    subject: _Text
    time: Annotated[str, msgspec.Meta(pattern=r"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z(?!\n)$")]
    datacontenttype: Literal["application/json"]
    position: _Number
    streamversion: _Number
    schemaversion: _Number
    correlationid: str = ""
    causationid: str = ""
    actor: str = ""
    data: msgspec.Raw


def cloud_event_line(record: Record) -> str:
    """Returns all that is recorded as one line. ``data`` is put in as JSON, or as a string if it is no JSON."""
    event = CloudEvent(
        specversion="1.0",
        id=record.event_id,
        source="/hybridchat",
        type=record.type,
        subject=record.stream,
        time=record.at,
        datacontenttype="application/json",
        position=record.position,
        streamversion=record.version,
        schemaversion=record.schema_version,
        correlationid=record.correlation_id,
        causationid=record.causation_id,
        actor=record.actor,
        data=msgspec.Raw(_compact(record.data)),
    )
    return neutralise_json(msgspec.json.encode(event).decode())


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
