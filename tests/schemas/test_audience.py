"""The events that customers and agents see."""

from typing import get_args

import msgspec
import pytest

from schemas.events import (
    AGENT_SEES,
    CUSTOMER_SEES,
    HEARD,
    HIDDEN_FROM_CUSTOMER,
    INSIDE,
    REGISTRY,
    AgentEvent,
    ConversationEvent,
    Role,
)


@pytest.mark.parametrize("audience", [CUSTOMER_SEES, AGENT_SEES], ids=["customer", "agent"])
def test_audiences_see_only_events_that_exist(audience: frozenset[str]) -> None:
    assert audience <= REGISTRY.types.keys()


def test_customers_do_not_see_the_events_among_agents() -> None:
    inside = {
        "NoteAdded",
        "WhisperPosted",
        "SuggestionPosted",
        "WrapUpCompleted",
        "BotReplyDropped",
        "BotFailed",
        "BotSaidNothing",
        "AssistRequested",
        "HandRaised",
        "LabelsChanged",
        "AttributesChanged",
    }
    assert not CUSTOMER_SEES & inside


def test_agents_see_all_events_that_customers_see_and_more() -> None:
    assert CUSTOMER_SEES < AGENT_SEES


def test_every_event_of_a_conversation_is_listed_for_an_audience() -> None:
    assert {event.__name__ for event in get_args(ConversationEvent)} == AGENT_SEES
    assert {event.__name__ for event in get_args(AgentEvent)} > INSIDE


def test_the_fields_hidden_from_customers_exist() -> None:
    assert HIDDEN_FROM_CUSTOMER.keys() <= CUSTOMER_SEES
    for type_, hidden in HIDDEN_FROM_CUSTOMER.items():
        assert set(hidden) <= {field.encode_name for field in msgspec.structs.fields(REGISTRY.types[type_])}
    assert set(HEARD) < set(get_args(Role))
