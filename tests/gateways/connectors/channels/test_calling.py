"""One call to a provider over a real socket, and what is known at its end."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from datetime import timedelta
from email.utils import format_datetime

import aiohttp
import pytest
import pytest_asyncio
from aiohttp import web

from gateways.connectors.channels import calling
from gateways.connectors.channels.calling import call_provider, fetching, retry_after_of
from gateways.connectors.channels.exceptions import AnswerLostError, NotReachedError
from schemas.instants import utc_now

pytestmark = pytest.mark.asyncio

_MEGABYTE = 1024 * 1024


class Provider:
    """Answers as ``behaviour`` does, and keeps the bodies that it gets."""

    def __init__(self) -> None:
        self.url = ""
        self.bodies: list[bytes] = []
        self.behaviour: Callable[[web.Request], Awaitable[web.StreamResponse]] = _json

    async def answer(self, request: web.Request) -> web.StreamResponse:
        self.bodies.append(await request.read())
        return await self.behaviour(request)


async def _json(request: web.Request) -> web.StreamResponse:
    return web.json_response({"type": request.content_type}, status=201, headers={"Retry-After": "7"})


async def _abort(request: web.Request) -> web.StreamResponse:
    assert request.transport is not None
    request.transport.abort()
    return web.Response()


@pytest_asyncio.fixture
async def http() -> AsyncIterator[aiohttp.ClientSession]:
    async with aiohttp.ClientSession() as session:
        yield session


@pytest_asyncio.fixture
async def provider() -> AsyncIterator[Provider]:
    served = Provider()
    application = web.Application(client_max_size=8 * _MEGABYTE)
    application.router.add_route("*", "/{path:.*}", served.answer)
    runner = web.AppRunner(application, access_log=None, handler_cancellation=True, shutdown_timeout=0.1)
    await runner.setup()
    try:
        await web.TCPSite(runner, "127.0.0.1", 0).start()
        host, port = runner.addresses[0][:2]
        served.url = f"http://{host}:{port}/"
        yield served
    finally:
        await runner.cleanup()


async def test_an_answer_is_known(provider: Provider, http: aiohttp.ClientSession) -> None:
    answer = await call_provider(http, "POST", provider.url, json={"text": "ü"})
    assert (answer.status, answer.json) == (201, {"type": "application/json"})
    assert retry_after_of(answer.headers) == 7.0
    assert provider.bodies == ['{"text":"ü"}'.encode()]


async def test_an_answer_that_is_not_json_is_none(provider: Provider, http: aiohttp.ClientSession) -> None:
    async def html(request: web.Request) -> web.StreamResponse:
        return web.Response(body=b"<html>\xff", status=502)

    provider.behaviour = html
    answer = await call_provider(http, "GET", provider.url)
    assert (answer.status, answer.json, answer.body) == (502, None, b"<html>\xff")


async def test_a_redirect_is_an_answer_and_is_not_followed(provider: Provider, http: aiohttp.ClientSession) -> None:
    async def redirect(request: web.Request) -> web.StreamResponse:
        return web.Response(status=307, headers={"Location": f"{provider.url}elsewhere"})

    provider.behaviour = redirect
    assert (await call_provider(http, "POST", provider.url, json={})).status == 307
    assert len(provider.bodies) == 1


async def test_no_more_than_a_megabyte_is_read(provider: Provider, http: aiohttp.ClientSession) -> None:
    async def long(request: web.Request) -> web.StreamResponse:
        return web.Response(body=b"x" * (3 * _MEGABYTE))

    provider.behaviour = long
    assert len((await call_provider(http, "GET", provider.url)).body) == _MEGABYTE


async def test_a_connection_that_breaks_leaves_open_what_was_done(
    provider: Provider, http: aiohttp.ClientSession
) -> None:
    provider.behaviour = _abort
    with pytest.raises(AnswerLostError):
        await call_provider(http, "POST", f"{provider.url}secret", json={})
    assert len(provider.bodies) == 1


async def test_a_file_that_does_not_come_is_not_reached(provider: Provider, http: aiohttp.ClientSession) -> None:
    provider.behaviour = _abort
    with pytest.raises(NotReachedError):
        async with fetching(http, provider.url) as answer:
            await answer.read()


@pytest.mark.parametrize("url", ["http://127.0.0.1:9/", "http://127.0.0.1:99999/", "https://a..b/", "http://[::1]:9/"])
async def test_without_a_connection_nothing_was_sent(http: aiohttp.ClientSession, url: str) -> None:
    with pytest.raises(NotReachedError) as raised:
        await call_provider(http, "POST", f"{url}secret", json={})
    assert "secret" not in str(raised.value)


async def test_an_upload_has_more_time_than_other_calls(
    provider: Provider, http: aiohttp.ClientSession, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def slow(request: web.Request) -> web.StreamResponse:
        if request.content_type != "multipart/form-data":
            await asyncio.Event().wait()
        return await _json(request)

    provider.behaviour = slow
    monkeypatch.setattr(calling, "_CALL_SECONDS", aiohttp.ClientTimeout(total=0.001))
    with pytest.raises((AnswerLostError, NotReachedError)):
        await call_provider(http, "POST", provider.url, json={})
    form = aiohttp.FormData()
    form.add_field("file", b"x" * 1000, filename="x")
    assert (await call_provider(http, "POST", provider.url, data=form)).status == 201


@pytest.mark.parametrize(
    ("value", "seconds"),
    [("0", 0.0), ("120", 120.0), ("9" * 30, 86_400.0), ("-1", None), ("soon", None), ("\u0663", None)],
)
async def test_seconds_to_wait(value: str, seconds: float | None) -> None:
    assert retry_after_of({"Retry-After": value}) == seconds
    assert retry_after_of({}) is None


async def test_a_pause_may_end_at_a_time() -> None:
    def until(seconds: float) -> float | None:
        return retry_after_of({"Retry-After": format_datetime(utc_now() + timedelta(seconds=seconds), usegmt=True)})

    assert until(-60) == 0.0
    assert 3500 < (until(3600) or 0) <= 3600
    assert until(1e7) == 86_400.0
