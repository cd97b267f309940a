"""One event: what caused it and what it caused."""

import re

import pytest
from playwright.async_api import expect

from actors.journal import Journal
from schemas.records import Record
from tests.browser.inspector import Inspector
from tests.browser.morning import Morning
from tests.gateways.centre import Centre

pytestmark = pytest.mark.asyncio(loop_scope="package")


def first_of(journal: Journal, type_: str) -> Record:
    return next(record for record in journal.read_all(limit=10_000) if record.type == type_)


async def test_an_event_shows_its_cause_and_its_effects(root: Inspector, centre: Centre, morning: Morning) -> None:
    offered = first_of(centre.services.journal, "TaskOffered")
    cause = centre.services.journal.read_event(offered.causation_id)
    assert cause is not None
    await root.open(f"#event/{offered.event_id}")
    await expect(root.heading("TaskOffered")).to_be_visible()
    links = root.page.locator(".linked a")
    assert cause.type in await links.first.inner_text()
    await root.page.get_by_role("link", name="TaskReserved").click()
    await expect(root.heading("TaskReserved")).to_be_visible()
    await expect(root.page.locator(".linked a").first).to_have_text("TaskOffered")


async def test_an_event_leads_on_to_its_state_and_its_floor(root: Inspector, centre: Centre, morning: Morning) -> None:
    offered = first_of(centre.services.journal, "TaskReserved")
    await root.open(f"#event/{offered.event_id}")
    await root.page.get_by_role("link", name="State after it").click()
    await expect(root.page.locator("output")).to_contain_text(f"Version {offered.version} of")
    await root.page.go_back()
    await root.page.get_by_role("link", name="The floor at this time").click()
    await expect(root.heading("The floor")).to_be_visible()
    await root.at(re.compile(r"#floor\?at="))


async def test_an_unknown_event_is_answered_with_an_error(root: Inspector, morning: Morning) -> None:
    await root.open("#streams")
    for id_ in ("0", "01a20000-0000-7000-8000-000000000000", "<b>", "x" * 500):
        await root.go(f"#event/{id_}")
        await expect(root.alert.get_by_role("button", name="Try again")).to_be_visible()
