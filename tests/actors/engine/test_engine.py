"""The engine's thread, and the way to it from asyncio."""

import asyncio
import logging
from collections.abc import AsyncIterator, Iterable
from contextlib import asynccontextmanager
from typing import Any

import pytest

from actors.engine import (
    CommandFailedError,
    Committed,
    Engine,
    EngineStoppedError,
    MonotonicClock,
    NotDurableError,
    QueueFullError,
)
from actors.journal import Journal, JournalUnavailableError, MemoryJournal
from schemas.exceptions import UnknownEventTypeError
from schemas.queues import QueueSettings
from schemas.replies import MessageReply, StartReply
from tests.actors.engine.harness import log_in, post, ready, request, start
from tests.actors.engine.journals import FragileJournal, GatedJournal
from tests.examples import NOW, identifier, later, new_record

pytestmark = pytest.mark.asyncio

PATIENCE = 60


@asynccontextmanager
async def running(journal: Journal, **options: Any) -> AsyncIterator[Engine]:
    engine = Engine(journal, **options)
    await engine.start()
    try:
        yield engine
    finally:
        await engine.stop()


@asynccontextmanager
async def running_at_the_gate(journal: GatedJournal, **options: Any) -> AsyncIterator[Engine]:
    """An engine whose first command waits at the journal's gate until the test opens it."""
    async with running(journal, **options) as engine:
        first = engine.ask(start(1, bot="greeter"))
        assert await asyncio.to_thread(journal.entered.wait, PATIENCE)
        try:
            yield engine
        finally:
            journal.gate.set()
            await first


async def all_of(futures: Iterable[asyncio.Future[Any]]) -> list[Any]:
    return await asyncio.wait_for(asyncio.gather(*futures), PATIENCE)


class TestAsking:
    async def test_is_answered(self) -> None:
        async with running(MemoryJournal()) as engine:
            assert isinstance(await engine.ask(start(1, bot="greeter")), StartReply)
            assert await engine.ask(post(2, 1)) == MessageReply(identifier(2), 2)

    async def test_is_answered_after_the_commit(self) -> None:
        journal = GatedJournal()
        async with running_at_the_gate(journal) as engine:
            second = engine.ask(post(2, 1))
            seen: list[Committed] = []
            engine.observe(seen.extend)
            for _ in range(100):
                await asyncio.sleep(0)
            assert not second.done()
            assert seen == []
            assert journal.last_position() == 0
            journal.gate.set()
            assert await second == MessageReply(identifier(2), 2)

    async def test_gathers_while_the_journal_writes(self) -> None:
        journal = GatedJournal()
        async with running_at_the_gate(journal) as engine:
            waiting = [engine.ask(post(number, 1)) for number in range(2, 102)]
            journal.gate.set()
            replies = await all_of(waiting)
        assert [reply.version for reply in replies] == list(range(2, 102))
        assert [len(records) for records in journal.appends] == [1, 100]

    async def test_gathers_no_more_than_a_batch(self) -> None:
        journal = GatedJournal()
        async with running_at_the_gate(journal, batch_size=40) as engine:
            waiting = [engine.ask(post(number, 1)) for number in range(2, 102)]
            journal.gate.set()
            await all_of(waiting)
        assert [len(records) for records in journal.appends] == [1, 40, 40, 20]

    async def test_of_a_full_queue_is_refused_at_once(self) -> None:
        journal = GatedJournal()
        async with running_at_the_gate(journal, queue_size=3) as engine:
            waiting = [engine.ask(post(number, 1)) for number in range(2, 5)]
            with pytest.raises(QueueFullError, match="3 commands wait"):
                engine.ask(post(5, 1))
            journal.gate.set()
            assert len(await all_of(waiting)) == 3
            assert await engine.ask(post(5, 1)) == MessageReply(identifier(5), 5)

    async def test_a_failing_command_raises(self, caplog: pytest.LogCaptureFixture) -> None:
        caplog.set_level(logging.CRITICAL)
        async with running(MemoryJournal()) as engine:
            bad = engine.ask(request("robot-1", start(1).command, 1))
            good = engine.ask(start(2, bot="greeter"))
            with pytest.raises(CommandFailedError):
                await bad
            assert isinstance(await good, StartReply)

    async def test_a_journal_that_fails_raises(self) -> None:
        journal = FragileJournal()
        async with running(journal) as engine:
            journal.faults = ["before"] * 4
            with pytest.raises(NotDurableError, match="the disk is full"):
                await engine.ask(start(1, bot="greeter"))
            assert isinstance(await engine.ask(start(1, bot="greeter")), StartReply)

    async def test_and_going_away_disturbs_nobody(self) -> None:
        journal = GatedJournal()
        async with running_at_the_gate(journal) as engine:
            gone, other = engine.ask(post(2, 1)), engine.ask(post(3, 1))
            gone.cancel()
            journal.gate.set()
            assert await other == MessageReply(identifier(3), 3)

    async def test_twice_under_the_same_id_answers_both(self) -> None:
        journal = GatedJournal()
        async with running_at_the_gate(journal) as engine:
            first, second = engine.ask(post(2, 1)), engine.ask(post(2, 1))
            journal.gate.set()
            assert await all_of([first, second]) == [
                MessageReply(identifier(2), 2),
                MessageReply(identifier(2), 2, replayed=True),
            ]


