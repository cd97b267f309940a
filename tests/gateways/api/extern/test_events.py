"""Applications follow the whole journal, or what they want of it."""

from pathlib import Path
from typing import Any

import pytest

from tests.gateways.api.extern.conftest import KEY, KEYS
from tests.gateways.centre import Centre, open_centre
from tests.gateways.clients import Agent, Caller, Customer

pytestmark = pytest.mark.asyncio

PATH = "/extern/v1/events"


async def page(caller: Caller, query: str = "") -> Any:
    return (await caller.get(f"{PATH}?limit=1000{query}")).of(200)


async def types(caller: Caller, query: str) -> set[str]:
    return {event["type"] for event in (await page(caller, query))["events"]}


async def test_every_event_of_the_journal_comes_in_order(centre: Centre, archive: Caller) -> None:
    await Customer.start(centre, text="Hello")
    found = await page(archive)
    last = centre.services.journal.last_position()
    assert [event["position"] for event in found["events"]] == list(range(1, last + 1))
    assert (found["next"], found["last_position"], found["masked"]) == (last, last, False)


async def test_a_page_goes_on_from_the_one_before(centre: Centre, crm: Caller) -> None:
    first = (await crm.get(f"{PATH}?limit=2")).of(200)
    second = (await crm.get(f"{PATH}?limit=2&after={first['next']}")).of(200)
    assert [event["position"] for event in [*first["events"], *second["events"]]] == [1, 2, 3, 4]
    (await crm.get(f"{PATH}?after=999999")).problem(422, "invalid_input")


async def test_personal_data_is_masked_without_the_scope(centre: Centre, crm: Caller, archive: Caller) -> None:
    await Customer.start(centre, text="Hello", customer={"name": "Ada"})
    query = "&type=MessagePosted"
    (clear,) = (await page(archive, query))["events"]
    found = await page(crm, query)
    (masked,) = found["events"]
    assert found["masked"]
    assert clear["data"]["content"]["text"] == "Hello"
    assert masked["data"]["content"]["text"] == "•••"
    assert masked["data"]["sender"]["name"] == "•••"
    assert {**clear, "data": None, "summary": None} == {**masked, "data": None, "summary": None}


async def test_no_secret_is_in_the_feed(centre: Centre, archive: Caller) -> None:
    digest = KEYS["crm"]["sha256"]
    assert str(digest).encode() not in (await archive.get(f"{PATH}?limit=1000")).content


async def test_the_filters_choose_together(tmp_path: Path, quick_passwords: None) -> None:
    agents = {"alice": {"name": "Alice", "team": "blue"}, "bob": {"name": "Bob", "team": "red"}}
    async with open_centre(tmp_path, api_keys=KEYS, teams={"blue": {}, "red": {}}, agents=agents) as centre:
        crm = Caller(centre, KEY)
        alice = await Agent.ready(centre)
        customer = await Customer.start(centre, text="Hello")
        await alice.accept_only_offer()
        (await alice.write(customer, "Good morning")).of(201)
        await Agent.on_shift(centre, "bob")
        web = await Customer.start(centre, "web")
        assert await types(crm, "&type=MessagePosted,AgentJoined") == {"MessagePosted", "AgentJoined"}
        of_web = (await page(crm, "&channel=web"))["events"]
        assert {event["stream"] for event in of_web} == {web.stream}
        blue = (await page(crm, "&team=blue"))["events"]
        assert {event["stream"] for event in blue} >= {customer.stream, "agent-alice"}
        assert "agent-bob" not in {event["stream"] for event in blue}
        assert await types(crm, "&team=blue&channel=web-direct&type=MessagePosted") == {"MessagePosted"}
        assert len((await page(crm, "&team=blue&type=MessagePosted"))["events"]) == 1
        assert await types(crm, "&team=red&type=MessagePosted") == set()
        assert await types(crm, "&queue=sales&type=MessagePosted") == set()
        assert len((await page(crm, "&queue=sales,support&type=MessagePosted"))["events"]) == 2


@pytest.mark.parametrize("query", ["type=Nothing", "channel=nowhere", "queue=nowhere", "team=nobody"])
async def test_a_filter_by_something_unknown_is_refused(crm: Caller, query: str) -> None:
    (await crm.get(f"{PATH}?{query}")).problem(422, "invalid_input")


async def test_live_feeds_deliver_what_is_wanted_and_resume(centre: Centre, crm: Caller) -> None:
    query = f"?type=MessagePosted&channel=web-direct&after={centre.opened_at}"
    await Customer.start(centre, text="first")
    async with crm.web_socket(PATH + query) as socket, crm.event_stream(PATH + query) as stream:
        first = await socket.next()
        assert await stream.next() == first
        await Customer.start(centre, "web", text="of the bot")
        await Customer.start(centre, text="second")
        second = await socket.next()
        assert await stream.next() == second
        assert stream.last_id == second["position"]
    headers = {"Last-Event-ID": str(first["position"])}
    async with crm.event_stream(PATH + "?type=MessagePosted&channel=web-direct", **headers) as resumed:
        assert (await resumed.next())["position"] == second["position"]


async def test_a_feed_ends_when_its_key_is_changed(centre: Centre, crm: Caller) -> None:
    root = await Agent.log_in(centre, "root")
    async with crm.web_socket(f"{PATH}?after={centre.opened_at}") as socket:
        (await root.call("DELETE", "/admin/v1/api-keys/crm")).of(204)
        assert await socket.close_code() is not None
    (await crm.get(PATH)).problem(401, "key_invalid")
