"""How agents and queues stand on the floor now. No fact keeps these figures: they are known of no earlier instant."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

import msgspec

from gateways.agents.standings import MrdCapacity, list_capacities
from gateways.conversations.queue_standings import QueueStanding, list_queues
from gateways.services import Services
from schemas.api.inspection import FloorMrd, FloorQueue, FloorWaiting

__all__ = ["NOTHING_KNOWN", "FloorStandings", "standings_now"]


class FloorStandings(NamedTuple):
    """The capacity of agents by agent and MRD, and the configured queues."""

    capacities: Mapping[tuple[str, str], MrdCapacity]
    queues: Sequence[QueueStanding]

    def stand(self, agent_id: str, mrd: FloorMrd) -> FloorMrd:
        """The agent's MRD with its capacity, where that is known."""
        capacity = self.capacities.get((agent_id, mrd.mrd))
        return mrd if capacity is None else msgspec.structs.replace(mrd, **capacity._asdict())

    def queues_with(self, waiting: Mapping[tuple[str, str], list[FloorWaiting]]) -> list[FloorQueue]:
        """The known queues and those in which somebody waits, by MRD and queue. A queue that was removed is among the
        latter alone."""
        known = {(standing.mrd, standing.queue): standing for standing in self.queues}
        return [
            _queue(mrd, queue, waiting.get((mrd, queue), []), known.get((mrd, queue)))
            for mrd, queue in sorted({*known, *waiting})
        ]


NOTHING_KNOWN = FloorStandings({}, ())


def standings_now(services: Services) -> FloorStandings:
    return FloorStandings(list_capacities(services), list_queues(services))


def _queue(mrd: str, queue: str, waiting: list[FloorWaiting], standing: QueueStanding | None) -> FloorQueue:
    if standing is None:
        return FloorQueue(queue=queue, mrd=mrd, waiting=waiting)
    return FloorQueue(
        queue=queue,
        mrd=mrd,
        waiting=waiting,
        open=standing.open,
        agents_logged_in=standing.agents_logged_in,
        agents_ready=standing.agents_ready,
        free_slots=standing.free_slots,
    )
