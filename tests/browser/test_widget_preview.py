"""The page on which administrators try and configure the widget."""

from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import AsyncExitStack
from itertools import count
from pathlib import Path
from typing import Any

import pytest
import pytest_asyncio
from playwright.async_api import Browser, FrameLocator, Locator, Page, ViewportSize, expect

from config.demo import DEMO_PASSWORD
from schemas.configuration import Channel
from schemas.events import REGISTRY, ItemConfigured
from schemas.widget_texts import WIDGET_TEXTS
from tests.browser.host_site import open_host_site, open_visitor
from tests.browser.inspector import DESKTOP, PHONE, Inspector, Theme, open_tab
from tests.gateways.api.admin.administrators import Administrator
from tests.gateways.centre import Centre, open_centre

pytestmark = pytest.mark.asyncio(loop_scope="package")

Trying = Callable[..., Awaitable["Playground"]]

WHOLE: Mapping[str, Any] = {
    "accent": "#ffdd00",
    "texts": {"title": {"en": "Ask the shop", "de": "Fragen Sie den Laden"}},
    "form": [
        {"name": "email", "label": {"en": "Your address"}, "kind": "email", "required": True},
        {
            "name": "topic",
            "label": {"en": "What is it about?"},
            "kind": "choice",
            "options": [{"value": "order", "label": {"en": "An order", "de": "Eine Bestellung"}}],
        },
    ],
    "invitation": {"text": {"en": "May we help?"}, "after_seconds": 0.05, "paths": ["/pricing"]},
}


_numbers = count(1)


class Playground:
    """The page with the widget of a channel."""

    def __init__(self, tab: Inspector, channel: str) -> None:
        self.tab = tab
        self.page: Page = tab.page
        self.channel = channel

    async def come(self, name: str | None = "root") -> None:
        await self.page.goto(f"{self.tab.url}/widget/preview#{self.channel}")
        if name is not None:
            await self.tab.log_in(name)
            await expect(self.form).to_be_visible()

    @property
    def form(self) -> Locator:
        return self.page.get_by_role("form", name=f"Settings of the widget of {self.channel}")

    @property
    def site(self) -> FrameLocator:
        return self.page.frame_locator(".stage iframe")

    @property
    def launcher(self) -> Locator:
        return self.site.get_by_role("button", name="Chat")

    @property
    def chat(self) -> FrameLocator:
        return self.site.frame_locator("iframe")

    @property
    def accent(self) -> Locator:
        return self.page.get_by_label("Accent as #rrggbb")

    def section(self, name: str) -> Locator:
        return self.page.get_by_role("region", name=name)

    async def word(self, name: str, words: str, language: str = "en") -> None:
        texts = self.section("Words of your own")
        await texts.get_by_role("button", name="Add text").click()
        await texts.get_by_label("Text", exact=True).last.select_option(name)
        await texts.get_by_label("Language").last.fill(language)
        await texts.get_by_label("Own words").last.fill(words)

    async def save(self) -> None:
        await self.tab.button("Save").click()

    async def saved(self) -> None:
        await self.save()
        await expect(self.form.get_by_role("status").filter(has_text="Saved.")).to_be_visible()

    def sample(self, title: str) -> Locator:
        return self.page.locator("code-block").filter(has=self.page.get_by_text(title, exact=True)).locator("pre")


@pytest_asyncio.fixture(loop_scope="package")
async def trying(browser: Browser, chat_centre: Centre) -> AsyncIterator[Trying]:
    """Opens the page for a channel of the test's own, with these settings of its widget."""
    async with AsyncExitStack() as stack:

        async def come(
            name: str | None = "root", widget: Mapping[str, Any] | None = None, **options: Any
        ) -> Playground:
            channel = f"shop-{next(_numbers)}"
            body = {"queue": "support", "queues": ["sales"], "allowed_origins": ["*"], "widget": widget}
            (await (await Administrator.come(chat_centre)).configure(f"channels/{channel}", body)).of(201)
            tab = await stack.enter_async_context(open_tab(browser, chat_centre.url, **options))
            playground = Playground(tab, channel)
            await playground.come(name)
            return playground

        yield come


