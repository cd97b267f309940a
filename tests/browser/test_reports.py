"""The reports: every one as a table and a picture, its filters in the address, and the dashboard of now."""

import re
from pathlib import Path

import pytest
from playwright.async_api import Locator, Route, ViewportSize, expect

from tests.browser.conftest import Opening
from tests.browser.inspector import DESKTOP, PHONE, Inspector, both_themes
from tests.browser.morning import Morning
from tests.gateways.api.admin.administrators import Administrator
from tests.gateways.centre import Centre
from tests.gateways.clients import Customer

pytestmark = pytest.mark.asyncio(loop_scope="package")

QUEUES = "#queue-intervals?zone=Europe/Vienna"
LIVE = "**/reports/v1/live*"


async def visit(tab: Inspector, address: str) -> None:
    await tab.page.goto(f"{tab.url}/reports{address}")
    await tab.loaded()


async def projected(centre: Centre) -> None:
    """Waits until the reports have seen all that has happened."""
    administrator = await Administrator.come(centre)
    position = centre.services.hub.position
    for report in ("queue-intervals", "conversations", "agent-availability"):
        (await administrator.get(f"/reports/v1/{report}?after_position={position}")).of(200)


def table(tab: Inspector) -> Locator:
    return tab.page.locator(".report-table table")


def slider(tab: Inspector) -> Locator:
    return tab.page.get_by_role("slider")


def refused_as_wanted(tab: Inspector) -> None:
    """Forgets what the console wrote about answers that the test has made fail, and nothing else."""
    assert all(fault.startswith("Failed to load resource") for fault in tab.faults), tab.faults
    tab.faults.clear()


async def test_every_report_is_drawn_from_the_catalogue(opening: Opening, centre: Centre, morning: Morning) -> None:
    await projected(centre)
    tab = await opening("sue")
    await visit(tab, "#live?zone=Europe/Vienna")
    links = tab.page.get_by_role("navigation", name="Reports", exact=True).get_by_role("link")
    await expect(links).to_have_count(1 + await _number_of_reports(centre))
    drawn = []
    for link in (await links.all())[1:]:
        await link.click()
        await tab.loaded()
        await expect(tab.page.locator("main h1")).to_have_text(await link.inner_text())
        await expect(tab.page.locator(".as-of")).to_contain_text("Europe/Vienna")
        if await table(tab).is_visible():
            drawn.append(await slider(tab).count())
        assert not await tab.overflows()
    assert len(drawn) >= 6
    assert set(drawn) == {1}


async def _number_of_reports(centre: Centre) -> int:
    administrator = await Administrator.come(centre)
    listed = (await administrator.get("/reports/v1")).of(200)
    return len(listed["reports"])


async def test_a_report_is_narrowed_and_sorted_and_its_address_is_the_report(
    opening: Opening, centre: Centre, morning: Morning
) -> None:
    await projected(centre)
    tab = await opening("sue")
    await visit(tab, QUEUES)
    await tab.page.get_by_role("button", name="Queue: all").click()
    await tab.page.get_by_role("combobox", name="Queue").fill("sal")
    await expect(tab.page.get_by_role("option", name="sales")).to_be_visible()
    await tab.page.keyboard.press("Enter")
    await tab.page.get_by_role("dialog").get_by_role("button", name="Use").click()
    await expect(tab.page.get_by_role("button", name="Queue: sales")).to_be_visible()
    await tab.page.get_by_label("Interval", exact=True).select_option("total")
    await tab.loaded()
    rows = table(tab).locator("tbody tr")
    await expect(rows).to_have_count(1)
    await expect(rows).to_contain_text("sales")
    await table(tab).get_by_role("button", name="Offered", exact=True).click()
    await tab.at(re.compile(r"queue=sales&interval=total&sort=offered$"))
    await tab.page.reload()
    await tab.loaded()
    await expect(rows).to_have_count(1)
    await expect(table(tab).get_by_role("columnheader", name="Offered").first).to_have_attribute(
        "aria-sort", "ascending"
    )
    await tab.page.go_back()
    await expect(tab.page.get_by_label("Interval", exact=True)).to_have_value("30")


async def test_from_a_figure_to_its_conversations_and_their_events(
    opening: Opening, centre: Centre, morning: Morning
) -> None:
    await projected(centre)
    tab = await opening("sue")
    await visit(tab, f"{QUEUES}&queue=sales&interval=total&by=queue")
    await table(tab).locator("tbody tr").get_by_role("button").first.click()
    link = tab.page.get_by_role("dialog").get_by_role("link", name=morning.dora.id)
    await expect(link).to_be_visible()
    await tab.page.keyboard.press("Escape")
    await expect(tab.page.get_by_role("dialog")).to_have_count(0)
    await table(tab).get_by_role("button", name="What Offered means").click()
    await expect(tab.page.get_by_role("note")).to_contain_text("Tasks that came into the queue.")
    await tab.page.keyboard.press("Escape")
    await table(tab).locator("tbody tr").get_by_role("button").first.click()
    await link.click()
    await tab.at(f"/inspect#stream/conversation-{morning.dora.id}")
    await expect(tab.events.first).to_be_visible()


