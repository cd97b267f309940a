"""Logging in to the inspection page, and logging out of it."""

import asyncio
import re
from pathlib import Path

import pytest
from playwright.async_api import Browser, expect

from tests.browser.conftest import PROJECTED, Opening
from tests.browser.inspector import Inspector, open_tab
from tests.browser.morning import Morning
from tests.gateways.api.admin.administrators import Administrator
from tests.gateways.centre import Centre, open_centre
from tests.gateways.clients import Caller

pytestmark = pytest.mark.asyncio(loop_scope="package")


async def test_a_supervisor_is_led_to_the_view_in_the_address(opening: Opening, morning: Morning) -> None:
    tab = await opening()
    await tab.open(f"#stream/{morning.anna.stream}?version=2")
    await tab.log_in("sue")
    await expect(tab.events.first).to_be_visible()
    await tab.at(f"#stream/{morning.anna.stream}?version=2")


async def test_an_agent_who_may_not_inspect_is_given_the_reason(opening: Opening) -> None:
    tab = await opening()
    await tab.open()
    await tab.log_in("carol")
    await expect(tab.alert).to_contain_text("the role supervisor or administrator")
    await expect(tab.page.get_by_label("Username")).to_be_visible()


async def test_a_wrong_password_is_answered_with_an_error(opening: Opening) -> None:
    tab = await opening()
    await tab.open()
    await tab.log_in("sue", "wrong")
    await expect(tab.alert).to_contain_text("The username or the password is wrong")
    await tab.page.get_by_label("Password").fill("demo")
    await tab.button("Log in").click()
    await expect(tab.heading("Streams")).to_be_visible()


async def test_no_name_breaks_the_login(opening: Opening) -> None:
    tab = await opening()
    await tab.open()
    for hostile in ("<img src=x onerror=alert(1)>", "'; drop table agents; --", "x" * 200, "☃"):
        await tab.log_in(hostile, hostile)
        await expect(tab.alert).not_to_be_empty()


async def test_an_api_key_opens_the_page(opening: Opening, centre: Centre) -> None:
    root = await Administrator.come(centre)
    made = (await root.post("/admin/v1/api-keys/looking", {"scopes": ["inspect"]})).of(201)
    tab = await opening()
    await tab.open()
    await tab.page.get_by_text("Use an API key instead").click()
    await tab.page.get_by_label("API key").fill("none-of-ours")
    await tab.button("Use this key").click()
    await expect(tab.alert).not_to_be_empty()
    await tab.page.get_by_label("API key").fill(made["key"])
    await tab.button("Use this key").click()
    await expect(tab.heading("Streams")).to_be_visible()
    await tab.page.get_by_text("Account", exact=True).click()
    await expect(tab.page.get_by_text("Inspecting as an API key")).to_be_visible()
    await expect(tab.button("Log out everywhere")).to_have_count(0)


async def test_the_session_outlives_a_reload_but_not_the_last_tab(opening: Opening) -> None:
    tab = await opening()
    await tab.open()
    await tab.log_in("sue")
    await expect(tab.heading("Streams")).to_be_visible()
    await tab.page.reload()
    await expect(tab.heading("Streams")).to_be_visible()
    context = tab.page.context
    await tab.page.goto("about:blank")
    later = await another_tab(tab)
    await expect(later.heading("Log in to inspect")).to_be_visible()
    assert len(context.pages) == 2


async def test_a_new_tab_needs_no_new_login_and_leaving_leaves_all_tabs(opening: Opening, morning: Morning) -> None:
    tab = await opening()
    await tab.open()
    await tab.log_in("sue")
    await expect(tab.heading("Streams")).to_be_visible()
    other = await another_tab(tab, f"#stream/{morning.anna.stream}")
    await expect(other.events.first).to_be_visible()
    await other.page.get_by_text("Account", exact=True).click()
    await other.button("Leave this page").click()
    for each in (other, tab):
        await expect(each.heading("Log in to inspect")).to_be_visible()
    await tab.log_in("root")
    await expect(tab.heading("Streams")).to_be_visible()
    await expect(other.events.first).to_be_visible()