async def configured(centre: Centre, channel: str) -> dict[str, Any]:
    found: dict[str, Any] = await (await Administrator.come(centre)).read(f"channels/{channel}")
    return found


def changes(centre: Centre, channel: str) -> list[Channel]:
    """The channel as each event of the configuration has it, in their order."""
    found = []
    for record in centre.services.journal.read_all(0, 100_000):
        if record.type == "ItemConfigured":
            event = REGISTRY.decode(record)
            assert isinstance(event, ItemConfigured)
            found += [item for name, item in event.item.channels.items() if name == channel]
    return found


async def test_visitors_have_what_was_saved(chat_centre: Centre, trying: Trying) -> None:
    playground = await trying()
    await playground.accent.fill("#b3141f")
    await playground.word("title", "Ask the crew")
    await playground.word("title", "Fragen Sie uns doch", "de")
    await playground.saved()
    await expect(playground.launcher).to_have_css("background-color", "rgb(179, 20, 31)")
    await playground.launcher.click()
    await expect(playground.chat.get_by_role("heading", name="Ask the crew")).to_be_visible()
    await playground.section("Preview").get_by_label("Language").select_option("de")
    await expect(playground.chat.get_by_role("heading", name="Fragen Sie uns doch")).to_be_visible()
    change = changes(chat_centre, playground.channel)[-1]
    assert change.widget is not None
    assert change.widget.accent == "#b3141f"
    assert change.widget.texts == {"title": {"en": "Ask the crew", "de": "Fragen Sie uns doch"}}
    assert (change.queues, change.allowed_origins) == (["sales"], ["*"])


async def test_a_chat_that_is_open_stays_open_and_leaves_the_focus_where_it_is(trying: Trying) -> None:
    playground = await trying()
    await playground.launcher.click()
    await expect(playground.chat.get_by_role("heading", name="Chat with us")).to_be_visible()
    await playground.word("title", "Ask the crew")
    await playground.tab.button("Save").focus()
    await playground.page.keyboard.press("Enter")
    await expect(playground.chat.get_by_role("heading", name="Ask the crew")).to_be_visible()
    await expect(playground.tab.button("Save")).to_be_focused()


async def test_colours_are_shown_as_they_are_chosen(chat_centre: Centre, trying: Trying) -> None:
    playground = await trying(widget={"accent": "#b3141f"})
    await playground.launcher.click()
    await expect(playground.chat.get_by_role("heading")).to_be_visible()
    await playground.accent.fill("#ffdd00")
    await expect(playground.launcher).to_have_css("background-color", "rgb(255, 221, 0)")
    await expect(playground.chat.locator(".head")).to_have_css("background-color", "rgb(255, 221, 0)")
    looks = playground.section("Looks")
    await expect(looks).to_contain_text("Black text on it is read well: 15.")
    await expect(looks).to_contain_text("On a white page the button is hard to see")
    await looks.get_by_label("Light or dark").select_option("dark")
    await expect(playground.chat.locator("html")).to_have_attribute("data-scheme", "dark")
    await playground.accent.fill("")
    await expect(playground.launcher).to_have_css("background-color", "rgb(11, 92, 173)")
    assert len(changes(chat_centre, playground.channel)) == 1


