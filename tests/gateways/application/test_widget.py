"""What a website and its visitors load of the chat, as the server answers it."""

import re

import pytest

from tests.gateways.api.admin.administrators import Administrator
from tests.gateways.centre import Centre
from tests.gateways.clients import Caller

pytestmark = pytest.mark.asyncio

WIDGET = {
    "accent": "#0f766e",
    "theme": "dark",
    "launcher": "open",
    "storage": "none",
    "invitation": {"text": {"en": "May I help?"}, "after_seconds": 5},
}


async def test_the_loader_knows_the_launcher_of_its_channel(centre: Centre) -> None:
    root = await Administrator.come(centre)
    channel = await root.read("channels/web")
    (await root.configure("channels/web", {**channel, "language": "de", "widget": WIDGET})).of(200)
    plain = await root.get("/widget/v1.js")
    assert (plain.status, plain.headers["Access-Control-Allow-Origin"]) == (200, "*")
    for _ in range(2):
        loader = await root.get("/widget/v1.js?channel=web")
        assert b'"accent":"#0f766e"' in loader.content
        assert b"May I help?" in loader.content
    other = await root.get("/widget/v1.js?channel=web-direct")
    assert b"#0f766e" not in other.content
    assert (await root.get("/widget/v1.js?channel=callback")).status == 404


async def test_a_pinned_loader_never_changes_and_that_of_another_edition_is_gone(centre: Centre) -> None:
    caller = Caller(centre)
    page = (await caller.get("/widget/frame?channel=web")).content.decode()
    (digest,) = set(re.findall(r"pages/([0-9a-f]{16})/", page))
    pinned = await caller.get(f"/widget/{digest}/loader.js")
    assert "immutable" in pinned.headers["Cache-Control"]
    assert (await caller.get("/widget/0123456789abcdef/loader.js")).status == 404
    assert (await caller.get("/widget/invitation.js")).status == 200


async def test_only_the_channels_origins_may_hold_the_chat_in_a_frame(centre: Centre) -> None:
    root = await Administrator.come(centre)
    channel = await root.read("channels/web")
    (await root.configure("channels/web", {**channel, "allowed_origins": ["https://shop.example"]})).of(200)
    policy = (await root.get("/widget/frame?channel=web")).headers["Content-Security-Policy"]
    assert "frame-ancestors 'self' https://shop.example;" in policy
    assert (await root.get("/widget/frame?channel=nothing")).status == 404
    assert b"widget/v1.js" in (await root.get("/")).content
