"""The entities in memory, each in its actor."""

from collections import OrderedDict
from collections.abc import Iterable, Iterator
from typing import Any

from thespian.actors import ActorAddress, ActorSystem

from actors.decider import Decider
from actors.engine.entity_actor import Become, Entity, EntityActor, Send
from actors.entities import decider_of, fold
from actors.journal import Journal

__all__ = ["Residents"]


class Residents:
    """Finds entities by stream and brings them in from the journal.

    An actor whose entity leaves memory is kept for the next one: Thespian never forgets an address, so killing
    actors would leak. Order of use is kept, least recent first.
    """

    def __init__(self, system: ActorSystem, journal: Journal) -> None:
        self._system = system
        self._journal = journal
        self._entities: OrderedDict[str, Entity] = OrderedDict()
        self._free: list[ActorAddress] = []
        self.now = 0.0

    def __len__(self) -> int:
        return len(self._entities)

    def __iter__(self) -> Iterator[Entity]:
        return iter(self._entities.values())

    def get(self, stream: str) -> Entity | None:
        return self._entities.get(stream)

    def address(self, stream: str, send: Send) -> ActorAddress:
        entity = self._entities.get(stream)
        if entity is None:
            state = fold(stream, self._journal.read_stream(stream))
            return self.settle(stream, decider_of(stream), state, send).address
        entity.last_used = self.now
        self._entities.move_to_end(stream)
        return entity.address

    def settle(self, stream: str, decider: Decider, state: Any, send: Send) -> Entity:
        """Gives an entity an actor, and says so to the actor with ``send``, before any command reaches it.

        Within an actor ``send`` must be the actor's own: Thespian's ``tell`` would run messages out of turn.
        """
        address = self._free.pop() if self._free else self._system.createActor(EntityActor)
        entity = Entity(stream, decider, state, address, self.now)
        self._entities[stream] = entity
        send(address, Become(entity))
        return entity

    def evict(self, streams: Iterable[str]) -> None:
        """Drops entities; the next command for one reads it anew."""
        for stream in streams:
            entity = self._entities.pop(stream, None)
            if entity is not None:
                self._system.tell(entity.address, Become(None))
                self._free.append(entity.address)

    def idle_since(self, instant: float) -> list[str]:
        """The entities not used since, on the scale of ``now``, but for those that stay."""
        idle = []
        for stream, entity in self._entities.items():
            if entity.last_used > instant:
                break
            if not entity.decider.stays:
                idle.append(stream)
        return idle
