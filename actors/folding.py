"""Folding a stream: the one way from recorded events to an entity's state, by the code that serves live events."""

from collections.abc import Iterable
from typing import TypeVar

from actors.decider import Decider, EntityState
from actors.entities import decider_of
from schemas.commands import Command
from schemas.events import REGISTRY, Event
from schemas.records import Record, entity_id_of

__all__ = ["advance", "fold", "fold_as", "initial_state"]

StateT = TypeVar("StateT", bound=EntityState)
CommandT = TypeVar("CommandT", bound=Command)
EventT = TypeVar("EventT", bound=Event)


def initial_state(stream: str) -> EntityState:
    """The state of a stream's entity before its first event. Raises KeyError for a stream of no known category."""
    return decider_of(stream).initial(entity_id_of(stream))


def advance(stream: str, state: EntityState, records: Iterable[Record]) -> None:
    """Changes the state by the records that follow it in its stream. Raises SchemaError when one does not decode."""
    evolve = decider_of(stream).evolve
    for record in records:
        evolve(state, REGISTRY.decode(record))


def fold(stream: str, records: Iterable[Record]) -> EntityState:
    """The state of a stream's entity after these records, which begin with the stream's first."""
    state = initial_state(stream)
    advance(stream, state, records)
    return state


def fold_as(decider: Decider[StateT, CommandT, EventT], stream: str, records: Iterable[Record]) -> StateT:
    """Like ``fold`` for a caller who knows what kind of entity the stream has."""
    state = decider.initial(entity_id_of(stream))
    advance(stream, state, records)
    return state
