"""Who sees which events."""

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
def test_audiences_are_told_of_events_that_exist(audience: frozenset[str]) -> None:
    assert audience <= REGISTRY.types.keys()


def test_customers_hear_nothing_of_what_agents_say_among_themselves() -> None:
    inside = {
        "NoteAdded",
        "WhisperPosted",
        "SuggestionPosted",
        "WrapUpCompleted",
        "BotReplyDropped",
        "BotFailed",
        "AssistRequested",
        "HandRaised",
        "LabelsChanged",
        "AttributesChanged",
    }
    assert not CUSTOMER_SEES & inside


def test_agents_see_what_customers_see_and_more() -> None:
    assert CUSTOMER_SEES < AGENT_SEES


def test_every_event_of_a_conversation_is_decided_on() -> None:
    assert {event.__name__ for event in get_args(ConversationEvent)} == AGENT_SEES
    assert {event.__name__ for event in get_args(AgentEvent)} > INSIDE


def test_what_is_hidden_from_the_customer_exists() -> None:
    assert HIDDEN_FROM_CUSTOMER.keys() <= CUSTOMER_SEES
    for type_, hidden in HIDDEN_FROM_CUSTOMER.items():
        assert set(hidden) <= {field.encode_name for field in msgspec.structs.fields(REGISTRY.types[type_])}
    assert set(HEARD) < set(get_args(Role))
