"""The desk when something goes wrong: nothing that is written is lost, doubled, or sent to somebody else."""

import asyncio
import json
from typing import Any

import pytest
from playwright.async_api import Route, expect

from tests.browser.desk_tab import DeskTab, texts
from tests.gateways.centre import Centre
from tests.gateways.clients import Agent, Customer

pytestmark = pytest.mark.asyncio(loop_scope="package")

_WAKE = "Date.now = (real => () => real() + 3_600_000)(Date.now); dispatchEvent(new Event('pageshow'))"


async def test_what_was_written_before_the_page_was_left_goes_out_though_nobody_looks(
    alice: DeskTab, desk_centre: Centre
) -> None:
    customers = [await Customer.start(desk_centre, text="Hello", customer={"name": name}) for name in ("Ana", "Ben")]
    await alice.go_ready()
    await alice.accept()
    await alice.accept()
    await alice.press("Alt+1")
    await alice.page.route("**/messages", lambda route: route.abort())
    await alice.write("for Ana")
    await expect(alice.log.locator(".pending")).to_have_count(1)
    await alice.press("Alt+2")
    await alice.page.unroute("**/messages")
    await alice.page.reload()
    await expect(alice.front.locator("h2")).to_have_text("Ben")
    await expect(alice.conversations.first).to_contain_text("for Ana")
    assert [await texts(customer) for customer in customers] == [["Hello", "for Ana"], ["Hello"]]
    alice.faults[:] = [fault for fault in alice.faults if "ERR_FAILED" not in fault]


async def test_an_agent_who_types_on_is_not_taken_to_another_customer(alice: DeskTab, desk_centre: Centre) -> None:
    await Customer.start(desk_centre, text="Hello", customer={"name": "Ana"})
    await alice.go_ready()
    await alice.accept()
    await Customer.start(desk_centre, text="Hello", customer={"name": "Ben"})
    await expect(alice.offers).to_have_count(1)
    held: list[Route] = []

    async def hold(route: Route) -> None:
        held.append(route)

    await alice.page.route("**/accept", hold)
    async with alice.page.expect_request("**/accept"):
        await alice.press("Alt+a")
    await alice.page.keyboard.type("for A")
    await held[0].continue_()
    await expect(alice.conversations).to_have_count(2)
    await alice.page.keyboard.type("na")
    await expect(alice.front.locator("h2")).to_have_text("Ana")
    await expect(alice.field).to_have_value("for Ana")
    await alice.button("Show it").click()
    await expect(alice.front.locator("h2")).to_have_text("Ben")
    await expect(alice.field).to_have_value("")


async def test_what_was_written_while_the_agent_was_away_is_there_when_the_conversation_comes_back(
    alice: DeskTab, desk_centre: Centre
) -> None:
    customer = await Customer.start(desk_centre, text="Hello")
    await alice.go_ready()
    await alice.accept()
    bob = await Agent.on_shift(desk_centre, "bob")
    await bob.go("ready")
    path = f"/agent/v1/conversations/{customer.id}"
    await alice.press("Alt+t")
    await alice.dialog.get_by_role("combobox").fill("bob")
    await alice.press("Enter")
    await expect(alice.dialog).to_have_count(0)
    await bob.accept_only_offer()
    await expect(alice.front.get_by_text("You take no part")).to_be_visible()
    assert await alice.focused() != "BODY"
    await alice.page.evaluate("location.hash = '#search'")
    await customer.write("while you were away")
    (await bob.post(f"{path}/transfer", {"to": {"agent": "alice"}})).of(200)
    await alice.accept()
    await expect(alice.said("while you were away")).to_be_visible()


async def test_the_log_stays_at_its_end_while_messages_come_together_until_the_reader_goes_up(
    alice: DeskTab, desk_centre: Centre
) -> None:
    customer = await Customer.start(desk_centre, text="Hello")
    await alice.go_ready()
    await alice.accept()
    await asyncio.gather(*(customer.write(f"line {number}\n" * 4) for number in range(12)))
    await expect(alice.log.locator(".entry.customer")).to_have_count(13)
    await expect(alice.log.locator(".entry").last).to_be_in_viewport(ratio=0.9)
    await alice.log.hover()
    await alice.page.mouse.wheel(0, -2000)
    await expect(alice.log.locator(".entry").first).to_be_in_viewport()
    await customer.write("below")
    await alice.page.get_by_role("button", name="1 new below").click()
    await expect(alice.said("below")).to_be_in_viewport()


async def test_the_place_that_rang_claims_it_again_after_the_server_was_away(alice: DeskTab) -> None:
    attempts: list[str] = []

    async def break_two(route: Route) -> None:
        attempts.append(route.request.url)
        await (route.abort() if len(attempts) <= 2 else route.continue_())

    await alice.page.route("**/agent/v1/events?*", break_two)
    async with alice.page.expect_request(lambda request: "primary=true" in request.url):
        await alice.page.evaluate(_WAKE)
    assert "primary" not in attempts[0]
    alice.faults[:] = [fault for fault in alice.faults if "ERR_FAILED" not in fault]


