"""What is sent of an event: a CloudEvent, as the export of the journal has it, with the data that the receiver may
see."""

import msgspec
from msgspec.structs import replace

from gateways.inspection.cloud_events import cloud_event
from gateways.inspection.masking import masked, without_secrets
from schemas.events import REGISTRY, Event
from schemas.records import Record

__all__ = ["event_body"]


def event_body(record: Record, event: Event, *, personal: bool) -> bytes:
    """The event in the newest version of its type, whatever version it was recorded in. Personal data is masked unless
    the receiver sees it."""
    hide = without_secrets if personal else masked
    data = msgspec.json.encode(hide(msgspec.json.decode(REGISTRY.current_data(record)), type(event)))
    current = replace(record, type=REGISTRY.current_type(record), schema_version=type(event).VERSION)
    return msgspec.json.encode(cloud_event(current, data))
