"""The causation graph of a conversation, drawn and as a list."""

import pytest
from playwright.async_api import expect

from tests.browser.conftest import Opening
from tests.browser.inspector import PHONE, Inspector
from tests.browser.morning import Morning
from tests.gateways.centre import Centre

pytestmark = pytest.mark.asyncio(loop_scope="package")


async def test_every_participant_has_a_lane(root: Inspector, morning: Morning) -> None:
    await root.open(f"#graph/{morning.anna.id}")
    heads = root.page.locator(".lane-head")
    words = " ".join(await heads.all_inner_texts())
    for lane in ("customer", "bot greeter", "router chat", "agent alice"):
        assert lane in words


async def test_every_event_of_the_conversation_is_a_link(root: Inspector, centre: Centre, morning: Morning) -> None:
    await root.open(f"#graph/{morning.anna.id}")
    nodes = root.page.locator("a.node")
    await expect(nodes.first).to_be_visible()
    names = [await nodes.nth(place).get_attribute("aria-label") or "" for place in range(await nodes.count())]
    for type_ in {*centre.types(morning.anna.stream), "TaskQueued", "TaskOffered", "TaskReserved", "TaskAccepted"}:
        assert [name for name in names if name.startswith(f"{type_} ")], type_
    await nodes.filter(has_text="TaskOffered").first.click()
    await expect(root.heading("TaskOffered")).to_be_visible()


async def test_arrows_lead_from_causes_to_effects(root: Inspector, centre: Centre, morning: Morning) -> None:
    await root.open(f"#graph/{morning.anna.id}")
    await expect(root.page.locator("a.node").first).to_be_visible()
    arrows = await root.page.evaluate(
        "[...document.querySelectorAll('.arrow')].map(({ dataset }) => [dataset.from, dataset.to])"
    )
    assert arrows
    for cause, effect in arrows:
        record = centre.services.journal.read_event(effect)
        assert record is not None
        assert record.causation_id == cause


async def test_the_arrows_of_the_focused_event_are_emphasised(root: Inspector, morning: Morning) -> None:
    await root.open(f"#graph/{morning.anna.id}")
    await root.page.locator("a.node", has_text="TaskOffered").first.focus()
    await expect(root.page.locator(".arrow.near").first).to_be_attached()


async def test_the_list_has_the_same_causes_and_effects(root: Inspector, morning: Morning) -> None:
    await root.open(f"#graph/{morning.anna.id}")
    await expect(root.page.locator("a.node").first).to_be_visible()
    drawn = await root.page.locator("a.node").count()
    await root.button("List").click()
    await expect(root.page.locator(".graph-list > li")).to_have_count(drawn)
    await root.at(f"#graph/{morning.anna.id}?as=list")
    row = (
        root.page.locator(".graph-list > li").filter(has=root.page.locator(".graph-row", has_text="TaskOffered")).first
    )
    await expect(row).to_contain_text("Caused by")
    await expect(row).to_contain_text("Led to")


async def test_a_phone_shows_the_list_first(opening: Opening, morning: Morning) -> None:
    tab = await opening("root", size=PHONE)
    await tab.open(f"#graph/{morning.anna.id}")
    await expect(tab.page.locator(".graph-list")).to_be_visible()
    await tab.button("Drawing").click()
    await expect(tab.page.locator(".pane")).to_be_visible()
    assert not await tab.overflows()


async def test_an_unknown_id_is_answered_with_an_error(root: Inspector, morning: Morning) -> None:
    await root.open("#graph/01a20000-0000-7000-8000-000000000000")
    await expect(root.alert).to_be_visible()
