"""The projections that inspection reads: one row a stream, the events of each conversation or correlation, and the
changes of the configuration."""

from projections.inspection.belongings import BELONGINGS, BELONGINGS_TABLE, belongs_to
from projections.inspection.configuration_changes import CHANGES_TABLE, CONFIGURATION_CHANGES
from projections.inspection.streams import STREAM_HEADS, STREAMS
from projections.runner import Projection

__all__ = [
    "BELONGINGS",
    "BELONGINGS_TABLE",
    "CHANGES_TABLE",
    "CONFIGURATION_CHANGES",
    "INSPECTION",
    "STREAMS",
    "STREAM_HEADS",
    "belongs_to",
]

INSPECTION: tuple[Projection, ...] = (STREAMS, BELONGINGS, CONFIGURATION_CHANGES)
