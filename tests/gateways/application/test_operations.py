"""The server reports its health and its readiness."""

from pathlib import Path

import pytest

from gateways.data_directory import DataFileUnavailableError
from gateways.outbox import Call, Outbox, Outcome
from gateways.outbox.listing import list_deliveries
from tests.gateways.centre import Centre
from tests.gateways.clients import Caller, Customer

pytestmark = pytest.mark.asyncio


async def test_healthz_reports_that_the_process_answers(centre: Centre) -> None:
    assert (await Caller(centre).get("/healthz")).of(200) == {"status": "ok"}


async def test_readyz_reports_the_position(centre: Centre) -> None:
    assert (await Caller(centre).get("/readyz")).of(200) == {
        "status": "ready",
        "position": centre.opened_at,
        "clock_ahead_seconds": 0,
    }
    await Customer.start(centre)
    position = centre.services.journal.last_position()
    assert (await Caller(centre).get("/readyz")).of(200) == {
        "status": "ready",
        "position": position,
        "clock_ahead_seconds": 0,
    }


async def test_readyz_names_targets_with_parked_deliveries_until_somebody_decides(centre: Centre) -> None:
    outbox = centre.services.outbox
    for lane in ("one", "two"):
        outbox.add("webhooks", "webhook:crm", lane, b"", 1.0)
    lost = Outcome(kind="unknown")
    outbox.step([Call(each, lost, 2.0, 2.0) for each in list_deliveries(outbox)], {}, 2.0, marks=False)
    ready = (await Caller(centre).get("/readyz")).of(200)
    parked = {"status": "impaired", "reason": "2 to be tried again or dropped"}
    assert ready["tasks"] == {"parked deliveries to webhook:crm": parked}
    outbox.retry_parked("webhook:crm")
    assert "tasks" not in (await Caller(centre).get("/readyz")).of(200)


async def test_readyz_names_an_outbox_that_cannot_be_read(centre: Centre, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(outbox: Outbox) -> None:
        raise DataFileUnavailableError(Path("deliveries.db"), "disk I/O error")

    with monkeypatch.context() as patched:
        patched.setattr("gateways.application.deliveries_watch.parked_deliveries", fail)
        tasks = (await Caller(centre).get("/readyz")).of(200)["tasks"]
        assert tasks["deliveries"]["status"] == "impaired"
    assert "tasks" not in (await Caller(centre).get("/readyz")).of(200)


async def test_readyz_reports_when_no_commands_are_served(centre: Centre) -> None:
    await centre.services.engine.stop()
    assert (await Caller(centre).get("/readyz")).of(503) == {"status": "not_ready"}
    assert (await Caller(centre).get("/healthz")).of(200) == {"status": "ok"}
