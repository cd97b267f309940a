"""The events that belong to a conversation or a correlation, beside those whose stream or id shows it."""

from typing import Annotated

import msgspec

from projections.runner import Projection, RecordedEvent, Table, Transaction, doc
from schemas.identifiers import command_id
from schemas.records import Record, category_of, entity_id_of

__all__ = ["BELONGINGS", "BELONGINGS_TABLE", "Belonging", "belongs_to"]


class Belonging(msgspec.Struct):
    subject: Annotated[str, doc("The conversation's id, or a correlation id.")]
    position: Annotated[int, doc("The position of an event that belongs to it.")]


class _About(msgspec.Struct):
    conversation_id: str | None = None


BELONGINGS_TABLE = Table(
    "belongings",
    Belonging,
    key=("subject", "position"),
    grain="One row for each event and each conversation or correlation to which it belongs.",
    internal=True,
)
_about = msgspec.json.Decoder(_About)


def belongs_to(record: Record) -> set[str]:
    """The conversation that the event is about, and its correlation. The conversation of its own stream and the command
    that its id is made of are left out: they are found without an index."""
    subjects = {record.correlation_id}
    if category_of(record.stream) in ("agent", "router") and (conversation_id := _conversation(record)) is not None:
        subjects.add(conversation_id)
    return subjects - {entity_id_of(record.stream), command_id(record.event_id)}


def _conversation(record: Record) -> str | None:
    try:
        return _about.decode(record.data).conversation_id
    except msgspec.MsgspecError:
        return None


def _see(tx: Transaction, recorded: RecordedEvent) -> None:
    position = recorded.record.position
    for subject in sorted(belongs_to(recorded.record)):
        tx.append(BELONGINGS_TABLE, Belonging(subject, position))


BELONGINGS = Projection(
    name="belongings",
    version=1,
    description="Belongings: which events belong to a conversation or a correlation.",
    tables=(BELONGINGS_TABLE,),
    handlers=(),
    every=_see,
)