async def test_what_the_server_refuses_is_said_at_the_field(chat_centre: Centre, trying: Trying) -> None:
    playground = await trying(widget=WHOLE)
    await playground.word("joined", "{nme} is here")
    await playground.section("Questions before the chat").get_by_label("Name").first.fill("Not a name")
    await playground.save()
    name = playground.section("Questions before the chat").get_by_label("Name").first
    await expect(name).to_be_focused()
    await expect(name).to_have_accessible_description(
        "Expected a name of lower-case letters, digits, '.', '_' and '-', at most 64."
    )
    await name.fill("email")
    await playground.save()
    words = playground.section("Words of your own").get_by_label("Own words").last
    await expect(words).to_be_focused()
    await expect(words).to_have_accessible_description("Has the unknown placeholder {nme}; use {name}.")
    await expect(name).not_to_have_attribute("aria-invalid", "true")
    assert len(changes(chat_centre, playground.channel)) == 1
    await words.fill("{name} is here")
    await playground.saved()
    await expect(playground.page.locator("[aria-invalid]")).to_have_count(0)


async def test_a_language_that_is_there_twice_is_not_lost_without_a_word(chat_centre: Centre, trying: Trying) -> None:
    playground = await trying()
    await playground.word("title", "One")
    await playground.word("title", "Another")
    await playground.save()
    second = playground.section("Words of your own").get_by_label("Language").last
    await expect(second).to_be_focused()
    await expect(second).to_have_accessible_description("There are words in en already.")
    await second.fill("german language")
    await playground.save()
    await expect(second).to_have_accessible_description("Write the tag of a language, such as en, de or pt-BR.")
    assert len(changes(chat_centre, playground.channel)) == 1


async def test_every_text_that_a_channel_may_word_can_be_chosen(trying: Trying) -> None:
    playground = await trying()
    await playground.word("title", "Ask the crew")
    chosen = playground.section("Words of your own").get_by_label("Text", exact=True)
    names = await chosen.locator("option").evaluate_all("options => options.map(({ value }) => value)")
    assert names == list(WIDGET_TEXTS)
    await chosen.select_option("joined")
    await expect(playground.section("Words of your own")).to_contain_text("In English: {name} has joined.")


async def test_questions_are_made_and_moved_by_keyboard_alone(chat_centre: Centre, trying: Trying) -> None:
    playground = await trying()
    keyboard, questions = playground.page.keyboard, playground.section("Questions before the chat")
    for name in ("email", "size"):
        await questions.get_by_role("button", name="Add question").focus()
        await keyboard.press("Enter")
        await keyboard.type(name)
        await questions.get_by_label("Words").last.focus()
        await keyboard.type(f"Your {name}?")
    kind = questions.get_by_label("Kind").last
    await kind.focus()
    await keyboard.type("One of")
    await questions.get_by_role("button", name="Add option").last.focus()
    await keyboard.press("Enter")
    await keyboard.type("xl")
    await questions.get_by_label("Words").last.focus()
    await keyboard.type("Extra large")
    up = questions.get_by_role("button", name="Move this question up").last
    await up.focus()
    await keyboard.press("Enter")
    await expect(questions.get_by_role("button", name="Move this question up").first).to_be_focused()
    await playground.page.get_by_label("Accent as #rrggbb").focus()
    await keyboard.press("Enter")  # as in every form
    await expect(playground.form.get_by_role("status").filter(has_text="Saved.")).to_be_visible()
    widget = (await configured(chat_centre, playground.channel))["widget"]
    assert [question["name"] for question in widget["form"]] == ["size", "email"]
    assert widget["form"][0]["options"] == [{"value": "xl", "label": {"en": "Extra large"}}]
    await questions.get_by_role("button", name="Remove this question").first.focus()
    await keyboard.press("Enter")
    await expect(questions.get_by_label("Name")).to_be_focused()
    await playground.saved()
    widget = (await configured(chat_centre, playground.channel))["widget"]
    assert [question["name"] for question in widget["form"]] == ["email"]


