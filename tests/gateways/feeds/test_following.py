"""Feeds have no gap and no duplicate, wherever a reader joins and however often it returns."""

import asyncio
import random
import threading
from collections.abc import AsyncGenerator, Callable, Sequence
from contextlib import closing
from typing import Any

import msgspec
import pytest

from actors.engine import Committed
from actors.journal import MemoryJournal
from gateways.feeds import AgentSource, ConversationSource, Hub, Source
from gateways.feeds.following import follow
from gateways.feeds.sources import FeedEvent
from schemas.content import Sender, TextContent
from schemas.events import REGISTRY, Event, MessagePosted, TaskAccepted, TaskClosed
from schemas.records import NewRecord, Record, conversation_stream
from tests.examples import identifier, new_record
from tests.gateways.centre import PATIENCE, Centre
from tests.gateways.clients import Agent, Caller, Customer

pytestmark = pytest.mark.asyncio

MESSAGES = 240
POSTERS = 4

Form = Callable[[Caller, str, int], AsyncGenerator[Any, None]]


async def by_page(caller: Caller, path: str, after: int) -> AsyncGenerator[Any, None]:
    while True:
        page = (await caller.get(f"{path}?after={after}&limit=7")).of(200)
        after = page["next"]
        for event in page["events"]:
            yield event


async def by_event_stream(caller: Caller, path: str, after: int) -> AsyncGenerator[Any, None]:
    async with caller.event_stream(path, **{"Last-Event-ID": str(after)}) as stream:
        while True:
            event = await stream.next()
            if is_signal(event):
                continue
            assert stream.last_id == event.get("position", event.get("version"))
            yield event


async def by_web_socket(caller: Caller, path: str, after: int) -> AsyncGenerator[Any, None]:
    async with caller.web_socket(f"{path}?after={after}") as feed:
        while True:
            event = await feed.next()
            if not is_signal(event):
                yield event


def is_signal(event: dict[str, Any]) -> bool:
    """True for what travels on a feed without being kept: it has no place in the feed."""
    return "position" not in event and "version" not in event


FORMS = pytest.mark.parametrize("form", [by_page, by_event_stream, by_web_socket])


async def read_until_end(caller: Caller, path: str, after: int, form: Form, visits: Callable[[], int]) -> list[Any]:
    """All events up to the end of the conversation. The reader leaves after ``visits()`` events each time, and returns
    at its cursor."""
    events: list[Any] = []
    async with asyncio.timeout(PATIENCE):
        while not events or events[-1]["type"] not in ("ConversationEnded", "TaskClosed"):
            left = visits()
            feed = form(caller, path, after)
            async for event in feed:
                events.append(event)
                after = event.get("position", event.get("version"))
                left -= 1
                if left == 0 or event["type"] in ("ConversationEnded", "TaskClosed"):
                    break
            await feed.aclose()
    return events


