"""The list of streams, and one stream as a timeline."""

import re

import pytest
from playwright.async_api import expect

from tests.browser.inspector import Inspector
from tests.browser.morning import Morning
from tests.gateways.centre import Centre
from tests.gateways.clients import Customer

pytestmark = pytest.mark.asyncio(loop_scope="package")


async def test_the_newest_activity_is_on_top(root: Inspector, centre: Centre, morning: Morning) -> None:
    newest = await Customer.start(centre, queue="sales", text="First in the list")
    await root.open("#streams")
    streams = root.page.locator(".streams a")
    await expect(streams.filter(has_text=newest.id)).to_contain_text("conversation")
    assert await streams.count() > 5
    assert newest.id in " ".join([await streams.nth(place).inner_text() for place in range(3)])


async def test_streams_are_searched_by_name_and_category(root: Inspector, morning: Morning) -> None:
    await root.open("#streams")
    await root.page.get_by_label("Part of the name").fill(morning.anna.id)
    streams = root.page.locator(".streams a")
    await expect(streams).to_have_count(1)
    await root.at(f"#streams?q={morning.anna.id}")
    await root.page.get_by_label("Part of the name").fill("")
    await root.page.get_by_label("Category").select_option("router")
    await expect(streams.first).to_contain_text("router")
    assert {(await streams.nth(place).inner_text()).split()[0] for place in range(await streams.count())} == {"router"}
    await root.at("#streams?category=router")


async def test_a_search_in_the_address_is_applied(root: Inspector, morning: Morning) -> None:
    await root.open("#streams?q=alice&category=agent")
    await expect(root.page.get_by_label("Part of the name")).to_have_value("alice")
    await expect(root.page.locator(".streams a")).to_have_count(1)


async def test_a_search_without_a_match_says_so(root: Inspector, morning: Morning) -> None:
    await root.open("#streams")
    for hostile in ("nothing-like-it", "%", "' or 1=1 --", "<script>alert(1)</script>", "☃", "x" * 200):
        await root.page.get_by_label("Part of the name").fill("alice")
        await expect(root.page.locator(".streams a")).to_have_count(1)
        await root.page.get_by_label("Part of the name").fill(hostile)
        await expect(root.heading("No stream matches")).to_be_visible()


async def test_a_stream_is_read_as_a_timeline(root: Inspector, centre: Centre, morning: Morning) -> None:
    await root.open(f"#stream/{morning.anna.stream}")
    types = centre.types(morning.anna.stream)
    await expect(root.events).to_have_count(len(types))
    assert [await root.events.nth(place).locator(".badge").inner_text() for place in range(len(types))] == types
    await expect(root.page.get_by_text("It should have come <b>yesterday</b>.")).to_be_visible()


async def test_an_event_opens_to_its_metadata_and_data(root: Inspector, morning: Morning) -> None:
    await root.open(f"#stream/{morning.anna.stream}")
    first = root.events.first
    await first.locator("summary").click()
    await expect(first.get_by_text("Correlation id", exact=True)).to_be_visible()
    await expect(first.locator("code-block")).to_contain_text('"channel": "web"')
    await first.get_by_role("button", name="Copy the event id").click()
    copied = await root.page.evaluate("navigator.clipboard.readText()")
    await expect(first).to_contain_text(copied)


async def test_masked_values_are_explained(looker: Inspector, morning: Morning) -> None:
    await looker.open(f"#stream/{morning.anna.stream}?version=1")
    await expect(looker.page.get_by_text("Personal values are masked")).to_be_visible()
    first = looker.events.first
    await expect(first.locator("code-block")).not_to_contain_text("anna@example.org")
    await expect(first.locator("code-block .masked").first).to_have_attribute(
        "title",
        re.compile("Personal. Administrators see it, supervisors that of their teams, and API keys"),
    )