async def test_a_tab_that_wakes_is_right_again_at_once(alice: DeskTab) -> None:
    async with alice.page.expect_request("**/agent/v1/events?*") as resumed, alice.page.expect_request("**/v1/me"):
        await alice.page.evaluate(_WAKE)
    assert "after=" in (await resumed.value).url
    await alice.go_ready()


async def test_a_feed_that_cannot_be_gone_on_with_begins_anew_and_drafts_stay(
    alice: DeskTab, desk_centre: Centre
) -> None:
    customer = await Customer.start(desk_centre, text="Hello")
    await alice.go_ready()
    await alice.accept()
    await alice.page.keyboard.type("half a sen")
    refusals: list[str] = []

    async def refuse(route: Route) -> None:
        refusals.append(route.request.url)
        await route.fulfill(status=422, content_type="application/problem+json", body=json.dumps({"status": 422}))
        if len(refusals) == 2:
            await alice.page.unroute("**/agent/v1/events?*")

    await alice.page.route("**/agent/v1/events?*", refuse)
    await alice.page.evaluate(_WAKE)
    await expect(alice.page.get_by_text("The page starts again")).to_be_visible()
    await expect(alice.field).to_have_value("half a sen")
    await customer.write("Still there?")
    await expect(alice.said("Still there?")).to_be_visible()
    assert len(refusals) == 2


async def test_an_agent_who_is_logged_out_learns_it_and_goes_on_after_the_next_log_in(
    alice: DeskTab, desk_centre: Centre
) -> None:
    await Customer.start(desk_centre, text="Hello")
    await alice.go_ready()
    await alice.accept()
    await alice.page.keyboard.type("half a sen")
    await alice.press("Alt+t")
    await expect(alice.dialog).to_be_visible()
    sue = await Agent.log_in(desk_centre, "sue")
    (await sue.put("/agent/v1/agents/alice/state", {"state": "logged_out"})).of(200)
    await expect(alice.page.get_by_label("Username")).to_be_visible()
    await expect(alice.dialog).to_have_count(0)
    await expect(alice.page.get_by_text("You were logged out by somebody else")).to_be_visible()
    await alice.log_in("bob")
    await expect(alice.state).to_have_text("Not ready")
    await expect(alice.page.get_by_text("You were logged out")).to_have_count(0)
    (await sue.put("/agent/v1/agents/bob/state", {"state": "logged_out"})).of(200)
    await alice.log_in("alice")
    await expect(alice.state).to_have_text("Not ready")
    await alice.go_ready()
    await alice.accept()
    await expect(alice.field).to_have_value("half a sen")


async def test_strange_events_contents_and_details_take_nothing_else_away(alice: DeskTab, desk_centre: Centre) -> None:
    customer = await Customer.start(desk_centre, text="\u202ehello [x](javascript:alert(1))")
    strange: list[dict[str, Any]] = [
        {"type": "SomethingNew", "data": {"a": {"b": 1}}},
        {"type": "constructor", "data": {}},
        {"type": "AgentRequested", "data": {}},
        *(
            {
                "type": "MessagePosted",
                "data": {"message_id": f"m{number}", "sender": {"type": "customer"}, "content": content},
            }
            for number, content in enumerate([{"type": "hologram"}, {"type": "toString"}, {"type": "carousel"}])
        ),
    ]

    async def add(route: Route) -> None:
        answer = await (await route.fetch()).json()
        version = answer["events"][0]["version"]
        at = answer["events"][0]["at"]
        answer["events"][1:1] = [{**event, "at": at, "version": version} for event in strange]
        answer["attributes"] = {"big": {"list": ["x" * 1000] * 1000}, "__proto__": 1}
        await route.fulfill(json=answer)

    await alice.page.route(f"**/agent/v1/conversations/{customer.id}", add)
    await alice.go_ready()
    await alice.accept()
    await expect(alice.said("hello [x]")).to_be_visible()
    await expect(alice.log.locator("a")).to_have_count(0)
    await alice.write("all is well")
    await expect(alice.said("all is well")).to_be_visible()
    assert not await alice.overflows()
    await expect(alice.log.get_by_text("does not know")).to_have_count(0)
    alice.faults.clear()


async def test_what_comes_is_spoken_and_escape_leads_back_to_the_list(alice: DeskTab, desk_centre: Centre) -> None:
    spoken = alice.page.locator(".spoken")
    customer = await Customer.start(desk_centre, text="Hello", customer={"name": "Ana"})
    await alice.go_ready()
    await expect(spoken).to_have_text("A conversation from support is offered to you.")
    await alice.accept()
    await customer.write("Are you there?")
    await expect(spoken).to_have_text("Ana: Are you there?")
    await alice.write("Yes")
    await expect(alice.said("Yes")).to_be_visible()
    await alice.press("Escape")
    await expect(alice.conversations.first.get_by_role("link")).to_be_focused()
    await alice.press("Enter", "Alt+e")
    await alice.press("Tab", "Enter")
    await expect(alice.wrap_up.get_by_role("combobox")).to_be_focused()
    await alice.press("Control+Enter")
    await expect(alice.conversations).to_have_count(0)
    await expect(alice.front.locator("h2")).to_be_focused()
