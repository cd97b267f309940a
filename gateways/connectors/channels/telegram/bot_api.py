"""Calls of the Bot API. The bot's token stands in every address, so that no address leaves this file."""

from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

import msgspec

from gateways.connectors.channels.calling import ProviderAnswer, call_provider, fetching, retry_after_of
from gateways.connectors.channels.connector import Line
from schemas.configuration.connectors import TelegramSettings

if TYPE_CHECKING:
    import aiohttp  # takes long to import

__all__ = ["ALLOWED_UPDATES", "MethodAnswer", "call_method", "opened_file", "without_token"]

ALLOWED_UPDATES = ["message", "edited_message", "callback_query", "my_chat_member"]
"""The kinds of updates that Telegram is asked for."""

_MAX_DESCRIPTION = 300


class _Parameters(msgspec.Struct, frozen=True):
    retry_after: float | None = None
    migrate_to_chat_id: int | None = None


class _Body(msgspec.Struct, frozen=True):
    ok: bool
    result: Any = None
    error_code: int | None = None
    description: str = ""
    parameters: _Parameters = _Parameters()


class MethodAnswer(msgspec.Struct, frozen=True, kw_only=True):
    """``is_genuine`` is whether the body is of the Bot API. If not, something on the way has answered, and only
    ``status`` and ``retry_after`` say anything. ``new_chat_id`` is that of a chat which has moved there."""

    status: int
    is_genuine: bool = True
    ok: bool = False
    result: Any = None
    code: int
    description: str = ""
    retry_after: float | None = None
    new_chat_id: int | None = None


async def call_method(
    line: Line[TelegramSettings], name: str, parameters: Mapping[str, Any], form: "aiohttp.FormData | None" = None
) -> MethodAnswer:
    """Calls the method with its parameters as JSON, or with a form that holds them and a file. Raises NotReachedError,
    AnswerLostError and SettingsError."""
    token = _token(line)
    url = f"{_base(line)}/bot{quote(token, safe=':')}/{name}"
    if form is not None:
        answer = await call_provider(line.http, "POST", url, data=form)
    else:
        answer = await call_provider(line.http, "POST", url, json=parameters)
    return _read(answer, token)


@asynccontextmanager
async def opened_file(line: Line[TelegramSettings], path: str) -> AsyncIterator["aiohttp.ClientResponse"]:
    """Opens a file of the bot, whose path ``getFile`` has given. Raises NotReachedError and SettingsError."""
    url = f"{_base(line)}/file/bot{quote(_token(line), safe=':')}/{quote(path)}"
    async with fetching(line.http, url) as answer:
        yield answer


def without_token(line: Line[TelegramSettings], words: str) -> str:
    """The words of Telegram about an address, which may hold the token where the bot was set up by others."""
    return words.replace(_token(line), "…")


def _token(line: Line[TelegramSettings]) -> str:
    return line.secrets.named(line.settings.token)


def _base(line: Line[TelegramSettings]) -> str:
    return line.settings.base_url.rstrip("/")


def _read(answer: ProviderAnswer, token: str) -> MethodAnswer:
    try:
        body = msgspec.convert(answer.json, _Body)
    except msgspec.ValidationError:
        retry_after = retry_after_of(answer.headers)
        return MethodAnswer(status=answer.status, is_genuine=False, code=answer.status, retry_after=retry_after)
    return MethodAnswer(
        status=answer.status,
        ok=body.ok,
        result=body.result,
        code=body.error_code or answer.status,
        description=body.description.replace(token, "…")[:_MAX_DESCRIPTION],
        retry_after=body.parameters.retry_after or retry_after_of(answer.headers),
        new_chat_id=body.parameters.migrate_to_chat_id,
    )
