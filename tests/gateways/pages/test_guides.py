"""The guides, as the program serves them."""

import re
from functools import cache
from pathlib import Path
from posixpath import dirname, join, normpath
from urllib.parse import urljoin

import aiohttp
import pytest

from gateways.application.guides import Guides

FOLDER = Path(__file__).parents[3] / "docs"
PATHS = sorted(file.relative_to(FOLDER).as_posix() for file in FOLDER.rglob("*.md"))
GUIDES = Guides()


@cache
def page_of(path: str) -> str:
    page = GUIDES.page(path)
    assert page is not None
    return page


def test_every_guide_is_listed_by_its_title() -> None:
    listed = {guide.path: guide.title for guide in GUIDES.listed()}
    assert sorted(listed) == PATHS
    assert listed["channels.md"] == "Build a channel connector"


@pytest.mark.parametrize("path", PATHS)
def test_every_link_of_a_guide_leads_somewhere(path: str) -> None:
    for target in re.findall(r'<a href="([^"]+)"', page_of(path).partition("<main")[2]):
        if not target.startswith("http"):
            file, _, anchor = target.partition("#")
            led = page_of(normpath(join(dirname(path), file)) if file else path)
            assert not anchor or f'id="{anchor}"' in led, target


@pytest.mark.parametrize("path", PATHS)
def test_a_guide_has_no_script_and_no_style_of_its_own(path: str) -> None:
    assert not re.search(r"<script|<style|\sstyle=|\son\w+=", page_of(path))


@pytest.mark.parametrize("path", PATHS)
def test_every_picture_of_a_guide_is_there_and_said_in_words(path: str) -> None:
    for source, words in re.findall(r'<img src="([^"]*)" alt="([^"]*)"', page_of(path)):
        assert (GUIDES.picture(normpath(join(dirname(path), source))) or b"").startswith(b"\x89PNG")
        assert len(words) > len("a picture")


@pytest.mark.parametrize(
    ("markdown", "html"),
    [
        ("[the rooms](../CONTRIBUTING.md#the-rooms)", "<p><span>the rooms</span></p>"),
        ("[away](https://www.example.org)", '<p><a href="https://www.example.org">away</a></p>'),
        ("[itself](guide.md#a-b)", '<p><a href="guide.md#a-b">itself</a></p>'),
        ("## A `b`!", '<h2 id="a-b">A <code>b</code>!</h2>'),
        ("<script>alert(1)</script>", "&lt;script&gt;alert(1)&lt;/script&gt;"),
        ("[x](javascript:alert)", "<p>[x](javascript:alert)</p>"),
        ('[x](data:text/html,x "y")', "<p>[x](data:text/html,x &quot;y&quot;)</p>"),
        ("| a | |\n|---|---|\n| b | c |", "<th>a</th>\n<td></td>"),
        ("```html\n<b>\n```", '<pre tabindex="0"><code>&lt;b&gt;\n</code></pre>'),
    ],
)
def test_markup_and_links_are_safe(tmp_path: Path, markdown: str, html: str) -> None:
    (tmp_path / "guide.md").write_text(f"# <i>\n\n{markdown}\n", encoding="utf-8")
    page = Guides(tmp_path).page("guide.md") or ""
    assert html in page
    assert "<title>&lt;i&gt; · Hybrid Chat</title>" in page


@pytest.mark.parametrize("path", ["", "nothing.md", "../README.md", "clients/hybridchat_client.py"])
def test_only_guides_are_served(path: str) -> None:
    assert GUIDES.page(path) is None


@pytest.mark.asyncio(loop_scope="package")
async def test_guides_are_served_with_the_pages_policy(client: aiohttp.ClientSession) -> None:
    async with client.get("/docs/guides.json") as response:
        assert {guide["path"] for guide in await response.json()} == set(PATHS)
    async with client.get("/docs/guides/events/README.md") as response:
        assert (response.status, response.content_type) == (200, "text/html")
        assert "default-src 'self'" in response.headers["Content-Security-Policy"]
        page = await response.text()
    for loaded in re.findall(r'href="(\.\./[^"]+)"', page.partition("</header>")[0]):
        async with client.get(urljoin("/docs/guides/events/README.md", loaded)) as response:
            assert response.status == 200, loaded
    async with client.get("/docs/guides/..%2f..%2fREADME.md") as response:
        assert (response.status, response.content_type) == (404, "application/problem+json")
