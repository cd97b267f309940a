"""The administration, as an administrator uses it: lists, forms, what changed, and two administrators at once."""

import re
from pathlib import Path
from typing import Any

import pytest
from playwright.async_api import Locator, Route, ViewportSize, expect

from schemas.configuration.connectors import TelegramSettings
from tests.browser.conftest import Opening
from tests.browser.inspector import DESKTOP, PHONE, Inspector, Theme
from tests.gateways.api.admin.administrators import Administrator
from tests.gateways.centre import Centre

pytestmark = pytest.mark.asyncio(loop_scope="package")

VIEWS = {
    "": "Administration",
    "#agents": "Agents",
    "#agents/alice": "alice",
    "#queues/support": "support",
    "#calendars/office": "office",
    "#channels/web": "web",
    "#bots/greeter": "greeter",
    "#canned-messages/welcome": "welcome",
    "#api-keys": "API keys",
    "#api-keys/+": "New API key",
    "#changes": "What changed",
    "#everything": "Import and export",
}
PASSWORD = "amber tugboat 41 hushes marzipan"


async def opened(tab: Inspector, address: str = "") -> Inspector:
    await tab.page.goto(f"{tab.url}/admin{address}")
    await tab.loaded()
    return tab


def notice(tab: Inspector, words: str) -> Locator:
    return tab.page.locator(".notice-box", has_text=words)


async def removed(centre: Centre, path: str) -> None:
    root = await Administrator.come(centre)
    (await root.remove(path)).of(204)


async def test_an_administrator_makes_changes_and_removes_a_queue(opening: Opening, centre: Centre) -> None:
    tab = await opened(await opening("root"), "#queues")
    page = tab.page
    await page.get_by_role("link", name="New queue").click()
    await tab.button("Save").click()
    await expect(page.get_by_label("Name")).to_be_focused()
    await expect(page.get_by_text("Give it a name.")).to_be_visible()
    await page.get_by_label("Name").fill("vip")
    await page.get_by_label("MRD").select_option("chat")
    await page.get_by_label("Priority").fill("11")
    await tab.button("Save").click()
    await expect(page.get_by_label("Priority")).to_be_focused()
    await expect(page.get_by_label("Priority")).to_have_attribute("aria-invalid", "true")
    await page.get_by_label("Priority").fill("9")

    await tab.button("Add a step").click()
    await page.get_by_label("Criterion").fill("english >= 8 and fax")
    await expect(page.get_by_text(re.compile("there is no attribute 'fax'.*character 18"))).to_be_visible()
    await expect(page.locator(".fault-place mark")).to_have_text("fax")
    await tab.button("Save").click()
    await expect(page.get_by_label("Criterion")).to_be_focused()
    await page.get_by_label("Criterion").fill("english >= 8 and sales")
    await expect(page.get_by_text("2 agents meet this")).to_be_visible()
    await page.keyboard.press("Control+s")
    await expect(notice(tab, "vip is saved.")).to_be_visible()
    await tab.at("#queues/vip")
    saved = centre.services.configuration.queues["vip"]
    assert (saved.mrd, saved.priority, saved.steps[0].criterion) == ("chat", 9, "english >= 8 and sales")

    await page.get_by_role("link", name="Duplicate").click()
    await page.get_by_label("Name").fill("vip-2")
    await tab.button("Save").click()
    await tab.at("#queues/vip-2")
    assert centre.services.configuration.queues["vip-2"] == saved
    for _ in range(2):
        await tab.button("Remove").click()
        await page.get_by_role("dialog").get_by_role("button", name="Remove", exact=True).click()
        await tab.at("#queues")
        if "vip-2" not in centre.services.configuration.queues:
            break
    await notice(tab, "vip-2 is removed.").get_by_role("button", name="Undo").click()
    await tab.at("#queues/vip-2")
    assert centre.services.configuration.queues["vip-2"] == saved
    for name in ("vip-2", "vip"):
        await tab.go(f"#queues/{name}")
        await tab.button("Remove").click()
        await page.get_by_role("dialog").get_by_role("button", name="Remove", exact=True).click()
        await expect(notice(tab, f"{name} is removed.")).to_be_visible()


