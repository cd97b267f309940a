"""The supervisor's floor: what it shows live, what a supervisor does from it, and how it bears refusals and breaks."""

import asyncio
import json
import re
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AsyncExitStack
from typing import Any

import pytest
import pytest_asyncio
from playwright.async_api import Browser, Locator, Page, Route, expect

from gateways.feeds.hub import feed_owner
from tests.browser.conftest import PROJECTED, kept_session
from tests.browser.inspector import DESKTOP, PHONE, Inspector, open_tab
from tests.gateways.centre import Centre, eventually, open_centre
from tests.gateways.clients import Agent, Customer

pytestmark = pytest.mark.asyncio(loop_scope="package")

Opening = Callable[..., Awaitable[Inspector]]


@pytest_asyncio.fixture(scope="module", loop_scope="package")
async def floor_centre(tmp_path_factory: pytest.TempPathFactory, quick_passwords: None) -> AsyncIterator[Centre]:
    """A centre of its own: supervisors change too much for others."""
    async with open_centre(tmp_path_factory.mktemp("floor"), reporting=PROJECTED) as opened:
        yield opened


@pytest_asyncio.fixture(loop_scope="package")
async def floor(browser: Browser, floor_centre: Centre) -> AsyncIterator[Opening]:
    """Opens the floor for sue, at an address. Afterwards nothing is open and nobody is logged in."""
    async with AsyncExitStack() as stack:
        stack.push_async_callback(everybody_leaves, floor_centre)

        async def open_(address: str = "", **options: Any) -> Inspector:
            kept = kept_session(await Agent.log_in(floor_centre, "sue"), "supervisor")
            tab = await stack.enter_async_context(open_tab(browser, floor_centre.url, kept, **options))
            await tab.page.goto(f"{floor_centre.url}/floor{address}")
            await expect(tab.page.get_by_text("Live", exact=True)).to_be_visible()
            return tab

        yield open_


async def everybody_leaves(centre: Centre) -> None:
    root = await Agent.log_in(centre, "root")
    for conversation in (await root.get("/agent/v1/floor")).of(200)["conversations"]:
        await root.post(f"/agent/v1/conversations/{conversation['conversation_id']}/end", {"force": True})
    for name in ("alice", "bob", "carol", "sue"):
        await root.put(f"/agent/v1/agents/{name}/state", {"state": "logged_out"})
    assert (await root.get("/agent/v1/floor")).of(200)["conversations"] == []


async def served(centre: Centre, name: str = "Ada Lovelace", agent: str = "alice") -> tuple[Customer, Agent]:
    """A customer in a conversation with an agent."""
    answering = await Agent.ready(centre, agent)
    customer = await Customer.start(centre, customer={"name": name}, text=f"Hello, this is {name}")
    await answering.accept_only_offer()
    await answering.go("not_ready", reason="lunch")
    return customer, answering


def row(page: Page, name: str) -> Locator:
    return page.get_by_role("row").filter(has_text=name)


async def texts_of(customer: Customer) -> list[str]:
    posted = [event for event in await customer.events() if event["type"] == "MessagePosted"]
    return [event["data"]["content"]["text"] for event in posted]


