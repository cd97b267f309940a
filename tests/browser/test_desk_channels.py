"""The desk says before sending what the customer's channel cannot show."""

from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest
import pytest_asyncio
from playwright.async_api import Browser, expect

from gateways.connectors.channels.inbound import Inbound, InboundContact, InboundCustomer, InboundMessage
from gateways.connectors.channels.receiving import receive
from schemas.posting import PostedText
from tests.browser.conftest import kept_session
from tests.browser.desk_tab import DeskTab, open_desk
from tests.browser.inspector import both_themes
from tests.gateways.centre import NO_BOT, Centre, open_centre
from tests.gateways.clients import Agent
from tests.gateways.connectors.channels.twilio.requests import ACCOUNT, SENDER, TOKEN

pytestmark = pytest.mark.asyncio(loop_scope="package")

CONNECTOR: dict[str, Any] = {
    "type": "twilio",
    "account": ACCOUNT,
    "sender": SENDER,
    "auth_token": "twilio_token",
    **dict.fromkeys(("base_url", "messaging_url", "content_url"), NO_BOT),
}
CUSTOMER = "+15005550001"


@pytest_asyncio.fixture(loop_scope="package")
async def centre(tmp_path: Path, quick_passwords: None) -> AsyncIterator[Centre]:
    channels = {"sms": {"kind": "connector", "queue": "support", "connector": CONNECTOR}}
    async with open_centre(tmp_path, channels=channels, secrets={"twilio_token": TOKEN}) as opened:
        yield opened


@pytest_asyncio.fixture(loop_scope="package")
async def alice(browser: Browser, centre: Centre) -> AsyncIterator[DeskTab]:
    """Alice's desk, at which a customer of the channel is in front."""
    kept = kept_session(await Agent.log_in(centre, "alice"))
    async with open_desk(browser, centre.url, kept) as desk:
        await desk.come()
        await desk.go_ready()
        hello = InboundMessage(provider_id="m1", customer=InboundCustomer(id=CUSTOMER), content=PostedText("Hello"))
        await receive(centre.services, "sms", Inbound(items=[hello]))
        await desk.accept()
        yield desk


async def test_what_an_sms_cannot_show_is_said_while_it_is_written(alice: DeskTab, centre: Centre) -> None:
    words = alice.front.locator(".channel-words")
    await alice.field.fill("short")
    await expect(words).to_have_text("")
    await alice.field.fill("long " * 700)
    await expect(words).to_have_text("Goes out in 3 messages: the channel takes no longer ones.")
    async for theme in both_themes(alice.page):
        assert await alice.violations() == [], theme
    await alice.field.fill("")
    await expect(words).to_have_text("")
    await alice.button("More to send").click()
    await alice.page.get_by_role("menuitem", name="Choices to press").click()
    await alice.dialog.get_by_label("Choices", exact=True).fill("red\nblue")
    await expect(alice.dialog.get_by_text("they go out as a numbered text")).to_be_visible()
    await alice.press("Escape")
    await alice.front.locator("input[type=file]").set_input_files(
        {"name": "offer.txt", "mimeType": "text/plain", "buffer": b"the offer"}
    )
    await expect(alice.page.get_by_text("offer.txt goes as a link")).to_be_visible()
    blocked = InboundContact(customer_id=CUSTOMER, reachable=False, reason="has opted out")
    await receive(centre.services, "sms", Inbound(items=[blocked]))
    await expect(words).to_have_text("The channel does not reach the customer: has opted out")
    async for theme in both_themes(alice.page):
        assert await alice.violations() == [], theme
