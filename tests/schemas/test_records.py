"""The names of streams, and the envelope."""

import msgspec

from schemas.actors import CUSTOMER, SYSTEM, agent_actor, application_actor, bot_actor, connector_actor
from schemas.records import (
    CENTRE,
    Record,
    agent_stream,
    category_of,
    conversation_stream,
    entity_id_of,
    is_agent_stream,
    is_conversation_stream,
    is_router_stream,
    router_stream,
)
from tests.examples import new_record


def test_a_streams_name_names_the_entity() -> None:
    stream = agent_stream("anna-lena.k")
    assert stream == "agent-anna-lena.k"
    assert (category_of(stream), entity_id_of(stream)) == ("agent", "anna-lena.k")


def test_a_record_is_a_new_record_with_a_position() -> None:
    new = new_record("a", 1)
    record = Record(*(*msgspec.structs.astuple(new), 9))
    assert record.position == 9
    assert {name: getattr(record, name) for name in new.__struct_fields__} == msgspec.structs.asdict(new)


def test_each_kind_of_entity_has_streams_of_its_own() -> None:
    streams = [conversation_stream("1"), agent_stream("alice"), router_stream("chat"), CENTRE]
    assert streams == ["conversation-1", "agent-alice", "router-chat", "configuration-centre"]


def test_each_stream_is_recognised_by_its_kind() -> None:
    streams = [
        conversation_stream("agent-1"),
        agent_stream("router-1"),
        router_stream("conversation-1"),
        CENTRE,
        "agent",
    ]
    assert [is_conversation_stream(stream) for stream in streams] == [True, False, False, False, False]
    assert [is_agent_stream(stream) for stream in streams] == [False, True, False, False, False]
    assert [is_router_stream(stream) for stream in streams] == [False, False, True, False, False]


def test_actors_are_named_by_their_kind() -> None:
    named = [agent_actor("alice"), bot_actor("greeter"), connector_actor("sms"), application_actor("crm")]
    assert named == ["agent:alice", "bot:greeter", "connector:sms", "application:crm"]
    assert (CUSTOMER, SYSTEM) == ("customer", "system")
