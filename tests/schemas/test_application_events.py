"""The events that other applications may be sent."""

from typing import get_args

from schemas.application_events import ApplicationEvent
from schemas.events import AGENT_SEES, INSIDE, REGISTRY, ConfigurationEvent

_TYPES = get_args(ApplicationEvent)


def test_they_are_known_by_their_names_of_now_and_in_order() -> None:
    assert set(_TYPES) <= REGISTRY.types.keys()
    assert list(_TYPES) == sorted(set(_TYPES))


def test_they_are_what_agents_see_of_conversations_and_more_but_never_the_configuration() -> None:
    assert set(_TYPES) >= AGENT_SEES
    assert not set(_TYPES) & {*INSIDE, *(kind.__name__ for kind in get_args(ConfigurationEvent))}
