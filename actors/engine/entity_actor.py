"""The Thespian shell around an entity."""

from collections.abc import Callable
from typing import NamedTuple, Protocol

from thespian.actors import Actor, ActorAddress

from actors.decider import AnyDecider, EntityState
from actors.engine.cascade import Cascade
from schemas.commands import Command
from schemas.events import Event

__all__ = ["Addresses", "Become", "Deliver", "Entity", "EntityActor", "Send"]

Send = Callable[[ActorAddress, object], None]


class Entity:
    """One conversation, agent or router in memory, with its actor if it has one yet."""

    __slots__ = ("address", "decider", "last_used", "state", "stream")

    def __init__(self, stream: str, decider: AnyDecider, state: EntityState, now: float) -> None:
        self.stream = stream
        self.decider = decider
        self.state = state
        self.address: ActorAddress | None = None
        self.last_used = now


class Addresses(Protocol):
    def address(self, stream: str, send: Send) -> ActorAddress:
        """The address of this stream's entity. Brings the entity into memory with ``send`` if it is not there."""


class Become(NamedTuple):
    """Makes the actor this entity from now on; with None the actor is free for the next one."""

    entity: Entity | None


class Deliver(NamedTuple):
    """A command for the actor's entity, as part of a cascade."""

    cascade: Cascade
    command: Command
    causation_id: str
    addresses: Addresses


class EntityActor(Actor):  # type: ignore[misc] # Thespian is not typed
    """Any entity as an actor. Nothing leaves ``receiveMessage``: Thespian would deliver the message again."""

    entity: Entity | None = None

    def receiveMessage(self, message: object, sender: ActorAddress) -> None:  # noqa: N802 - Thespian's name
        if isinstance(message, Deliver):
            if message.cascade.error is None:
                try:
                    self._deliver(message)
                except Exception as error:
                    message.cascade.error = error
        elif isinstance(message, Become):
            self.entity = message.entity

    def _deliver(self, message: Deliver) -> None:
        entity, cascade = self.entity, message.cascade
        if entity is None:
            raise LookupError("a command reached an actor without an entity")
        first = not cascade.touched
        cascade.touched.add(entity.stream)
        decision = entity.decider.decide(entity.state, message.command)
        if first:
            cascade.answer = decision.reply
        identifiers = []
        for event in decision.events:
            entity.decider.evolve(entity.state, event)
            identifiers.append(cascade.add(entity.stream, entity.state.version, event, message.causation_id))
        for to, command, follows in decision.messages:
            address = message.addresses.address(to, self.send)
            if not identifiers or follows == "command":
                causation_id = message.causation_id
            else:
                causation_id = identifiers[_place(decision.events, follows)]
            self.send(address, Deliver(cascade, command, causation_id, message.addresses))


def _place(events: list[Event], follows: object) -> int:
    """The place of the very event from which a message follows; equal events may differ in what they cause."""
    if follows is None:
        return -1
    return next(place for place, event in enumerate(events) if event is follows)
