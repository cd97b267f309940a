"""What the floor makes of the queues that are configured and of those in which somebody waits."""

from datetime import UTC, datetime

from gateways.api.inspection.floor_standings import NOTHING_KNOWN, FloorStandings
from gateways.conversations.queue_standings import QueueStanding
from schemas.api.inspection import FloorQueue, FloorWaiting

SALES = QueueStanding(
    queue="sales",
    mrd="chat",
    open=False,
    waiting=0,
    offered=0,
    scheduled=0,
    agents_eligible=5,
    agents_logged_in=3,
    agents_ready=2,
    free_slots=4,
)
WAITING = FloorWaiting(
    task_id="task-1",
    conversation_id="conversation-1",
    since=datetime(2026, 11, 22, tzinfo=UTC),
    waited_seconds=7,
    offered_to=None,
)


def test_a_configured_queue_in_which_nobody_waits_is_on_the_floor() -> None:
    (queue,) = FloorStandings({}, [SALES]).queues_with({})
    assert queue == FloorQueue(
        queue="sales", mrd="chat", waiting=[], open=False, agents_logged_in=3, agents_ready=2, free_slots=4
    )


def test_a_removed_queue_in_which_somebody_still_waits_is_on_the_floor_without_figures() -> None:
    removed, sales = FloorStandings({}, [SALES]).queues_with({("chat", "refunds"): [WAITING]})
    assert removed == FloorQueue(queue="refunds", mrd="chat", waiting=[WAITING])
    assert sales.free_slots == 4


def test_of_an_earlier_floor_only_the_queues_are_known_in_which_somebody_waited() -> None:
    assert NOTHING_KNOWN.queues_with({("chat", "sales"): [WAITING]}) == [
        FloorQueue(queue="sales", mrd="chat", waiting=[WAITING])
    ]