async def test_an_administrator_sees_everything(root: Inspector, morning: Morning) -> None:
    await root.open(f"#stream/{morning.anna.stream}?version=1")
    await expect(root.events.first.locator("code-block")).to_contain_text("anna@example.org")
    await expect(root.page.get_by_text("Personal values are masked")).to_have_count(0)


async def test_a_version_in_the_address_is_opened(root: Inspector, morning: Morning) -> None:
    await root.open(f"#stream/{morning.anna.stream}?version=4")
    await expect(root.page.locator("li.event.pointed")).to_have_attribute("data-version", "4")
    await expect(root.page.locator("li.event.pointed details")).to_have_attribute("open", "")
    await root.page.get_by_label("Version").fill("6")
    await root.button("Go").click()
    await expect(root.page.locator("li.event.pointed")).to_have_attribute("data-version", "6")


async def test_a_stream_is_followed_live_until_it_is_paused(root: Inspector, centre: Centre, morning: Morning) -> None:
    customer = await Customer.start(centre, queue="sales", text="Is somebody there?")
    await root.open(f"#stream/{customer.stream}")
    await expect(root.page.get_by_text("Live", exact=True).last).to_be_visible()
    await customer.write("I can wait")
    await expect(root.page.get_by_text("I can wait")).to_be_visible()
    await root.button("Pause").click()
    await customer.write("Said while paused")
    before = await root.events.count()
    await expect(root.page.get_by_text("Paused", exact=True)).to_be_visible()
    await root.button("Follow live").click()
    await expect(root.page.get_by_text("Said while paused")).to_be_visible()
    await expect(root.events).to_have_count(before + 1)


async def test_an_unknown_stream_is_answered_with_an_error(root: Inspector, morning: Morning) -> None:
    await root.open("#streams")
    for name in ("conversation-0", "nonsense", "agent-nobody", "conversation-../../x", "agent-%2500", "x" * 900):
        await root.go(f"#stream/{name}")
        await expect(root.alert).to_be_visible()


async def test_an_address_without_a_view_is_explained(root: Inspector, morning: Morning) -> None:
    for address in ("#nothing", "#stream", "#stream/%E0%A4%A", "#state/%", "#__proto__", "#constructor/x"):
        await root.open("#streams")
        await root.go(address)
        await expect(root.heading("There is no such view")).to_be_visible()


async def test_any_id_is_opened_from_everywhere(root: Inspector, centre: Centre, morning: Morning) -> None:
    record = centre.services.journal.read_stream(morning.anna.stream)[2]
    await root.open("#floor")
    wanted = {
        record.event_id: f"#event/{record.event_id}",
        morning.ben.id: f"#graph/{morning.ben.id}",
        "agent-alice": "#stream/agent-alice",
        "Alice": "#stream/agent-alice",
        "sales": "#stream/router-chat",
        f"…{morning.ben.id[-6:]}": f"#graph/{morning.ben.id}",
        str(record.position): f"#event/{record.event_id}",
    }
    for given, address in wanted.items():
        await root.page.get_by_label("Open an id, a name or a position").fill(given)
        await root.button("Open").click()
        await root.page.wait_for_function("address => location.hash === address", arg=address)
        await root.loaded()
    await root.page.get_by_label("Open an id, a name or a position").fill("not an id")
    await root.button("Open").click()
    await expect(root.heading("Nothing is called that")).to_be_visible()


async def test_conversations_are_shown_and_found_by_what_they_are_about(root: Inspector, morning: Morning) -> None:
    await root.open("#streams")
    rows = root.page.locator(".streams a")
    await root.page.get_by_role("textbox", name="Customer").fill("Arendt")
    await expect(rows).to_have_count(1)
    await expect(rows).to_contain_text("ended web, Anna Arendt, alice")
    await root.page.get_by_role("textbox", name="Customer").fill("")
    await root.page.get_by_label("Status").select_option("with agent")
    await expect(rows).to_have_count(1)
    await expect(rows).to_contain_text("Carla Conte")
    await root.at(re.compile("status=with_agent"))
