"""A projection that follows the instructions in the records, and the contents that it has made of them."""

from typing import Annotated, Any, NamedTuple

import msgspec
import sqlalchemy as sql

from actors.journal import Journal, MemoryJournal
from projections.runner import Database, Duration, Index, Moment, Projection, RecordedEvent, Table, Transaction, doc
from projections.runner.catalogue import Build
from projections.runner.runner import Runner
from schemas.records import NewRecord, Record
from tests.examples import new_record

__all__ = [
    "COUNTING",
    "ITEMS",
    "LINES",
    "PAIRS",
    "Contents",
    "append_to",
    "catch_up",
    "change",
    "contents",
    "fail",
    "journal_of",
    "line",
    "pair",
    "put",
    "remove",
    "sample",
]

STREAM = "sample-1"
Instruction = dict[str, Any]


class Part(msgspec.Struct):
    size: int


class Item(msgspec.Struct, kw_only=True):
    key: str
    text: str | None = None
    number: int = 0
    whole: bool = True
    share: float | None = None
    tags: list[str] = msgspec.field(default_factory=list)
    extra: dict[str, int] | None = None
    parts: dict[str, Part] = msgspec.field(default_factory=dict)
    at: Annotated[Moment, doc("When the item was put.")]
    lasted: Duration | None = None


class Line(msgspec.Struct):
    position: int
    words: str


class Count(msgspec.Struct):
    position: int


class Pair(msgspec.Struct):
    left: str
    right: int


ITEMS = Table("items", Item, key=("key",), grain="One row for each item.", indexes=(Index(("number",)),))
LINES = Table("lines", Line, key=("position",), grain="One row for each line.")
COUNTS = Table("counts", Count, key=("position",), grain="One row for each event.")
PAIRS = Table("pairs", Pair, key=("left", "right"), internal=True)


def put(key: str, **fields: Any) -> Instruction:
    return {"do": "put", "key": key, "fields": fields}


def change(key: str, **fields: Any) -> Instruction:
    """Increases the numbers of an item, if there is one; then sets these fields."""
    return {"do": "change", "key": key, "fields": fields}


def remove(key: str) -> Instruction:
    return {"do": "remove", "key": key}


def line(words: str) -> Instruction:
    return {"do": "line", "words": words}


def pair(left: str, right: int, there: bool = True) -> Instruction:
    return {"do": "pair", "left": left, "right": right, "there": there}


def fail(why: str = "it is poison") -> Instruction:
    return {"do": "fail", "why": why}


def _carry_out(tx: Transaction, recorded: RecordedEvent) -> None:
    instruction = msgspec.json.decode(recorded.record.data)
    match instruction["do"]:
        case "put":
            fields = dict(instruction["fields"])
            parts = msgspec.convert(fields.pop("parts", {}), dict[str, Part])
            tx.add(ITEMS, Item(key=instruction["key"], at=recorded.at, parts=parts, **fields))
        case "change":
            item = tx.change(ITEMS, instruction["key"])
            if item is not None:
                item.number += 1
                for part in item.parts.values():
                    part.size += 1
                for name, value in instruction["fields"].items():
                    setattr(item, name, value)
        case "remove":
            tx.remove(ITEMS, instruction["key"])
        case "line":
            tx.append(LINES, Line(recorded.record.position, instruction["words"]))
        case "pair" if instruction["there"]:
            tx.add(PAIRS, Pair(instruction["left"], instruction["right"]))
        case "pair":
            tx.remove(PAIRS, instruction["left"], instruction["right"])
        case "surrogate":
            tx.add(ITEMS, Item(key="half", text="\ud83d", at=recorded.at))
        case "fail":
            tx.add(ITEMS, Item(key="left behind", at=recorded.at))
            raise ValueError(instruction["why"].replace("\\ud83d", "\ud83d"))


def sample(version: int = 1, name: str = "sample") -> Projection:
    return Projection(
        name=name, version=version, description="", tables=(ITEMS, LINES, PAIRS), handlers=(), every=_carry_out
    )


def _write_down(tx: Transaction, recorded: RecordedEvent) -> None:
    tx.append(COUNTS, Count(recorded.record.position))


COUNTING = Projection(name="counting", version=1, description="", tables=(COUNTS,), handlers=(), every=_write_down)
"""Another projection, which keeps each position."""


def append_to(journal: Journal, *instructions: Instruction) -> list[Record]:
    version = len(journal.read_stream(STREAM))
    return journal.append(
        [_record(version + number, instruction) for number, instruction in enumerate(instructions, 1)]
    )


def journal_of(*instructions: Instruction) -> MemoryJournal:
    """A journal that holds these instructions."""
    journal = MemoryJournal()
    append_to(journal, *instructions)
    return journal


def _record(version: int, instruction: Instruction) -> NewRecord:
    return msgspec.structs.replace(new_record(STREAM, version), data=msgspec.json.encode(instruction))


def catch_up(database: Database, journal: Journal, projection: Projection | None = None) -> None:
    Runner(journal, database, [projection or sample()]).catch_up()


class Contents(NamedTuple):
    """The contents of a live build: its tables' rows, its parked events, and its checkpoint."""

    position: int
    event_id: str
    version: int
    tables: dict[str, list[tuple[Any, ...]]]
    parked: list[tuple[int, str]]

    @property
    def items(self) -> dict[str, tuple[Any, ...]]:
        return {row[0]: row[1:] for row in self.tables["items"]}


def contents(database: Database, projection: Projection | None = None) -> Contents:
    """The contents of the projection's live build."""
    projection = projection or sample()
    with database.reading() as connection:
        live = database.catalogue.live(connection, projection.name)
        assert live is not None
        tables = {table.name: _rows(connection, table, live) for table in projection.tables}
        parked = [(found.position, found.reason) for found in database.catalogue.parked(connection, live)]
    return Contents(live.position, live.event_id, live.version, tables, parked)


def _rows(connection: sql.Connection, table: Table[Any], build: Build) -> list[tuple[Any, ...]]:
    made = table.generation(build.generation)
    key = [made.c[name] for name in table.key]
    rows = [tuple(row) for row in connection.execute(sql.select(made))]
    places = [list(made.c).index(column) for column in key]
    return sorted(rows, key=lambda row: [row[place] for place in places])
