"""Recorded events as whoever inspects them may see them."""

from typing import Any, TypeVar

import msgspec

from gateways.inspection.masking import MASK, masked, without_secrets
from gateways.inspection.sentences import sentence_of
from schemas.api.inspection import InspectedEvent
from schemas.events import REGISTRY
from schemas.exceptions import SchemaError
from schemas.records import Record

__all__ = ["inspected", "inspected_as"]

E = TypeVar("E", bound=InspectedEvent)

_METADATA = [name for name in ("position", *Record.__struct_fields__) if name != "data"]


def inspected(record: Record, sees_personal: bool) -> InspectedEvent:
    """Data that does not decode is told to those only who may see everything."""
    return inspected_as(InspectedEvent, record, sees_personal)


def inspected_as(shape: type[E], record: Record, sees_personal: bool, **more: Any) -> E:
    """The event in another shape, with what ``more`` that one has."""
    summary, data = _told(record, sees_personal)
    metadata = {name: getattr(record, name) for name in _METADATA} | {"type": REGISTRY.current_type(record)}
    return shape(**metadata, summary=summary, data=data, **more)


def _told(record: Record, sees_personal: bool) -> tuple[str, Any]:
    try:
        event = REGISTRY.decode(record)
    except SchemaError:
        return record.type, _undecodable(record.data) if sees_personal else MASK
    hide = without_secrets if sees_personal else masked
    data = hide(msgspec.json.decode(REGISTRY.current_data(record)), type(event))
    return sentence_of(type(event).__name__, record.stream, data), data


def _undecodable(data: bytes) -> Any:
    """The JSON as it is, or what is no JSON as text."""
    try:
        return msgspec.json.decode(data)
    except (UnicodeDecodeError, msgspec.MsgspecError, RecursionError):
        return data.decode(errors="backslashreplace")
