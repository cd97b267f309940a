"""The desk, driven as agents drive it."""

import re

import pytest
from playwright.async_api import Browser, ViewportSize, expect

from actors.engine import Committed
from tests.browser.conftest import kept_session
from tests.browser.desk_tab import DeskTab, open_desk, texts
from tests.browser.inspector import DESKTOP, PHONE, both_themes
from tests.gateways.api.admin.administrators import Administrator
from tests.gateways.centre import Centre, eventually
from tests.gateways.clients import Agent, Customer

pytestmark = pytest.mark.asyncio(loop_scope="package")


def of_type(centre: Centre, customer: Customer, type_: str) -> list[Committed]:
    """The events of this type in the customer's conversation."""
    of_customer = [item for item in centre.committed if item.record.stream == customer.stream]
    return [item for item in of_customer if item.record.type == type_]


async def test_a_shift_by_keyboard_alone(browser: Browser, desk_centre: Centre) -> None:
    async with open_desk(browser, desk_centre.url) as desk:
        await desk.log_in_by_keyboard("alice")
        await expect(desk.state).to_have_text("Not ready")
        await desk.go_ready()
        customer = await Customer.start(desk_centre, text="Where is my order?", customer={"name": "Ana"})
        await expect(desk.offers).to_contain_text(["Where is my order?"])
        await expect(desk.offers).to_contain_text(["You are the only agent available"])
        await desk.accept()
        await desk.write("Let me look")
        await expect(desk.said("Let me look")).to_be_visible()
        await desk.press("Alt+o")
        await desk.write("second time this week")
        await expect(desk.said("second time this week")).to_contain_text("only colleagues see this")
        await desk.press("Alt+m")
        await desk.page.keyboard.type("/welc")
        await desk.press("Enter")
        await expect(desk.field).to_have_value("Hello, my name is Alice. How can I help you?")
        await desk.press("Enter")
        await expect(desk.said("my name is Alice")).to_be_visible()
        await desk.press("Alt+h")
        await desk.write("a refund")
        await expect(desk.said("raised the hand").filter(has_text="a refund")).to_be_visible()
        await desk.press("Alt+h")
        await expect(desk.said("lowered the hand")).to_be_visible()
        await desk.press("Alt+e")
        await expect(desk.dialog).to_be_visible()
        await desk.press("Tab", "Enter")
        await expect(desk.wrap_up).to_be_visible()
        await desk.press("Alt+w")
        await desk.page.keyboard.type("compl")
        await desk.press("Enter", "Control+Enter")
        await expect(desk.conversations).to_have_count(0)
        (wrapped,) = await desk_centre.until(lambda: of_type(desk_centre, customer, "WrapUpCompleted"), 1)
        assert b"complaint" in wrapped.record.data
        await desk.press("Alt+r")
        await expect(desk.dialog.get_by_role("combobox", name="Reason")).to_be_focused()
        await desk.press("Enter")
        await expect(desk.state).to_contain_text("Not ready (")
        assert await texts(customer) == [
            "Where is my order?",
            "Let me look",
            "Hello, my name is Alice. How can I help you?",
        ]


async def test_several_conversations_each_with_its_own_draft(alice: DeskTab, desk_centre: Centre) -> None:
    names = ("Ana", "Ben", "Cleo")
    customers = [await Customer.start(desk_centre, text=f"I am {name}", customer={"name": name}) for name in names]
    await alice.go_ready()
    for _ in customers:
        await alice.accept()
    for number, name in enumerate(names, start=1):
        await alice.press(f"Alt+{number}")
        await expect(alice.front.locator("h2")).to_have_text(name)
        await alice.page.keyboard.type(f"for {name}")
    await alice.press("Alt+1")
    await expect(alice.field).to_have_value("for Ana")
    await customers[1].write("Are you there?")
    await expect(alice.conversations.nth(1).locator(".count")).to_contain_text("1")
    await expect(alice.page).to_have_title(re.compile(r"^\(\d\) "))
    await alice.press("Alt+n")
    await expect(alice.front.locator("h2")).to_have_text("Ben")
    await expect(alice.conversations.nth(1).locator(".count")).to_be_hidden()
    await expect(alice.field).to_have_value("for Ben")
    await alice.page.reload()
    await expect(alice.field).to_have_value("for Ben")
    await alice.press("Alt+ArrowDown")
    await expect(alice.field).to_have_value("for Cleo")
    await alice.press("Enter")
    await expect(alice.said("for Cleo")).to_be_visible()
    assert [await texts(customer) for customer in customers] == [
        ["I am Ana"],
        ["I am Ben", "Are you there?"],
        ["I am Cleo", "for Cleo"],
    ]


