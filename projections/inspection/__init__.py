"""The projections that inspection reads: one row a stream, and the events of each conversation or correlation."""

from projections.inspection.belongings import BELONGINGS, BELONGINGS_TABLE, belongs_to
from projections.inspection.streams import STREAM_HEADS, STREAMS
from projections.runner import Projection

__all__ = ["BELONGINGS", "BELONGINGS_TABLE", "INSPECTION", "STREAMS", "STREAM_HEADS", "belongs_to"]

INSPECTION: tuple[Projection, ...] = (STREAMS, BELONGINGS)
