"""The main tasks with a keyboard alone. The focused element can always be seen."""

import pytest
from playwright.async_api import expect

from tests.browser.conftest import Opening
from tests.browser.inspector import Inspector
from tests.browser.morning import Morning
from tests.gateways.centre import Centre

pytestmark = pytest.mark.asyncio(loop_scope="package")

MAX_STOPS = 80
# Null while the focus is on no control: on the page as a whole, or on a view's heading.
FOCUS_IS_SEEN = """() => {
  const at = document.activeElement;
  if (["BODY", "H1", "MAIN"].includes(at.tagName)) return null;
  const inDrawing = at instanceof SVGElement;
  const mark = inDrawing ? getComputedStyle(at.querySelector(".target")).stroke : getComputedStyle(at).outlineStyle;
  return !["none", "rgba(0, 0, 0, 0)"].includes(mark);
}"""


class Typist:
    def __init__(self, tab: Inspector) -> None:
        self.tab = tab

    async def press(self, *keys: str) -> None:
        for key in keys:
            await self.tab.page.keyboard.press(key)

    async def to(self, name: str, key: str = "Tab") -> None:
        """Presses the key until the focused element has this name."""
        passed = []
        for _ in range(MAX_STOPS):
            await self.press(key)
            seen = await self.tab.page.evaluate(FOCUS_IS_SEEN)
            if seen is None:
                continue
            passed.append(await self.tab.focused())
            assert seen, passed
            if name in passed[-1]:
                return
        pytest.fail(f"{name} is not reached, but {passed}")

    async def type(self, words: str) -> None:
        await self.tab.page.keyboard.type(words)


async def typist_in(opening: Opening, address: str = "") -> Typist:
    tab = await opening()
    await tab.open(address)
    typist = Typist(tab)
    await typist.to("Username")
    await typist.type("root")
    await typist.press("Tab")
    await typist.type("demo")
    await typist.press("Enter")
    await expect(tab.heading("Log in to inspect")).to_have_count(0)
    await tab.loaded()
    return typist


async def test_from_the_login_to_a_state_through_time(opening: Opening, centre: Centre, morning: Morning) -> None:
    typist = await typist_in(opening)
    tab = typist.tab
    await typist.to("Part of the name")
    await typist.type(morning.anna.id)
    await expect(tab.page.locator(".streams a")).to_have_count(1)
    await typist.to(morning.anna.id)
    await typist.press("Enter")
    await expect(tab.events.first).to_be_visible()
    await typist.to("ConversationStarted")
    await typist.press("Enter")
    await typist.to("State after it")
    await typist.press("Enter")
    output = tab.page.locator("output")
    await expect(output).to_contain_text("Version 1 of")
    await typist.to("Version")
    await typist.press("ArrowRight", "ArrowRight")
    await expect(output).to_contain_text("Version 3 of")
    await typist.to("Next")
    await typist.press("Enter")
    await expect(output).to_contain_text("Version 4 of")
    await typist.to("Timeline", "Shift+Tab")
    await typist.press("Enter")
    await expect(tab.events.first).to_be_visible()


async def test_through_the_graph_to_an_event_and_its_effects(opening: Opening, morning: Morning) -> None:
    typist = await typist_in(opening, f"#graph/{morning.anna.id}")
    tab = typist.tab
    await typist.to("Drawing of the conversation")
    await typist.press("ArrowDown")
    await typist.to("TaskOffered")
    await expect(tab.page.locator(".arrow.near").first).to_be_attached()
    await typist.press("Enter")
    await expect(tab.heading("TaskOffered")).to_be_visible()
    await typist.to("Copy the event id")
    await typist.press("Enter")
    await expect(tab.page.get_by_role("button", name="Copy the event id")).to_have_text("Copied")
    await typist.to("TaskReserved")
    await typist.press("Enter")
    await expect(tab.heading("TaskReserved")).to_be_visible()
    await tab.page.go_back()
    await tab.page.go_back()
    await expect(tab.page.locator(".pane")).to_be_visible()
    await typist.to("List")
    await typist.press("Enter")
    await expect(tab.page.locator(".graph-list")).to_be_visible()


async def test_the_floor_step_by_step(opening: Opening, morning: Morning) -> None:
    typist = await typist_in(opening, "#floor")
    tab = typist.tab
    await expect(tab.page.get_by_role("region", name="Agents")).to_be_visible()
    await typist.to("Step")
    await typist.type("1 hour")
    await typist.to("Back")
    await typist.press("Enter")
    await expect(tab.page.get_by_text("Nobody is logged in.")).to_be_visible()
    await typist.to("Forward")
    await typist.press("Space", "Space")
    await expect(tab.page.get_by_role("region", name="Agents").get_by_role("row", name="Alice")).to_be_visible()


async def test_the_tail_filtered_and_paused_and_the_way_out(opening: Opening, morning: Morning) -> None:
    typist = await typist_in(opening)
    tab = typist.tab
    await typist.to("Live", "Shift+Tab")
    await typist.press("Enter")
    await typist.to("Where")
    await typist.type("type == 'MessagePosted'")
    await typist.press("Enter")
    await expect(tab.page.locator(".tail").get_by_text("Live", exact=True)).to_be_visible()
    await typist.to("Pause")
    await typist.press("Enter")
    await expect(tab.page.get_by_text("Paused", exact=True)).to_be_visible()
    await typist.to("Open an id, a name or a position", "Shift+Tab")
    await typist.type("agent-alice")
    await typist.press("Enter")
    await expect(tab.events.first).to_be_visible()
    await typist.to("Account", "Shift+Tab")
    await typist.press("Enter")
    await typist.press("Escape")
    await expect(tab.button("Leave this page")).to_be_hidden()
    await typist.press("Enter")
    await typist.to("Leave this page")
    await typist.press("Enter")
    await expect(tab.heading("Log in to inspect")).to_be_visible()


async def test_the_skip_link_leads_to_the_content(opening: Opening, morning: Morning) -> None:
    typist = await typist_in(opening, "#streams")
    await typist.to("Skip to the content", "Shift+Tab")
    await expect(typist.tab.page.get_by_text("Skip to the content")).to_be_in_viewport()
    await typist.press("Enter")
    await typist.to("Part of the name")
    await typist.tab.at("#streams")
