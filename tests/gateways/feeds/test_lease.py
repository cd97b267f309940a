"""A live feed ends with the token that opened it."""

from pathlib import Path

import pytest

from tests.gateways.centre import Centre, eventually, open_centre, projected
from tests.gateways.clients import Agent, Caller

pytestmark = [pytest.mark.asyncio, pytest.mark.usefixtures("quick_passwords")]


async def test_a_feed_ends_with_its_token_and_goes_on_with_a_new_one(tmp_path: Path) -> None:
    async with open_centre(tmp_path, authentication={"access_token_seconds": 2}) as centre:
        alice = await Agent.log_in(centre)
        async with alice.follow() as feed:
            assert (await feed.next())["type"] == "AgentLoggedIn"
            assert await feed.close_code() == 4001
        (await alice.get("/agent/v1/me")).problem(401, "token_expired")
        body = {"refresh_token": alice.refresh_token}
        renewed = Agent(centre, (await Caller(centre).post("/agent/v1/refresh", body)).of(200))
        async with renewed.follow() as feed:
            assert (await feed.next())["type"] == "AgentLoggedIn"
        assert centre.types("agent-alice").count("AgentLoggedIn") == 1


@pytest.mark.parametrize("path", ["/inspect/v1/events", "/reports/v1/live", "/agent/v1/events"])
async def test_every_event_stream_ends_with_its_token(tmp_path: Path, path: str) -> None:
    async with open_centre(
        tmp_path, authentication={"access_token_seconds": 2}, reporting={"runner": "thread"}
    ) as centre:
        await projected(centre.services)
        sue = await Agent.log_in(centre, "sue")
        async with centre.http.get(
            centre.url + path, headers={"Accept": "text/event-stream", "Authorization": f"Bearer {sue.token}"}
        ) as response:
            assert response.status == 200
            await response.read()
        await eventually(lambda: centre.services.hub.listener_count == 0)


async def test_a_feed_of_inspection_ends_with_its_session(centre: Centre) -> None:
    sue = await Agent.log_in(centre, "sue")
    async with sue.web_socket("/inspect/v1/events?after=0") as feed:
        await feed.next()
        assert (await sue.log_out()).status == 204
        assert await feed.close_code() == 4003