async def test_what_would_be_stranded_is_explained(opening: Opening) -> None:
    tab = await opened(await opening("root"), "#mrds/chat")
    await tab.button("Remove").click()
    await tab.page.get_by_role("dialog").get_by_role("button", name="Remove", exact=True).click()
    await expect(tab.page.locator(".save-bar").get_by_role("alert")).to_contain_text("This is in the way:")


async def test_two_administrators_overwrite_each_other_only_if_they_want_to(opening: Opening, centre: Centre) -> None:
    other = await Administrator.come(centre)
    (await other.configure("queues/shared", {"mrd": "chat", "priority": 3})).of(201)
    tab = await opened(await opening("root"), "#queues/shared")
    page = tab.page
    await page.get_by_label("Priority").fill("7")
    await page.get_by_label("Calendar").select_option("office")
    (await other.configure("queues/shared", {"mrd": "chat", "priority": 5, "wrap_up_seconds": 30})).of(200)
    await tab.button("Save").click()
    await expect(tab.heading(re.compile("root has changed this meanwhile"))).to_be_focused()
    await expect(page.get_by_label("Time for wrap-up")).to_have_value("30")
    await expect(page.get_by_label("Priority", exact=True)).to_have_value("7")
    await expect(page.get_by_label("Mine: 7")).to_be_checked()
    await page.get_by_label("Theirs: 5").check()
    await expect(page.get_by_label("Priority", exact=True)).to_have_value("5")
    await tab.button("Keep all of mine").click()
    await expect(page.get_by_label("Priority", exact=True)).to_have_value("7")
    await page.get_by_label("Theirs: 5").check()
    await tab.button("Save").click()
    await expect(notice(tab, "shared is saved.")).to_be_visible()
    await expect(page.locator(".conflict")).to_have_count(0)
    saved = centre.services.configuration.queues["shared"]
    assert (saved.priority, saved.wrap_up_seconds, saved.calendar) == (5, 30, "office")

    await tab.page.get_by_role("link", name="History").click()
    await expect(page.locator(".change")).to_have_count(3)
    first = page.locator(".change").first
    await expect(first).to_contain_text(re.compile("Calendar.*becomes.*office"))
    await first.get_by_role("button", name="Undo").click()
    await page.get_by_role("dialog").get_by_role("button", name="Undo", exact=True).click()
    await expect(page.locator(".change")).to_have_count(4)
    assert centre.services.configuration.queues["shared"].calendar is None
    (await other.remove("queues/shared")).of(204)


async def test_what_is_typed_outlives_other_views_and_the_session(opening: Opening, centre: Centre) -> None:
    root = await Administrator.come(centre)
    (await root.configure("agents/ada", {"name": "Ada", "role": "administrator"})).of(201)
    (await root.put("/admin/v1/agents/ada/password", {"password": PASSWORD})).of(204)
    tab = await opening()
    page = tab.page
    await page.goto(f"{tab.url}/admin#wrap-up-codes/sale")
    await tab.log_in("ada", PASSWORD)
    await page.get_by_label("Label").fill("Sold")
    await page.get_by_role("link", name="Skills").click()
    await page.get_by_role("dialog").get_by_role("button", name="Cancel").click()
    await tab.at("#wrap-up-codes/sale")
    await expect(page.get_by_label("Label")).to_have_value("Sold")

    (await root.put("/admin/v1/agents/ada/password", {"password": f"{PASSWORD} again"})).of(204)
    await tab.button("Save").click()
    await expect(tab.heading("Administration")).to_be_visible()
    await tab.log_in("ada", f"{PASSWORD} again")
    await expect(page.get_by_label("Label")).to_have_value("Sold")
    await tab.button("Save").click()
    await expect(notice(tab, "sale is saved.")).to_be_visible()
    await notice(tab, "sale is saved.").get_by_role("button", name="Undo").click()
    await expect(page.get_by_label("Label")).to_have_value("Sale")
    await page.get_by_label("Label").fill("Other")
    await page.get_by_role("link", name="Skills").click()
    await page.get_by_role("dialog").get_by_role("button", name="Discard").click()
    await tab.at("#attributes")
    assert centre.services.configuration.tables.wrap_up_codes["sale"].label == "Sale"
    (await root.remove("agents/ada")).of(204)


