"""The description and the pages, as a server serves them."""

import gzip
import json
import re
import subprocess
from pathlib import Path
from typing import Any
from urllib.parse import urljoin

import aiohttp
import msgspec
import pytest
from jsonschema import Draft202012Validator

from gateways.application.application import API
from gateways.feeds.closings import CLOSINGS, Closing
from gateways.openapi import describe
from gateways.openapi.feeds import ALL_SIGNALS
from schemas.events import REGISTRY
from tests.node import node_program

DESCRIPTION = describe(API)
PAGES = {
    "/admin": "Hybrid Chat Administration",
    "/desk": "Hybrid Chat Desk",
    "/docs": "Hybrid Chat API",
    "/floor": "Hybrid Chat Floor",
    "/gallery": "Hybrid Chat Gallery",
    "/inspect": "Hybrid Chat Inspect",
    "/reports": "Hybrid Chat Reports",
    "/widget/preview": "Hybrid Chat Widget",
}
_STORES = ("sessionStorage", "localStorage", "indexedDB", "document.cookie")
OF_OTHER_TESTS = {"widget", "home", "sample-site"}


def test_every_page_is_tested() -> None:
    folder = Path(__file__).parents[3] / "gateways" / "pages"
    folders = {path[1:].replace("/", "-") for path in PAGES}
    assert {page.parent.name for page in folder.glob("*/index.html")} == folders | OF_OTHER_TESTS


async def text_of(client: aiohttp.ClientSession, path: str) -> str:
    async with client.get(path) as response:
        assert response.status == 200, path
        return await response.text()


async def links_of(client: aiohttp.ClientSession, path: str) -> set[str]:
    """The files that a page loads, and those that its scripts import."""
    page = await text_of(client, path)
    found = {urljoin(path, link) for link in re.findall(r'(?:href|src)="((?:\.\./)*pages/[^"]+)"', page)}
    unread = {path for path in found if path.endswith(".js")}
    while unread:
        script = await text_of(client, path := unread.pop())
        imported = {urljoin(path, name) for name in re.findall(r'(?:from|import) "(\.[^"]+)"', script)}
        unread |= imported - found
        found |= imported
    return found


def named(path: str) -> tuple[str, str]:
    """The edition and the file in an address such as ``/pages/0123456789abcdef/docs/docs.js``."""
    found = re.fullmatch(r"/pages/([0-9a-f]{16})/(.+)", path)
    assert found is not None, path
    return found[1], found[2]


@pytest.mark.asyncio(loop_scope="package")
async def test_the_first_page_has_a_chat_only_where_there_is_a_channel_for_it(client: aiohttp.ClientSession) -> None:
    page = await text_of(client, "/")
    assert "<title>Hybrid Chat</title>" in page
    assert "<script" not in page


@pytest.mark.asyncio(loop_scope="package")
async def test_the_description_is_served(client: aiohttp.ClientSession) -> None:
    async with client.get("/openapi.json") as response:
        assert response.status == 200
        assert response.content_type == "application/json"
        assert response.headers["Cache-Control"] == "no-cache"
        assert await response.json() == DESCRIPTION


@pytest.mark.asyncio(loop_scope="package")
@pytest.mark.parametrize("path", PAGES)
async def test_the_page_is_served(client: aiohttp.ClientSession, path: str) -> None:
    async with client.get(path) as response:
        assert response.status == 200
        assert response.content_type == "text/html"
        assert f"<title>{PAGES[path]}</title>" in await response.text()


@pytest.mark.asyncio(loop_scope="package")
@pytest.mark.parametrize("path", PAGES)
async def test_the_page_may_run_only_the_servers_own_scripts(client: aiohttp.ClientSession, path: str) -> None:
    async with client.get(path) as response:
        policy = response.headers["Content-Security-Policy"]
        page = await response.text()
    assert "default-src 'self'" in policy
    assert "require-trusted-types-for 'script'; trusted-types 'none'" in policy
    assert "unsafe" not in policy
    assert not re.search(r"<script(?![^>]*src=)|<style|\son\w+=|\sstyle=", page)
    assert not re.search(r'(?:href|src)="(?:https?:)?//', page)


