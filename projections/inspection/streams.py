"""One row for each stream."""

from typing import Annotated

import msgspec

from projections.runner import Index, Projection, RecordedEvent, Table, Transaction, doc
from schemas.events import REGISTRY
from schemas.records import category_of

__all__ = ["STREAMS", "STREAM_HEADS", "StreamRow"]


class StreamRow(msgspec.Struct, kw_only=True):
    stream: Annotated[str, doc("The stream's name.")]
    category: Annotated[str, doc("conversation, agent, router or configuration.")]
    events: Annotated[int, doc("How many events it has.")]
    first_at: Annotated[str, doc("When the first of them was recorded.")]
    last_at: Annotated[str, doc("When the last of them was recorded.")]
    last_type: Annotated[str, doc("The last one's type.")]
    last_position: Annotated[int, doc("The last one's position.")]


STREAM_HEADS = Table(
    "streams",
    StreamRow,
    key=("stream",),
    grain="One row for each stream.",
    indexes=(Index(("last_position",)), Index(("category", "last_position"))),
    internal=True,
)


def _see(tx: Transaction, recorded: RecordedEvent) -> None:
    record = recorded.record
    row = tx.change(STREAM_HEADS, record.stream)
    if row is None:
        row = StreamRow(
            stream=record.stream,
            category=category_of(record.stream),
            events=0,
            first_at=record.at,
            last_at="",
            last_type="",
            last_position=0,
        )
        tx.add(STREAM_HEADS, row)
    row.events = record.version
    row.last_at, row.last_type, row.last_position = record.at, REGISTRY.current_type(record), record.position


STREAMS = Projection(
    name="streams",
    version=1,
    description="Streams: when each began, how many events it has, and its last event.",
    tables=(STREAM_HEADS,),
    handlers=(),
    every=_see,
)