async def test_the_week_of_a_calendar_is_changed_by_keyboard_and_by_pointer(opening: Opening, centre: Centre) -> None:
    root = await Administrator.come(centre)
    shifts = {"monday": ["09:00-17:00"], "friday": ["09:00-12:00"]}
    (await root.configure("calendars/shop", {"zone": "Europe/Vienna", "shifts": shifts})).of(201)
    tab = await opened(await opening("root"), "#calendars/shop")
    page = tab.page
    bar = page.get_by_role("button", name="Monday, 09:00 to 17:00")
    await bar.press("ArrowRight")
    await page.keyboard.press("Shift+ArrowRight")
    await page.keyboard.press("Alt+ArrowLeft")
    await page.keyboard.press("ArrowDown")
    await expect(page.get_by_role("button", name="Tuesday, 09:00 to 17:30")).to_be_focused()
    await page.get_by_label("To", exact=True).fill("18")
    await page.get_by_label("To", exact=True).press("Tab")
    await page.get_by_role("button", name="Add a shift on Sunday").click()
    await expect(page.get_by_role("button", name="Sunday, 09:00 to 17:00")).to_be_focused()
    await page.keyboard.press("Delete")
    friday = page.get_by_role("group", name="Friday").locator(".track")
    box = await friday.bounding_box()
    assert box is not None
    await page.mouse.move(box["x"] + box["width"] * 13 / 24 + 1, box["y"] + 10)
    await page.mouse.down()
    await page.mouse.move(box["x"] + box["width"] * 15 / 24 + 1, box["y"] + 10, steps=4)
    await page.mouse.up()
    await tab.button("Save").click()
    await expect(notice(tab, "shop is saved.")).to_be_visible()
    saved = centre.services.configuration.calendars["shop"].shifts
    assert saved == {"tuesday": ["09:00-18:00"], "friday": ["09:00-12:00", "13:00-16:00"]}
    (await root.remove("calendars/shop")).of(204)


async def test_an_agent_gets_skills_and_a_password(opening: Opening, centre: Centre) -> None:
    tab = await opened(await opening("root"), "#agents/+")
    page = tab.page
    await page.get_by_label("Username").fill("zoe")
    await page.get_by_label("Name", exact=True).fill("Zoe")
    await page.get_by_label("Add a skill…").select_option("english")
    await expect(page.get_by_label("english", exact=True)).to_be_focused()
    await page.get_by_label("english", exact=True).select_option("9")
    await page.get_by_label("Add to: MRDs").select_option("chat")
    await tab.button("Save").click()
    await tab.at("#agents/zoe")
    await tab.button("Set password").click()
    dialog = page.get_by_role("dialog")
    await dialog.get_by_label("New password").fill("short")
    await dialog.get_by_role("button", name="Set password").click()
    await expect(dialog.get_by_label("New password")).to_have_attribute("aria-invalid", "true")
    await dialog.get_by_label("New password").fill(PASSWORD)
    await dialog.get_by_role("button", name="Set password").click()
    await expect(notice(tab, "The password of zoe is set.")).to_be_visible()
    zoe = centre.services.configuration.agents["zoe"]
    assert (zoe.attributes, zoe.mrds) == ({"english": 9}, ["chat"])
    await removed(centre, "agents/zoe")


async def test_a_key_appears_once_and_a_bot_is_tried_out(opening: Opening, centre: Centre) -> None:
    tab = await opened(await opening("root"), "#api-keys/+")
    page = tab.page
    await page.get_by_label("Name").fill("sms")
    await page.get_by_label("connector").check()
    await tab.button("Make the key").click()
    dialog = page.get_by_role("dialog")
    key = await dialog.get_by_label("The key sms").input_value()
    assert len(key) > 20
    await dialog.get_by_role("button", name="Copy").click()
    await dialog.get_by_role("button", name="I have kept it").click()
    await tab.at("#api-keys")
    await page.get_by_role("link", name="sms").click()
    await expect(page.get_by_text("Bring customers and their messages")).to_be_visible()
    assert key not in await page.content()
    await removed(centre, "api-keys/sms")

    await tab.go("#bots/greeter")
    await page.get_by_label("Say something to the bot").fill("hello")
    await page.keyboard.press("Enter")
    await expect(page.locator(".trial-line.bot").first).to_be_visible()


