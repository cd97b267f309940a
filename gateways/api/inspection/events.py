"""The bodies of inspected events."""

import msgspec

from gateways.api.inspected_event import described
from gateways.inspection.events import inspected
from gateways.inspection.lanes import lane_of
from gateways.inspection.viewer import STRANGER, Viewer
from schemas.api import inspection as api
from schemas.events import REGISTRY
from schemas.records import Record

__all__ = ["describe_event", "describe_traced_event"]


def describe_event(record: Record, viewer: Viewer) -> api.InspectedEvent:
    return described(inspected(record, viewer))


def describe_traced_event(record: Record, viewer: Viewer) -> api.TracedEvent:
    lane = lane_of(REGISTRY.current_type(record), record.stream, inspected(record, STRANGER).data)
    return api.TracedEvent(**msgspec.structs.asdict(inspected(record, viewer)), lane=lane)
