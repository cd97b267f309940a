"""The causation graph of a conversation, drawn and as a list."""

import re

import pytest
from playwright.async_api import ViewportSize, expect

from tests.browser.conftest import Opening
from tests.browser.inspector import DESKTOP, PHONE, Inspector
from tests.browser.morning import Morning
from tests.gateways.centre import Centre

pytestmark = pytest.mark.asyncio(loop_scope="package")

SCROLLED_DOWN = """[...document.querySelectorAll("main *")]
  .filter(part => part.scrollHeight > part.clientHeight && /auto|scroll/.test(getComputedStyle(part).overflowY))
  .map(part => part.className)"""
"""The parts of the page that can be scrolled down apart from it."""
LABELS = """[...document.querySelectorAll("a.node .summary")].map(label => {
  const { right } = label.ownerSVGElement.getBoundingClientRect();
  return { cut: label.textContent.endsWith(" …"), room: right - label.getBoundingClientRect().right };
})"""
"""Whether each label is cut, and the room in pixels between it and the drawing's edge."""
MAX_WORD = 110
"""The width in pixels of the longest word in the labels, with the margin of the drawing."""


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


async def test_the_drawing_is_scrolled_down_with_the_page(root: Inspector, morning: Morning) -> None:
    await root.open(f"#graph/{morning.anna.id}?as=drawing")
    await expect(root.page.locator("a.node").first).to_be_visible()
    assert await root.page.evaluate(SCROLLED_DOWN) == []
    await root.page.evaluate("scrollTo(0, document.documentElement.scrollHeight)")
    heads = root.page.locator(".lane-head")
    await expect(heads.filter(has_text="alice")).to_be_in_viewport()


async def test_the_heads_follow_a_drawing_that_is_scrolled_sideways(opening: Opening, morning: Morning) -> None:
    tab = await opening("root", size=PHONE)
    await tab.open(f"#graph/{morning.anna.id}?as=drawing")
    alice = tab.page.locator(".lane-head").filter(has_text="alice")
    await expect(alice).not_to_be_in_viewport()
    await tab.page.locator(".pane").evaluate("pane => { pane.scrollLeft = pane.scrollWidth; }")
    await expect(alice).to_be_in_viewport()
    assert not await tab.overflows()


@pytest.mark.parametrize("width", [360, 800, 1280, 1920])
async def test_labels_are_cut_only_where_there_is_no_room(opening: Opening, morning: Morning, width: int) -> None:
    tab = await opening("root", size=ViewportSize(width=width, height=800))
    await tab.open(f"#graph/{morning.anna.id}?as=drawing")
    await expect(tab.page.locator("a.node").first).to_be_visible()
    labels = await tab.page.evaluate(LABELS)
    assert all(label["room"] >= 0 for label in labels)
    cut = [label for label in labels if label["cut"]]
    assert all(label["room"] < MAX_WORD for label in cut), cut
    assert cut == [] or width < DESKTOP["width"]


async def test_the_drawing_takes_the_room_that_a_wider_window_gives(opening: Opening, morning: Morning) -> None:
    tab = await opening("root", size=ViewportSize(width=800, height=800))
    await tab.open(f"#graph/{morning.anna.id}?as=drawing")
    await tab.page.locator("a.node", has_text="TaskOffered").first.focus()
    offered = tab.page.locator("a.node", has_text="TaskOffered").locator(".summary").first
    await expect(offered).to_have_text(re.compile("…$"))
    await tab.page.set_viewport_size(DESKTOP)
    await expect(offered).not_to_have_text(re.compile("…$"))
    assert "TaskOffered" in await tab.focused()


async def test_an_unknown_id_is_answered_with_an_error(root: Inspector, morning: Morning) -> None:
    await root.open("#graph/01a20000-0000-7000-8000-000000000000")
    await expect(root.alert).to_be_visible()