async def test_a_channel_gets_a_connector(opening: Opening, centre: Centre) -> None:
    tab = await opened(await opening("root"), "#channels/+")
    page = tab.page
    provider = page.get_by_label("Provider", exact=True)
    await page.get_by_label("Name", exact=True).fill("telegram")
    await page.get_by_label("Queue", exact=True).select_option("support")
    await expect(provider).to_be_hidden()
    await page.get_by_label("Kind").select_option("connector")
    await provider.select_option("telegram")
    address = page.get_by_label("Address that the provider calls")
    await expect(address).to_have_value(f"{tab.url}/connectors/v1/telegram")
    await address.locator("..").get_by_role("button", name="Copy").click()
    assert await page.evaluate("navigator.clipboard.readText()") == f"{tab.url}/connectors/v1/telegram"

    await tab.button("Save").click()
    token = page.get_by_label("Token of the bot")
    await expect(token).to_be_focused()
    await expect(token).to_have_attribute("aria-invalid", "true")
    await token.fill("nobodys_bot")
    await page.get_by_text("Seldom changed").click()
    base_url = page.get_by_label("Address of the provider's API")
    await base_url.fill("nowhere")
    await page.get_by_text("Seldom changed").click()
    await page.keyboard.press("Control+s")
    await expect(base_url).to_be_focused()
    await base_url.fill("http://127.0.0.1:9")
    await page.keyboard.press("Control+s")
    await expect(token).to_be_focused()
    await expect(token).to_have_accessible_description(re.compile(r"secrets\.nobodys_bot is not set"))
    await token.fill("support_bot")
    await page.get_by_label("How messages come in").select_option("polling")
    await expect(address).to_be_hidden()
    await page.keyboard.press("Control+s")
    await expect(notice(tab, "telegram is saved.")).to_be_visible()
    await tab.button("Check").click()
    await expect(page.locator(".findings li").first).to_contain_text("Wrong: ")
    assert await tab.violations([".findings"]) == []
    saved = centre.services.configuration.channels["telegram"].connector
    assert saved == TelegramSettings(token="support_bot", updates="polling", base_url="http://127.0.0.1:9")

    await provider.select_option("rest")
    await page.get_by_label("Address of your program").fill("https://sms.example.org")
    await provider.select_option("telegram")
    await expect(token).to_have_value("support_bot")
    await expect(tab.button("Discard")).to_be_hidden()
    await page.get_by_label("Kind").select_option("web")
    await tab.button("Save").click()
    await expect(tab.button("Discard")).to_be_hidden()
    assert centre.services.configuration.channels["telegram"].connector is None
    await tab.go("#changes?kind=channels&name=telegram")
    await expect(page.locator(".change").first).to_contain_text(re.compile("Connector.*Provider"))
    await expect(page.locator(".change").first).to_contain_text("Telegram")
    await removed(centre, "channels/telegram")


async def test_a_webhook_is_made_with_a_secret_that_appears_once(opening: Opening, centre: Centre) -> None:
    tab = await opened(await opening("root"), "#webhooks/+")
    page = tab.page
    await page.get_by_label("Name", exact=True).fill("crm")
    await page.get_by_label("Address", exact=True).fill("http://127.0.0.1:9/events")
    await page.get_by_label("Enabled").uncheck()
    for event in ("ConversationRated", "ConversationEnded"):
        await page.get_by_label("Add to: Types of events").select_option(event)
    await page.get_by_label("Add to: Only of queues").select_option("support")
    await tab.button("Save").click()
    dialog = page.get_by_role("dialog")
    secret = await dialog.get_by_label("The secret of crm").input_value()
    assert centre.services.webhook_secrets.of("crm") == [secret]
    await dialog.get_by_role("button", name="I have kept it").click()
    await tab.at("#webhooks/crm")
    saved = centre.services.configuration.webhooks["crm"]
    assert (saved.events, saved.queues, saved.enabled) == (
        ["ConversationRated", "ConversationEnded"],
        ["support"],
        False,
    )

    await tab.button("Send an example").click()
    await expect(page.get_by_text("the address is private or reserved")).to_be_visible()
    await tab.button("Make a new secret").click()
    await dialog.get_by_role("button", name="Make a new secret").click()
    await expect(dialog.get_by_label("The secret of crm")).not_to_have_value(secret)
    await dialog.get_by_role("button", name="I have kept it").click()
    await removed(centre, "webhooks/crm")