async def test_what_is_written_without_a_connection_goes_out_once_in_order(alice: DeskTab, desk_centre: Centre) -> None:
    customer = await Customer.start(desk_centre, text="Hello")
    await alice.go_ready()
    await alice.accept()
    await alice.page.context.set_offline(True)
    for words in ("one", "two", "three"):
        await alice.write(words)
    await expect(alice.log.locator(".pending")).to_have_count(3)
    await alice.page.context.set_offline(False)
    await alice.page.reload()
    await expect(alice.log.locator(".entry.message.own")).to_have_count(3)
    await expect(alice.log.locator(".pending")).to_have_count(0)
    assert await texts(customer) == ["Hello", "one", "two", "three"]
    alice.faults[:] = [fault for fault in alice.faults if "ERR_INTERNET_DISCONNECTED" not in fault]


async def test_a_refused_message_keeps_its_text(alice: DeskTab, desk_centre: Centre) -> None:
    customer = await Customer.start(desk_centre, text="Hello")
    await alice.go_ready()
    await alice.accept()
    await alice.page.route("**/messages", lambda route: route.abort())
    await alice.write("too late")
    await customer.end()
    await expect(alice.wrap_up).to_be_visible()
    await alice.page.unroute("**/messages")
    refused = alice.log.locator(".entry.pending")
    await expect(refused).to_contain_text("too late")
    await expect(refused.get_by_role("alert")).to_contain_text("ended")
    await refused.get_by_role("button", name="Delete").click()
    await expect(refused).to_have_count(0)
    alice.faults[:] = [fault for fault in alice.faults if "ERR_FAILED" not in fault]


async def test_an_offer_that_is_missed_is_explained_and_undone_by_a_press(alice: DeskTab, desk_centre: Centre) -> None:
    root = await Administrator.come(desk_centre)
    (await root.configure("queues/support", {"mrd": "chat", "offer_timeout_seconds": 1})).of(200)
    await alice.go_ready()
    await Customer.start(desk_centre, text="Hello")
    await expect(alice.page.get_by_text("You missed an offer")).to_be_visible()
    await expect(alice.offers).to_have_count(0)
    (await root.configure("queues/support", {"mrd": "chat", "offer_timeout_seconds": 600})).of(200)
    await alice.button("Back to ready").click()
    await expect(alice.state).to_have_text("Ready")
    await expect(alice.offers).to_have_count(1)


async def test_a_conversation_is_handed_over(alice: DeskTab, desk_centre: Centre) -> None:
    customer = await Customer.start(desk_centre, text="Hello")
    await alice.go_ready()
    await alice.accept()
    bob = await Agent.on_shift(desk_centre, "bob")
    await bob.go("ready")
    await alice.press("Alt+q")
    await alice.page.keyboard.type("bob")
    await expect(alice.dialog.get_by_role("option")).to_have_count(1)
    await alice.press("Enter")
    await expect(alice.said("Consult with")).to_be_visible()
    await eventually(lambda: any(task.direction == "consult" for task in desk_centre.services.agents.held("bob")))
    await bob.accept_only_offer()
    await expect(alice.front.locator(".people")).to_contain_text("Bob")
    await alice.press("Alt+t")
    await alice.dialog.get_by_label("Note for who comes").fill("wants a refund")
    await alice.dialog.get_by_role("combobox").fill("bob")
    await alice.press("Enter")
    await expect(alice.said("Bob answers")).to_be_visible()
    await expect(alice.front.get_by_text("You take no part")).to_be_visible()
    types = [event["type"] for event in await customer.events()]
    assert "AssistRequested" not in types


