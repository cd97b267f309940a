"""The entities in memory, each in its actor."""

from collections import OrderedDict
from collections.abc import Iterable, Iterator

from thespian.actors import ActorAddress, ActorSystem

from actors.decider import AnyDecider, EntityState
from actors.engine.entity_actor import Become, Entity, EntityActor, Send
from actors.entities import decider_of
from actors.journal import Journal
from actors.snapshots import Snapshots, load_state

__all__ = ["EntityRegistry"]


class EntityRegistry:
    """Finds entities by stream and brings them in from the journal, by way of snapshots where there are some.

    An entity gets its actor with its first command, so that a start with many entities is soon done. An actor whose
    entity leaves memory is kept for the next one: Thespian never forgets an address, so killing actors would leak.
    Order of use is kept, least recent first.
    """

    def __init__(self, system: ActorSystem, journal: Journal, snapshots: Snapshots | None = None) -> None:
        self._system = system
        self._journal = journal
        self._snapshots = snapshots
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
        """The address of the entity's actor. A new actor gets its entity with ``send``, before any command.

        Within an actor ``send`` must be the actor's own: Thespian's ``tell`` would run messages out of turn.
        """
        entity = self._entities.get(stream)
        if entity is None:
            state = load_state(self._journal, self._snapshots, stream)
            entity = self.admit(stream, decider_of(stream), state)
        entity.last_used = self.now
        self._entities.move_to_end(stream)
        if entity.address is None:
            entity.address = self._free.pop() if self._free else self._system.createActor(EntityActor)
            send(entity.address, Become(entity))
        return entity.address

    def admit(self, stream: str, decider: AnyDecider, state: EntityState) -> Entity:
        """Takes an entity into memory."""
        entity = self._entities[stream] = Entity(stream, decider, state, self.now)
        return entity

    def evict(self, streams: Iterable[str]) -> None:
        """Drops entities; the next command for one reads it anew."""
        for stream in streams:
            entity = self._entities.pop(stream, None)
            if entity is not None and entity.address is not None:
                self._system.tell(entity.address, Become(None))
                self._free.append(entity.address)

    def idle_since(self, instant: float) -> list[str]:
        """The entities that have not been used since this time, on the scale of ``now``, without those that are
        pinned."""
        idle = []
        for stream, entity in self._entities.items():
            if entity.last_used > instant:
                break
            if not entity.decider.pinned:
                idle.append(stream)
        return idle
