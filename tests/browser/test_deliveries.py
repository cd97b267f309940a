"""Deliveries: what waits and what is parked, and what administrators do about it."""

import time
from collections.abc import AsyncIterator

import pytest
import pytest_asyncio
from playwright.async_api import expect

from gateways.outbox import Call, Outbox, Outcome, Planned
from gateways.outbox.listing import find_delivery, list_deliveries
from tests.browser.conftest import Opening
from tests.browser.inspector import PHONE, Inspector, both_themes
from tests.browser.morning import Morning
from tests.gateways.centre import Centre

pytestmark = pytest.mark.asyncio(loop_scope="package")

CRM, SMS = "webhook:crm", "channel:sms"
LOST = Outcome(kind="unknown", code="504", detail="no answer came")
REFUSED = Outcome(kind="message_refused", code="21617", detail="the text is too long")


@pytest_asyncio.fixture(loop_scope="package")
async def outbox(centre: Centre, morning: Morning) -> AsyncIterator[Outbox]:
    """The centre's outbox with a delivery in each state, of the events of a conversation. No effect makes them."""
    outbox, now = centre.services.outbox, time.time()
    positions = [record.position for record in centre.services.journal.read_stream(morning.anna.stream)]
    outbox.plan_late("tried", [(position, Planned(CRM, "anna")) for position in positions[:4]], now - 60)
    waiting = list_deliveries(outbox, CRM)[::-1]
    outcomes = [Outcome(kind="delivered"), REFUSED, LOST]
    outbox.step([Call(*each, now, now) for each in zip(waiting, outcomes, strict=False)], {}, now, marks=False)
    outbox.add("tried", SMS, "lane", b"", now - 30)
    outbox.stop("tried", SMS, "the token was revoked", now)
    yield outbox
    with outbox.file.transaction() as connection:
        for table in ("deliveries", "lanes", "targets"):
            connection.execute(f"DELETE FROM {table}")  # noqa: S608 - the names are those above


def states(outbox: Outbox) -> list[str]:
    return [each.state for each in list_deliveries(outbox, CRM)[::-1]]


async def test_nothing_has_been_delivered_at_first(root: Inspector, morning: Morning) -> None:
    await root.open("#deliveries")
    await expect(root.heading("Nothing has been delivered yet")).to_be_visible()


async def test_targets_lead_to_their_deliveries_and_these_to_their_events(root: Inspector, outbox: Outbox) -> None:
    await root.open("#deliveries")
    targets = root.page.get_by_role("region", name="Targets")
    await expect(targets.get_by_role("row", name=SMS)).to_contain_text("stopped the token was revoked")
    await targets.get_by_role("link", name=f"1 parked for {CRM}").click()
    await root.at("#deliveries?target=webhook%3Acrm&state=parked")
    rows = root.page.get_by_role("region", name="Latest").locator("tbody tr")
    await expect(rows).to_have_count(1)
    await expect(rows).to_contain_text("unknown, 504, no answer came")
    await rows.get_by_role("link").first.click()
    await expect(root.heading("Delivery")).to_have_count(2)
    await root.page.locator("dl a[href^='#event/']").click()
    await expect(root.page.get_by_text("Cause and effects")).to_be_visible()


async def test_deliveries_are_filtered_by_state(root: Inspector, outbox: Outbox) -> None:
    await root.open("#deliveries")
    await root.page.get_by_label("State").select_option("refused")
    await root.at("#deliveries?state=refused")
    rows = root.page.get_by_role("region", name="Latest").locator("tbody tr")
    await expect(rows).to_have_count(1)
    await expect(rows).to_contain_text("21617")
    await root.page.get_by_label("State").select_option("calling")
    await expect(root.page.get_by_text("No delivery matches")).to_be_visible()


async def test_an_administrator_tries_again_and_drops_after_a_question(root: Inspector, outbox: Outbox) -> None:
    (parked,) = list_deliveries(outbox, states=("parked",))
    await root.open(f"#delivery/{parked.id}")
    await root.button("Retry").click()
    await root.button("Cancel").click()
    assert states(outbox) == ["delivered", "refused", "parked", "waiting"]
    await root.button("Retry").click()
    await root.button("Try again").click()
    await expect(root.page.get_by_text(f"It waits for {CRM} again.")).to_be_visible()
    await expect(root.button("Retry")).to_have_count(0)
    await root.button("Drop").click()
    await root.page.get_by_role("dialog").get_by_role("button", name="Drop").click()
    await root.at("#deliveries?target=webhook%3Acrm")
    assert find_delivery(outbox, parked.id) is None


async def test_an_administrator_resumes_retries_and_rewinds_targets(root: Inspector, outbox: Outbox) -> None:
    await root.open("#deliveries")
    await root.button(f"Resume {SMS}").click()
    await root.page.get_by_role("dialog").get_by_role("button", name="Resume").click()
    await expect(root.page.get_by_text(f"{SMS} is resumed.")).to_be_visible()
    await root.button(f"Retry what is parked for {CRM}").click()
    await root.button("Try again").click()
    await expect(root.page.get_by_text(f"1 wait for {CRM} again.")).to_be_visible()
    await root.button(f"Rewind {CRM}").click()
    dialog = root.page.get_by_role("dialog")
    await dialog.get_by_role("button", name="Rewind").click()
    await expect(dialog.get_by_role("alert")).to_have_text("Give a time or a position")
    await dialog.get_by_label("Or after this position").fill("999999")
    await dialog.get_by_role("button", name="Rewind").click()
    await expect(dialog.get_by_role("alert")).to_contain_text("must be a position of the journal")
    await dialog.get_by_label("Or after this position").fill("0")
    await dialog.get_by_role("button", name="Rewind").click()
    await expect(root.page.get_by_text(f"{CRM} gets the events after position 0 again.")).to_be_visible()
    await expect(root.page.get_by_role("row", name=CRM).first).to_contain_text("rewound")


async def test_a_supervisor_reads_and_is_offered_no_change(sue: Inspector, outbox: Outbox) -> None:
    await sue.open("#deliveries")
    await expect(sue.page.get_by_role("row", name=SMS).first).to_be_visible()
    assert await sue.page.get_by_role("button").all_inner_texts() == ["Open", "Refresh"]


async def test_the_question_is_answered_by_keyboard(root: Inspector, outbox: Outbox) -> None:
    (parked,) = list_deliveries(outbox, states=("parked",))
    await root.open(f"#delivery/{parked.id}")
    await root.button("Retry").focus()
    await root.page.keyboard.press("Enter")
    assert await root.focused() == "Cancel"
    await root.page.keyboard.press("Escape")
    await expect(root.page.get_by_role("dialog")).to_have_count(0)
    assert await root.focused() == "Retry"
    await root.page.keyboard.press("Enter")
    await root.go("#deliveries")
    await expect(root.page.get_by_role("dialog")).to_have_count(0)


@pytest.mark.parametrize("size", [None, PHONE], ids=["desktop", "phone"])
async def test_deliveries_are_accessible_and_fit(opening: Opening, outbox: Outbox, size: object) -> None:
    root = await opening("root", **({} if size is None else {"size": size}))
    (parked,) = list_deliveries(outbox, states=("parked",))
    for address in ("#deliveries", f"#delivery/{parked.id}"):
        await root.open(address)
        async for _ in both_themes(root.page):
            assert await root.violations() == []
        assert not await root.overflows()
    await root.button("Drop").click()
    assert await root.violations() == []
    assert not await root.overflows()
