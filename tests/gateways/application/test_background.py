"""The tasks beside the server begin again after a failure, and ``/readyz`` tells of them meanwhile."""

import asyncio
from pathlib import Path
from typing import Any

import pytest

from actors.engine import Engine
from gateways.conversations import unposted
from gateways.conversations.unposted import clean_up_unposted
from gateways.effects.positions import Positions
from gateways.services import Services
from projections import LiveViews
from tests.gateways.centre import Centre, eventually, open_centre
from tests.gateways.clients import Agent, Caller, Customer
from tests.gateways.connectors.bots.bots import HASTY, StandInBot

pytestmark = [pytest.mark.asyncio, pytest.mark.usefixtures("quick_passwords")]

BOTS = {"greeter": HASTY}
FAILS = "ZeroDivisionError; the log says more"


@pytest.fixture
def gate(monkeypatch: pytest.MonkeyPatch) -> asyncio.Event:
    """Tasks that have failed begin again when this is set."""
    opened, sleep = asyncio.Event(), asyncio.sleep

    async def pause(seconds: float) -> None:
        await opened.wait()
        await sleep(0)

    monkeypatch.setattr("gateways.supervision._pause", pause)
    monkeypatch.setattr("gateways.supervision._PAUSE_SECONDS", (0.0,))
    return opened


async def failing(centre: Centre) -> Any:
    """The tasks that keep the server from being ready."""
    await eventually(lambda: centre.services.supervision.failing)
    answer = (await Caller(centre).get("/readyz")).of(503)
    assert answer["status"] == "not_ready"
    return {name: task["reason"] for name, task in answer["tasks"].items() if task["status"] == "failing"}


async def ready(centre: Centre) -> None:
    await eventually(lambda: not centre.services.supervision.failing)
    answer = (await Caller(centre).get("/readyz")).of(200)
    assert (answer["status"], "tasks" in answer) == ("ready", False)


async def answered(centre: Centre, customer: Customer) -> None:
    """Waits until the bot has answered the customer's only message."""
    await eventually(lambda: centre.types(customer.stream).count("MessagePosted") == 2)


def forget_tracebacks(centre: Centre) -> None:
    """What was logged is what the test brought about."""
    assert centre.tracebacks
    centre.tracebacks.clear()


async def test_effects_that_fail_while_they_run_begin_again_and_lose_nothing(
    tmp_path: Path, bot: StandInBot, monkeypatch: pytest.MonkeyPatch, gate: asyncio.Event
) -> None:
    monkeypatch.setattr("gateways.effects.consumer._SAVE_SECONDS", 0.001)
    save, faults = Positions.save, ["one"]

    def failing_once(self: Positions, effect: str, position: int) -> None:
        if faults:
            faults.pop()
            raise ZeroDivisionError("secret")
        save(self, effect, position)

    async with open_centre(tmp_path, bot.url, bots=BOTS) as centre:
        monkeypatch.setattr(Positions, "save", failing_once)
        before = await Customer.start(centre, "web", text="One")
        assert await failing(centre) == {"effects": FAILS}
        meanwhile = await Customer.start(centre, "web", text="Two")
        gate.set()
        for customer in (before, meanwhile):
            await answered(centre, customer)
        await ready(centre)
        forget_tracebacks(centre)


async def test_effects_that_cannot_begin_are_begun_again(
    tmp_path: Path, bot: StandInBot, monkeypatch: pytest.MonkeyPatch, gate: asyncio.Event
) -> None:
    with monkeypatch.context() as patch:
        patch.setattr(Positions, "load", lambda *_: 1 // 0)
        async with open_centre(tmp_path, bot.url, bots=BOTS) as centre:
            assert await failing(centre) == {"effects": FAILS}
            patch.undo()
            gate.set()
            customer = await Customer.start(centre, "web", text="One")
            await answered(centre, customer)
            await ready(centre)
            centre.tracebacks.clear()


async def test_presence_that_fails_is_tried_again(centre: Centre, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("gateways.identity.presence._RETRY_SECONDS", 0.001)
    ask = Engine.ask

    def refuse(self: Engine, request: Any) -> Any:
        if type(request.command).__name__ == "Connect":
            raise ZeroDivisionError("secret")
        return ask(self, request)

    alice = await Agent.log_in(centre)
    with monkeypatch.context() as patch:
        patch.setattr(Engine, "ask", refuse)
        async with alice.follow():
            assert await failing(centre) == {"presence": "ZeroDivisionError for 1 agents; the log says more"}
            patch.setattr(Engine, "ask", ask)
            await centre.recorded("AgentConnected")
            await ready(centre)
    forget_tracebacks(centre)


async def test_the_clean_up_of_uploads_begins_again(
    centre: Centre, monkeypatch: pytest.MonkeyPatch, gate: asyncio.Event
) -> None:
    begun = []

    async def remove(services: Services, now: object) -> int:
        begun.append(now)
        if len(begun) == 1:
            raise ZeroDivisionError("secret")
        return 0

    monkeypatch.setattr(unposted, "remove_unposted", remove)
    async with clean_up_unposted(centre.services):
        assert await failing(centre) == {"clean-up of uploads": FAILS}
        gate.set()
        await eventually(lambda: len(begun) == 2)
        await ready(centre)
    forget_tracebacks(centre)


async def test_an_event_that_the_live_views_miss_is_told(centre: Centre, monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as patch:
        patch.setattr(LiveViews, "apply", lambda *_: 1 // 0)
        await Caller(centre).post("/customer/v1/conversations", {"channel": "web-direct"})
    answer = (await Caller(centre).get("/readyz")).of(200)
    assert answer["tasks"]["live views"]["status"] == "impaired"
    forget_tracebacks(centre)


@pytest.mark.parametrize("runner", ["process", "thread"])
async def test_projections_that_wait_for_their_database_leave_the_server_ready(tmp_path: Path, runner: str) -> None:
    away = {"runner": runner, "database_url": "postgresql://me:secret@127.0.0.1:9/reports?connect_timeout=2"}
    async with open_centre(tmp_path, reporting=away) as centre:
        await eventually(lambda: centre.services.supervision.impediments)
        answer = (await Caller(centre).get("/readyz")).of(200)
        assert answer["tasks"] == {"projecting": {"status": "impaired", "reason": "it waits; the log says for what"}}


async def test_a_process_that_cannot_run_is_not_ready(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("gateways.application.projecting.sys.executable", "/no/such/program")
    monkeypatch.setattr("gateways.application.projecting._RETRY_SECONDS", (0.5,))
    async with open_centre(tmp_path, reporting={"runner": "process"}) as centre:
        reason = "it has ended with 127"
        assert await failing(centre) == {"process of the projections": reason}
        monkeypatch.undo()
        await ready(centre)