async def test_a_supervisor_listens_in_whispers_comes_in_takes_over_and_ends(
    floor: Opening, floor_centre: Centre
) -> None:
    customer, alice = await served(floor_centre)
    page = (await floor()).page
    await row(page, "Alice").get_by_role("button", name="Ada Lovelace").click()
    panel = page.get_by_role("complementary", name="Conversation")
    await expect(panel.get_by_text("Hello, this is Ada Lovelace")).to_be_visible()
    await alice.write(customer, "Good morning, Ada")
    await expect(panel.get_by_text("Good morning, Ada")).to_be_visible()
    await expect(panel.get_by_role("textbox")).to_have_count(0)
    await panel.get_by_role("button", name="Listen in").click()
    await expect(panel.get_by_text("You listen in.")).to_be_visible()
    await panel.get_by_label("Whisper to the agents").fill("Offer the voucher")
    await panel.get_by_role("button", name="Whisper").click()
    whispered = panel.locator(".entry.inside").filter(has_text="Offer the voucher")
    await expect(whispered).to_contain_text("only colleagues see this")
    await expect(panel.get_by_label("Whisper to the agents")).to_have_value("")
    await panel.get_by_role("button", name="Come in").click()
    await expect(panel.get_by_label("Message to Ada Lovelace")).to_be_visible()
    await panel.get_by_label("Message to Ada Lovelace").fill("This is Sue, the supervisor.")
    await page.keyboard.press("Enter")
    await expect(panel.locator(".entry.agent").filter(has_text="This is Sue")).to_be_visible()
    assert (await texts_of(customer))[1:] == ["Good morning, Ada", "This is Sue, the supervisor."]
    await panel.get_by_role("button", name="Take over").click()
    await expect(page.get_by_role("dialog")).to_contain_text("Alice leaves the conversation")
    await page.get_by_role("dialog").get_by_role("button", name="Take over").click()
    await expect(panel.get_by_text("You answer the customer.")).to_be_visible()
    await page.reload()
    await expect(panel.get_by_text("You answer the customer.")).to_be_visible()
    await panel.get_by_role("button", name="End…").click()
    await page.get_by_role("dialog").get_by_role("button", name="Cancel").click()
    assert (await customer.state())["status"] == "with_agent"
    await panel.get_by_role("button", name="End…").click()
    await page.get_by_role("dialog").get_by_role("button", name="End it").click()
    await expect(panel.get_by_text("This conversation has ended.")).to_be_visible()
    await page.keyboard.press("Escape")
    await expect(panel).to_be_hidden()


async def test_a_text_stays_when_the_server_refuses_it_and_never_changes_its_reader(
    floor: Opening, floor_centre: Centre
) -> None:
    customer, _ = await served(floor_centre)
    other, _ = await served(floor_centre, "Bea Baum", "bob")
    page = (await floor(f"#conversations?open={customer.id}")).page
    panel = page.get_by_role("complementary", name="Conversation")
    await panel.get_by_role("button", name="Come in").click()
    message, whisper = panel.get_by_label("Message to Ada Lovelace"), panel.get_by_label("Whisper to the agents")
    await message.fill("for the customer")
    await panel.get_by_role("radio", name="Only colleagues see this").check()
    await expect(message).to_be_hidden()
    await expect(whisper).to_have_value("")
    await whisper.fill("for colleagues")
    await row(page, "Bea Baum").get_by_role("button", name="Bea Baum").click()
    await expect(panel.get_by_role("heading", name="Bea Baum")).to_be_visible()
    await expect(panel.get_by_role("textbox")).to_have_count(0)
    await row(page, "Ada Lovelace").get_by_role("button", name="Ada Lovelace").click()
    await expect(whisper).to_have_value("for colleagues")
    (await customer.end()).of(200)
    await expect(panel.get_by_text("This conversation has ended.")).to_be_visible()
    await panel.get_by_role("button", name="Whisper").click()
    await expect(panel.get_by_role("alert").filter(has_text="The conversation has ended.")).to_be_visible()
    await expect(whisper).to_have_value("for colleagues")
    assert "for colleagues" not in await texts_of(other)


async def test_agents_are_changed_queues_emptied_and_announcements_made(floor: Opening, floor_centre: Centre) -> None:
    await Agent.ready(floor_centre, "carol")
    bob = await Agent.on_shift(floor_centre, "bob")
    page = (await floor()).page
    await row(page, "Carol").get_by_role("button", name="Change the state of Carol").click()
    await page.get_by_role("menuitem", name="Make not ready").click()
    dialog = page.get_by_role("dialog")
    await dialog.get_by_label("Reason").select_option("training")
    await dialog.get_by_role("button", name="Make not ready").click()
    await expect(row(page, "Carol")).to_contain_text("Training")
    async with bob.follow(await bob.position()) as feed:
        await page.get_by_role("button", name="Announce").click()
        await dialog.get_by_label("What you announce").fill("The shop is down")
        await page.keyboard.press("Escape")
        await page.get_by_role("button", name="Announce").click()
        await expect(dialog.get_by_label("What you announce")).to_have_value("The shop is down")
        await dialog.get_by_role("button", name="Announce").click()
        assert (await feed.until("AnnouncementReceived"))["data"]["text"] == "The shop is down"
    await row(page, "Carol").get_by_role("button", name="Change the state of Carol").click()
    await page.get_by_role("menuitem", name="Log out").click()
    await expect(dialog).to_contain_text("All sessions of Carol end")
    await dialog.get_by_role("button", name="Log out").click()
    await expect(row(page, "Carol")).to_have_count(0)
    waiting = await Customer.start(floor_centre, customer={"name": "Dora Dell"})
    await page.get_by_role("link", name=re.compile("^Queues")).click()
    await row(page, "support").get_by_role("button", name="Empty support").click()
    await page.get_by_role("menuitem", name="Empty the queue").click()
    await dialog.get_by_label("What becomes of those who wait").select_option("sales")
    await dialog.get_by_role("button", name="Empty it").click()
    await expect(page.get_by_text("1 task has gone.")).to_be_visible()
    await row(page, "sales").get_by_role("link", name="1", exact=True).click()
    await expect(page).to_have_url(re.compile(r"#conversations\?queue=sales&state=waiting$"))
    await row(page, "Dora Dell").get_by_role("button", name="Dora Dell").click()
    await page.get_by_role("button", name="Reassign").click()
    await dialog.get_by_role("combobox").fill("bob")
    await page.keyboard.press("Enter")
    await dialog.get_by_role("button", name="Reassign").click()
    await expect(page.get_by_text("The conversation goes to Bob.")).to_be_visible()
    async with bob.follow(await bob.position()) as feed:
        await bob.go("ready")
        assert (await feed.until("TaskReserved"))["data"]["conversation_id"] == waiting.id


