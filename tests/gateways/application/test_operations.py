"""The server reports its health and its readiness."""

import pytest

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


async def test_readyz_reports_when_no_commands_are_served(centre: Centre) -> None:
    await centre.services.engine.stop()
    assert (await Caller(centre).get("/readyz")).of(503) == {"status": "not_ready"}
    assert (await Caller(centre).get("/healthz")).of(200) == {"status": "ok"}
