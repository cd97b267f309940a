"""The fixtures of the tests of the pages: one browser, and one contact centre after one morning."""

import time
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AsyncExitStack
from typing import Any

import pytest
import pytest_asyncio
from playwright.async_api import Browser

from gateways.command_line.serve.greeter import serve_greeter
from tests.browser.chromium import open_chromium
from tests.browser.desk_tab import DeskTab, open_desk
from tests.browser.host_site import HostSite, Visiting, Visitor, open_host_site, open_visitor
from tests.browser.inspector import Inspector, open_tab
from tests.browser.morning import Morning, play_morning
from tests.browser.serving import end_conversations
from tests.gateways.api.admin.administrators import Administrator
from tests.gateways.centre import Centre, open_centre
from tests.gateways.clients import Agent
from tests.gateways.conftest import pytest_asyncio_loop_factories, quick_passwords

__all__ = ["kept_session", "pytest_asyncio_loop_factories", "quick_passwords"]

PROJECTED = {"runner": "thread"}
"""The settings of the projections: they run in a thread of the server."""
Opening = Callable[..., Awaitable[Inspector]]

SECRETS = {"support_bot": "123456:a-token-of-no-bot"}
"""The secrets in the settings."""

_ROLES = {"sue": "supervisor", "root": "administrator"}


@pytest_asyncio.fixture(scope="package", loop_scope="package")
async def browser() -> AsyncIterator[Browser]:
    async with open_chromium() as opened:
        yield opened


@pytest_asyncio.fixture(scope="package", loop_scope="package")
async def users_browser() -> AsyncIterator[Browser]:
    """What a frame of another site keeps, it keeps for that site; pages that are left may be come back to."""
    async with open_chromium(as_users_have_it=True) as opened:
        yield opened


@pytest_asyncio.fixture(scope="package", loop_scope="package")
async def centre(tmp_path_factory: pytest.TempPathFactory, quick_passwords: None) -> AsyncIterator[Centre]:
    """The demo's contact centre with its bot and its projections."""
    data_dir = tmp_path_factory.mktemp("centre")
    async with serve_greeter() as bot, open_centre(data_dir, bot, reporting=PROJECTED, secrets=SECRETS) as opened:
        yield opened


@pytest_asyncio.fixture(scope="package", loop_scope="package")
async def chat_centre(tmp_path_factory: pytest.TempPathFactory, quick_passwords: None) -> AsyncIterator[Centre]:
    """The demo's contact centre for the tests of the widget, each of which leaves nobody waiting in it."""
    data_dir = tmp_path_factory.mktemp("chat")
    async with serve_greeter() as bot, open_centre(data_dir, bot) as opened:
        yield opened


@pytest_asyncio.fixture(loop_scope="package")
async def shop(chat_centre: Centre) -> AsyncIterator[HostSite]:
    """A website with the widget. Every conversation that was begun on it is ended afterwards."""
    position = chat_centre.services.hub.position
    async with open_host_site(chat_centre.url) as opened:
        yield opened
    await end_conversations(chat_centre, position)


@pytest_asyncio.fixture(loop_scope="package")
async def visiting(users_browser: Browser, shop: HostSite) -> AsyncIterator[Visiting]:
    """Visitors come to the shop."""
    async with AsyncExitStack() as stack:

        async def come(**options: Any) -> Visitor:
            visitor = await stack.enter_async_context(open_visitor(users_browser, shop, **options))
            await visitor.come()
            return visitor

        yield come


@pytest_asyncio.fixture(loop_scope="package")
async def desk_centre(chat_centre: Centre) -> AsyncIterator[Centre]:
    """The centre with time to wrap up. Afterwards nobody waits in it, and no agent is ready."""
    root = await Administrator.come(chat_centre)
    queue = {"mrd": "chat", "offer_timeout_seconds": 600, "wrap_up_seconds": 600}
    (await root.configure("queues/support", queue)).of(200)
    position = chat_centre.services.hub.position
    yield chat_centre
    for name in ("alice", "bob"):
        agent = await Agent.log_in(chat_centre, name)
        (await agent.post("/agent/v1/logout", {"tasks": {"chat": "close"}})).of(204)
    await end_conversations(chat_centre, position)


@pytest_asyncio.fixture(loop_scope="package")
async def alice(browser: Browser, desk_centre: Centre) -> AsyncIterator[DeskTab]:
    """Alice's desk, at which she is not ready yet."""
    kept = kept_session(await Agent.log_in(desk_centre, "alice"))
    async with open_desk(browser, desk_centre.url, kept) as desk:
        await desk.come()
        yield desk


@pytest_asyncio.fixture(scope="package", loop_scope="package")
async def morning(centre: Centre) -> Morning:
    return await play_morning(centre)


@pytest_asyncio.fixture(scope="package", loop_scope="package")
async def sessions(centre: Centre, morning: Morning) -> dict[str, dict[str, Any]]:
    """The stored sessions of a supervisor and an administrator who are logged in, and of a key that only inspects."""
    administrator = await Administrator.come(centre)
    key = (await administrator.post("/admin/v1/api-keys/looks", {"scopes": ["inspect"]})).of(201)["key"]
    kept = {name: kept_session(await Agent.log_in(centre, name), role) for name, role in _ROLES.items()}
    return {**kept, "looks": {"token": key}}


def kept_session(agent: Agent, role: str = "agent") -> dict[str, Any]:
    """The session as a tab keeps it, of an agent who is logged in already."""
    return {
        "token": agent.token,
        "expiresAt": (time.time() + 900) * 1000,
        "refreshToken": agent.refresh_token,
        "agent": {"agent_id": agent.id, "name": agent.id.title(), "role": role},
    }


@pytest_asyncio.fixture(loop_scope="package")
async def opening(browser: Browser, centre: Centre, sessions: dict[str, dict[str, Any]]) -> AsyncIterator[Opening]:
    """Opens tabs: for nobody, for sue or root, who are logged in already, or for the key ``looks``."""
    async with AsyncExitStack() as stack:

        async def open_(name: str | None = None, **options: Any) -> Inspector:
            kept = None if name is None else sessions[name]
            return await stack.enter_async_context(open_tab(browser, centre.url, kept, **options))

        yield open_


@pytest_asyncio.fixture(loop_scope="package")
async def root(opening: Opening) -> Inspector:
    """An administrator, who sees everything."""
    return await opening("root")


@pytest_asyncio.fixture(loop_scope="package")
async def sue(opening: Opening) -> Inspector:
    """A supervisor, who reads the team's conversations in clear."""
    return await opening("sue")


@pytest_asyncio.fixture(loop_scope="package")
async def looker(opening: Opening) -> Inspector:
    """Somebody with an API key, to whom personal values are masked."""
    return await opening("looks")