async def test_raised_hands_stand_above_all_and_figures_turn_at_their_thresholds(
    floor: Opening, floor_centre: Centre
) -> None:
    customer, alice = await served(floor_centre)
    tab = await floor("#queues?q=support")
    page = tab.page
    await expect(page.get_by_role("region", name="Raised hands")).to_be_hidden()
    (await alice.post(alice.path(customer, "raise-hand"), {"raised": True, "reason": "a refund"})).of(200)
    hands = page.get_by_role("region", name="Raised hands")
    await expect(hands).to_contain_text("Alice asks for you, with Ada Lovelace: a refund")
    await hands.get_by_role("button", name="Look").click()
    await expect(page.get_by_role("complementary").get_by_role("heading", name="Ada Lovelace")).to_be_visible()
    await page.go_back()
    await expect(page.get_by_role("complementary")).to_be_hidden()
    await Customer.start(floor_centre, queue="sales")
    await page.get_by_role("button", name="Warnings").click()
    await page.get_by_label("Customers who wait").fill("1")
    await page.get_by_role("button", name="Save").click()
    warned = page.get_by_role("list", name="The floor in figures").get_by_role("link", name="waiting")
    await expect(warned).to_contain_text("over")
    await expect(warned.locator(".icon")).to_be_visible()
    await page.reload()
    await expect(warned).to_contain_text("over")
    await expect(page.get_by_role("searchbox")).to_have_value("support")
    await expect(row(page, "sales")).to_have_count(0)


async def test_the_floor_says_how_old_it_is_and_goes_on_after_a_break(floor: Opening, floor_centre: Centre) -> None:
    alice = await Agent.ready(floor_centre)
    tab = await floor()
    page = tab.page
    await expect(row(page, "Alice")).to_contain_text("Ready")
    await page.get_by_role("button", name="Pause").click()
    await alice.go("not_ready", reason="lunch")
    await expect(page.get_by_text("Paused, as of")).to_be_visible()
    await expect(row(page, "Alice")).not_to_contain_text("Lunch")
    await page.get_by_role("button", name="Go on").click()
    await expect(row(page, "Alice")).to_contain_text("Lunch")
    broken: list[str] = []

    async def refuse(route: Route) -> None:
        broken.append(route.request.url)
        await route.abort()

    await page.route("**/agent/v1/floor", refuse)
    floor_centre.services.hub.close_owner(feed_owner("sue"))
    await expect(page.get_by_text("As of")).to_be_visible()
    await eventually(lambda: broken)
    await alice.go("ready")
    await expect(row(page, "Alice")).to_contain_text("Lunch")
    await page.unroute("**/agent/v1/floor")
    await expect(page.get_by_text("Live", exact=True)).to_be_visible()
    await expect(row(page, "Alice")).not_to_contain_text("Lunch")
    tab.faults.clear()  # the browser notes each attempt that failed