async def test_a_webhook_that_the_server_has_disabled_says_why_until_it_is_enabled(
    opening: Opening, centre: Centre
) -> None:
    root = await Administrator.come(centre)
    webhook = {"url": "https://crm.example.org", "enabled": False, "disabled_because": "the receiver answered 410 Gone"}
    (await root.configure("webhooks/gone", {**webhook, "channels": ["web"]})).of(201)
    tab = await opened(await opening("root"), "#webhooks/gone")
    reason = tab.page.get_by_text("the receiver answered 410 Gone")
    await expect(reason).to_be_visible()
    assert await tab.violations() == []
    await tab.page.get_by_label("Enabled").check()
    await expect(reason).to_be_hidden()
    await tab.button("Save").click()
    await expect(notice(tab, "gone is saved.")).to_be_visible()
    saved = centre.services.configuration.webhooks["gone"]
    assert (saved.enabled, saved.disabled_because, saved.channels) == (True, None, ["web"])
    await removed(centre, "webhooks/gone")


async def test_a_file_is_checked_before_it_is_imported(opening: Opening, centre: Centre) -> None:
    tab = await opened(await opening("root"), "#everything")
    page = tab.page
    text = page.get_by_label("The configuration as TOML or JSON")
    await text.fill('[queues.imported]\nmrd = "fax"\n')
    await tab.button("Check first").click()
    await expect(page.get_by_text("queues.imported.mrd: names 'fax'")).to_be_visible()
    await text.fill('[queues.imported]\nmrd = "chat"\n')
    await tab.button("Check first").click()
    await expect(page.get_by_text("1 added, 0 changed, 0 removed")).to_be_visible()
    assert "imported" not in centre.services.configuration.queues
    await tab.button("Import").click()
    await page.get_by_role("dialog").get_by_role("button", name="Import").click()
    await expect(notice(tab, "Imported: 1 added")).to_be_visible()
    async with page.expect_download() as downloading:
        await tab.button("As TOML").click()
    exported = await (await downloading.value).path()
    assert "[queues.imported]" in exported.read_text(encoding="utf-8")
    await removed(centre, "queues/imported")


async def test_agents_come_from_a_table_all_or_none(opening: Opening, centre: Centre, tmp_path: Path) -> None:
    tab = await opened(await opening("root"), "#agents")
    page = tab.page
    head = "username,name,role,team,mrds,attributes,email\n"
    for number, line in enumerate(("yan,Yan,boss,,,,\n", "yan,Yan,agent,service,,english=3,\n")):
        file = tmp_path / f"{number}.csv"
        file.write_text(head + line, encoding="utf-8")
        await tab.button("As a table").click()
        async with page.expect_file_chooser() as choosing:
            await page.get_by_role("menuitem", name="Import from CSV").click()
        await (await choosing.value).set_files(file)
        if number == 0:
            await expect(page.get_by_role("dialog")).to_contain_text("line 2")
            await page.get_by_role("dialog").get_by_role("button", name="Close", exact=True).click()
            assert "yan" not in centre.services.configuration.agents
    await expect(notice(tab, "1 added, 0 changed")).to_be_visible()
    await expect(page.get_by_role("link", name="yan")).to_be_visible()
    await removed(centre, "agents/yan")


