"""The places that show waiting customers, over HTTP: they agree, and a callback for another day waits nowhere."""

import hashlib
from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
import pytest_asyncio

from schemas.instants import format_instant, utc_now
from tests.gateways.centre import Centre, open_centre, projected
from tests.gateways.clients import Agent, Caller, Customer

pytestmark = pytest.mark.asyncio

KEYS = {"all": {"sha256": hashlib.sha256(b"all").hexdigest(), "scopes": ["reports", "inspect", "extern"]}}


@pytest_asyncio.fixture
async def centre(tmp_path: Path, quick_passwords: None) -> AsyncIterator[Centre]:
    async with open_centre(tmp_path, api_keys=KEYS, reporting={"runner": "thread"}) as opened:
        yield opened


async def queue_of(centre: Centre, name: str) -> dict[str, Any]:
    sue = await Agent.log_in(centre, "sue")
    queues = (await sue.get("/agent/v1/queues")).of(200)["queues"]
    return next(queue for queue in queues if queue["queue"] == name)


async def places(centre: Centre, queue: str, channel: str) -> dict[str, int]:
    """The number of waiting tasks of the queue, at every place that shows it."""
    reader = Caller(centre, "all")
    await projected(centre.services)
    dashboard = (await reader.get("/reports/v1/live")).of(200)
    intervals = (await reader.get("/reports/v1/queue-intervals?interval=total&direction=inbound,outbound")).of(200)
    floor = (await reader.get("/inspect/v1/floor")).of(200)
    on_floor = [task for line in floor["queues"] if line["queue"] == queue for task in line["waiting"]]
    availability = await Caller(centre).get(f"/customer/v1/availability?channel={channel}")
    return {
        "agent desktop": (await queue_of(centre, queue))["waiting"],
        "dashboard": next(line["waiting"] for line in dashboard["queues"] if line["queue"] == queue),
        "intervals": sum(row["waiting"] for row in intervals["rows"] if row["queue"] == queue),
        "floor": len(on_floor),
        "availability": availability.of(200)["waiting"],
    }


async def test_a_callback_for_another_day_waits_nowhere(centre: Centre) -> None:
    wanted_at = format_instant(utc_now() + timedelta(days=23))
    body = {"name": "Ada", "phone": "+44 20 7946 0958", "channel": "callback", "wanted_at": wanted_at}
    (await Caller(centre).post("/customer/v1/callbacks", body)).of(201)
    assert set((await places(centre, "callback", "callback")).values()) == {0}
    assert (await queue_of(centre, "callback"))["scheduled"] == 1
    assert "oldest" not in await queue_of(centre, "callback")
    body = (await Caller(centre, "all").get("/reports/v1/live")).of(200)
    assert {line["queue"]: line["scheduled"] for line in body["queues"]}["callback"] == 1
    assert body["conversations"] == {"scheduled": 1}
    assert [conversation["status"] for conversation in body["ongoing"]] == ["scheduled"]


async def test_work_for_another_day_waits_nowhere(centre: Centre) -> None:
    body = {"queue": "support", "subject": "Parcel", "wanted_at": format_instant(utc_now() + timedelta(days=23))}
    task = (await Caller(centre, "all").post("/extern/v1/tasks", body)).of(201)
    assert not {"position", "estimated_wait_seconds"} & task.keys()
    await Customer.start(centre)
    assert set((await places(centre, "support", "web")).values()) == {1}


async def test_customers_who_wait_are_counted_alike_everywhere(centre: Centre) -> None:
    for _ in range(3):
        await Customer.start(centre)
    assert set((await places(centre, "support", "web")).values()) == {3}
