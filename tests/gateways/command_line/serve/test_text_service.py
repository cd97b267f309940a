"""The demo's service for text messages: phones on one side, the signed webhook on the other."""

from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import aiohttp
import pytest
import pytest_asyncio

from gateways.command_line.serve.demo import set_up_demo
from gateways.command_line.serve.greeter import serve_greeter
from gateways.command_line.serve.text_service import TextService, serve_text_service
from tests.gateways.centre import Centre, open_centre

pytestmark = [pytest.mark.asyncio, pytest.mark.usefixtures("quick_passwords")]

PHONE = "+43 660 1234567"


@pytest_asyncio.fixture
async def texts() -> AsyncIterator[TextService]:
    async with serve_text_service(0) as service:
        yield service


@pytest_asyncio.fixture
async def centre(tmp_path: Path, texts: TextService) -> AsyncIterator[Centre]:
    async with serve_greeter() as bot, open_centre(tmp_path, bot, **texts.settings) as opened:
        texts.chat_url = f"{opened.url}/connectors/v1/texts"
        yield opened


async def write(texts: TextService, **body: Any) -> int:
    async with aiohttp.ClientSession() as http, http.post(f"{texts.url}/texts", json=body) as answer:
        return answer.status


async def read(texts: TextService, after: str) -> list[str]:
    address = f"{texts.url}/texts"
    async with aiohttp.ClientSession() as http, http.get(address, params={"phone": PHONE, "after": after}) as answer:
        return [text["text"] for text in (await answer.json())["texts"]]


async def test_a_phone_writes_and_reads_the_answer(centre: Centre, texts: TextService) -> None:
    assert await write(texts, **{"from": PHONE, "text": "Hello"}) == 200
    greeting = "Hello, I am the greeter. What can I do for you?\n1. Talk to a person"
    assert await read(texts, "1") == ["Hello", greeting]
    assert await write(texts, **{"from": PHONE, "text": "1"}) == 200
    assert (await read(texts, "3"))[3:] == ["I will find you a person. One moment, please."]
    assert await read(texts, "soon") == await read(texts, "0")
    (view,) = centre.services.conversations
    assert (view.channel, view.status, view.customer.phone) == ("texts", "waiting_for_agent", PHONE)


@pytest.mark.parametrize("body", [{}, {"from": PHONE}, {"from": "", "text": "x"}, {"from": PHONE, "text": "x" * 5000}])
async def test_what_is_no_text_is_refused(texts: TextService, body: dict[str, str]) -> None:
    assert await write(texts, **body) == 422


async def test_a_phone_writes_before_the_server_serves(texts: TextService) -> None:
    assert await write(texts, **{"from": PHONE, "text": "Hello"}) == 503


async def test_what_is_not_signed_reaches_no_phone(texts: TextService) -> None:
    forged = {"type": "message", "customer_id": PHONE, "piece": {"type": "text", "text": "Hello"}}
    async with aiohttp.ClientSession() as http, http.post(f"{texts.url}/hybridchat", json=forged) as answer:
        assert answer.status == 401


async def test_the_port_may_be_taken(texts: TextService) -> None:
    port = int(texts.url.rpartition(":")[2])
    async with serve_text_service(port) as other:
        assert other.url != texts.url


async def test_the_demo_finds_its_service_at_another_address(centre: Centre, texts: TextService) -> None:
    await set_up_demo(centre.services)
    channel = centre.services.configuration.channels["texts"]
    assert channel.connector == centre.services.settings.tables.channels["texts"].connector