async def test_everything_that_is_configured_is_in_the_form_and_stays(chat_centre: Centre, trying: Trying) -> None:
    playground = await trying(widget={**WHOLE, "mode": "live", "max_wait_seconds": 90, "sound": False})
    await expect(playground.tab.button("Undo all")).to_be_disabled()
    await playground.section("What it does").get_by_label("Visitors may send files").uncheck()
    await expect(playground.tab.button("Undo all")).to_be_enabled()
    await playground.saved()
    expected = {**WHOLE, "mode": "live", "max_wait_seconds": 90, "sound": False, "attachments": False}
    assert (await configured(chat_centre, playground.channel))["widget"] == expected
    await playground.section("Invitation").get_by_label("Invite visitors").uncheck()
    await playground.tab.button("Undo all").click()
    await expect(playground.section("Invitation").get_by_label("Invite visitors")).to_be_checked()


async def test_an_invitation_is_tried_on_the_page_that_it_is_for(trying: Trying) -> None:
    playground = await trying(widget=WHOLE)
    page = playground.section("Preview").get_by_label("Page", exact=True)
    await page.fill("/pricing")
    await page.press("Enter")
    invitation = playground.site.get_by_role("button", name="May we help?")
    await expect(invitation).to_be_visible()
    await playground.site.get_by_role("button", name="Close").click()
    await playground.tab.button("Start again").click()
    await expect(invitation).to_be_visible()


async def test_a_supervisor_looks_and_changes_nothing(trying: Trying) -> None:
    playground = await trying("sue", WHOLE)
    await expect(playground.form).to_contain_text("Only an administrator may change it.")
    await expect(playground.accent).to_be_disabled()
    await expect(playground.accent).to_have_value("#ffdd00")
    await expect(playground.tab.button("Save")).to_be_hidden()
    await expect(playground.launcher).to_have_css("background-color", "rgb(255, 221, 0)")
    assert await playground.tab.violations() == []


async def test_only_supervisors_and_administrators_come_in(trying: Trying) -> None:
    playground = await trying(None)
    for name, words in (("nobody", "name or the password"), ("alice", "supervisor")):
        await playground.tab.log_in(name)
        await expect(playground.tab.alert).to_contain_text(words)
    await playground.tab.log_in("root")
    await expect(playground.form).to_be_visible()
    await playground.tab.button("Log out").click()
    await expect(playground.tab.heading("Try and configure the chat")).to_be_visible()


async def test_an_api_key_of_administrators_is_enough(chat_centre: Centre, trying: Trying) -> None:
    administrator = await Administrator.come(chat_centre)
    answer = await administrator.post("/admin/v1/api-keys/pages", {"scopes": ["admin"]})
    playground = await trying(None)
    await playground.page.get_by_text("Use an API key instead").click()
    await playground.page.get_by_label("API key").fill("no such key")
    await playground.tab.button("Use this key").click()
    await expect(playground.tab.alert).not_to_be_empty()
    await playground.page.get_by_label("API key").fill(answer.of(201)["key"])
    await playground.tab.button("Use this key").click()
    await playground.accent.fill("#0a6b3d")
    await playground.saved()


async def test_a_session_that_has_ended_loses_nothing_of_what_was_typed(chat_centre: Centre, trying: Trying) -> None:
    playground = await trying()
    await playground.accent.fill("#0a6b3d")
    administrator = await Administrator.come(chat_centre)
    (await administrator.configure("agents/root/password", {"password": "in the third year"})).of(204)
    chat_centre.services.accounts.set_passwords({"root": DEMO_PASSWORD})
    await playground.save()
    await expect(playground.tab.heading("Log in again")).to_be_visible()
    assert (await playground.tab.violations(), await playground.tab.overflows()) == ([], False)
    await playground.tab.log_in("root")
    await expect(playground.form.get_by_role("status").filter(has_text="Saved.")).to_be_visible()
    assert (await configured(chat_centre, playground.channel))["widget"] == {"accent": "#0a6b3d"}


async def test_a_token_that_has_expired_is_renewed_without_a_question(trying: Trying) -> None:
    playground = await trying()
    expired = {"status": 401, "code": "token_expired", "detail": "The token has expired."}
    await playground.page.route(
        "**/admin/v1/channels/*", lambda route: route.fulfill(status=401, json=expired), times=1
    )
    await playground.accent.fill("#0a6b3d")
    await playground.saved()
    await expect(playground.page.get_by_role("dialog")).to_have_count(0)