async def test_a_picture_is_read_by_keyboard_and_has_the_figures_that_are_chosen(
    opening: Opening, centre: Centre, morning: Morning
) -> None:
    await projected(centre)
    tab = await opening("sue")
    await visit(tab, f"{QUEUES}&interval=60")
    await slider(tab).focus()
    await tab.page.keyboard.press("End")
    last = await slider(tab).get_attribute("aria-valuemax")
    await expect(slider(tab)).to_have_attribute("aria-valuenow", last or "")
    await expect(slider(tab)).to_have_attribute("aria-valuetext", re.compile(r"Offered \d+, The period before"))
    await tab.page.get_by_text("Figures: Offered").click()
    await tab.page.get_by_role("checkbox", name="Abandoned", exact=True).check()
    await expect(slider(tab)).to_have_attribute("aria-valuetext", re.compile(r"Offered \d+, Abandoned \d+$"))
    await tab.page.get_by_role("checkbox", name="Service level", exact=True).check()
    await expect(tab.page.get_by_role("checkbox", name="Abandoned", exact=True)).not_to_be_checked()
    await tab.at(re.compile("show=service_level$"))
    await tab.page.get_by_text("Figures: Service level").click()
    await tab.page.get_by_text("The picture as a table").click()
    head = tab.page.locator(".chart-table thead")
    await expect(head).to_contain_text("Service level")


async def test_a_report_is_saved_for_spreadsheets(
    opening: Opening, centre: Centre, morning: Morning, tmp_path: Path
) -> None:
    await projected(centre)
    for language, delimiter in (("en", ","), ("de", ";")):
        tab = await opening("sue")
        await visit(tab, f"?language={language}{QUEUES}&queue=sales")
        async with tab.page.expect_download() as saving:
            await tab.page.get_by_role("button", name="CSV").click()
        saved = tmp_path / f"{language}.csv"
        await (await saving.value).save_as(saved)
        lines = saved.read_text(encoding="utf-8").splitlines()
        assert lines[0].startswith("\ufeffinterval" + delimiter + "queue")
        assert delimiter + "sales" + delimiter in lines[1]


async def test_what_the_server_refuses_is_said_in_words(opening: Opening, morning: Morning) -> None:
    tab = await opening("sue")
    for parameters, words in (
        ("zone=Mars/Olympus", "The server does not know this time zone."),
        ("from=1999-01-01&to=2026-01-01&interval=15", "The period is too long"),
        ("from=2026-02-01&to=2026-01-01", "must lie behind its begin"),
        ("from=yesterday&to=2026-01-01", "not a date that reports know"),
        ("queue=nothing-like-it", "a queue that there never was"),
    ):
        await visit(tab, f"#queue-intervals?{parameters}")
        await expect(tab.alert).to_contain_text(words)


async def test_a_report_comes_by_itself_once_it_is_built_or_the_server_is_back(
    opening: Opening, centre: Centre, morning: Morning
) -> None:
    await projected(centre)
    tab = await opening("sue")
    answers = "**/reports/v1/queue-intervals?*"

    async def not_built(route: Route) -> None:
        await route.fulfill(status=503, json={"status": 503, "code": "not_built", "title": "Service Unavailable"})

    await tab.page.route(answers, not_built)
    await tab.page.goto(f"{tab.url}/reports{QUEUES}")
    await expect(tab.alert).to_contain_text("being built for the first time")
    await tab.page.unroute(answers)
    await expect(table(tab)).to_be_visible()
    await tab.page.route(answers, lambda route: route.abort())
    await tab.page.get_by_role("button", name="Refresh").click()
    await expect(tab.alert).to_contain_text("does not answer")
    await tab.page.unroute(answers)
    await tab.page.get_by_role("button", name="Try again").click()
    await expect(table(tab)).to_be_visible()
    await visit(tab, f"{QUEUES}&from=2001-01-01&to=2001-01-02")
    await expect(tab.page.get_by_text("There is nothing in this period")).to_be_visible()
    refused_as_wanted(tab)