async def test_tabs_renew_a_token_once(opening: Opening, centre: Centre) -> None:
    tab = await opening()
    await tab.open()
    await tab.log_in("sue")
    await expect(tab.heading("Streams")).to_be_visible()
    other = await another_tab(tab, "#streams")
    await expect(other.heading("Streams")).to_be_visible()
    renewals: list[str] = []
    tab.page.context.on("request", lambda sent: renewals.append(sent.url) if sent.url.endswith("/refresh") else None)
    for each in (tab, other):
        await each.page.evaluate(
            """() => {
              const kept = JSON.parse(sessionStorage.getItem("hybridchat.session"));
              sessionStorage.setItem("hybridchat.session", JSON.stringify({ ...kept, expiresAt: 0 }));
            }"""
        )
    await asyncio.gather(tab.page.reload(), other.page.reload())
    for each in (tab, other):
        await each.go("#floor")
        await expect(each.heading("The floor")).to_be_visible()
        await expect(each.page.get_by_role("region", name="Agents")).to_be_visible()
    assert len(renewals) == 1


async def another_tab(tab: Inspector, address: str = "") -> Inspector:
    other = Inspector(await tab.page.context.new_page(), tab.url, tab.faults)
    await other.page.goto(f"{tab.url}/inspect{address}")
    return other


async def test_leaving_the_page_forgets_the_token_and_the_agents_session_continues(
    opening: Opening, centre: Centre
) -> None:
    tab = await opening()
    await tab.open()
    await tab.log_in("sue")
    await tab.page.get_by_text("Account", exact=True).click()
    await tab.button("Leave this page").click()
    await expect(tab.heading("Log in to inspect")).to_be_visible()
    assert await tab.page.evaluate("Object.values(sessionStorage).join()") in ("", "yes")
    assert centre.types("agent-sue")[-1] != "AgentLoggedOut"


async def test_an_expired_token_is_renewed_unseen(opening: Opening, centre: Centre) -> None:
    tab = await opening()
    await tab.open()
    await tab.log_in("sue")
    await expect(tab.heading("Streams")).to_be_visible()
    await tab.page.evaluate(
        """() => {
          const kept = JSON.parse(sessionStorage.getItem("hybridchat.session"));
          sessionStorage.setItem("hybridchat.session", JSON.stringify({ ...kept, expiresAt: 0 }));
          sessionStorage.setItem("before", kept.refreshToken);
        }"""
    )
    await tab.page.reload()
    await tab.go("#floor")
    await expect(tab.heading("The floor")).to_be_visible()
    assert await tab.page.evaluate(
        "JSON.parse(sessionStorage.getItem('hybridchat.session')).refreshToken !== sessionStorage.getItem('before')"
    )


async def test_a_session_that_ended_elsewhere_asks_to_log_in_again(opening: Opening, centre: Centre) -> None:
    tab = await opening()
    await tab.open()
    await tab.log_in("root")
    await expect(tab.heading("Streams")).to_be_visible()
    await tab.page.evaluate(
        """() => {
          const kept = JSON.parse(sessionStorage.getItem("hybridchat.session"));
          const ended = { ...kept, token: `${kept.token.slice(0, -4)}0000`, refreshToken: "gone" };
          sessionStorage.setItem("hybridchat.session", JSON.stringify(ended));
        }"""
    )
    await tab.page.reload()
    await expect(tab.page.get_by_text(re.compile("Your session has ended"))).to_be_visible()
    await expect(tab.heading("Log in to inspect")).to_be_visible()


async def test_a_token_is_never_in_an_address(opening: Opening) -> None:
    tab = await opening()
    asked: list[str] = []
    tab.page.on("request", lambda request: asked.append(request.url))
    await tab.open()
    await tab.log_in("sue")
    await expect(tab.heading("Streams")).to_be_visible()
    token = await tab.page.evaluate("JSON.parse(sessionStorage.getItem('hybridchat.session')).token")
    assert not [url for url in asked if token in url or "demo" in url]


async def test_logging_out_ends_the_agents_session(browser: Browser, tmp_path: Path, quick_passwords: None) -> None:
    async with open_centre(tmp_path, reporting=PROJECTED) as centre, open_tab(browser, centre.url) as tab:
        await tab.open()
        await tab.log_in("root")
        await expect(tab.heading("Streams")).to_be_visible()
        token = await tab.page.evaluate("JSON.parse(sessionStorage.getItem('hybridchat.session')).token")
        await tab.page.get_by_text("Account", exact=True).click()
        await tab.button("Log out everywhere").click()
        await expect(tab.heading("Log in to inspect")).to_be_visible()
        (await Caller(centre, token).get("/agent/v1/me")).problem(401, "session_ended")
