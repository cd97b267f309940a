"""The four kinds of entities by the first word of their streams."""

from typing import cast

from actors.agent import AGENT
from actors.configuration import CONFIGURATION
from actors.conversation import CONVERSATION
from actors.decider import AnyDecider
from actors.router import ROUTER
from schemas.records import category_of

__all__ = ["DECIDERS", "decider_of"]

DECIDERS: dict[str, AnyDecider] = {
    # Only here is the kind of entity forgotten. A stream's name brings it back: it chooses the decider that made the
    # state and the events, and a command sent to a stream of another kind meets ``assert_never`` in ``decide``.
    decider.category: cast("AnyDecider", decider)
    for decider in (CONVERSATION, AGENT, ROUTER, CONFIGURATION)
}


def decider_of(stream: str) -> AnyDecider:
    """The decider of the stream's entity. Raises KeyError when the stream's name begins with no known category."""
    return DECIDERS[category_of(stream)]
