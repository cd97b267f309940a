"""The page that administrators try the widget on, and the sample site in it, as a server serves them."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio

from tests.gateways.api.admin.administrators import Administrator
from tests.gateways.centre import Centre, open_centre

SITE = "/widget/preview/site"


@pytest_asyncio.fixture
async def centre(tmp_path: Path, quick_passwords: None) -> AsyncIterator[Centre]:
    async with open_centre(tmp_path) as opened:
        yield opened


async def site_of(centre: Centre, query: str) -> tuple[str, str]:
    """The sample site, and the policy that it comes with."""
    async with centre.http.get(f"{centre.url}{SITE}?{query}") as response:
        assert response.status == 200, query
        assert response.content_type == "text/html"
        return await response.text(), response.headers["Content-Security-Policy"]


@pytest.mark.asyncio
async def test_the_sample_site_has_the_widget_of_the_channel(centre: Centre) -> None:
    page, policy = await site_of(centre, "channel=web-direct&at=1750000000000")
    assert '<script async src="../v1.js?channel=web-direct&amp;at=1750000000000"></script>' in page
    assert '<html lang="en">' in page
    assert "frame-ancestors 'self'" in policy
    assert "require-trusted-types-for 'script'; trusted-types 'none'" in policy


@pytest.mark.asyncio
@pytest.mark.parametrize(
    ("query", "root"),
    [
        ("language=de", '<html lang="de">'),
        ("language=ar", '<html lang="ar" dir="rtl">'),
        ("language=he-IL&scheme=dark", '<html lang="he-IL" dir="rtl" class="dark">'),
        ("scheme=light", '<html lang="en" class="light">'),
        ("language=%22%3E%3Cscript%3E&scheme=%22%3E", '<html lang="en">'),
    ],
)
async def test_the_sample_site_is_in_the_language_and_the_colours_that_are_tried(
    centre: Centre, query: str, root: str
) -> None:
    page, _ = await site_of(centre, f"channel=web-direct&{query}")
    assert root in page
    assert page.count("<script") == 2


@pytest.mark.asyncio
async def test_what_is_no_number_does_not_reach_the_address_of_the_script(centre: Centre) -> None:
    for at in ("%22onload=%22alert(1)", "1%262", "²"):
        page, _ = await site_of(centre, f"channel=web-direct&at={at}")
        assert '<script async src="../v1.js?channel=web-direct"></script>' in page


@pytest.mark.asyncio
@pytest.mark.parametrize(("theme", "passed"), [("system", True), ("light", False), ("dark", False), ("page", False)])
async def test_only_a_widget_that_follows_the_visitor_s_system_is_given_the_colours(
    centre: Centre, theme: str, passed: bool
) -> None:
    administrator = await Administrator.come(centre)
    body = {"queue": "support", "widget": {"theme": theme}}
    assert (await administrator.configure("channels/shop", body)).status == 201
    page, _ = await site_of(centre, "channel=shop&scheme=dark")
    assert ('data-theme="dark"' in page) == passed


@pytest.mark.asyncio
@pytest.mark.parametrize("name", ["", "nothing", "%3Cscript%3E", "calls"])
async def test_there_is_no_sample_site_without_a_widget(centre: Centre, name: str) -> None:
    administrator = await Administrator.come(centre)
    (await administrator.configure("channels/calls", {"queue": "support", "kind": "callback"})).of(201)
    async with centre.http.get(f"{centre.url}{SITE}?channel={name}") as response:
        assert response.status == 404
        assert response.content_type == "application/problem+json"


@pytest.mark.asyncio
async def test_a_sample_site_that_has_not_changed_is_not_sent_again(centre: Centre) -> None:
    address = f"{centre.url}{SITE}?channel=web-direct"
    async with centre.http.get(address) as response:
        tag = response.headers["ETag"]
    async with centre.http.get(address, headers={"If-None-Match": tag}) as response:
        assert response.status == 304
    async with centre.http.get(f"{address}&language=de", headers={"If-None-Match": tag}) as response:
        assert response.status == 200


@pytest.mark.asyncio
async def test_no_other_site_may_show_the_page_in_a_frame(centre: Centre) -> None:
    async with centre.http.get(f"{centre.url}/widget/preview") as response:
        assert "frame-ancestors 'none'" in response.headers["Content-Security-Policy"]
