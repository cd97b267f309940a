"""What an entity is to the engine: deterministic functions over its state, without I/O, clock or chance."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, NamedTuple

from schemas.commands import Command
from schemas.events import Event
from schemas.records import Category
from schemas.replies import Refusal, RefusalCode, Reply

__all__ = ["Deadline", "Decider", "Decision", "Message", "no_deadlines", "refuse"]


class Message(NamedTuple):
    """A command for another entity, named by its stream."""

    to: str
    command: Command


@dataclass(slots=True)
class Decision:
    """What became of a command: what happened, whom to tell, what to answer."""

    events: list[Event] = field(default_factory=list)
    messages: list[Message] = field(default_factory=list)
    reply: Reply | Refusal | None = None


class Deadline(NamedTuple):
    """At this instant, unless the state changes first, the entity receives the command."""

    instant: datetime
    command: Command


@dataclass(frozen=True, slots=True)
class Decider:
    """One kind of entity.

    ``decide`` never changes the state; ``evolve`` alone does, in place, for live events and for replay alike.
    ``finished`` tells that nothing more is expected, so that the entity need not stay in memory. One that ``stays``
    does so however long nobody uses it: there are few of its kind, and their streams are long. Of a kind that
    ``passes`` there are ever new ones, and whoever is finished is seldom heard of again.

    ``snapshot`` puts a state into bytes and ``restore`` makes the very same of them, indexes and order included.
    """

    category: Category
    initial: Callable[[str], Any]
    decide: Callable[[Any, Any], Decision]
    evolve: Callable[[Any, Any], None]
    deadlines: Callable[[Any], Mapping[str, Deadline]]
    finished: Callable[[Any], bool]
    snapshot: Callable[[Any], bytes]
    restore: Callable[[bytes], Any]
    stays: bool = False
    passes: bool = False


def no_deadlines(state: object) -> Mapping[str, Deadline]:
    """For entities that wait for nothing but commands."""
    return _NO_DEADLINES


def refuse(code: RefusalCode, detail: str) -> Decision:
    return Decision(reply=Refusal(code, detail))


_NO_DEADLINES: Mapping[str, Deadline] = {}