async def test_what_was_written_while_the_agent_was_out_is_there_when_the_agent_is_back(
    alice: DeskTab, desk_centre: Centre
) -> None:
    customer = await Customer.start(desk_centre, text="Hello")
    await alice.go_ready()
    await alice.accept()
    await expect(alice.said("Hello")).to_be_visible()
    await alice.page.goto(f"{alice.url}/desk#")
    elsewhere = await Agent.log_in(desk_centre, "alice")
    (await elsewhere.post(elsewhere.path(customer, "transfer"), {"to": {"queue": "support"}})).of(200)
    await expect(alice.offers).to_have_count(1)
    (await customer.write("Is anybody there?")).of(201)
    await alice.accept()
    await expect(alice.said("Waits for an agent")).to_have_count(2)
    await expect(alice.said("Is anybody there?")).to_be_visible()


async def test_labels_and_details_are_changed(alice: DeskTab, desk_centre: Centre) -> None:
    await Customer.start(desk_centre, text="Hello", attributes={"order": "4711"})
    await alice.go_ready()
    await alice.accept()
    panel = alice.front.locator(".customer-panel")
    await panel.get_by_label("Add a label").first.fill("refund")
    await alice.press("Enter")
    await expect(panel.get_by_role("button", name="Remove the label refund")).to_be_visible()
    await expect(panel.get_by_text("4711")).to_be_visible()
    await panel.get_by_role("button", name="Change order").click()
    await alice.dialog.get_by_label("Value").fill("4712")
    await alice.press("Enter")
    await expect(panel.get_by_text("4712")).to_be_visible()
    await panel.get_by_role("button", name="Remove the label refund").click()
    await expect(panel.locator(".tag")).to_have_count(0)


async def test_files_choices_and_forms_are_sent(alice: DeskTab, desk_centre: Centre) -> None:
    customer = await Customer.start(desk_centre, text="Hello")
    await alice.go_ready()
    await alice.accept()
    await alice.front.locator("input[type=file]").set_input_files(
        {"name": "offer.txt", "mimeType": "text/plain", "buffer": b"the offer"}
    )
    await expect(alice.log.get_by_text("offer.txt")).to_be_visible()
    await alice.button("More to send").click()
    await alice.page.get_by_role("menuitem", name="Choices to press").click()
    await alice.dialog.get_by_label("Text before them").fill("Which one?")
    await alice.dialog.get_by_label("Choices", exact=True).fill("red\nblue")
    await alice.dialog.get_by_role("button", name="Send").click()
    await expect(alice.said("Which one?")).to_contain_text("blue")
    await alice.button("More to send").click()
    await alice.page.get_by_role("menuitem", name="A form to fill in").click()
    await alice.dialog.get_by_label("Title").fill("Your address")
    await alice.dialog.get_by_label("Question").first.fill("Street")
    await alice.dialog.get_by_role("button", name="Send").click()
    await expect(alice.said("Your address")).to_contain_text("Street")
    contents = [
        event["data"]["content"]["type"] for event in await customer.events() if event["type"] == "MessagePosted"
    ]
    assert contents == ["text", "file", "buttons", "form"]


async def test_keys_are_changed_and_conflicts_are_named(alice: DeskTab) -> None:
    await alice.press("F1")
    field = alice.dialog.get_by_label("Keys of: Go ready or pause")
    await field.focus()
    await alice.press("Alt+a")
    await expect(alice.dialog.get_by_role("alert")).to_have_text("Alt+A is taken: Accept")
    await alice.press("b")
    await expect(alice.dialog.get_by_role("alert")).to_contain_text("Use Ctrl or Alt")
    await alice.press("Alt+y")
    await expect(field).to_have_value("Alt+Y")
    await alice.press("Escape")
    await expect(alice.dialog).to_have_count(0)
    await alice.press("Alt+y")
    await expect(alice.state).to_have_text("Ready")
    await alice.press("Control+k")
    await alice.page.keyboard.type("ready")
    await expect(alice.dialog.get_by_role("option").first).to_contain_text("Alt+Y")
    await alice.press("Escape")


