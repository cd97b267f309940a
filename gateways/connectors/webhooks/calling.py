"""One call to a receiver."""

from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from typing import NamedTuple

import aiohttp
from yarl import URL

from config import Settings
from gateways.connectors.channels.calling import retry_after_of
from gateways.connectors.webhooks.addresses import GuardedResolver, RefusedAddressError, check_literal, networks_of
from gateways.connectors.webhooks.exceptions import NoAnswerError

__all__ = ["ReceiverAnswer", "Receivers", "receivers"]

_MAX_ANSWER = 64 * 1024
_SECONDS = aiohttp.ClientTimeout(total=30)
_SENT = {
    "Content-Type": "application/cloudevents+json; charset=utf-8",
    "User-Agent": "hybridchat",
    "Accept-Encoding": "identity",
}


class ReceiverAnswer(NamedTuple):
    """``beginning`` is the body, up to 64 KiB of it. ``retry_after`` is in seconds."""

    status: int
    beginning: bytes
    retry_after: float | None

    @property
    def fault(self) -> str | None:
        """What is wrong with the answer, in words; None when the receiver has taken the event."""
        if 200 <= self.status < 300:
            return None
        reason = "redirects are not followed" if 300 <= self.status < 400 else "only 2xx says that an event was taken"
        return f"the receiver answered with status {self.status}; {reason}"


class Receivers:
    """Calls receivers at addresses that may be called."""

    def __init__(self, http: aiohttp.ClientSession, allowed: list[str]) -> None:
        self._http = http
        self._allowed = networks_of(allowed)

    async def call(self, url: str, headers: Mapping[str, str], body: bytes) -> ReceiverAnswer:
        """Posts the body once. Follows no redirect. Raises NoAnswerError, whose words do not hold the address, which
        may hold a password."""
        try:
            address = URL(url)
            check_literal(address, self._allowed)
            async with self._http.post(
                address, data=body, headers={**_SENT, **headers}, allow_redirects=False, timeout=_SECONDS
            ) as answer:
                return ReceiverAnswer(answer.status, await _beginning(answer), retry_after_of(answer.headers))
        except RefusedAddressError as error:
            raise NoAnswerError(str(error)) from None
        except (TimeoutError, aiohttp.ClientError, OSError, ValueError) as error:
            raise NoAnswerError(_in_words(error)) from None


@asynccontextmanager
async def receivers(settings: Settings) -> AsyncIterator[Receivers]:
    """Keeps connections to receivers until the context is left."""
    allowed = settings.webhook_delivery.allowed_private_networks
    connector = aiohttp.TCPConnector(limit=0, resolver=GuardedResolver(networks_of(allowed)))
    async with aiohttp.ClientSession(
        connector=connector, cookie_jar=aiohttp.DummyCookieJar(), auto_decompress=False
    ) as http:
        yield Receivers(http, allowed)


async def _beginning(answer: aiohttp.ClientResponse) -> bytes:
    read = bytearray()
    async for chunk in answer.content.iter_chunked(_MAX_ANSWER):
        read += chunk
        if len(read) >= _MAX_ANSWER:
            break
    return bytes(read[:_MAX_ANSWER])


def _in_words(error: Exception) -> str:
    match error:
        case aiohttp.ClientConnectorError(os_error=RefusedAddressError() as refused):
            return str(refused)
        case aiohttp.ClientConnectorDNSError():
            return "the receiver's name cannot be resolved"
        case aiohttp.ClientConnectorCertificateError() | aiohttp.ClientSSLError():
            return "the receiver's certificate cannot be trusted, or TLS fails"
        case aiohttp.ClientConnectorError():
            return "the receiver cannot be reached"
        case TimeoutError():
            return "the receiver did not answer within 30 seconds"
        case aiohttp.InvalidURL() | ValueError():
            return "the address cannot be called"
    return f"the call broke off: {type(error).__name__}"
