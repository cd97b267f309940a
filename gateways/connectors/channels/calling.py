"""One call to a provider, whose end is known: an answer, certainly no call, or nobody knows."""

import time
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from email.utils import parsedate_to_datetime
from typing import Any, NamedTuple

import aiohttp
import msgspec

from gateways.connectors.channels.exceptions import AnswerLostError, NotReachedError

__all__ = ["ProviderAnswer", "call_provider", "fetching", "retry_after_of"]

_MAX_RETRY_AFTER = 24 * 3600.0
_MAX_ANSWER = 1024 * 1024
_CALL_SECONDS = aiohttp.ClientTimeout(total=30, connect=10)
_UPLOAD_SECONDS = aiohttp.ClientTimeout(total=300, connect=10, sock_read=30)
"""Of a form, which may hold a file: 50 MB take their time. What is read is counted from when all is sent."""
_FETCH_SECONDS = aiohttp.ClientTimeout(total=300, connect=10, sock_read=30)
_NOT_REACHED = (aiohttp.ClientConnectorError, aiohttp.ConnectionTimeoutError, aiohttp.InvalidURL, UnicodeError)
"""Without a connection, nothing has been sent. A host such as ``a..b`` is no Unicode name."""


class ProviderAnswer(NamedTuple):
    """``json`` is the decoded body, or None when it is not JSON."""

    status: int
    headers: Mapping[str, str]
    body: bytes

    @property
    def json(self) -> Any:
        try:
            return msgspec.json.decode(self.body)
        except msgspec.DecodeError:
            return None


async def call_provider(
    http: aiohttp.ClientSession,
    method: str,
    url: str,
    *,
    headers: Mapping[str, str] | None = None,
    auth: aiohttp.BasicAuth | None = None,
    json: Any = None,
    data: Any = None,
) -> ProviderAnswer:
    """Makes the call once, follows no redirect and reads at most a megabyte of the answer. ``json`` is encoded as the
    body, ``data`` is a form, a multipart form or bytes. Raises NotReachedError and AnswerLostError; their words do not
    hold the address, which may hold a token."""
    timeout = _UPLOAD_SECONDS if isinstance(data, aiohttp.FormData) else _CALL_SECONDS
    sent = {"Content-Type": "application/json", **(headers or {})} if json is not None else headers
    body = msgspec.json.encode(json) if json is not None else data
    try:
        async with http.request(
            method, url, headers=sent, auth=auth, data=body, allow_redirects=False, timeout=timeout
        ) as answer:
            return ProviderAnswer(answer.status, answer.headers, await _beginning(answer))
    except _NOT_REACHED as error:
        raise NotReachedError(f"the provider cannot be reached: {type(error).__name__}") from None
    except (TimeoutError, aiohttp.ClientError, OSError) as error:
        raise AnswerLostError(f"no answer came: {type(error).__name__}") from None


@asynccontextmanager
async def fetching(
    http: aiohttp.ClientSession, url: str, *, headers: Mapping[str, str] | None = None
) -> AsyncIterator[aiohttp.ClientResponse]:
    """Opens a file at a provider, without following redirects. Raises NotReachedError when it cannot be fetched now."""
    try:
        async with http.get(url, headers=headers, allow_redirects=False, timeout=_FETCH_SECONDS) as answer:
            yield answer
    except (TimeoutError, aiohttp.ClientError, OSError) as error:
        raise NotReachedError(f"the file cannot be fetched: {type(error).__name__}") from None


def retry_after_of(headers: Mapping[str, str]) -> float | None:
    """The seconds of ``Retry-After``, or those until the time that it gives; a day at most."""
    value = headers.get("Retry-After", "")
    if value.isascii() and value.isdigit():
        return min(float(value), _MAX_RETRY_AFTER)
    try:
        return min(max(parsedate_to_datetime(value).timestamp() - time.time(), 0.0), _MAX_RETRY_AFTER)
    except ValueError:
        return None


async def _beginning(answer: aiohttp.ClientResponse) -> bytes:
    """The body, up to the limit."""
    read = bytearray()
    async for chunk in answer.content.iter_chunked(64 * 1024):
        read += chunk
        if len(read) >= _MAX_ANSWER:
            break
    return bytes(read[:_MAX_ANSWER])