async def test_a_supervisor_listens_in_whispers_and_comes_in(
    browser: Browser, alice: DeskTab, desk_centre: Centre
) -> None:
    customer = await Customer.start(desk_centre, text="Hello")
    await alice.go_ready()
    await alice.accept()
    kept = kept_session(await Agent.log_in(desk_centre, "sue"), "supervisor")
    async with open_desk(browser, desk_centre.url, kept) as sue:
        await sue.come(f"#c/{customer.id}")
        await expect(sue.front.get_by_text("You take no part")).to_be_visible()
        await sue.front.get_by_role("button", name="More", exact=True).click()
        await sue.page.get_by_role("menuitem", name="Listen in").click()
        await expect(sue.front.get_by_text("You are listening in")).to_be_visible()
        await sue.field.fill("grant it")
        await sue.press("Enter")
        await expect(alice.said("grant it")).to_contain_text("only the agents see this")
        await sue.front.get_by_role("button", name="More", exact=True).click()
        await sue.page.get_by_role("menuitem", name="Come in").click()
        await sue.front.get_by_role("button", name="Reply").click()
        await sue.field.fill("Sue here")
        await sue.press("Enter")
        await expect(alice.said("Sue here")).to_be_visible()
        await sue.front.get_by_role("button", name="More", exact=True).click()
        await sue.page.get_by_role("menuitem", name="Leave").click()
        await expect(sue.field).to_have_count(0)
    assert await texts(customer) == ["Hello", "Sue here"]


async def test_one_of_two_tabs_rings_and_both_are_the_same(
    browser: Browser, alice: DeskTab, desk_centre: Centre
) -> None:
    other = DeskTab(await alice.page.context.new_page(), alice.url, alice.faults)
    await other.come()
    await alice.page.bring_to_front()
    await alice.go_ready()
    await expect(other.state).to_have_text("Ready")
    await Customer.start(desk_centre, text="Hello")
    await expect(other.offers).to_have_count(1)
    await alice.accept()
    await expect(other.offers).to_have_count(0)
    await expect(other.conversations).to_have_count(1)


@pytest.mark.parametrize("size", [DESKTOP, PHONE], ids=["desktop", "phone"])
async def test_the_desk_is_accessible(browser: Browser, desk_centre: Centre, size: ViewportSize) -> None:
    kept = kept_session(await Agent.log_in(desk_centre, "alice"))
    async with open_desk(browser, desk_centre.url, kept, size=size) as desk:
        await desk.come()
        await check(desk)
        await desk.go_ready()
        await Customer.start(desk_centre, text="Hello, see https://example.org", customer={"name": "Ana"})
        await expect(desk.offers).to_have_count(1)
        await check(desk)
        await desk.accept()
        await desk.write("**Hi** Ana")
        await desk.press("Alt+o")
        await desk.write("a note")
        await expect(desk.said("a note")).to_be_visible()
        await check(desk)
        await desk.press("Alt+t")
        await expect(desk.dialog.get_by_role("option").first).to_be_visible()
        await check(desk)
        await desk.press("Escape", "Control+k")
        await check(desk)
        await desk.press("Escape", "Alt+s")
        await expect(desk.page.get_by_text(re.compile(r"^\d+ conversation"))).to_be_visible()
        await check(desk)
        await desk.press("Alt+1", "Alt+e")
        await desk.press("Tab", "Enter")
        await expect(desk.wrap_up).to_be_visible()
        await check(desk)


async def check(desk: DeskTab) -> None:
    assert not await desk.overflows()
    async for theme in both_themes(desk.page):
        assert await desk.violations() == [], theme


async def test_an_agent_writes_to_a_customer_first(alice: DeskTab, desk_centre: Centre) -> None:
    root = await Administrator.come(desk_centre)
    await root.configure("channels/letters", {"queue": "support", "kind": "connector"})
    await alice.press("Alt+u")
    await expect(alice.dialog).to_contain_text("letters (queue support)")
    await expect(alice.dialog.get_by_label("Customer")).to_be_focused()
    assert await alice.violations() == []
    await alice.press("Enter")
    await expect(alice.dialog).to_contain_text("Something has to stand here.")
    await alice.page.keyboard.type("c-7")
    await alice.dialog.get_by_label("Message").fill("Your parcel is here")
    await alice.dialog.get_by_role("button", name="Send").click()
    await expect(alice.said("Your parcel is here")).to_be_visible()
    await expect(alice.conversations).to_have_count(1)
    await expect(alice.field).to_be_focused()
    await alice.press("Alt+u")
    await expect(alice.dialog.get_by_label("Customer")).to_be_focused()
    await alice.page.keyboard.type("c-7")
    await alice.dialog.get_by_label("Message").fill("Again")
    await alice.dialog.get_by_role("button", name="Send").click()
    await expect(alice.dialog).to_contain_text("has an open conversation on this channel")