@pytest.mark.parametrize(("theme", "size"), [("light", DESKTOP), ("dark", PHONE)])
async def test_every_view_is_accessible(floor: Opening, floor_centre: Centre, theme: Any, size: Any) -> None:
    customer, alice = await served(floor_centre)
    await Customer.start(floor_centre, queue="sales", customer={"name": "محمد علي"})
    (await alice.post(alice.path(customer, "raise-hand"), {"raised": True, "reason": "a refund"})).of(200)
    tab = await floor(theme=theme, size=size)
    panel = tab.page.get_by_role("complementary")
    views = ("#agents", "#queues", "#conversations", "?language=ar-XB#conversations")
    for address in (*views, "#agents?q=nobody-at-all", f"#agents?open={customer.id}"):
        await tab.page.goto(f"{floor_centre.url}/floor{address}")
        if "open" in address:
            await panel.get_by_role("button", name="Come in").click()
            await expect(panel.get_by_label("Message to Ada Lovelace")).to_be_visible()
        elif "nobody" in address:
            await expect(tab.page.get_by_text("Nothing matches these filters.")).to_be_visible()
        else:
            await expect(tab.page.get_by_role("row").nth(1)).to_be_visible()
        assert (await tab.violations(), await tab.overflows()) == ([], False), address


async def test_a_crowd_is_shown_without_a_lost_change_and_without_growing(floor: Opening, floor_centre: Centre) -> None:
    """Two hundred agents and five hundred who wait, changed two hundred times."""
    tab = await floor()
    page, whole = tab.page, _crowd()
    patches = [_patch(number) for number in range(1, 201)]
    stream = "".join(f"event: {each['type']}\ndata: {json.dumps(each)}\n\n" for each in (whole, *patches[:1]))
    rest = "".join(f"event: patch\ndata: {json.dumps(each)}\n\n" for each in patches[1:])
    bodies = [stream, f"event: floor\ndata: {json.dumps(_after(1))}\n\n{rest}"]

    marked = asyncio.Event()

    async def answer(route: Route) -> None:
        if len(bodies) == 1:
            await marked.wait()
        if bodies:
            await route.fulfill(content_type="text/event-stream", body=bodies.pop(0))

    await page.route("**/agent/v1/floor", answer)
    await page.reload()
    rows = page.locator(".floor-agents tbody tr")
    await expect(rows).to_have_count(200)
    await page.evaluate("document.querySelectorAll('.floor-agents tbody tr').forEach((row) => { row.kept = true; })")
    marked.set()
    await expect(rows.first).to_contain_text("reason 200")
    await expect(rows.last).to_contain_text("reason 199")
    every = "rows => rows.filter((row) => row.kept).map((row) => /reason \\d+/.exec(row.textContent)[0])"
    assert await rows.evaluate_all(every) == [each["reason"] for each in _agents(200)]
    nodes = await page.evaluate("document.querySelectorAll('*').length")
    assert nodes < 200 * 60
    await page.get_by_role("link", name=re.compile("^Conversations")).click()
    waiting = page.locator(".floor-conversations tbody tr")
    await expect(waiting).to_have_count(500)
    assert await page.evaluate("document.querySelectorAll('.floor-agents tbody tr').length") == 0
    assert await page.evaluate("document.querySelectorAll('*').length") < 500 * 60


_AT = "2026-12-01T10:00:00Z"


def _agents(number: int) -> list[dict[str, Any]]:
    """The agents after so many patches, each of which changes every tenth of them."""
    mrd = {"mrd": "chat", "state": "not_ready", "tasks": 0, "max_tasks": 3, "since": _AT}
    kept = {"state": "not_ready", "mrds": [mrd], "tasks": [], "since": _AT}
    return [
        {"agent_id": f"agent-{each:03}", "name": f"Agent {each:03}", **kept}
        | {"reason": f"reason {max(0, number - (number - each) % 10)}"}
        for each in range(200)
    ]


def _crowd() -> dict[str, Any]:
    customers = [{"type": "customer", "role": "customer", "name": f"Customer {each}"} for each in range(500)]
    kept = {"channel": "web", "status": "waiting_for_agent", "queue": "support", "mrd": "chat", "started_at": _AT}
    conversations = [
        {"conversation_id": f"c-{each}", **kept, "participants": [customer], "version": 1, "messages": 1}
        | {"waiting_since": _AT}
        for each, customer in enumerate(customers)
    ]
    return {"type": "floor", "at": _AT, "agents": _agents(0), "queues": [], "conversations": conversations}


def _patch(number: int) -> dict[str, Any]:
    return {"type": "patch", "at": _AT, "agents": _agents(number)[number % 10 :: 10]}


def _after(number: int) -> dict[str, Any]:
    return _crowd() | {"agents": _agents(number)}
