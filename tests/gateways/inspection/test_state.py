"""States are rendered as plain JSON values, and an event's changes as a patch."""

from contextlib import closing
from copy import deepcopy
from pathlib import Path

import jsonpatch
import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from actors.folding import fold, initial_state
from actors.journal import SqliteJournal
from gateways.inspection.exceptions import UnfoldableStreamError
from gateways.inspection.state import evolve_all, patch_between, readable
from schemas.records import Record
from tests.gateways.command_line.journals import CONVERSATION, write_conversation


@pytest.fixture
def records(tmp_path: Path) -> list[Record]:
    write_conversation(tmp_path)
    with closing(SqliteJournal(tmp_path / "journal.db")) as journal:
        return journal.read_all()


@pytest.mark.parametrize("stream", [CONVERSATION, "agent-alice", "router-chat"])
def test_the_patch_leads_from_each_state_to_the_next(records: list[Record], stream: str) -> None:
    own = [record for record in records if record.stream == stream]
    for version in range(1, len(own) + 1):
        before, after = readable(fold(stream, own[: version - 1])), readable(fold(stream, own[:version]))
        patch = patch_between(deepcopy(before), after)
        assert jsonpatch.apply_patch(before, patch) == after
        assert {"op": "replace", "path": "/version", "value": version, "before": version - 1} in patch


@pytest.mark.parametrize("stream", [CONVERSATION, "agent-alice", "router-chat"])
def test_a_state_is_rendered_as_plain_json_values(records: list[Record], stream: str) -> None:
    state = readable(fold(stream, [record for record in records if record.stream == stream]))
    assert msgspec.json.decode(msgspec.json.encode(state)) == state


def test_events_that_do_not_fold_raise_an_error_that_names_the_stream(records: list[Record]) -> None:
    own = [record for record in records if record.stream == "agent-alice"]
    with pytest.raises(UnfoldableStreamError, match="the events of agent-alice do not fold: KeyError"):
        evolve_all("agent-alice", initial_state("agent-alice"), [own[0], *own[5:]])


VALUES = st.recursive(
    st.none() | st.booleans() | st.integers(-9, 9) | st.sampled_from(["", "a", "b", "a/b", "~1"]),
    lambda inner: st.lists(inner, max_size=5) | st.dictionaries(st.sampled_from(["a", "b/c", "~", "0"]), inner),
    max_leaves=12,
)
OBJECTS = st.dictionaries(st.sampled_from(["a", "b/c", "~", "0"]), VALUES)


@given(before=OBJECTS, after=OBJECTS)
def test_before_holds_the_value_that_was_replaced_removed_or_moved(before: object, after: object) -> None:
    old = msgspec.json.decode(msgspec.json.encode(before))
    expected = msgspec.json.decode(msgspec.json.encode(after))
    for operation in patch_between(before, after):
        if operation["op"] != "add":
            place = jsonpatch.JsonPointer(operation.get("from", operation["path"]))
            assert place.resolve(old) == operation["before"]
        old = jsonpatch.apply_patch(old, [operation])
    assert old == expected
