"""Recorded events as the caller who inspects them may see them."""

from typing import Any, TypeVar

import msgspec

from gateways.inspection.masking import MASK, masked, without_secrets
from gateways.inspection.sentences import sentence_of
from gateways.inspection.viewer import Viewer
from schemas.events import REGISTRY
from schemas.exceptions import SchemaError
from schemas.records import Record

__all__ = ["InspectedEvent", "inspected", "inspected_as"]


class InspectedEvent(msgspec.Struct, frozen=True, kw_only=True):
    """An event with all that is recorded of it. ``summary`` tells it in one line; ``data`` is in the newest version of
    its type, ``schema_version`` the one it was recorded in."""

    position: int
    stream: str
    version: int
    event_id: str
    type: str
    at: str
    schema_version: int
    correlation_id: str
    causation_id: str
    actor: str
    summary: str
    data: Any


E = TypeVar("E", bound=InspectedEvent)

_METADATA = [name for name in ("position", *Record.__struct_fields__) if name != "data"]


def inspected(record: Record, viewer: Viewer) -> InspectedEvent:
    """The event as the viewer may see it. Data that does not decode is masked for a viewer who may not see personal
    data of its stream."""
    return inspected_as(InspectedEvent, record, viewer)


def inspected_as(shape: type[E], record: Record, viewer: Viewer) -> E:
    """The event as a struct of another type."""
    summary, data = _summary_and_data(record, viewer)
    metadata = {name: getattr(record, name) for name in _METADATA} | {"type": REGISTRY.current_type(record)}
    return shape(**metadata, summary=summary, data=data)


def _summary_and_data(record: Record, viewer: Viewer) -> tuple[str, object]:
    sees_personal = viewer.sees(record.stream)
    try:
        event = REGISTRY.decode(record)
    except SchemaError:
        return record.type, _undecodable(record.data) if sees_personal else MASK
    hide = without_secrets if sees_personal else masked
    data = hide(msgspec.json.decode(REGISTRY.current_data(record)), type(event))
    return sentence_of(type(event).__name__, record.stream, data, viewer.clock(record.at)), data


def _undecodable(data: bytes) -> object:
    """The data as the JSON that it is, or as text when it is not JSON."""
    try:
        return msgspec.json.decode(data)
    except (UnicodeDecodeError, msgspec.MsgspecError, RecursionError):
        return data.decode(errors="backslashreplace")
