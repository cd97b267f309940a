"""The floor, now and at any instant."""

import asyncio
import re
from functools import partial

import pytest
from playwright.async_api import Route, expect

from tests.browser.conftest import Opening
from tests.browser.inspector import PHONE, Inspector
from tests.browser.morning import Morning
from tests.gateways.centre import Centre
from tests.gateways.clients import Customer

pytestmark = pytest.mark.asyncio(loop_scope="package")

QUEUE_COLUMNS = ["Queue", "MRD", "Open", "Waiting", "Longest wait", "Logged in", "Ready", "Free places"]


async def test_the_floor_shows_participants_and_waiting_customers(root: Inspector, morning: Morning) -> None:
    await root.open("#floor")
    agents, waiting, conversations = (
        root.page.get_by_role("region", name=name) for name in ("Agents", "Waiting", "Conversations")
    )
    await expect(agents.get_by_role("row", name="Alice")).to_contain_text("not ready")
    await expect(agents.get_by_role("row", name="Bob")).to_contain_text("lunch")
    await expect(waiting.get_by_role("row").filter(has_text=morning.dora.id[-6:])).to_contain_text("sales")
    carla = conversations.get_by_role("row").filter(has_text=morning.carla.id[-6:])
    await expect(carla).to_contain_text("Carla Conte")
    await expect(carla).to_contain_text("Alice")
    await expect(carla).to_contain_text("Sue")


async def test_the_floor_shows_the_free_places_of_agents(root: Inspector, morning: Morning) -> None:
    await root.open("#floor")
    agents = root.page.get_by_role("region", name="Agents")
    await expect(agents.get_by_role("row", name="Alice")).to_contain_text("1 of 3 tasks, 0 free")
    await expect(agents.get_by_role("row", name="Bob")).to_contain_text("0 of 3 tasks, 0 free")


async def test_the_floor_shows_how_every_queue_stands(root: Inspector, morning: Morning) -> None:
    await root.open("#floor")
    queues = root.page.get_by_role("region", name="Queues")
    await expect(queues.get_by_role("columnheader")).to_have_text(QUEUE_COLUMNS)
    sales = queues.get_by_role("row", name="sales").get_by_role("cell")
    await expect(sales.nth(2)).to_have_text("open")
    await expect(sales.nth(3)).to_have_text(re.compile("^[1-9]"))
    await expect(sales.nth(7)).to_have_text("0")


async def test_the_floor_of_the_past_leaves_out_what_no_fact_keeps(root: Inspector, morning: Morning) -> None:
    await root.open("#floor")
    at = await root.page.locator(".lead time").get_attribute("datetime")
    await root.go(f"#floor?at={at}")
    queues, agents = (root.page.get_by_role("region", name=name) for name in ("Queues", "Agents"))
    await expect(queues.get_by_role("columnheader")).to_have_text(["Queue", "MRD", "Waiting", "Longest wait"])
    await expect(queues.get_by_role("row", name="sales")).to_be_visible()
    assert "free" not in await agents.inner_text()


async def test_a_phone_shows_each_queue_as_a_card(opening: Opening, morning: Morning) -> None:
    tab = await opening("root", size=PHONE)
    await tab.open("#floor")
    sales = tab.page.get_by_role("region", name="Queues").get_by_role("row", name="sales")
    boxes = [await cell.bounding_box() for cell in await sales.get_by_role("cell").all()]
    tops = [box["y"] for box in boxes if box]
    assert len(tops) == len(QUEUE_COLUMNS)
    assert tops == sorted(set(tops))


async def test_a_link_shows_the_floor_as_it_was(root: Inspector, centre: Centre, morning: Morning) -> None:
    accepted = centre.services.journal.read_stream(morning.anna.stream)
    joined = next(record for record in accepted if record.type == "AgentJoined")
    await root.open(f"#floor?at={joined.at}")
    conversations = root.page.get_by_role("region", name="Conversations")
    await expect(conversations.get_by_role("row").filter(has_text=morning.anna.id[-6:])).to_contain_text("Anna Arendt")
    assert morning.carla.id[-6:] not in await root.page.locator("main").inner_text()
    before = await root.page.locator("main .body").inner_text()
    await root.page.reload()
    await root.loaded()
    await expect(root.page.get_by_role("region", name="Agents")).to_be_visible()
    assert await root.page.locator("main .body").inner_text() == before


async def test_the_floor_steps_back_and_forward_in_time(root: Inspector, morning: Morning) -> None:
    await root.open("#floor")
    await root.page.get_by_role("combobox", name="Step").select_option("3600")
    await root.button("Back").click()
    await expect(root.page.get_by_text("Nobody is logged in.")).to_be_visible()
    await root.at(re.compile(r"#floor\?at="))
    await root.button("Forward").click()
    await root.button("Forward").click()
    await expect(root.page.get_by_role("region", name="Agents").get_by_role("row", name="Alice")).to_be_visible()
    await root.at("#floor")


async def test_every_step_counts_while_the_floor_is_still_loading(root: Inspector, morning: Morning) -> None:
    await root.open("#floor?at=2001-01-01T00:00:00Z")
    await root.page.get_by_role("combobox", name="Step").select_option("3600")
    released = asyncio.Event()
    await root.page.route("**/floor?*", partial(_when, released))
    await root.button("Back").click()
    await root.button("Back").click()
    await root.at("#floor?at=2000-12-31T22%3A00%3A00.000Z")
    released.set()
    await expect(root.page.locator("time[datetime^='2000-12-31T22:00:00']")).to_be_visible()


async def _when(released: asyncio.Event, route: Route) -> None:
    await released.wait()
    await route.continue_()


async def test_now_keeps_up_to_date(root: Inspector, centre: Centre, morning: Morning) -> None:
    await root.page.clock.install()
    await root.open("#floor")
    customer = await Customer.start(centre, queue="sales", text="Me too")
    await root.page.clock.fast_forward(5000)
    waiting = root.page.get_by_role("region", name="Waiting")
    await expect(waiting.get_by_text(customer.id[-6:])).to_be_visible()


async def test_an_instant_is_entered(root: Inspector, morning: Morning) -> None:
    await root.open("#floor")
    await root.page.get_by_label("At", exact=True).fill("2001-02-03T04:05:06")
    await root.button("Go").click()
    await expect(root.page.get_by_text("Nobody is logged in.")).to_be_visible()
    await root.at("#floor?at=2001-02-03T03%3A05%3A06.000Z")


async def test_an_unreadable_instant_is_answered_with_an_error(root: Inspector, morning: Morning) -> None:
    await root.open("#streams")
    for at in ("yesterday", "9", "2026-13-01T00:00:00Z", "<b>", "x" * 500):
        await root.go(f"#floor?at={at}")
        await expect(root.alert).to_contain_text("at")
        await root.go("#streams")


async def test_agents_whose_names_are_masked_go_by_their_ids(looker: Inspector, morning: Morning) -> None:
    await looker.open("#floor")
    agents, conversations = (looker.page.get_by_role("region", name=name) for name in ("Agents", "Conversations"))
    await expect(agents.get_by_role("row", name="alice")).to_contain_text("break")
    await expect(conversations.get_by_role("row").filter(has_text=morning.carla.id[-6:])).to_contain_text("alice")
    assert "Conte" not in await looker.page.locator("main").inner_text()