async def test_the_dashboard_follows_the_centre_and_is_held_while_it_is_read(
    opening: Opening, centre: Centre, morning: Morning
) -> None:
    tab = await opening("sue")
    await visit(tab, "#live?queue=sales&waiting=1,2")
    waiting = tab.page.get_by_role("region", name="Queues").get_by_role("row", name="sales").get_by_role("cell").nth(1)
    await expect(waiting).to_have_text(re.compile(r"^[1-9]\d*(too )?high$"))
    before = int((await waiting.inner_text()).split()[0].removesuffix("too").removesuffix("high"))
    await tab.page.get_by_role("button", name="Pause").click()
    paul = await Customer.start(centre, queue="sales", customer={"name": "Paul"}, text="Is anybody there?")
    await expect(tab.page.locator(".freshness")).to_contain_text("Paused")
    assert (await waiting.inner_text()).startswith(str(before))
    await tab.page.get_by_role("button", name="Go on").click()
    await expect(waiting).to_have_text(f"{before + 1}too high")
    await tab.page.get_by_role("button", name="Thresholds").click()
    await tab.page.get_by_role("group", name="Waiting in one queue").get_by_label("Attention from").fill("90")
    await tab.page.get_by_role("group", name="Waiting in one queue").get_by_label("Bad from").fill("99")
    await tab.page.get_by_role("dialog").get_by_role("button", name="Use").click()
    await expect(waiting).to_have_text(str(before + 1))
    await tab.at(re.compile("waiting=90,99$"))
    (await paul.post(f"{paul.path}/end")).of(200)


async def test_a_wallboard_of_a_key_goes_on_by_itself(opening: Opening, centre: Centre, morning: Morning) -> None:
    """It loses the server and finds it again, and has a new edition of itself loaded."""
    administrator = await Administrator.come(centre)
    key = (await administrator.post("/admin/v1/api-keys/wall", {"scopes": ["reports"]})).of(201)["key"]
    tab = await opening()
    await tab.page.clock.install()
    await tab.page.goto(f"{tab.url}/reports?wallboard")
    await tab.page.get_by_text("Use an API key instead").click()
    await tab.page.get_by_label("API key").fill(key)
    await tab.page.get_by_role("button", name="Use this key").click()
    freshness = tab.page.locator(".freshness")
    await expect(freshness).to_be_visible()
    await expect(freshness).to_contain_text("Up to date")
    await expect(tab.page.get_by_role("banner")).to_be_hidden()
    await tab.page.route(LIVE, lambda route: route.abort())
    await tab.page.clock.fast_forward(46_000)
    await expect(freshness).to_contain_text("Out of date")
    await expect(tab.alert).to_be_visible()
    await tab.page.unroute(LIVE)
    await tab.page.clock.fast_forward(31_000)
    await expect(freshness).to_contain_text("Up to date")
    await tab.page.evaluate("self.old = true")
    newer = "<script src='pages/0123456789abcdef/reports/reports.js'></script>"
    await tab.page.route(f"{tab.url}/reports", lambda route: route.fulfill(body=newer, content_type="text/html"))
    async with tab.page.expect_navigation():
        await tab.page.clock.fast_forward(61_000)
    await expect(freshness).to_contain_text("Up to date")
    assert await tab.page.evaluate("self.old === undefined")
    refused_as_wanted(tab)


@pytest.mark.parametrize("size", [DESKTOP, PHONE], ids=["desktop", "phone"])
async def test_every_view_of_the_reports_is_accessible(
    opening: Opening, centre: Centre, morning: Morning, size: ViewportSize
) -> None:
    await projected(centre)
    tab = await opening("sue", size=size)
    found = {}
    for address in ("#live?waiting=0,1", f"{QUEUES}&apart=yes", "#conversations", "#nothing", "?wallboard#live"):
        await visit(tab, address)
        async for theme in both_themes(tab.page):
            found[address, theme] = (await tab.violations(), await tab.overflows())
    assert found == dict.fromkeys(found, ([], False))


async def test_reports_are_read_from_right_to_left_and_in_german(
    opening: Opening, centre: Centre, morning: Morning
) -> None:
    await projected(centre)
    tab = await opening("sue", size=PHONE)
    await visit(tab, "?language=ar-XB#queue-productivity")
    assert (await tab.violations(), await tab.overflows()) == ([], False)
    await visit(tab, f"?language=de{QUEUES}")
    await expect(tab.heading("Warteschlangen in Intervallen")).to_be_visible()
    await slider(tab).focus()
    await expect(slider(tab)).to_have_attribute("aria-valuetext", re.compile("Angeboten"))


async def test_an_agent_may_not_read_reports(opening: Opening, centre: Centre, morning: Morning) -> None:
    tab = await opening()
    await tab.page.goto(f"{tab.url}/reports")
    await tab.log_in("alice")
    await expect(tab.alert).to_contain_text("You may not do this.")
