"""The pictures of the pages at which people work, made from the real pages. ``make pictures`` keeps them."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio
from playwright.async_api import Browser, ViewportSize, expect

from tests.browser.conftest import Opening, kept_session
from tests.browser.desk_tab import DeskTab, open_desk
from tests.browser.inspector import Theme
from tests.browser.serving import end_conversations
from tests.browser.test_pictures import keep
from tests.gateways.centre import Centre
from tests.gateways.clients import Agent, Customer

pytestmark = pytest.mark.asyncio(loop_scope="package")

DESKTOP = ViewportSize(width=1280, height=800)
PHONE = ViewportSize(width=390, height=780)


@pytest_asyncio.fixture(loop_scope="package")
async def work_centre(chat_centre: Centre) -> AsyncIterator[Centre]:
    """The centre, in which nobody waits and no agent is ready afterwards."""
    position = chat_centre.services.hub.position
    yield chat_centre
    alice = await Agent.log_in(chat_centre, "alice")
    (await alice.post("/agent/v1/logout", {"tasks": {"chat": "close"}})).of(204)
    await end_conversations(chat_centre, position)


async def answer(desk: DeskTab, centre: Centre) -> None:
    """Alice answers Ana, while Ben waits for a word and Cleo is offered."""
    ana = await Customer.start(
        centre,
        customer={"name": "Ana García", "email": "ana@example.org", "phone": "+34 600 000 000"},
        text="Hello, my order 4711 has not arrived. Can you check where it is?",
        attributes={"order": "4711"},
    )
    await desk.come()
    await desk.go_ready()
    await desk.accept()
    await desk.write("Good morning, Ana. It **left our warehouse** this morning, and is with you tomorrow.")
    await ana.write("Wonderful. May I still change the address?")
    await expect(desk.said("change the address")).to_be_visible()
    await desk.press("Alt+o")
    await desk.write("A parcel shop is possible until noon")
    await desk.press("Alt+m")
    await desk.page.keyboard.type("Of course. Where shall it go?")
    await Customer.start(centre, customer={"name": "Ben Bauer"}, text="My invoice is wrong")
    await expect(desk.offers).to_contain_text(["My invoice is wrong"])
    await desk.press("Alt+a")
    await expect(desk.conversations).to_have_count(2)
    await desk.press("Alt+1")
    await Customer.start(centre, customer={"name": "Cleo Cerny"}, text="Do you ship to Graz?")
    await expect(desk.offers).to_contain_text(["Do you ship to Graz?"])


@pytest.mark.parametrize(("name", "size", "theme"), [("desk", DESKTOP, "light"), ("desk-phone", PHONE, "dark")])
async def test_the_desk(
    browser: Browser, work_centre: Centre, tmp_path: Path, name: str, size: ViewportSize, theme: Theme
) -> None:
    kept = kept_session(await Agent.log_in(work_centre, "alice"))
    async with open_desk(browser, work_centre.url, kept, size=size, theme=theme) as desk:
        await answer(desk, work_centre)
        await keep(desk.page, name, tmp_path)


@pytest.mark.parametrize(
    ("name", "user", "address", "until"),
    [
        ("floor", "sue", "/floor", "Alice"),
        ("reports", "sue", "/reports#queue-intervals", "support"),
        ("admin", "root", "/admin#queues/support", "support"),
    ],
)
async def test_a_page_of_leaders(
    opening: Opening, tmp_path: Path, name: str, user: str, address: str, until: str
) -> None:
    tab = await opening(user, size=DESKTOP)
    await tab.page.goto(tab.url + address)
    await expect(tab.page.locator("main")).to_contain_text(until)
    await expect(tab.page.locator("[aria-busy=true]")).to_have_count(0)
    await keep(tab.page, name, tmp_path)
