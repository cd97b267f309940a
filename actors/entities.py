"""The four kinds of entities by the first word of their streams, and folding any stream into its state."""

from collections.abc import Iterable
from typing import Any

from actors.agent import AGENT
from actors.configuration import CONFIGURATION
from actors.conversation import CONVERSATION
from actors.decider import Decider
from actors.router import ROUTER
from schemas.events import REGISTRY
from schemas.records import Record, category_of, entity_id_of

__all__ = ["DECIDERS", "decider_of", "fold"]

DECIDERS: dict[str, Decider] = {decider.category: decider for decider in (CONVERSATION, AGENT, ROUTER, CONFIGURATION)}


def decider_of(stream: str) -> Decider:
    """Raises KeyError when the stream's name begins with no known category."""
    return DECIDERS[category_of(stream)]


def fold(stream: str, records: Iterable[Record]) -> Any:
    """The state of a stream's entity after these records, by the code that serves live events."""
    decider = decider_of(stream)
    state = decider.initial(entity_id_of(stream))
    for record in records:
        decider.evolve(state, REGISTRY.decode(record))
    return state
