"""A recorded event as a CloudEvent: docs/decisions/0015-the-journal-as-cloudevents.md."""

from typing import Annotated, Literal

import msgspec

from schemas.records import Record

__all__ = ["ATTRIBUTES", "CloudEvent", "cloud_event"]

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


def cloud_event(record: Record, data: bytes) -> CloudEvent:
    """All that is recorded of the event, with this JSON as its data."""
    return CloudEvent(
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
        data=msgspec.Raw(data),
    )
