"""Hybrid Chat works behind nginx as everybody first writes it, and as docs/proxies.md does."""

import asyncio
import dataclasses
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import aiohttp
import pytest

from tests.gateways.centre import PATIENCE, Centre, open_centre
from tests.gateways.clients import Caller, Customer
from tests.gateways.proxies.nginx import run_nginx
from tests.node import node_program

pytestmark = [pytest.mark.asyncio, pytest.mark.usefixtures("quick_passwords")]

FIRST = "location / {{ proxy_pass http://127.0.0.1:{port}; }}"
OLD = "location / {{ proxy_pass http://127.0.0.1:{port}; proxy_http_version 1.0; }}"
PREFIX = "location /chat/ {{ proxy_pass http://127.0.0.1:{port}/; }}"
DOCUMENTED = """
location /chat/ {{
    proxy_pass http://127.0.0.1:{port}/;
    proxy_http_version 1.1;
    proxy_set_header Upgrade $http_upgrade;
    proxy_set_header Connection $connection_upgrade;
    proxy_set_header Host $http_host;
    proxy_set_header X-Forwarded-For $proxy_add_x_forwarded_for;
    proxy_set_header X-Forwarded-Proto $scheme;
    proxy_set_header X-Forwarded-Prefix /chat;
}}
"""


@asynccontextmanager
async def behind(
    nginx: Path, tmp_path: Path, locations: str, prefix: str = "", *, tls: bool = False
) -> AsyncIterator[Centre]:
    """A centre whose address is that of nginx in front of it."""
    trusting = {"data_dir": str(tmp_path / "data"), "trusted_proxies": ["127.0.0.1"]}
    async with open_centre(tmp_path / "data", server=trusting) as centre:
        configured = locations.format(port=centre.port)
        async with (
            run_nginx(tmp_path / "nginx", nginx, configured, tls=tls) as origin,
            aiohttp.ClientSession(connector=aiohttp.TCPConnector(ssl=False)) as http,
        ):
            yield dataclasses.replace(centre, url=origin + prefix, http=http)


SITES: list[Any] = [
    pytest.param(FIRST, "", False, id="plain"),
    pytest.param(OLD, "", False, id="http_1_0"),
    pytest.param(PREFIX, "/chat", False, id="prefix"),
    pytest.param(DOCUMENTED, "/chat", False, id="documented"),
    pytest.param(FIRST, "", True, id="tls"),
    pytest.param(DOCUMENTED, "/chat", True, id="documented_tls"),
]


@pytest.mark.parametrize(("locations", "prefix", "tls"), SITES)
async def test_an_event_stream_is_live(nginx: Path, tmp_path: Path, locations: str, prefix: str, tls: bool) -> None:
    async with behind(nginx, tmp_path, locations, prefix, tls=tls) as centre:
        customer = await Customer.start(centre)
        async with customer.event_stream(f"{customer.path}/events", **{"Accept-Encoding": "gzip"}) as stream:
            await stream.take(2)
            for number in range(3):
                (await customer.write(f"Hello {number}")).of(201)
                assert (await stream.next())["data"]["content"]["text"] == f"Hello {number}"


async def test_an_event_stream_is_live_over_http_2(nginx: Path, tmp_path: Path) -> None:
    async with behind(nginx, tmp_path, DOCUMENTED, "/chat", tls=True) as centre:
        customer = await Customer.start(centre)
        script = Path(__file__).with_name("http2.mjs")
        origin, path = centre.url.removesuffix("/chat"), f"/chat{customer.path}/events"
        client = await asyncio.create_subprocess_exec(
            node_program(), script, origin, path, str(customer.token), stdout=asyncio.subprocess.PIPE
        )
        assert client.stdout is not None
        try:
            async with asyncio.timeout(PATIENCE):
                await client.stdout.readuntil(b"AgentRequested")
                (await customer.write("Hello")).of(201)
                await client.stdout.readuntil(b'"text":"Hello"')
        finally:
            client.kill()
            await client.communicate()


@pytest.mark.parametrize("locations", [FIRST, OLD])
async def test_a_web_socket_that_lost_its_upgrade_says_so(nginx: Path, tmp_path: Path, locations: str) -> None:
    async with behind(nginx, tmp_path, locations) as centre:
        customer = await Customer.start(centre)
        browser = Caller(centre)
        protocols = f"hybridchat.v1, bearer.{customer.token}"
        answer = await browser.knock(f"{customer.path}/events", **{"Sec-WebSocket-Protocol": protocols})
        details = answer.problem(426, "upgrade_lost")
        assert "Upgrade and Connection" in details.detail


@pytest.mark.parametrize("tls", [False, True])
async def test_a_web_socket_is_live_behind_the_documented_proxy(nginx: Path, tmp_path: Path, tls: bool) -> None:
    async with behind(nginx, tmp_path, DOCUMENTED, "/chat", tls=tls) as centre:
        customer = await Customer.start(centre)
        async with customer.follow() as feed:
            await feed.take(2)
            (await customer.write("Hello")).of(201)
            assert (await feed.next())["data"]["content"]["text"] == "Hello"


async def test_addresses_hold_the_prefix_that_the_proxy_tells(nginx: Path, tmp_path: Path) -> None:
    async with behind(nginx, tmp_path, DOCUMENTED, "/chat") as centre:
        customer = await Customer.start(centre)
        described = (await Caller(centre).get("/openapi.json")).of(200)
        assert described["servers"][0]["url"] == "/chat"
        uploaded = (await customer.upload(b"Hello", "a.txt", "text/plain")).of(201)
        assert uploaded["url"].startswith(f"/chat{customer.path}/attachments/")


@pytest.mark.parametrize(("locations", "prefix"), [(FIRST, ""), (PREFIX, "/chat")])
async def test_the_description_fits_any_prefix(nginx: Path, tmp_path: Path, locations: str, prefix: str) -> None:
    async with behind(nginx, tmp_path, locations, prefix) as centre:
        described = (await Caller(centre).get("/openapi.json")).of(200)
        assert described["servers"][0]["url"] == "."
        for page in ("/docs", "/inspect"):
            answer = await Caller(centre).get(page)
            assert answer.status == 200
            assert b'src="/' not in answer.content
            assert b'href="/' not in answer.content
