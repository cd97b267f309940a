"""The names of streams, and the envelope."""

import msgspec

from schemas.records import Record, category_of, entity_id_of, stream_name
from tests.examples import new_record


def test_a_streams_name_tells_the_entity() -> None:
    stream = stream_name("agent", "anna-lena.k")
    assert stream == "agent-anna-lena.k"
    assert (category_of(stream), entity_id_of(stream)) == ("agent", "anna-lena.k")


def test_a_record_is_a_new_record_with_a_position() -> None:
    new = new_record("a", 1)
    record = Record(*(*msgspec.structs.astuple(new), 9))
    assert record.position == 9
    assert {name: getattr(record, name) for name in new.__struct_fields__} == msgspec.structs.asdict(new)