class TestObservers:
    async def test_see_durable_events_before_the_answer(self) -> None:
        journal = MemoryJournal()
        order: list[str] = []

        def observe(committed: list[Committed]) -> None:
            assert committed[-1].record.position <= journal.last_position()
            order.extend(item.record.type for item in committed)

        async with running(journal) as engine:
            engine.observe(observe)
            future = engine.ask(start(1, bot="greeter"))
            future.add_done_callback(lambda _: order.append("answered"))
            await future
            await engine.ask(post(2, 1))
        assert order == ["ConversationStarted", "answered", "MessagePosted"]

    async def test_see_every_event_once_and_in_order(self) -> None:
        seen: list[Committed] = []
        async with running(MemoryJournal(), batch_size=7) as engine:
            engine.observe(seen.extend)
            await all_of([engine.ask(start(number, bot="greeter")) for number in range(1, 301)])
        assert [item.record.position for item in seen] == list(range(1, 301))

    async def test_that_raise_keep_neither_others_nor_answers_waiting(self, caplog: pytest.LogCaptureFixture) -> None:
        def fail(_: list[Committed]) -> None:
            raise ZeroDivisionError

        seen: list[Committed] = []
        async with running(MemoryJournal()) as engine:
            engine.observe(fail)
            engine.observe(seen.extend)
            assert isinstance(await engine.ask(start(1, bot="greeter")), StartReply)
        assert len(seen) == 1
        assert "an observer failed at position 1" in caplog.text

    async def test_see_the_events_of_deadlines(self) -> None:
        expired = asyncio.Event()

        def observe(committed: list[Committed]) -> None:
            if any(item.record.type == "OfferExpired" for item in committed):
                expired.set()

        async with running(MemoryJournal()) as engine:
            engine.observe(observe)
            now = engine.clock()
            impatient = QueueSettings(name="support", mrd="chat", offer_timeout_seconds=0.01)
            await all_of([engine.ask(log_in(1, "alice")), engine.ask(ready(2, "alice", now))])
            await engine.ask(start(3, queue=impatient, at=now))
            await asyncio.wait_for(expired.wait(), PATIENCE)


class TestStopping:
    async def test_carries_out_the_waiting_commands(self) -> None:
        journal = GatedJournal()
        async with running_at_the_gate(journal, batch_size=10) as engine:
            waiting = [engine.ask(post(number, 1)) for number in range(2, 52)]
            stopping = asyncio.create_task(engine.stop())
            await asyncio.sleep(0)
            with pytest.raises(EngineStoppedError):
                engine.ask(post(99, 1))
            assert not stopping.done()
            journal.gate.set()
            await asyncio.wait_for(stopping, PATIENCE)
            assert len(await all_of(waiting)) == 50
        assert journal.last_position() == 51

    async def test_is_waited_for_by_all_who_ask_for_it(self) -> None:
        journal = GatedJournal()
        async with running_at_the_gate(journal) as engine:
            stopping = [asyncio.create_task(engine.stop()) for _ in range(2)]
            await asyncio.sleep(0)
            assert not any(task.done() for task in stopping)
            journal.gate.set()
            await all_of(stopping)
            assert not engine.running

    async def test_then_asking_is_refused(self) -> None:
        async with running(MemoryJournal()) as engine:
            assert engine.running
        assert not engine.running
        with pytest.raises(EngineStoppedError):
            engine.ask(start(1))

    async def test_before_starting_does_nothing(self) -> None:
        engine = Engine(MemoryJournal())
        await engine.stop()
        with pytest.raises(EngineStoppedError):
            engine.ask(start(1))

    async def test_on_an_unforeseen_error_leaves_nobody_waiting(self, caplog: pytest.LogCaptureFixture) -> None:
        journal = GatedJournal()
        async with running(journal) as engine:
            journal.faults = [ZeroDivisionError("as the test wants it")]
            first = engine.ask(start(1, bot="greeter"))
            assert await asyncio.to_thread(journal.entered.wait, PATIENCE)
            second = engine.ask(start(2, bot="greeter"))
            journal.gate.set()
            for future in (first, second):
                with pytest.raises(EngineStoppedError):
                    await asyncio.wait_for(future, PATIENCE)
            assert not engine.running
            with pytest.raises(EngineStoppedError):
                engine.ask(start(3))
        assert "restart the server" in caplog.text


class TestStarting:
    async def test_that_ends_at_once_leaves_nobody_waiting(self, caplog: pytest.LogCaptureFixture) -> None:
        times = iter([NOW, NOW])
        engine = Engine(MemoryJournal(), clock=MonotonicClock(lambda: next(times)))
        await engine.start()
        with pytest.raises(EngineStoppedError):
            await asyncio.wait_for(engine.ask(start(1)), PATIENCE)
        await asyncio.wait_for(engine.stop(), PATIENCE)
        assert "restart the server" in caplog.text

    async def test_brings_back_open_entities(self) -> None:
        journal = MemoryJournal()
        async with running(journal) as engine:
            await engine.ask(start(1, bot="greeter"))
        async with running(journal) as engine:
            assert await engine.ask(post(2, 1)) == MessageReply(identifier(2), 2)

    async def test_sets_the_clock_to_the_last_event(self) -> None:
        journal = MemoryJournal()
        async with running(journal) as engine:
            await engine.ask(start(1, bot="greeter", at=later(60)))
        async with running(journal, clock=MonotonicClock(lambda: NOW, elapsed=lambda: 0.0)) as engine:
            assert engine.clock() == later(60)

    @pytest.mark.parametrize("kind", ["closed", "unreadable"])
    async def test_on_a_bad_journal_raises_and_can_be_stopped(self, kind: str) -> None:
        journal = MemoryJournal()
        if kind == "closed":
            journal.close()
        else:
            unknown = new_record("agent-alice", 1)
            unknown.type = "SomethingNewer"
            journal.append([unknown])
        engine = Engine(journal)
        with pytest.raises((JournalUnavailableError, UnknownEventTypeError)):
            await engine.start()
        await asyncio.wait_for(engine.stop(), PATIENCE)
        assert not engine.running
        with pytest.raises(EngineStoppedError):
            engine.ask(start(1))