async def test_what_is_typed_outlives_a_lost_connection(opening: Opening, centre: Centre) -> None:
    tab = await opened(await opening("root"), "#teams/service")
    page = tab.page
    before = centre.services.configuration.teams["service"]
    await page.get_by_label("Label").fill("Customers' service")
    await page.context.set_offline(True)
    await tab.button("Save").click()
    await expect(page.locator(".save-bar").get_by_role("alert")).to_contain_text("The server does not answer")
    await page.context.set_offline(False)
    await tab.button("Save").click()
    await expect(notice(tab, "service is saved.")).to_be_visible()
    assert centre.services.configuration.teams["service"].label == "Customers' service"
    await notice(tab, "service is saved.").get_by_role("button", name="Undo").click()
    await expect(page.get_by_label("Label")).to_have_value(before.label or "")
    tab.faults.clear()


async def test_a_thousand_agents_are_searched_and_sorted_in_the_address(opening: Opening) -> None:
    tab = await opening("root")
    page = tab.page
    items = {
        f"agent-{number:04}": {"name": f"Agent {number}", "attributes": {"english": number % 10 + 1}}
        for number in range(1000)
    }

    async def answer(route: Route) -> None:
        await route.fulfill(json={"items": items, "next": None, "versions": dict.fromkeys(items, 1)})

    await page.route(re.compile(r"/admin/v1/agents\?"), answer)
    await opened(tab, "#agents?search=agent-09&order=down")
    rows = page.locator("tbody tr:visible")
    await expect(rows).to_have_count(100)
    await expect(rows.first).to_contain_text("agent-0999")
    await page.get_by_label("Search Agents").fill("")
    await expect(rows).to_have_count(1000)
    await page.get_by_role("button", name="Name", exact=True).click()
    await tab.at("#agents?by=name")
    await page.get_by_label("Search Agents").fill("nobody at all")
    await expect(page.get_by_text("Nothing found")).to_be_visible()


async def test_what_cannot_be_read_is_explained(opening: Opening) -> None:
    tab = await opening("root")

    async def refuse(route: Route) -> None:
        await route.fulfill(status=429, json={"code": "too_many_requests", "status": 429, "detail": "later"})

    await tab.page.route(re.compile(r"/admin/v1/teams"), refuse)
    await opened(tab, "#teams")
    await expect(tab.alert).to_contain_text("Too many requests")
    await tab.go("#teams/service")
    await expect(tab.alert).to_contain_text("Too many requests")
    await tab.go("#queues/nobody")
    await expect(tab.alert).to_contain_text("does not exist")


async def test_the_page_is_for_administrators(opening: Opening) -> None:
    tab = await opening("sue")
    await tab.page.goto(f"{tab.url}/admin")
    await expect(tab.alert).to_contain_text("This page is for administrators")


async def test_a_key_with_the_scope_admin_opens_the_page(opening: Opening, centre: Centre) -> None:
    root = await Administrator.come(centre)
    keys = {}
    for scope in ("reports", "admin"):
        keys[scope] = (await root.post(f"/admin/v1/api-keys/{scope}", {"scopes": [scope]})).of(201)["key"]
    tab = await opening()
    await tab.page.goto(f"{tab.url}/admin#queues/support")
    await tab.page.get_by_text("Use an API key instead").click()
    await tab.page.get_by_label("API key").fill(keys["reports"])
    await tab.button("Use this key").click()
    await expect(tab.alert.filter(has_text="You may not do this")).to_be_visible()
    await tab.page.get_by_label("API key").fill(keys["admin"])
    await tab.button("Use this key").click()
    await expect(tab.heading("support")).to_be_visible()
    for scope in keys:
        await removed(centre, f"api-keys/{scope}")


@pytest.mark.parametrize(("size", "theme"), [(DESKTOP, "light"), (PHONE, "dark")], ids=["desktop", "phone"])
async def test_every_view_is_accessible_and_fits(opening: Opening, size: ViewportSize, theme: Theme) -> None:
    tab = await opened(await opening("root", size=size, theme=theme))
    found: dict[str, list[Any]] = {}
    for address, heading in VIEWS.items():
        await tab.go(address)
        await expect(tab.heading(heading).first).to_be_visible()
        assert not await tab.overflows(), address
        found[address] = await tab.violations()
    assert {view: violations for view, violations in found.items() if violations} == {}
