"""A target is down for three days: nothing is lost, others go on, and memory holds only what is being called."""

import tracemalloc

import pytest

from gateways.outbox import rows
from gateways.outbox.listing import list_deliveries, target_figures
from gateways.services import Services
from tests.gateways.effects.outage import OutageEffect, live_through, plan_straight

ROWS, DAYS = 5_000, 3
_IN_MEMORY = 200_000
"""The bytes of the deliveries that memory may hold: those of the lanes that are claimed, not the megabytes of all."""

pytestmark = [pytest.mark.asyncio, pytest.mark.usefixtures("quick_passwords")]


async def test_a_target_that_is_down_for_days_loses_nothing_and_holds_up_nobody(services: Services) -> None:
    effect = OutageEffect(plan_straight(services.outbox, ROWS))
    held: list[int] = []

    def look() -> None:
        snapshot = tracemalloc.take_snapshot().filter_traces(
            [tracemalloc.Filter(inclusive=True, filename_pattern=rows.__file__)]
        )
        held.append(sum(trace.size for trace in snapshot.traces))

    tracemalloc.start()
    try:
        course = await live_through(services, effect, ROWS, DAYS * 24, look)
    finally:
        tracemalloc.stop()
    assert max(held) < _IN_MEMORY
    assert course.calls_while_down <= 8 + DAYS * 24, "while the target is down, one call at a time asks"
    assert (effect.taken, effect.out_of_order) == ({"down": ROWS, "up": DAYS * 24}, 0)
    assert list_deliveries(services.outbox, states=("waiting", "calling", "parked", "refused")) == []
    assert [(each.target, each.waiting) for each in target_figures(services.outbox, 0.0)] == [("down", 0), ("up", 0)]
