"""The hub hands out committed events to bounded buffers."""

import msgspec
import pytest

from actors.engine import Committed
from gateways.feeds import Hub
from gateways.feeds.exceptions import FeedOverflowError
from gateways.feeds.hub import Signal
from schemas.events import NoteAdded
from schemas.records import Record, conversation_stream
from tests.examples import new_record

pytestmark = pytest.mark.asyncio

SIZE = 10
NOTE = NoteAdded(note_id="n", agent_id="alice", agent_name="Alice", text="noted")


def committed(position: int, stream: str = "conversation-c") -> Committed:
    return Committed(Record(**msgspec.structs.asdict(new_record(stream, position)), position=position), NOTE)


def typing(sender: str = "somebody") -> Signal:
    return Signal("TypingChanged", "2026-11-22T10:00:00.000000Z", msgspec.Raw(b"{}"), "c", sender)


def positions(items: list[object]) -> list[int]:
    return [item.record.position for item in items if isinstance(item, Committed)]


async def test_the_hub_hands_out_the_streams_that_are_followed() -> None:
    hub = Hub(SIZE)
    listener = hub.listen("alice")
    listener.follow(["conversation-c"])
    hub.publish([committed(1), committed(2, "conversation-d"), committed(3)])
    assert hub.position == 3
    assert positions([*await listener.take()]) == [1, 3]
    listener.unfollow("conversation-c")
    hub.publish([committed(4)])
    listener.close()
    assert await listener.take() == []


async def test_a_notice_may_change_what_is_followed_before_the_next_event() -> None:
    hub = Hub(SIZE)
    listener = hub.listen("alice")
    listener.follow(["agent-alice"])
    listener.notice = lambda item: listener.follow([conversation_stream(str(item.record.position))])
    hub.publish([committed(1, "agent-alice"), committed(2, "conversation-1"), committed(3, "conversation-3")])
    assert positions([*await listener.take()]) == [1, 2]


async def test_a_reader_that_lets_its_buffer_overflow_is_cut_off() -> None:
    hub = Hub(SIZE)
    slow, quick = hub.listen("slow"), hub.listen("quick")
    for listener in (slow, quick):
        listener.follow(["conversation-c"])
    read: list[int] = []
    for position in range(1, 2 * SIZE):
        hub.publish([committed(position)])
        read += positions([*await quick.take()])
    assert read == list(range(1, 2 * SIZE))
    assert hub.listener_count == 1
    with pytest.raises(FeedOverflowError):
        await slow.take()


async def test_signals_fill_no_more_than_half_a_buffer() -> None:
    hub = Hub(SIZE)
    listener = hub.listen("slow")
    listener.follow(["conversation-c"])
    for _ in range(1_000):
        hub.signal("conversation-c", typing())
    hub.publish([committed(position) for position in range(1, 1 + SIZE // 2)])
    taken = await listener.take()
    assert len(taken) == SIZE
    assert positions([*taken]) == list(range(1, 1 + SIZE // 2))


async def test_a_signal_does_not_go_to_its_sender() -> None:
    hub = Hub(SIZE)
    own, other = hub.listen("alice"), hub.listen("bob")
    for listener in (own, other):
        listener.follow(["conversation-c"])
    hub.signal("conversation-c", typing("alice"))
    assert len(await other.take()) == 1
    own.close()
    assert await own.take() == []


async def test_a_closed_listener_returns_its_buffer_and_follows_nothing_more() -> None:
    hub = Hub(SIZE)
    listener = hub.listen("alice")
    listener.follow(["conversation-c"])
    hub.publish([committed(1)])
    hub.close_owner("alice")
    listener.follow(["conversation-d"])
    hub.publish([committed(2), committed(3, "conversation-d")])
    hub.signal("conversation-c", typing())
    assert positions([*await listener.take()]) == [1]
    assert await listener.take() == []
    assert hub.listener_count == 0


class TestOwners:
    async def test_owners_are_watched_from_the_first_listener_to_the_last(self) -> None:
        hub, seen = Hub(10), list[tuple[str, bool]]()
        hub.watch = lambda owner: seen.append((owner, hub.listens(owner)))
        first, second = hub.listen("agent:alice"), hub.listen("agent:alice")
        other = hub.listen("customer:c")
        first.close()
        first.close()
        assert seen == [("agent:alice", True), ("customer:c", True)]
        second.close()
        other.close()
        assert seen[2:] == [("agent:alice", False), ("customer:c", False)]

    async def test_an_owner_cut_off_by_the_end_of_the_server_still_counts_as_listening(self) -> None:
        hub, seen = Hub(10), list[str]()
        hub.listen("agent:alice")
        hub.watch = seen.append
        hub.close()
        assert (hub.listens("agent:alice"), hub.listener_count, seen) == (True, 0, [])