@pytest.mark.asyncio(loop_scope="package")
@pytest.mark.parametrize("page", PAGES)
async def test_everything_that_the_page_loads_is_served(client: aiohttp.ClientSession, page: str) -> None:
    links = await links_of(client, page)
    types = {".css": "text/css", ".js": "javascript", ".svg": "image/svg+xml"}
    assert {path.rpartition(".")[2] for path in links} == {"css", "js", "svg"}
    for path in links:
        async with client.get(path) as response:
            assert response.status == 200, path
            assert types[f".{path.rpartition('.')[2]}"] in response.headers["Content-Type"]
            assert response.headers["X-Content-Type-Options"] == "nosniff"


@pytest.mark.asyncio(loop_scope="package")
@pytest.mark.parametrize("page", PAGES)
async def test_no_script_makes_markup_from_data(client: aiohttp.ClientSession, page: str) -> None:
    unsafe = re.compile(r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|eval\(|cookie")
    for path in await links_of(client, page):
        if path.endswith(".js"):
            assert not unsafe.search(await text_of(client, path)), path


def test_only_few_scripts_keep_anything() -> None:
    """A session is kept for as long as its tab is open, and only what a person has chosen or typed for longer. The chat
    of visitors has rules and tests of its own."""
    folder = Path(__file__).parents[3] / "gateways" / "pages"
    scripts = {path.relative_to(folder).as_posix(): path.read_text(encoding="utf-8") for path in folder.rglob("*.js")}
    of_visitors = ("widget/", "sample-site/")
    of_others = {path: script for path, script in scripts.items() if not path.startswith(of_visitors)}
    keeping = {word: {path for path, script in of_others.items() if word in script} for word in _STORES}
    assert keeping == {
        "sessionStorage": {"base/session/session.js", "base/session/openid.js"},
        "localStorage": {"base/storage.js"},
        "indexedDB": set(),
        "document.cookie": set(),
    }


@pytest.mark.asyncio(loop_scope="package")
@pytest.mark.parametrize("path", PAGES)
async def test_a_page_that_has_not_changed_is_not_sent_again(client: aiohttp.ClientSession, path: str) -> None:
    async with client.get(path) as response:
        tag = response.headers["ETag"]
    async with client.get(path, headers={"If-None-Match": tag}) as response:
        assert response.status == 304


@pytest.mark.asyncio(loop_scope="package")
@pytest.mark.parametrize("page", PAGES)
async def test_what_a_page_loads_is_kept_for_good(client: aiohttp.ClientSession, page: str) -> None:
    links = await links_of(client, page)
    assert len({named(path)[0] for path in links}) == 1
    for path in links:
        async with client.get(path) as response:
            assert response.headers["Cache-Control"] == "public, max-age=31536000, immutable", path


@pytest.mark.asyncio(loop_scope="package")
@pytest.mark.parametrize("address", ["/pages/{}", "/pages/0123456789abcdef/{}"], ids=["without edition", "of another"])
async def test_a_page_of_an_earlier_edition_goes_on_with_the_present_files(
    client: aiohttp.ClientSession, address: str
) -> None:
    (path,) = [path for path in await links_of(client, "/docs") if path.endswith("/docs/docs.js")]
    present = await text_of(client, path)
    async with client.get(address.format("docs/docs.js")) as response:
        assert await response.text() == present
        assert response.headers["Cache-Control"] == "no-cache"


@pytest.mark.asyncio(loop_scope="package")
@pytest.mark.parametrize("page", PAGES)
async def test_a_page_has_all_its_scripts_loaded_at_once(client: aiohttp.ClientSession, page: str) -> None:
    text = await text_of(client, page)
    preloaded = {urljoin(page, link) for link in re.findall(r'<link rel="modulepreload" href="([^"]+)">', text)}
    (entry,) = re.findall(r'<script type="module" src="([^"]+)">', text)
    scripts = {path for path in await links_of(client, page) if path.endswith(".js")}
    assert preloaded == scripts - {urljoin(page, entry)}


@pytest.mark.asyncio(loop_scope="package")
@pytest.mark.parametrize(
    ("accepted", "coding"),
    [
        ("gzip, deflate, br", "gzip"),
        ("br;q=1.0, gzip;q=0.8, *;q=0.1", "gzip"),
        ("GZIP", "gzip"),
        ("gzip;q=0", None),
        ("gzip; q=0.000", None),
        ("br", None),
        ("", None),
    ],
)
@pytest.mark.parametrize("page", ["/docs", "/pages/docs/docs.js"])
async def test_a_client_that_takes_gzip_gets_it(
    client: aiohttp.ClientSession, page: str, accepted: str, coding: str | None
) -> None:
    async with client.get(page, headers={"Accept-Encoding": "identity"}) as response:
        plain = await response.read()
    async with client.get(page, headers={"Accept-Encoding": accepted}, auto_decompress=False) as response:
        content = await response.read()
        assert response.headers.get("Content-Encoding") == coding
        assert response.headers["Vary"] == "Accept-Encoding"
    assert (gzip.decompress(content) if coding else content) == plain
    assert (len(content) < len(plain)) == (coding is not None)


@pytest.mark.asyncio(loop_scope="package")
@pytest.mark.parametrize("path", ["/pages/..%2foperations.py", "/pages/nothing.js", "/pages/"])
async def test_only_pages_are_served(client: aiohttp.ClientSession, path: str) -> None:
    async with client.get(path) as response:
        assert response.status == 404
        assert response.content_type == "application/problem+json"


@pytest.mark.asyncio(loop_scope="package")
@pytest.mark.parametrize("path", ["/healthz", "/readyz"])
async def test_health_is_as_described(client: aiohttp.ClientSession, path: str) -> None:
    described = DESCRIPTION["paths"][path]["get"]["responses"]["200"]
    async with client.get(path) as response:
        assert response.status == 200
        answered: Any = await response.json()
    Draft202012Validator(described["content"]["application/json"]["schema"]).validate(answered)


@pytest.fixture(scope="module")
def drawn() -> dict[str, str]:
    """The words that the page's scripts draw for each operation and event, and for the introduction."""
    here = Path(__file__).parent
    done = subprocess.run(
        [node_program(), here / "drawing.mjs", here.parents[2] / "gateways" / "pages" / "docs"],
        input=msgspec.json.encode(DESCRIPTION),
        capture_output=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr.decode()
    words: dict[str, str] = json.loads(done.stdout)
    return words


def test_the_page_draws_every_operation_and_event(drawn: dict[str, str]) -> None:
    operations = {
        operation["operationId"]: operation["summary"]
        for item in DESCRIPTION["paths"].values()
        for operation in item.values()
    }
    events = {name: name for name in [*REGISTRY.types, *(signal.__name__ for signal in ALL_SIGNALS)]}
    titles = {**operations, **events, "close-codes": "Close codes of a WebSocket"}
    assert drawn.keys() == {"introduction", *titles}
    assert [name for name, title in titles.items() if not drawn[name].startswith(title)] == []
    assert [name for name, words in drawn.items() if re.search(r"\bundefined\b|\[object|\bNaN\b", words)] == []


@pytest.mark.parametrize(
    ("event", "words"),
    [
        ("MessagePosted", "Seen by the customer, the agents in the conversation and inspection."),
        ("MessagePosted", "Hidden from the customer:  expects ."),
        ("AgentLoggedIn", "Seen by the agent and inspection."),
        ("ItemConfigured", "Seen by inspection alone."),
        ("NoteAdded", "A note among agents; the customer never sees it."),
        ("TypingChanged", "On the live feeds of customers and agents."),
        ("WaitChanged", "On the live feeds of customers."),
    ],
)
def test_the_page_says_who_sees_an_event_and_when_it_occurs(drawn: dict[str, str], event: str, words: str) -> None:
    assert words in drawn[event]


@pytest.mark.parametrize("event", REGISTRY.types)
def test_the_page_shows_the_fields_of_every_event(drawn: dict[str, str], event: str) -> None:
    fields = DESCRIPTION["components"]["schemas"][event]["properties"]
    assert [name for name in fields if name not in drawn[event].split()] == []


@pytest.mark.parametrize("closing", CLOSINGS, ids=lambda closing: str(closing.code))
def test_the_page_says_what_a_close_code_means(drawn: dict[str, str], closing: Closing) -> None:
    assert str(closing.code) in drawn["close-codes"]
    assert closing.remedy in drawn["close-codes"]


@pytest.mark.parametrize(
    ("operation", "curl"),
    [
        ("customer_upload_attachment", '-F "file=@receipt.pdf;type=application/pdf"'),
        ("admin_import_configuration", "--data-binary @file.toml"),
        ("admin_import_agents_csv", "--data-binary @file.csv"),
        ("admin_get_queue", "/admin/v1/queues/$NAME"),
        ("customer_post_message", "/customer/v1/conversations/$CONVERSATION/messages"),
    ],
)
def test_the_page_shows_a_request_to_copy(drawn: dict[str, str], operation: str, curl: str) -> None:
    assert curl in drawn[operation]


def test_the_page_sends_files(drawn: dict[str, str]) -> None:
    assert "File, sent as text/csv" in drawn["admin_import_agents_csv"]