async def test_what_was_typed_stays_when_the_server_does_not_answer(trying: Trying) -> None:
    playground = await trying()
    await playground.page.route("**/admin/v1/channels/*", lambda route: route.abort(), times=1)
    await playground.accent.fill("#0a6b3d")
    await playground.save()
    await expect(playground.form).to_contain_text("Nothing is saved: The server does not answer. Try again.")
    await playground.saved()
    playground.tab.faults.remove("Failed to load resource: net::ERR_FAILED")
    await expect(playground.accent).to_have_value("#0a6b3d")


async def test_another_channel_is_looked_at_and_nothing_typed_is_lost(chat_centre: Centre, trying: Trying) -> None:
    playground = await trying()
    await playground.accent.fill("#0a6b3d")
    channels = playground.page.get_by_label("Channel", exact=True)
    await channels.select_option("web-direct")
    await expect(playground.accent).to_have_value("")
    await playground.tab.at("#web-direct")
    await channels.select_option(playground.channel)
    await expect(playground.accent).to_have_value("#0a6b3d")
    await expect(playground.launcher).to_have_css("background-color", "rgb(10, 107, 61)")
    await playground.saved()
    assert (await configured(chat_centre, playground.channel))["widget"] == {"accent": "#0a6b3d"}


async def test_what_somebody_else_has_saved_meanwhile_is_not_overwritten(chat_centre: Centre, trying: Trying) -> None:
    playground = await trying()
    administrator = await Administrator.come(chat_centre)
    path = f"channels/{playground.channel}"
    other = {"queue": "support", "allowed_origins": ["https://shop.example"], "widget": {"accent": "#b3141f"}}
    await playground.accent.fill("#0a6b3d")
    (await administrator.configure(path, other)).of(200)
    await playground.save()
    await expect(playground.form).to_contain_text("somebody else has changed this widget meanwhile")
    await expect(playground.accent).to_have_value("#0a6b3d")
    assert (await administrator.read(path))["widget"] == {"accent": "#b3141f"}
    await playground.tab.button("Save mine over it").click()
    await expect(playground.form.get_by_role("status").filter(has_text="Saved.")).to_be_visible()
    assert (await administrator.read(path)) == {**other, "widget": {"accent": "#0a6b3d"}}
    (await administrator.configure(path, {**other, "widget": {"theme": "dark"}})).of(200)
    await playground.accent.fill("#7a2e8e")
    await playground.save()
    await playground.tab.button("Take theirs, and leave mine").click()
    await expect(playground.accent).to_have_value("")
    await expect(playground.section("Looks").get_by_label("Light or dark")).to_have_value("dark")


async def test_the_page_works_behind_the_prefix_of_a_proxy(chat_centre: Centre, trying: Trying) -> None:
    playground = await trying(None)
    page, inner = playground.page, f"{chat_centre.url}/support/chat/"
    await page.route(f"{inner}**", lambda route: route.continue_(url=route.request.url.replace("/support/chat/", "/")))
    await page.goto(f"{inner}widget/preview#{playground.channel}")
    await playground.tab.log_in("root")
    await playground.accent.fill("#0a6b3d")
    await playground.saved()
    await expect(playground.launcher).to_have_css("background-color", "rgb(10, 107, 61)")
    await expect(playground.sample("HTML")).to_contain_text(f'src="{inner}widget/v1.js?channel={playground.channel}"')


