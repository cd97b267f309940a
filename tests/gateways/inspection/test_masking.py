"""Personal data and secrets are masked."""

from typing import Annotated, Any

import msgspec
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from actors.agent.state import Agent
from actors.configuration import Configuration
from actors.conversation.state import Conversation
from actors.entities import DECIDERS
from actors.router.state import Router
from gateways.inspection.events import inspected
from gateways.inspection.masking import MASK, masked, masked_rows, without_secrets
from gateways.inspection.viewer import STRANGER, SUPERUSER
from projections.reports import REPORTS, Report
from schemas.content import CustomContent, LocationContent, Sender, TextContent
from schemas.events import REGISTRY, Event, MessagePosted
from schemas.personal import Personal
from schemas.records import Record
from tests.gateways.api.inspection.personal import PERSONAL_NUMBER, with_recognisable
from tests.schemas.strategies import values_of


def record_of(type_: str, data: bytes, stream: str = "conversation-1", schema_version: int | None = None) -> Record:
    version = REGISTRY.types[type_].VERSION if type_ in REGISTRY.types else 1
    return Record(
        stream=stream,
        version=1,
        event_id="event",
        type=type_,
        at="2026-11-22T10:00:00.000000Z",
        schema_version=schema_version or version,
        correlation_id="correlation",
        causation_id="causation",
        actor="agent:alice",
        data=data,
        position=1,
    )


@pytest.mark.parametrize("event_type", REGISTRY.types.values(), ids=lambda cls: cls.__name__)
@settings(max_examples=20, suppress_health_check=[HealthCheck.too_slow])
@given(data=st.data())
def test_no_event_reveals_personal_data(event_type: type[Event], data: st.DataObject) -> None:
    fields, texts = with_recognisable(data.draw(values_of(event_type)))
    record = record_of(event_type.__name__, msgspec.json.encode(fields))
    assert isinstance(REGISTRY.decode(record), event_type)
    visible = msgspec.json.encode(inspected(record, STRANGER)).decode()
    assert [text for text in texts if text in visible] == []
    assert str(PERSONAL_NUMBER) not in visible
    whole = inspected(record, SUPERUSER)
    if event_type.__name__ != "ItemConfigured":
        assert whole.data == fields


@pytest.mark.parametrize("event_type", REGISTRY.types.values(), ids=lambda cls: cls.__name__)
@settings(max_examples=5, suppress_health_check=[HealthCheck.too_slow])
@given(data=st.data())
def test_masking_keeps_every_field(event_type: type[Event], data: st.DataObject) -> None:
    """An event is masked field by field, and has the same fields as before."""
    event: Event = data.draw(values_of(event_type))
    visible = inspected(record_of(event_type.__name__, REGISTRY.encode(event)), STRANGER)
    assert set(visible.data) == set(msgspec.json.decode(REGISTRY.encode(event)))
    assert visible.summary


def test_a_customers_id_is_personal_and_an_agents_is_not() -> None:
    for type_, visible in (("customer", MASK), ("agent", "7"), ("bot", "7")):
        data = {"message_id": "m", "sender": {"type": type_, "id": "7", "name": "Ada"}, "content": {"type": "text"}}
        assert masked(data, MessagePosted)["sender"] == {"type": type_, "id": visible, "name": MASK}


@pytest.mark.parametrize(
    ("content", "visible"),
    [
        (TextContent("Hello"), {"type": "text", "text": MASK}),
        (LocationContent(1.0, 2.0), {"type": "location", "latitude": MASK, "longitude": MASK}),
        (CustomContent({"secret": 1}), {"type": "custom", "payload": MASK}),
    ],
)
def test_contents_are_masked_by_their_kind(content: Any, visible: dict[str, Any]) -> None:
    event = MessagePosted(message_id="m", sender=Sender("bot"), content=content)
    assert masked(msgspec.to_builtins(event), MessagePosted)["content"] == visible


@pytest.mark.parametrize(
    "content",
    [
        {"type": "unheard-of", "text": "Ada"},
        {"text": "Ada"},
        {"type": "text", "extra": "Ada"},
        "Ada",
        7.5,
        ["Ada"],
        [["Ada"]],
    ],
)
def test_fields_unknown_to_the_type_are_masked(content: Any) -> None:
    data = {"message_id": "m", "sender": {"type": "bot"}, "content": content, "more": "Ada"}
    visible = repr(masked(data, MessagePosted))
    assert "Ada" not in visible
    assert "7.5" not in visible


@pytest.mark.parametrize(
    "record",
    [
        record_of("MessagePosted", b'{"text":"Ada"}'),
        record_of("MessagePosted", b"Ada"),
        record_of("MessagePosted", b"\xff Ada"),
        record_of("MessagePosted", b"[" * 5000),
        record_of("UnheardOf", b'{"text":"Ada"}'),
        record_of("MessagePosted", b'{"text":"Ada"}', schema_version=99),
    ],
)
def test_data_that_does_not_decode_is_masked_whole(record: Record) -> None:
    hidden = inspected(record, STRANGER)
    assert (hidden.data, hidden.summary) == (MASK, record.type)
    assert msgspec.json.encode(inspected(record, SUPERUSER))


def test_secrets_are_masked_for_everybody() -> None:
    state = {"centre": "centre", "tables": {"api_keys": {"crm": {"sha256": "5e88", "scopes": ["extern"]}}}}
    for hide in (masked, without_secrets):
        assert hide(state, Configuration)["tables"]["api_keys"]["crm"] == {"sha256": MASK, "scopes": ["extern"]}


def test_states_are_masked() -> None:
    agents = {"alice": {"name": "Alice", "role": "primary", "task_id": "t", "direction": "inbound"}}
    visible = masked(
        {"agents": agents, "wrap_up": [["sale"], "rude"], "rating": [1, "rude"], "bot": None}, Conversation
    )
    assert visible["agents"]["alice"] == {**agents["alice"], "name": MASK}
    assert (visible["wrap_up"], visible["rating"], visible["bot"]) == ([["sale"], MASK], [1, MASK], None)
    assert masked({"name": "Alice", "state": "ready"}, Agent) == {"name": MASK, "state": "ready"}
    assert masked({"customer": {"name": "Ada", "attributes": {"vip": 1}}}, Conversation) == {
        "customer": {"name": MASK, "attributes": MASK}
    }


def test_a_state_that_describes_itself_is_masked_whole_if_it_holds_personal_data() -> None:
    assert masked({"queues": {}}, Router) == {"queues": {}}

    class Described(msgspec.Struct):
        names: dict[str, list[Annotated[str, Personal]]]

        def describe(self) -> dict[str, Any]:
            return {"all": self.names}

    assert masked({"all": {"a": ["Ada"]}}, Described) == MASK


def test_every_kind_of_state_can_be_masked() -> None:
    for decider in DECIDERS.values():
        assert masked({}, type(decider.initial("x"))) == {}


@pytest.mark.parametrize("report", REPORTS.values(), ids=list(REPORTS))
@given(data=st.data())
@settings(max_examples=10, suppress_health_check=[HealthCheck.too_slow])
def test_rows_of_reports_hide_what_their_columns_call_personal(report: Report, data: st.DataObject) -> None:
    row = data.draw(values_of(report.row))
    personal = [column.name for column in report.columns if column.personal and getattr(row, column.name) is not None]
    assert masked_rows([row], report.row) == [msgspec.structs.replace(row, **dict.fromkeys(personal, MASK))]
