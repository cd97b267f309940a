"""Going back to a view finds it as it was left."""

import re

import pytest
from playwright.async_api import expect

from tests.browser.conftest import Opening
from tests.browser.inspector import PHONE, Inspector
from tests.browser.morning import Morning
from tests.gateways.centre import Centre
from tests.gateways.clients import Customer

pytestmark = pytest.mark.asyncio(loop_scope="package")


async def test_back_keeps_the_place_in_a_stream(root: Inspector, morning: Morning) -> None:
    await root.open(f"#stream/{morning.anna.stream}?version=1")
    row = root.events.nth(8)
    await row.locator("summary").click()
    link = row.get_by_role("link", name="Cause and effects")
    await link.scroll_into_view_if_needed()
    place = await root.page.evaluate("scrollY")
    await link.click()
    await expect(root.page.get_by_role("heading", level=1)).to_be_visible()
    await root.at(re.compile("#event/"))
    await root.page.go_back()
    await expect(link).to_be_visible()
    await expect(link).to_be_focused()
    assert await root.page.evaluate("scrollY") == place


async def test_a_stream_goes_on_live_after_back(root: Inspector, centre: Centre, morning: Morning) -> None:
    customer = await Customer.start(centre, queue="sales", text="Before")
    await root.open(f"#stream/{customer.stream}")
    await expect(root.page.get_by_text("Live", exact=True).last).to_be_visible()
    await root.go("#floor")
    (await customer.write("While nobody looked")).of(201)
    await root.page.go_back()
    await expect(root.page.get_by_text("While nobody looked")).to_be_visible()


async def test_the_live_end_of_a_stream_is_in_view(opening: Opening, centre: Centre, morning: Morning) -> None:
    root = await opening("root")
    await root.open(f"#stream/{morning.anna.stream}")
    await expect(root.page.get_by_text("Live", exact=True).last).to_be_in_viewport()
    await expect(root.events.last).to_be_in_viewport()
    await root.open("#live")
    await expect(root.page.get_by_text("Live", exact=True).last).to_be_in_viewport()


async def test_a_view_comes_back_with_the_connection(root: Inspector, morning: Morning) -> None:
    await root.open("#streams")
    await root.page.context.set_offline(True)
    await root.page.evaluate("location.hash = '#floor'")
    await expect(root.alert).to_contain_text("The server does not answer")
    await root.page.context.set_offline(False)
    await expect(root.page.get_by_role("region", name="Agents")).to_be_visible()
    await expect(root.alert).to_have_count(0)
    root.faults.clear()


async def test_the_notice_about_masked_values_can_be_put_away(looker: Inspector, morning: Morning) -> None:
    await looker.open(f"#stream/{morning.anna.stream}")
    notice = looker.page.get_by_text("Personal values are masked")
    await looker.button("Hide this notice").click()
    await expect(notice).to_have_count(0)
    await looker.page.reload()
    await expect(looker.events.first).to_be_visible()
    await expect(notice).to_have_count(0)


@pytest.mark.parametrize("address", ["#live?after=0", "#stream/agent-alice?version=1", "#stream/{anna}?version=1"])
async def test_on_a_phone_the_first_event_begins_in_the_upper_half_of_the_screen(
    opening: Opening, morning: Morning, address: str
) -> None:
    looker = await opening("looks", size=PHONE)
    await looker.open("#streams")
    await looker.go(address.format(anna=morning.anna.stream))
    await expect(looker.events.first).to_be_visible()
    await looker.page.evaluate("scrollTo(0, 0)")
    box = await looker.events.first.bounding_box()
    assert box is not None
    assert box["y"] < PHONE["height"] / 2
