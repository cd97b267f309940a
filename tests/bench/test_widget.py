"""What a chat costs a website is measured where it arises."""

import json
from collections.abc import AsyncIterator
from pathlib import Path

import aiohttp
import pytest
import pytest_asyncio
from playwright.async_api import Browser

from tests.bench.servers import hybrid_chat
from tests.bench.widget import Site, measure
from tests.bench.widget_sites import serve_chatwoot, serve_site, widget_script
from tests.browser.chromium import open_chromium

pytestmark = pytest.mark.asyncio

_BUSY = "<script>for (const begun = performance.now(); performance.now() - begun < 300; );</script>"


@pytest_asyncio.fixture
async def browser(chromium: None) -> AsyncIterator[Browser]:
    async with open_chromium() as opened:
        yield opened


async def test_our_widget_costs_one_small_request_before_it_is_opened(browser: Browser, tmp_path: Path) -> None:
    with hybrid_chat(tmp_path) as chat:
        async with serve_site(widget_script(f"http://{chat.host}:{chat.port}")) as address:
            cost = await measure(browser, Site(address, ".launcher"))
    assert cost.requests == 1
    assert 1 < cost.kilobytes < 8 < cost.opening_kilobytes < 80
    assert cost.opening_requests > 1
    assert cost.launcher > 0
    assert cost.composer > 0


async def test_a_script_that_keeps_the_page_busy_is_a_long_task(browser: Browser) -> None:
    async with serve_site(_BUSY) as address:
        cost = await measure(browser, Site(address))
    assert (cost.requests, cost.kilobytes, cost.opening_requests) == (0, 0, 0)
    assert cost.long_tasks >= 1
    assert cost.blocked >= 200
    assert cost.script >= 200


async def test_the_files_of_a_chatwoot_are_served_as_its_server_does(tmp_path: Path) -> None:
    build = {
        "entrypoints/widget.js": {"file": "assets/widget.js", "css": ["assets/widget.css"], "imports": ["one", "two"]},
        "one": {"file": "assets/one.js", "imports": ["two"]},
        "two": {"file": "assets/two.js", "imports": ["one"], "css": ["assets/widget.css"]},
    }
    (tmp_path / "vite/.vite").mkdir(parents=True)
    (tmp_path / "vite/.vite/manifest.json").write_text(json.dumps(build))
    (tmp_path / "vite/assets").mkdir()
    (tmp_path / "vite/assets/one.js").write_text("one" * 1000)
    async with serve_chatwoot(tmp_path) as address, aiohttp.ClientSession(address) as http:
        async with http.get("/widget?website_token=shop") as response:
            page = await response.text()
        async with http.get("/vite/assets/one.js") as response:
            assert (response.headers["Content-Encoding"], await response.text()) == ("gzip", "one" * 1000)
        async with http.get("/vite/assets/absent.js") as response:
            assert response.status == 404
    for name in ("widget.js", "widget.css", "one.js", "two.js"):
        assert page.count(f'"/vite/assets/{name}"') == 1
