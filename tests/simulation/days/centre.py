"""The contact centre in which the days pass: an agenda of people's planned actions, and their reactions to events."""

import heapq
from collections import defaultdict
from collections.abc import Callable
from datetime import datetime, timedelta
from random import Random
from typing import Any, TypeVar

from actors.conversation import Conversation
from actors.engine import NotDurableError, Request
from schemas.commands import Command
from schemas.events import Event
from schemas.queues import QueueSettings
from schemas.records import Record, entity_id_of
from schemas.replies import Refusal, Reply
from tests.simulation.configured import contact_centre
from tests.simulation.world import World

__all__ = ["Centre"]

E = TypeVar("E", bound=Event)
T = TypeVar("T")

_AGAIN_SECONDS = 5.0


class Centre:
    """People act by sending commands, and react to the events that they have named. A reaction only plans actions,
    because it is called in the middle of a batch."""

    def __init__(self, seed: int, agents: int) -> None:
        self.random = Random(seed + 1)
        self.world = World(seed, contact_centre(agents))
        self.world.watchers.append(self._react)
        self._reactions: dict[type[Event], list[Callable[[str, Any], None]]] = defaultdict(list)
        self._agenda: list[tuple[datetime, int, Callable[[], object]]] = []
        self._planned = 0

    @property
    def now(self) -> datetime:
        return self.world.now

    def later(self, seconds: float) -> datetime:
        return self.now + timedelta(seconds=seconds)

    def plan(self, seconds: float, action: Callable[[], object]) -> None:
        """Plans the action in so many seconds."""
        self._planned += 1
        heapq.heappush(self._agenda, (self.later(seconds), self._planned, action))

    def soon(self, mean: float, action: Callable[[], object]) -> None:
        """Plans the action after an exponential time with this mean."""
        self.plan(self.random.expovariate(1.0 / mean), action)

    def on(self, event: type[E], reaction: Callable[[str, E], None]) -> None:
        """Calls the reaction with the entity's id and the event for each further event of this type."""
        self._reactions[event].append(reaction)

    def act(self) -> None:
        """Lets time pass until the next action, and carries it out."""
        instant, _, action = heapq.heappop(self._agenda)
        self.world.advance(max((instant - self.now).total_seconds(), 0.0))
        action()

    def send(self, to: str, command: Command) -> Reply | Refusal | None:
        return self.repeat(self.world.request(to, command))

    def repeat(self, sent: Request) -> Reply | Refusal | None:
        """Sends the command, and again under the same id if it may not have been kept."""
        failed = len(self.world.failed)
        (answer,) = self.world.run([sent])
        if len(self.world.failed) > failed and isinstance(self.world.failed[-1], NotDurableError):
            self.plan(_AGAIN_SECONDS, lambda: self.repeat(sent))
        return answer

    def conversation(self, conversation_id: str) -> Conversation | None:
        """The conversation while it is open; None afterwards."""
        return self.world.open.get(conversation_id)

    def queue(self, name: str) -> QueueSettings | None:
        queue = self.world.configuration.tables.queues.get(name)
        return queue.carried(name) if queue is not None else None

    def happens(self, probability: float) -> bool:
        return self.random.random() < probability

    def pick(self, weights: dict[T, float]) -> T:
        (chosen,) = self.random.choices(list(weights), list(weights.values()))
        return chosen

    def _react(self, record: Record, event: Event) -> None:
        for reaction in self._reactions[type(event)]:
            reaction(entity_id_of(record.stream), event)
