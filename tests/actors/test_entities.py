"""Finding an entity's decider."""

import pytest

from actors.agent import AGENT
from actors.configuration import CONFIGURATION
from actors.conversation import CONVERSATION
from actors.entities import DECIDERS, decider_of
from actors.router import ROUTER
from schemas.records import CENTRE


def test_streams_begin_with_the_kind_of_their_entity() -> None:
    assert decider_of("conversation-1") is CONVERSATION
    assert decider_of("agent-alice-b") is AGENT
    assert decider_of("router-chat") is ROUTER
    assert decider_of(CENTRE) is CONFIGURATION
    assert set(DECIDERS) == {"conversation", "agent", "router", "configuration"}


def test_other_streams_have_no_decider() -> None:
    with pytest.raises(KeyError):
        decider_of("robot-1")
