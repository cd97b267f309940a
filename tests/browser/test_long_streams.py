"""A stream of thousands of events is loaded in pages, and the page keeps few of its rows."""

from collections.abc import AsyncIterator

import pytest
import pytest_asyncio
from playwright.async_api import expect

from tests.browser.inspector import Inspector
from tests.gateways.centre import Centre
from tests.gateways.clients import Customer

pytestmark = pytest.mark.asyncio(loop_scope="package")
MAX_ROWS = 400
MESSAGES = 1000


@pytest_asyncio.fixture(scope="module", loop_scope="package")
async def long(centre: Centre) -> AsyncIterator[Customer]:
    customer = await Customer.start(centre, queue="sales", text="number 0")
    for number in range(1, MESSAGES + 1):
        (await customer.write(f"number {number}")).of(201)
    yield customer
    await customer.end()


async def test_the_end_is_shown_first_and_the_rest_in_pages(root: Inspector, long: Customer) -> None:
    await root.open(f"#stream/{long.stream}")
    await expect(root.page.get_by_text(f"number {MESSAGES}", exact=False).last).to_be_visible()
    await expect(root.events).to_have_count(100)
    for rows in (200, 300, 400, 400):
        await root.page.get_by_role("button", name="Earlier events").click()
        await expect(root.events).to_have_count(rows)
    await expect(root.page.get_by_role("button", name="Later events")).to_be_visible()


async def test_a_distant_version_is_opened(root: Inspector, long: Customer) -> None:
    await root.open(f"#stream/{long.stream}?version=500")
    await expect(root.page.locator("li.event.pointed")).to_have_attribute("data-version", "500")
    await root.page.get_by_role("button", name="Later events").click()
    await expect(root.events).to_have_count(200)


async def test_a_tail_of_the_whole_history_keeps_few_rows(root: Inspector, long: Customer) -> None:
    await root.open("#live?after=0")
    await expect(root.page.get_by_text(f"number {MESSAGES}", exact=False).last).to_be_attached()
    assert await root.events.count() <= MAX_ROWS