@pytest.mark.parametrize("title", ["HTML", "HTML, pinned"])
async def test_the_lines_that_are_copied_show_the_chat_on_a_strict_site(
    browser: Browser, chat_centre: Centre, trying: Trying, title: str
) -> None:
    playground = await trying(widget={"accent": "#b3141f"})
    await playground.tab.button("Get the code").click()
    await expect(playground.tab.heading("Put it on your website")).to_be_focused()
    for summary in ("A site with a Content-Security-Policy", "A script that never changes"):
        await playground.page.get_by_text(summary).click()
    await playground.sample(title).wait_for()
    await playground.tab.button(f"Copy: {title}").click()
    line = await playground.page.evaluate("navigator.clipboard.readText()")
    policy = await playground.sample("Content-Security-Policy").inner_text()
    async with open_host_site(chat_centre.url) as site:
        site.headers["Content-Security-Policy"] = f"default-src 'self'; {policy}; require-trusted-types-for 'script'"
        site.script = line
        async with open_visitor(browser, site) as visitor:
            await visitor.come()
            await expect(visitor.launcher).to_have_css("background-color", "rgb(179, 20, 31)")
            await visitor.open()
            await expect(visitor.chat.locator(".head")).to_have_css("background-color", "rgb(179, 20, 31)")


async def test_a_page_that_came_over_http_says_why_it_computes_no_digest(trying: Trying) -> None:
    playground = await trying(None)
    await playground.page.add_init_script("Object.defineProperty(window, 'isSecureContext', { value: false })")
    await playground.page.reload()
    await playground.tab.log_in("root")
    await playground.page.get_by_text("A script that never changes").click()
    await expect(playground.section("Put it on your website")).to_contain_text("only on a page that came over https")


async def test_it_says_which_sites_may_show_the_chat(chat_centre: Centre, trying: Trying) -> None:
    playground = await trying(None)
    administrator = await Administrator.come(chat_centre)
    for origins, words in (
        ([], "No site may show it yet."),
        (["https://shop.example"], "These sites may show it: https://shop.example"),
        (["*"], "Every site may show the chat"),
    ):
        body = {"queue": "support", "allowed_origins": origins}
        (await administrator.configure(f"channels/{playground.channel}", body)).of(200)
        await playground.page.reload()
        await playground.tab.log_in("root")
        await expect(playground.section("Put it on your website")).to_contain_text(words)


async def test_where_there_is_no_channel_for_it_the_page_says_how_to_add_one(
    browser: Browser, tmp_path: Path, quick_passwords: None
) -> None:
    async with open_centre(tmp_path) as centre, open_tab(browser, centre.url) as tab:
        administrator = await Administrator.come(centre)
        for name in (await administrator.read("channels"))["items"]:
            (await administrator.remove(f"channels/{name}")).of(204)
        playground = Playground(tab, "")
        await playground.come(None)
        await tab.log_in("root")
        await expect(tab.page.get_by_text("There is no channel of kind web yet.")).to_be_visible()
        toml = await playground.sample("Configuration").inner_text()
        (await administrator.put_text("configuration", toml, "application/toml")).of(200)
        assert await tab.violations() == []


@pytest.mark.parametrize(
    ("theme", "size"),
    [("light", DESKTOP), ("dark", DESKTOP), ("light", PHONE), ("dark", PHONE)],
    ids=["light-desktop", "dark-desktop", "light-phone", "dark-phone"],
)
async def test_the_page_is_accessible(trying: Trying, theme: Theme, size: ViewportSize) -> None:
    playground = await trying(None, WHOLE, theme=theme, size=size)
    await expect(playground.tab.heading("Try and configure the chat")).to_be_visible()
    assert (await playground.tab.violations(), await playground.tab.overflows()) == ([], False)
    await playground.tab.log_in("root")
    await expect(playground.launcher).to_be_visible()
    await playground.word("title", "Twice")
    await playground.save()
    await expect(playground.page.locator(".fault")).to_have_count(1)
    for summary in ("A site with a Content-Security-Policy", "A script that never changes"):
        await playground.page.get_by_text(summary).click()
    await playground.sample("HTML, pinned").wait_for()
    assert (await playground.tab.violations(), await playground.tab.overflows()) == ([], False)
