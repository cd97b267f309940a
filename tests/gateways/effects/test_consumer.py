"""The durable consumer deals with every event in order, without loss, whatever fails in between."""

import asyncio
from contextlib import closing
from pathlib import Path
from typing import Any

import msgspec
import pytest

from actors.engine import Request
from actors.journal import JournalUnavailableError, SqliteJournal
from gateways.data_directory import DataFileUnavailableError
from gateways.effects.positions import Positions
from schemas.records import Record
from tests.actors.engine.journals import FragileJournal
from tests.gateways.centre import Centre, eventually, open_centre
from tests.gateways.clients import Agent, Customer
from tests.gateways.connectors.bots.bots import HASTY, Reply, StandInBot, echo, replying

pytestmark = [pytest.mark.asyncio, pytest.mark.usefixtures("quick_passwords")]

BOTS = {"greeter": HASTY}


@pytest.fixture
def saved(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """The positions in the order in which they are stored, which happens without delay."""
    positions: list[int] = []
    save = Positions.save

    def watched(self: Positions, effect: str, position: int) -> None:
        save(self, effect, position)
        positions.append(position)

    monkeypatch.setattr(Positions, "save", watched)
    monkeypatch.setattr("gateways.effects.consumer._SAVE_SECONDS", 0.001)
    return positions


def stored(data_dir: Path) -> int:
    with closing(Positions(data_dir / "effects.db")) as positions:
        return positions.load("bots")


def texts(data_dir: Path, customer: Customer) -> list[str]:
    with closing(SqliteJournal(data_dir / "journal.db", read_only=True)) as journal:
        records = journal.read_stream(customer.stream)
    return [msgspec.json.decode(record.data)["content"]["text"] for record in records if record.type == "MessagePosted"]


async def test_events_beyond_the_limit_are_read_from_the_journal_later(
    centre: Centre, bot: StandInBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("gateways.effects.consumer._MAX_PENDING", 5)
    monkeypatch.setattr("gateways.effects.consumer._BATCH", 10)

    async def converse(number: int) -> Customer:
        customer = await Customer.start(centre, "web", text=f"{number}: 0")
        for turn in range(1, 5):
            await customer.write(f"{number}: {turn}")
        return customer

    customers = await asyncio.gather(*(converse(number) for number in range(40)))
    await bot.asked(200)
    await centre.recorded("MessagePosted", 400)
    for number, customer in enumerate(customers):
        asked = [received["message"] for received in bot.received if received["sender"] == customer.id]
        assert asked == [f"{number}: {turn}" for turn in range(5)]


class TestThePosition:
    async def test_the_position_never_goes_beyond_an_event_that_is_not_dealt_with(
        self, centre: Centre, bot: StandInBot, saved: list[int]
    ) -> None:
        release = asyncio.Event()

        async def behaviour(asked: dict[str, Any]) -> Reply:
            if asked["message"] == "slow":
                await release.wait()
            return await echo(asked)

        bot.behaviour = behaviour
        await Customer.start(centre, "web", text="before")
        await centre.recorded("MessagePosted", 2)
        await Customer.start(centre, "web", text="slow")
        slow = (await centre.recorded("MessagePosted", 3))[2].record.position
        for number in range(10):
            await Customer.start(centre, "web", text=str(number))
        await centre.recorded("MessagePosted", 23)
        await eventually(lambda: slow - 1 in saved)
        assert max(saved) == slow - 1
        release.set()
        await centre.recorded("MessagePosted", 24)
        await eventually(lambda: saved[-1] == centre.services.journal.last_position())
        assert saved == sorted(saved)

    async def test_the_position_is_saved_again_after_a_failed_write(
        self, centre: Centre, saved: list[int], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        refused: list[int] = []

        def refuse(_: Positions, effect: str, position: int) -> None:
            refused.append(position)
            raise DataFileUnavailableError(Path("effects.db"), "database or disk is full")

        with monkeypatch.context() as patch:
            patch.setattr(Positions, "save", refuse)
            await Customer.start(centre, "web", text="Hello")
            await centre.recorded("MessagePosted", 2)
            await eventually(lambda: centre.opened_at + 3 in refused)
        await eventually(lambda: saved[-1:] == [centre.opened_at + 3])

    async def test_the_position_moves_past_events_that_the_effect_ignores(
        self, centre: Centre, saved: list[int]
    ) -> None:
        await Agent.ready(centre)
        await Customer.start(centre)
        last = centre.services.journal.last_position()
        await eventually(lambda: saved[-1:] == [last])


class TestRestart:
    async def test_a_restart_repeats_calls_that_were_not_answered(self, tmp_path: Path, bot: StandInBot) -> None:
        never = asyncio.Event()

        async def silent(_: dict[str, Any]) -> Reply:
            await never.wait()
            return []

        bot.behaviour = silent
        async with open_centre(tmp_path, bot.url, bots=BOTS) as centre:
            customers = [await Customer.start(centre, "web", text="One") for _ in range(3)]
            await customers[0].write("Two")
            await bot.asked(3)
        assert stored(tmp_path) < centre.opened_at + 3
        bot.behaviour = echo
        bot.bodies.clear()
        async with open_centre(tmp_path, bot.url, bots=BOTS) as centre:
            await centre.recorded("MessagePosted", 4)
        assert sorted(bot.messages) == ["One", "One", "One", "Two"]
        assert texts(tmp_path, customers[0]) == ["One", "Two", "You said: One", "You said: Two"]
        assert texts(tmp_path, customers[1]) == ["One", "You said: One"]

    async def test_a_restart_posts_nothing_twice(
        self, tmp_path: Path, bot: StandInBot, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """The position is lost and the answers are kept, as in a crash."""
        monkeypatch.setattr(Positions, "save", lambda *_: None)
        bot.behaviour = replying("a", {"image": "https://shop.example/b"}, {"custom": {"c": 1}})
        async with open_centre(tmp_path, bot.url, bots=BOTS) as centre:
            customer = await Customer.start(centre, "web", text="Hello")
            await centre.recorded("MessagePosted", 4)
            grown = centre.services.journal.last_position() - centre.opened_at
        async with open_centre(tmp_path, bot.url, bots=BOTS) as centre:
            await bot.asked(2)
            other = await Customer.start(centre, "web", text="Hello")
            await centre.recorded("MessagePosted", 4)
            assert centre.types(customer.stream) == ["ConversationStarted"] + ["MessagePosted"] * 4
            assert centre.types(other.stream) == centre.types(customer.stream)
            assert centre.services.journal.last_position() == centre.opened_at + grown
        assert bot.bodies[0] == bot.bodies[1]

    async def test_a_restart_hands_off_once(
        self, tmp_path: Path, bot: StandInBot, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(Positions, "save", lambda *_: None)
        bot.behaviour = replying("Bye", {"custom": {"handoff": True}})
        async with open_centre(tmp_path, bot.url, bots=BOTS) as centre:
            customer = await Customer.start(centre, "web", text="Hello")
            await centre.recorded("AgentRequested")
        async with open_centre(tmp_path, bot.url, bots=BOTS) as centre:
            await Customer.start(centre, "web", text="Hello")
            await centre.recorded("AgentRequested")
            alice = await Agent.ready(centre)
            assert len(await alice.offers()) == 2
            assert centre.types(customer.stream).count("AgentRequested") == 1

    async def test_a_restart_continues_at_the_saved_position(self, tmp_path: Path, bot: StandInBot) -> None:
        async with open_centre(tmp_path, bot.url, bots=BOTS) as centre:
            customer = await Customer.start(centre, "web", text="One")
            await centre.recorded("MessagePosted", 2)
        assert stored(tmp_path) == centre.opened_at + 3
        async with open_centre(tmp_path, bot.url, bots=BOTS) as centre:
            await Customer(centre, {"conversation_id": customer.id, "token": customer.token}).write("Two")
            await centre.recorded("MessagePosted", 2)
        assert bot.messages == ["One", "Two"]

    async def test_a_restart_repeats_commands_that_a_stopped_engine_refused(
        self, tmp_path: Path, bot: StandInBot, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        release = asyncio.Event()

        async def behaviour(asked: dict[str, Any]) -> Reply:
            await release.wait()
            return await echo(asked)

        bot.behaviour = behaviour
        async with open_centre(tmp_path, bot.url, bots=BOTS) as centre:
            customer = await Customer.start(centre, "web", text="Hello")
            await bot.asked(1)
            engine = centre.services.engine
            await engine.stop()
            refused: list[Request] = []
            ask = engine.ask

            def watched(request: Request) -> object:
                refused.append(request)
                return ask(request)

            monkeypatch.setattr(engine, "ask", watched)
            release.set()
            await eventually(lambda: refused)
        assert stored(tmp_path) < centre.opened_at + 2
        async with open_centre(tmp_path, bot.url, bots=BOTS) as centre:
            await centre.recorded("MessagePosted")
        assert texts(tmp_path, customer) == ["Hello", "You said: Hello"]


class TestAFailingJournal:
    async def test_an_unreadable_journal_is_read_again(
        self, tmp_path: Path, bot: StandInBot, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr("gateways.effects.consumer._RETRY_SECONDS", 0.0)
        failures = [JournalUnavailableError("the disk is away")] * 3
        read_all = SqliteJournal.read_all

        def failing(self: SqliteJournal, after: int = 0, limit: int = 1000) -> list[Record]:
            if failures and limit == 500:
                raise failures.pop()
            return read_all(self, after, limit)

        monkeypatch.setattr(SqliteJournal, "read_all", failing)
        async with open_centre(tmp_path, bot.url, bots=BOTS) as centre:
            await Customer.start(centre, "web", text="Hello")
            await centre.recorded("MessagePosted", 2)
        assert failures == []

    async def test_an_unwritable_journal_delays_the_answer(
        self, tmp_path: Path, bot: StandInBot, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        journal = FragileJournal()
        monkeypatch.setattr("gateways.application.opening.MemoryJournal", lambda: journal)
        monkeypatch.setattr("actors.engine.entity_system._RETRY_SECONDS", (0.0, 0.0, 0.0))

        async def behaviour(asked: dict[str, Any]) -> Reply:
            journal.faults += ["before", "before", "before", "before", "after", "before", "before", "before"]
            return await echo(asked)

        bot.behaviour = behaviour
        async with open_centre(tmp_path, bot.url, bots=BOTS, journal={"backend": "memory"}) as centre:
            customer = await Customer.start(centre, "web", text="Hello")
            await centre.recorded("MessagePosted", 2)
            assert centre.types(customer.stream) == ["ConversationStarted", "MessagePosted", "MessagePosted"]
        assert len(bot.bodies) == 1


async def test_a_journal_restored_from_a_backup_is_followed_to_its_end(tmp_path: Path, bot: StandInBot) -> None:
    """The saved position lies beyond the end of the restored journal, and whoever starts the server knows of that."""
    with closing(Positions(tmp_path / "effects.db")) as positions:
        positions.save("bots", 1_000)
    async with open_centre(tmp_path, bot.url, restored=True, bots=BOTS) as centre:
        await Customer.start(centre, "web", text="Hello")
        await centre.recorded("MessagePosted", 2)
    assert bot.messages == ["Hello"]
    assert stored(tmp_path) < 1_000
