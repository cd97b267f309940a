"""Deciders: an entity as deterministic functions over its state, without I/O, clock or chance."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Generic, Literal, NamedTuple, Protocol, TypeVar

from schemas.commands import Command
from schemas.events import Event
from schemas.records import Category
from schemas.replies import Refusal, RefusalCode, Reply

__all__ = ["AnyDecider", "Deadline", "Decider", "Decision", "EntityState", "Message", "no_deadlines", "refuse"]


class EntityState(Protocol):
    """The part that all states share: ``version`` is that of the last event folded into the state."""

    version: int


StateT = TypeVar("StateT", bound=EntityState)
CommandT = TypeVar("CommandT", bound=Command)
EventT = TypeVar("EventT", bound=Event)


class Message(NamedTuple):
    """A command for another entity, named by its stream.

    ``follows`` is the event of the same decision from which the message follows; None stands for the last one. A
    message that only continues the work of its command follows ``"command"``: it has the command's own cause.
    """

    to: str
    command: Command
    follows: Event | Literal["command"] | None = None


@dataclass(slots=True)
class Decision(Generic[EventT]):
    """The result of a command: events, messages to other entities, and an answer."""

    events: list[EventT] = field(default_factory=list)
    messages: list[Message] = field(default_factory=list)
    reply: Reply | Refusal | None = None


class Deadline(NamedTuple):
    """At this instant, unless the state changes first, the entity receives the command."""

    instant: datetime
    command: Command


@dataclass(frozen=True, slots=True)
class Decider(Generic[StateT, CommandT, EventT]):
    """One kind of entity.

    ``decide`` never changes the state; ``evolve`` alone does, in place, for live events and for replay alike.
    ``finished`` is true when nothing more is expected, so that the entity need not stay in memory. A ``pinned`` one
    stays in memory however long nobody uses it: there are few of its kind, and their streams are long. Of a
    ``short_lived`` kind there are ever new ones, and a finished one seldom receives another command.

    ``snapshot`` puts a state into bytes and ``restore`` makes the very same of them, indexes and order included.
    """

    category: Category
    initial: Callable[[str], StateT]
    decide: Callable[[StateT, CommandT], Decision[EventT]]
    evolve: Callable[[StateT, EventT], None]
    deadlines: Callable[[StateT], Mapping[str, Deadline]]
    finished: Callable[[StateT], bool]
    snapshot: Callable[[StateT], bytes]
    restore: Callable[[bytes], StateT]
    pinned: bool = False
    short_lived: bool = False


AnyDecider = Decider[EntityState, Command, Event]
"""A decider where the kind of entity is not known. It takes states, commands and events of its own kind only; its
stream's name has chosen it (see actors.entities)."""


def no_deadlines(state: object) -> Mapping[str, Deadline]:
    """The deadlines of entities that wait for nothing but commands: none."""
    return _NO_DEADLINES


def refuse(code: RefusalCode, detail: str) -> Decision[EventT]:
    return Decision(reply=Refusal(code, detail))


_NO_DEADLINES: Mapping[str, Deadline] = {}
