"""The widget on small screens, enlarged, and as visitors with needs of their own set up their browsers."""

from typing import Any

import pytest
from playwright.async_api import Frame, expect

from tests.browser.host_site import HostSite, Visiting, Visitor
from tests.browser.inspector import violations_in

pytestmark = pytest.mark.asyncio(loop_scope="package")

LONG = "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft " + "x" * 300
URL = "https://shop.example/" + "a-very-long-path/" * 30
LACKS = """() => {
  const lacks = [];
  const inside = (selector) => {
    const { top, bottom, left, right } = document.querySelector(selector).getBoundingClientRect();
    const isInside = top >= 0 && left >= 0 && bottom <= innerHeight + 0.5 && right <= innerWidth + 0.5;
    if (!isInside) lacks.push(`${selector} is cut off`);
  };
  inside("textarea");
  inside(".send");
  inside(".close");
  if (document.documentElement.scrollWidth > innerWidth) lacks.push("the page is scrolled sideways");
  const log = document.querySelector(".log");
  if (log.scrollWidth > log.clientWidth) lacks.push("the log is scrolled sideways");
  const line = parseFloat(getComputedStyle(document.querySelector(".bubble")).lineHeight);
  const room = log.clientHeight - parseFloat(getComputedStyle(log).paddingBlockEnd);
  if (room < 2 * line) lacks.push(`the log has room for ${room / line} lines`);
  for (const each of document.querySelectorAll("button, p, h1")) {
    if (each.scrollWidth > each.clientWidth + 1 && getComputedStyle(each).display !== "inline")
      lacks.push(`${each.textContent} is wider than its place`);
  }
  return lacks;
}"""
SPACED = """() => {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(`
    * { line-height: 1.5 !important; letter-spacing: 0.12em !important; word-spacing: 0.16em !important; }
    p { margin-block-end: 2em !important; }`);
  document.adoptedStyleSheets = [sheet];
}"""


def chat_of(visitor: Visitor) -> Frame:
    return visitor.page.frames[1]


async def talking(visiting: Visiting, **options: Any) -> Visitor:
    """A visitor in a conversation, with all that the head of the chat may show."""
    visitor = await visiting(**options)
    await visitor.page.locator("button[part=launcher]").click()
    for words in (LONG, URL, "Short"):
        await visitor.write(words)
    await expect(visitor.log.locator(".of-customer .bubble")).to_have_count(3)
    await expect(visitor.sending).to_have_count(0)
    return visitor


SIZES = {
    "a small phone": (320, 568),
    "a small phone on its side": (568, 320),
    "a phone on its side": (740, 360),
    "1280 by 800 at 200 %": (640, 400),
    "1280 by 1024 at 400 %": (320, 256),
}


@pytest.mark.parametrize("language", ["de", "ar"])
async def test_the_composer_and_two_lines_are_in_sight_on_every_screen(
    shop: HostSite, visiting: Visiting, language: str
) -> None:
    shop.language, shop.direction = language, "rtl" if language == "ar" else ""
    visitor = await talking(visiting)
    for name, (width, height) in SIZES.items():
        await visitor.page.set_viewport_size({"width": width, "height": height})
        await expect(visitor.field).to_be_in_viewport()
        assert (name, await chat_of(visitor).evaluate(LACKS)) == (name, [])
        assert not await visitor.page.evaluate("document.documentElement.scrollWidth > innerWidth")


async def test_the_keyboard_of_a_phone_leaves_the_composer_in_sight(visiting: Visiting) -> None:
    visitor = await talking(visiting, viewport={"width": 320, "height": 568}, has_touch=True, is_mobile=True)
    await visitor.page.evaluate(
        """() => {
          Object.defineProperty(visualViewport, "height", { get: () => 300 });
          Object.defineProperty(visualViewport, "offsetTop", { get: () => 40 });
          visualViewport.dispatchEvent(new Event("resize"));
        }"""
    )
    box = await visitor.page.locator("iframe").bounding_box()
    assert box == {"x": 0, "y": 40, "width": 320, "height": 300}
    assert await chat_of(visitor).evaluate(LACKS) == []


@pytest.mark.parametrize("width", [320, 1280])
async def test_text_may_be_spaced_wider(visiting: Visiting, width: int) -> None:
    visitor = await talking(visiting, viewport={"width": width, "height": 800})
    await chat_of(visitor).evaluate(SPACED)
    assert await chat_of(visitor).evaluate(LACKS) == []


async def test_in_forced_colours_everything_has_an_edge(visiting: Visiting) -> None:
    visitor = await talking(visiting, forced_colors="active")
    lacking = """selectors => {
      const root = document.querySelector("html > div")?.shadowRoot ?? document;
      const hasEdge = ({ borderBottomStyle, outlineStyle }) => [borderBottomStyle, outlineStyle].includes("solid");
      return selectors.filter((selector) => !hasEdge(getComputedStyle(root.querySelector(selector))));
    }"""
    assert await visitor.page.evaluate(lacking, [".launcher", "dialog"]) == []
    assert await chat_of(visitor).evaluate(lacking, [".bubble", ".send", ".head", ".close", "textarea"]) == []
    assert await violations_in(chat_of(visitor)) == []


async def test_nothing_moves_for_a_visitor_who_wants_no_motion(visiting: Visiting) -> None:
    visitor = await talking(visiting, reduced_motion="reduce")
    moving = "() => document.getAnimations().length"
    assert [await frame.evaluate(moving) for frame in visitor.page.frames] == [0, 0]
    assert await chat_of(visitor).evaluate("getComputedStyle(document.querySelector('.log')).scrollBehavior") == "auto"


async def test_from_right_to_left_each_side_is_mirrored(shop: HostSite, visiting: Visiting) -> None:
    shop.language, shop.direction = "ar", "rtl"
    visitor = await talking(visiting)
    frame = chat_of(visitor)
    left = "selector => document.querySelector(selector).getBoundingClientRect().left"
    assert await frame.evaluate(left, ".send") < await frame.evaluate(left, "textarea")
    assert await frame.evaluate(left, ".close") < await frame.evaluate(left, "h1")
    own = await frame.locator(".of-customer .bubble").last.bounding_box()
    log = await frame.locator(".log").bounding_box()
    assert own is not None
    assert log is not None
    assert own["x"] - log["x"] < log["x"] + log["width"] - own["x"] - own["width"]
