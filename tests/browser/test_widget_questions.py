"""The questions before the chat, as a channel has them."""

from typing import Any

import msgspec
import pytest
from playwright.async_api import expect

from tests.browser.host_site import HostSite, Visiting
from tests.browser.inspector import PHONE, violations_in
from tests.gateways.api.admin.administrators import Administrator
from tests.gateways.centre import Centre, eventually
from tests.gateways.identity.signing import PUBLIC_KEY, signed

pytestmark = pytest.mark.asyncio(loop_scope="package")

QUESTIONS: list[dict[str, Any]] = [
    {"name": "name", "label": {"en": "Your name", "de": "Ihr Name"}},
    {"name": "email", "label": {"en": "Your e-mail address"}, "kind": "email", "required": True},
    {
        "name": "queue",
        "label": {"en": "What is it about?"},
        "kind": "choice",
        "required": True,
        "options": [
            {"value": "support", "label": {"en": "My order"}},
            {"value": "sales", "label": {"en": "Something new"}},
        ],
    },
    {"name": "terms", "label": {"en": "I agree"}, "kind": "consent", "required": True},
]


async def asking(centre: Centre, shop: HostSite, **more: Any) -> None:
    administrator = await Administrator.come(centre)
    channel = {"queue": "support", "queues": ["sales"], "allowed_origins": ["*"], "widget": {"form": QUESTIONS}, **more}
    assert (await administrator.put("/admin/v1/channels/asking", channel)).status in (200, 201)
    shop.script = f'<script async src="{shop.chat}/widget/v1.js?channel=asking"></script>'


def started_by(centre: Centre, name: str) -> list[Any]:
    """What was recorded of the starts of the customer with this name."""
    records = centre.services.journal.read_all(0, 100_000)
    starts = [msgspec.json.decode(record.data) for record in records if record.type == "ConversationStarted"]
    return [start for start in starts if start["customer"].get("name") == name]


async def test_questions_are_answered_by_keyboard_and_start_the_chat(
    chat_centre: Centre, shop: HostSite, visiting: Visiting
) -> None:
    await asking(chat_centre, shop)
    visitor = await visiting(viewport=PHONE)
    await visitor.launcher.click()
    await expect(visitor.chat.get_by_label("Your name")).to_be_visible()
    await expect(visitor.chat.get_by_role("textbox", name="Your message")).to_be_hidden()
    assert await violations_in(visitor.page.frames[1]) == []
    keyboard = visitor.page.keyboard
    await visitor.chat.get_by_label("Your name").focus()
    await keyboard.type("Grace")
    await keyboard.press("Enter")
    await expect(visitor.chat.get_by_label("Your e-mail address")).to_be_focused()
    await expect(visitor.chat.get_by_text("Please fill this in.")).to_be_visible()
    assert await violations_in(visitor.page.frames[1]) == []
    await keyboard.type("grace@example.org")
    await keyboard.press("Tab")
    await keyboard.press("ArrowDown")
    await expect(visitor.chat.get_by_label("Something new")).to_be_checked()
    await keyboard.press("Tab")
    await keyboard.press("Space")
    await keyboard.press("Enter")
    await expect(visitor.chat.get_by_role("textbox", name="Your message")).to_be_focused()
    await eventually(lambda: started_by(chat_centre, "Grace"))
    (start,) = started_by(chat_centre, "Grace")
    assert start["customer"] == {"name": "Grace", "email": "grace@example.org"}
    assert start["attributes"] == {"terms": True}
    assert start["queue"] == "sales"
    await visitor.page.reload()
    await visitor.open()
    await expect(visitor.chat.get_by_label("Your name")).to_have_count(0)


async def test_what_the_site_has_said_is_not_asked_again(
    chat_centre: Centre, shop: HostSite, visiting: Visiting
) -> None:
    await asking(chat_centre, shop, identity_keys=[PUBLIC_KEY])
    visitor = await visiting()
    token = signed(sub="c-77", name="Hedy", email="hedy@example.org")
    await visitor.page.evaluate("(token) => hybridchat('identify', token)", token)
    await visitor.page.evaluate("hybridchat('set', { terms: true })")
    await visitor.launcher.click()
    await visitor.chat.get_by_label("My order").check()
    await expect(visitor.chat.get_by_label("Your name")).to_have_count(0)
    await expect(visitor.chat.get_by_label("I agree")).to_have_count(0)
    await visitor.chat.get_by_role("button", name="Start the chat").click()
    await eventually(lambda: started_by(chat_centre, "Hedy"))
    (start,) = started_by(chat_centre, "Hedy")
    assert start["customer"]["verified"] is True
    assert (start["attributes"], start["queue"]) == ({"terms": True}, "support")


async def test_answers_stay_when_the_start_is_refused(chat_centre: Centre, shop: HostSite, visiting: Visiting) -> None:
    administrator = await Administrator.come(chat_centre)
    assert (await administrator.put("/admin/v1/calendars/never", {"zone": "UTC"})).status in (200, 201)
    assert (await administrator.put("/admin/v1/queues/night", {"mrd": "chat", "calendar": "never"})).status in (
        200,
        201,
    )
    questions = {"mode": "live", "form": QUESTIONS[:2]}
    await asking(chat_centre, shop, queue="night", queues=[], widget=questions)
    visitor = await visiting()
    await visitor.launcher.click()
    await visitor.chat.get_by_label("Your name").fill("Ida")
    await visitor.chat.get_by_label("Your e-mail address").fill("ida@example.org")
    await visitor.chat.get_by_role("button", name="Start the chat").click()
    await expect(visitor.chat.get_by_role("status").filter(has_text="Nobody is here now.")).to_be_visible()
    await expect(visitor.chat.get_by_label("Your name")).to_have_value("Ida")
