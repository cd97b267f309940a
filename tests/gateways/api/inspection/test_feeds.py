"""The feeds of inspection have no gap and no duplicate, and take no signals."""

import asyncio
import threading
import urllib.parse
from collections.abc import Callable

import msgspec
import pytest

from actors.engine import Committed
from gateways.feeds import Hub
from gateways.feeds.following import follow
from gateways.feeds.hub import Signal
from gateways.inspection.condition import Condition
from gateways.inspection.feeds import JournalSource, StreamSource
from gateways.inspection.viewer import STRANGER, SUPERUSER
from schemas.api.inspection import InspectedEvent
from schemas.events import REGISTRY
from schemas.records import Record
from tests.gateways.centre import PATIENCE, Centre
from tests.gateways.clients import Agent, Caller, Customer
from tests.gateways.feeds.test_following import FORMS, BusyJournal, Form, posted

pytestmark = pytest.mark.asyncio


async def followed(hub: Hub, journal: BusyJournal, source: StreamSource | JournalSource, last: int) -> list[int]:
    listener = hub.listen("anybody")
    seen = []
    async with asyncio.timeout(PATIENCE):
        async for event in follow(journal, listener, source, 0):
            assert not isinstance(event, Signal)
            if event is not None:
                assert event.cursor is not None
                seen.append(event.cursor)
                if event.cursor == last:
                    break
    listener.close()
    return seen


class BusierJournal(BusyJournal):
    def read_all(self, after: int = 0, limit: int = 1000) -> list[Record]:
        records = super().read_all(after, limit)
        self._commit()
        return records


@pytest.mark.parametrize(
    "make",
    [
        lambda: StreamSource("conversation-c", viewer=SUPERUSER),
        lambda: JournalSource(SUPERUSER),
        lambda: JournalSource(SUPERUSER, Condition("type=='MessagePosted'")),
    ],
)
async def test_going_live_loses_nothing_that_is_committed_meanwhile(
    make: Callable[[], StreamSource | JournalSource],
) -> None:
    hub = Hub(1_000)
    commits = [[posted(number, "c")] for number in range(1, 60)]
    journal = BusierJournal(hub, asyncio.get_running_loop(), commits)
    reading = asyncio.create_task(followed(hub, journal, make(), 59))
    while commits:
        await asyncio.to_thread(journal.read_stream, "nobody")
    assert await reading == list(range(1, 60))
    assert hub.listener_count == 0


class NotedCondition(Condition):
    """A condition that notes the threads on which it is evaluated."""

    def __init__(self, text: str) -> None:
        super().__init__(text)
        self.threads: set[int] = set()

    def matches(self, record: Record) -> bool:
        self.threads.add(threading.get_ident())
        return super().matches(record)


async def test_a_condition_never_holds_up_the_event_loop() -> None:
    hub = Hub(1_000)
    commits = [[posted(number, "c")] for number in range(1, 30)]
    journal = BusierJournal(hub, asyncio.get_running_loop(), commits)
    condition = NotedCondition("type=='MessagePosted'")
    reading = asyncio.create_task(followed(hub, journal, JournalSource(STRANGER, condition), 31))
    while commits:
        await asyncio.to_thread(journal.read_stream, "nobody")
    for number in (30, 31):
        hub.publish([Committed(record, REGISTRY.decode(record)) for record in journal.append([posted(number, "c")])])
    assert await reading == list(range(1, 32))
    assert condition.threads
    assert threading.get_ident() not in condition.threads


@FORMS
async def test_the_whole_journal_is_followed(centre: Centre, looker: Caller, form: Form) -> None:
    feed = form(looker, "/inspect/v1/events", 0)
    alice = await Agent.ready(centre)
    customer = await Customer.start(centre, text="Hello")
    await alice.accept_only_offer()
    await customer.end()
    last = centre.services.journal.last_position()
    async with asyncio.timeout(PATIENCE):
        events = [await anext(feed) for _ in range(last)]
    assert [event["position"] for event in events] == list(range(1, last + 1))
    await feed.aclose()


async def test_a_condition_filters_history_and_what_follows(centre: Centre, looker: Caller) -> None:
    first = await Customer.start(centre, text="Hello")
    where = urllib.parse.quote("type=='ConversationStarted'")
    async with looker.event_stream(f"/inspect/v1/events?where={where}") as feed:
        assert (await feed.next())["stream"] == first.stream
        second = await Customer.start(centre, text="Hello")
        event = await feed.next()
        assert event["stream"] == second.stream
        assert feed.last_id == event["position"]
        assert event["data"]["customer"] == {}
    async with looker.event_stream(f"/inspect/v1/events?where={where}", **{"Last-Event-ID": str(feed.last_id)}) as feed:
        third = await Customer.start(centre, text="Hello")
        assert (await feed.next())["stream"] == third.stream


async def test_a_stream_is_followed_without_signals(centre: Centre, looker: Caller) -> None:
    customer = await Customer.start(centre, customer={"name": "Ada"})
    async with looker.event_stream(f"/inspect/v1/streams/{customer.stream}?after=1") as feed:
        assert (await feed.next())["version"] == 2
        (await customer.post(f"{customer.path}/typing", {"active": True})).of(204)
        await customer.write("Hello")
        event = await feed.next()
        assert (event["type"], event["version"], feed.last_id) == ("MessagePosted", 3, 3)
        assert event["data"]["content"] == {"type": "text", "text": "•••"}


async def test_a_reader_of_the_journal_that_is_too_slow_is_cut_off() -> None:
    hub = Hub(2)
    listener = hub.listen("anybody")
    listener.follow_everything()
    journal = BusyJournal(hub, asyncio.get_running_loop(), [])
    records = journal.append([posted(number, "c") for number in range(1, 5)])
    committed = [Committed(record, REGISTRY.decode(record)) for record in records]
    hub.publish(committed)
    assert hub.listener_count == 0
    hub.publish(committed)


async def test_a_feed_sends_inspected_events() -> None:
    assert StreamSource("conversation-c", viewer=SUPERUSER).slow
    journal = BusyJournal(Hub(1), asyncio.get_running_loop(), [])
    journal.append([posted(1, "c")])
    (event,) = StreamSource("conversation-c", viewer=SUPERUSER).read(journal, 0, 10).events
    assert isinstance(event, msgspec.Struct)
    assert event.__struct_fields__ == InspectedEvent.__struct_fields__
