"""Who sees which events."""

import pytest

from schemas.events import AGENT_SEES, CUSTOMER_SEES, REGISTRY


@pytest.mark.parametrize("audience", [CUSTOMER_SEES, AGENT_SEES], ids=["customer", "agent"])
def test_audiences_are_told_of_events_that_exist(audience: frozenset[str]) -> None:
    assert audience <= REGISTRY.types.keys()


def test_customers_hear_nothing_of_what_agents_say_among_themselves() -> None:
    inside = {"NoteAdded", "WrapUpCompleted", "BotReplyDropped", "BotFailed"}
    assert not CUSTOMER_SEES & inside


def test_agents_see_what_customers_see_and_more() -> None:
    assert CUSTOMER_SEES < AGENT_SEES
