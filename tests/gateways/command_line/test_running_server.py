"""The errors of a command whose server does not answer as it should."""

import asyncio

import click
import pytest
from aiohttp import web

from gateways.command_line.running_server import call_server, decode_answer
from schemas.api.admin import ImportResult
from tests.gateways.client.scripted import scripted

pytestmark = pytest.mark.asyncio

ONE_ERROR = b'{"code": "invalid_input", "detail": "name is missing", "errors": [{"path": "name", "message": "is"}]}'
TWO_ERRORS = (
    b'{"code": "invalid_input", "detail": "no", "errors":'
    b' [{"path": "name", "message": "is missing"}, {"path": "team\\u001b", "message": "is unknown"}]}'
)


async def called(answer: web.Response, token: str) -> bytes:
    async def handler(request: web.Request) -> web.Response:
        return answer

    async with scripted(handler) as client:
        return await asyncio.to_thread(call_server, client.url, "PUT", "/anything", token, b"{}")


async def test_a_call_sends_its_token_and_its_media_type() -> None:
    async def mirror(request: web.Request) -> web.Response:
        sent = request.headers
        return web.Response(text=f"{request.path_qs} {sent.get('Authorization')} {sent['Content-Type']}")

    async with scripted(mirror) as client:
        for token, authorization in (("key", "Bearer key"), ("", "None")):
            answer = await asyncio.to_thread(call_server, client.url, "PUT", "/a?b=%20", token, b"x", "text/csv")
            assert answer.decode() == f"/a?b=%20 {authorization} text/csv"


@pytest.mark.parametrize(
    ("answer", "message"),
    [
        (web.Response(status=422, body=ONE_ERROR), "name is missing"),
        (web.Response(status=422, body=TWO_ERRORS), "name: is missing\nteam\\x1b: is unknown"),
        (web.Response(status=409, body=b'{"code": "x", "detail": "one\\ntwo\\u001b"}'), "one\ntwo\\x1b"),
        (web.Response(status=503, body=b'{"code": "x", "detail": "not now"}'), "not now"),
        (web.Response(status=404, text="<html>"), "the server answered 404; is it Hybrid Chat?"),
        (web.Response(status=404, text='{"detail": "Not Found"}'), "the server answered 404; is it Hybrid Chat?"),
        (web.Response(status=301, headers={"Location": "/"}), "the server answered 301; is it Hybrid Chat?"),
    ],
)
async def test_a_refusal_is_an_error_in_words(answer: web.Response, message: str) -> None:
    with pytest.raises(click.ClickException) as raised:
        await called(answer, "key")
    assert raised.value.message == message


@pytest.mark.parametrize("token", ["é", "a\nb", "\x1b"])
async def test_a_token_of_impossible_characters_is_not_sent(token: str) -> None:
    with pytest.raises(click.ClickException, match="the key or token has a character that none can have"):
        await called(web.Response(), token)


async def test_a_server_that_is_not_there_is_an_error_in_words() -> None:
    with pytest.raises(click.ClickException) as raised:
        await asyncio.to_thread(call_server, "http://127.0.0.1:9", "GET", "/anything", "key")
    assert raised.value.message == "cannot reach http://127.0.0.1:9: connection refused"


async def test_an_answer_of_another_kind_is_an_error_in_words() -> None:
    for content in (b"<html>", b'{"added": "1"}'):
        with pytest.raises(click.ClickException) as raised:
            decode_answer("http://127.0.0.1:9", content, ImportResult)
        assert raised.value.message == "http://127.0.0.1:9 does not answer as Hybrid Chat does; check --url"
