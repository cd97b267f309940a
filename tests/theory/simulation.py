"""Drives customers through a centre whose agents accept at once, and reads each customer's passage from the journal."""

import heapq
from collections.abc import Callable, Sequence
from contextlib import closing
from functools import partial
from itertools import count, repeat

from actors.engine import Request
from tests.theory.centre import Centre, Offer, Passage
from tests.theory.load import Arrival

__all__ = ["Simulation", "simulate"]

Act = Callable[[int], Request | None]


class Simulation:
    """Sends the requests to the centre in the order of time. A customer who has been offered to an agent no longer
    gives up."""

    def __init__(self, centre: Centre, came: Sequence[Arrival], priorities: Sequence[int] | None) -> None:
        self._centre = centre
        self._came = came
        self._priorities = priorities or repeat(5, len(came))
        self._waiting: dict[str, Arrival] = {}
        self._due: list[tuple[int, int, Act]] = []
        self._numbers = count()
        self._accepted: list[Request] = []

    def run(self) -> None:
        for arrival, priority in zip(self._came, self._priorities, strict=True):
            self._later(arrival.at, partial(self._arrive, arrival, priority))
        while self._due:
            at, _, act = heapq.heappop(self._due)
            request = act(at)
            if request is not None:
                self._carry_out(at, request)

    def _carry_out(self, at: int, request: Request) -> None:
        """Carries out the request, after the acceptance of the tasks offered an instant ago, in the same batch."""
        offers = self._centre.run(at, [*self._accepted, request])
        self._accepted = [self._centre.accept(at, offer) for offer in offers]
        for offer in offers:
            arrival = self._waiting.pop(offer.conversation_id)
            self._later(at + arrival.service, partial(self._finish, offer))

    def _arrive(self, arrival: Arrival, priority: int, at: int) -> Request:
        conversation_id, request = self._centre.start(at, priority)
        self._waiting[conversation_id] = arrival
        if arrival.patience is not None:
            self._later(at + arrival.patience, partial(self._give_up, conversation_id))
        return request

    def _give_up(self, conversation_id: str, at: int) -> Request | None:
        if self._waiting.pop(conversation_id, None) is None:
            return None
        return self._centre.abandon(at, conversation_id)

    def _finish(self, offer: Offer, at: int) -> Request:
        return self._centre.finish(at, offer)

    def _later(self, at: int, act: Act) -> None:
        heapq.heappush(self._due, (at, next(self._numbers), act))


def simulate(agents: int, came: Sequence[Arrival], priorities: Sequence[int] | None = None) -> list[Passage]:
    """Serves all customers, to the last one, and returns their passages through the line in the order of arrival."""
    with closing(Centre(agents)) as centre:
        Simulation(centre, came, priorities).run()
        return centre.passages()