async def chatter(customer: Customer) -> None:
    async def post(poster: int) -> None:
        for number in range(MESSAGES // POSTERS):
            (await customer.write(f"{poster}/{number}")).of(201)

    await asyncio.gather(*(post(poster) for poster in range(POSTERS)))


@FORMS
async def test_a_customer_may_join_at_any_cursor_while_messages_are_posted(centre: Centre, form: Form) -> None:
    customer = await Customer.start(centre)
    path = f"{customer.path}/events"
    cursors = (0, 1, 2, MESSAGES // 2)
    talking = asyncio.create_task(chatter(customer))
    readers = []
    for after in cursors:
        await centre.until(lambda: [item for item in centre.committed if item.record.stream == customer.stream], after)
        readers.append(asyncio.create_task(read_until_end(customer, path, after, form, lambda: -1)))
    await talking
    await customer.end()
    for after, reader in zip(cursors, readers, strict=True):
        assert [event["version"] for event in await reader] == list(range(after + 1, MESSAGES + 4))


@FORMS
async def test_a_customer_who_reconnects_often_reads_every_event_once(centre: Centre, form: Form) -> None:
    customer = await Customer.start(centre)
    chance = random.Random(7)
    path = f"{customer.path}/events"
    reader = asyncio.create_task(read_until_end(customer, path, 0, form, lambda: chance.randint(1, 12)))
    await chatter(customer)
    await customer.end()
    events = await reader
    assert [event["version"] for event in events] == list(range(1, MESSAGES + 4))
    assert events == await all_pages(customer, path)


@FORMS
async def test_an_agent_who_reconnects_often_reads_every_event_once(centre: Centre, form: Form) -> None:
    alice = await Agent.ready(centre)
    customers = [await Customer.start(centre, text="Hello") for _ in range(2)]
    for offer in await alice.offers():
        await alice.accept(offer["task_id"])
    chance = random.Random(11)
    path = "/agent/v1/events"
    reader = asyncio.create_task(read_until_end(alice, path, 0, form, lambda: chance.randint(1, 20)))
    await asyncio.gather(*(chatter(customer) for customer in customers))
    await alice.end(customers[0])
    events = await reader
    assert events == [event for event in await all_pages(alice, path) if event["position"] <= events[-1]["position"]]
    texts = [event for event in events if event["type"] == "MessagePosted"]
    assert len(texts) == 2 * MESSAGES


async def test_the_three_forms_deliver_the_same_events(centre: Centre) -> None:
    customer = await Customer.start(centre, text="Hello", customer={"name": "Ada"})
    alice = await Agent.ready(centre)
    await alice.accept_only_offer()
    await alice.write(customer, "Good morning")
    await alice.note(customer, "nice")
    await alice.end(customer)
    for caller, path in ((customer, f"{customer.path}/events"), (alice, "/agent/v1/events")):
        pages = await all_pages(caller, path)
        for form in (by_event_stream, by_web_socket):
            feed = form(caller, path, 0)
            assert [await anext(feed) for _ in pages] == pages
            await feed.aclose()


class BusyJournal(MemoryJournal):
    """A journal in which something is committed after each read, and handed out at the event loop's next turn."""

    def __init__(self, hub: Hub, loop: asyncio.AbstractEventLoop, commits: list[list[NewRecord]]) -> None:
        super().__init__()
        self._hub = hub
        self._loop = loop
        self._commits = commits
        self._committing = threading.Lock()

    def read_stream(self, stream: str, after: int = 0, limit: int | None = None) -> list[Record]:
        records = super().read_stream(stream, after, limit)
        self._commit()
        return records

    def read_streams(self, streams: Sequence[str], after: int, limit: int) -> list[Record]:
        records = super().read_streams(streams, after, limit)
        self._commit()
        return records

    def _commit(self) -> None:
        with self._committing:
            for records in self._commits[:1]:
                del self._commits[0]
                committed = [Committed(record, REGISTRY.decode(record)) for record in self.append(records)]
                self._loop.call_soon_threadsafe(self._hub.publish, committed)


def posted(number: int, conversation: str) -> NewRecord:
    event = MessagePosted(message_id=identifier(number), sender=Sender("customer"), content=TextContent(str(number)))
    return recorded(conversation_stream(conversation), number, event)


def recorded(stream: str, version: int, event: Event) -> NewRecord:
    blank = new_record(stream, version)
    return msgspec.structs.replace(blank, type=type(event).__name__, data=REGISTRY.encode(event))


def task_event(version: int, type_: type[TaskAccepted | TaskClosed], **more: Any) -> NewRecord:
    event = type_(task_id=identifier(1), conversation_id="c", **more)
    return recorded("agent-alice", version, event)


async def cursors(hub: Hub, journal: BusyJournal, source: Source, last: int) -> list[int | None]:
    seen: list[int | None] = []
    listener = hub.listen("anybody")
    async with asyncio.timeout(PATIENCE):
        async for event in follow(journal, listener, source, 0):
            assert isinstance(event, FeedEvent)
            seen.append(event.cursor)
            if event.cursor == last:
                break
    listener.close()
    return seen


async def test_going_live_loses_nothing_that_is_committed_meanwhile() -> None:
    hub = Hub(1_000)
    commits = [[posted(number, "c")] for number in range(1, 30)]
    journal = BusyJournal(hub, asyncio.get_running_loop(), commits)
    reading = asyncio.create_task(cursors(hub, journal, ConversationSource("c"), 29))
    while commits:
        await asyncio.to_thread(journal.read_stream, "nobody")
    assert await reading == list(range(1, 30))
    assert hub.listener_count == 0


async def test_a_closed_feed_ends_in_the_middle_of_its_history() -> None:
    hub, journal = Hub(1_000), MemoryJournal()
    journal.append([posted(number, "c") for number in range(1, 2_001)])
    listener = hub.listen("anybody")
    seen = 0
    async with asyncio.timeout(PATIENCE):
        async for _ in follow(journal, listener, ConversationSource("c"), 0):
            seen += 1
            hub.close_owner("anybody")
    assert 0 < seen < 1_000


@pytest.mark.parametrize("before", range(6))
async def test_going_live_loses_nothing_around_an_acceptance_and_a_close(before: int) -> None:
    hub = Hub(1_000)
    commits = [
        *([posted(number, "c")] for number in range(1, before + 1)),
        [task_event(1, TaskAccepted), posted(before + 1, "c")],
        [posted(before + 2, "c")],
        [posted(before + 3, "c"), task_event(2, TaskClosed, reason="done")],
        [posted(before + 4, "c")],
        [task_event(3, TaskAccepted), posted(before + 5, "c")],
        [posted(before + 6, "c")],
    ]
    journal = BusyJournal(hub, asyncio.get_running_loop(), commits)
    last = before + 9
    reading = asyncio.create_task(cursors(hub, journal, AgentSource("alice"), last))
    while commits:
        await asyncio.to_thread(journal.read_stream, "nobody")
    accepted = before + 1
    assert await reading == [position for position in range(accepted, last + 1) if position != accepted + 5]


async def all_pages(caller: Caller, path: str) -> list[Any]:
    events: list[Any] = []
    after, before = 0, -1
    while after != before:
        page = (await caller.get(f"{path}?after={after}&limit=50")).of(200)
        before, after = after, page["next"]
        events += page["events"]
    return events


async def test_a_busy_feed_has_heartbeats_too(centre: Centre, monkeypatch: pytest.MonkeyPatch) -> None:
    customer, hub = await Customer.start(centre), centre.services.hub
    monkeypatch.setattr(hub, "heartbeat_seconds", 1e-9)
    with closing(hub.listen("somebody")) as listener:
        feed = follow(centre.services.journal, listener, ConversationSource(customer.id), after=2)
        assert await anext(feed) is None
        await customer.write("There is always something to read")
        assert (await anext(feed)) is not None
        await customer.write("and more")
        monkeypatch.setattr(hub, "heartbeat_seconds", PATIENCE)
        assert await anext(feed) is None
        assert (await anext(feed)) is not None
        await feed.aclose()
