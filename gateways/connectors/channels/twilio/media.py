"""Files that customers have sent. Twilio leads on to another host, which must not get the account's token and must not
lie in the server's own network.

Source: https://www.twilio.com/docs/messaging/api/media-resource.
"""

import re
import socket
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from ipaddress import ip_address
from urllib.parse import urljoin

import aiohttp
from aiohttp.abc import AbstractResolver, ResolveResult

from gateways.connectors.channels.calling import fetching
from gateways.connectors.channels.connector import Line
from gateways.connectors.channels.exceptions import NotReachedError, UnreadableRequestError
from gateways.connectors.channels.inbound import InboundFile
from gateways.connectors.channels.twilio.api import authorization
from schemas.configuration.connectors import TwilioSettings

__all__ = ["PublicResolver", "download", "takes_credentials"]

_ORIGIN = re.compile(
    r"(?P<scheme>https?)://(?P<host>(?P<name>([a-z0-9-]+\.)+[a-z][a-z0-9-]*)|[0-9.]+)(:[0-9]{1,5})?(?=[/?#]|\Z)",
    re.IGNORECASE,
)
_CHUNK = 64 * 1024
_REDIRECTS = (301, 302, 303, 307, 308)
_GONE = (400, 403, 404, 410)


@asynccontextmanager
async def download(line: Line[TwilioSettings], file: InboundFile) -> AsyncIterator[AsyncIterator[bytes]]:
    """Raises NotReachedError to be tried again, and UnreadableRequestError when there is nothing to fetch."""
    url = file.reference.get("url", "")
    if not takes_credentials(line.settings, url):
        raise UnreadableRequestError("the file is not at Twilio")
    async with AsyncExitStack() as stack:
        answer = await stack.enter_async_context(fetching(line.http, url, headers=authorization(line)))
        if answer.status in _REDIRECTS:
            target = _joined(url, answer.headers.get("Location", ""))
            http = await _session_for(line, target, stack)
            answer = await stack.enter_async_context(fetching(http, target))
        _check(answer)
        yield answer.content.iter_chunked(_CHUNK)


def _joined(url: str, location: str) -> str:
    try:
        return urljoin(url, location)
    except ValueError:
        raise UnreadableRequestError("the file is at an address that cannot be read") from None


def takes_credentials(settings: TwilioSettings, url: str) -> bool:
    """Whether the address is Twilio's, so that it may be called with the account's token."""
    return _public_host(url).endswith(".twilio.com") or _origin(url) == _origin(settings.base_url)


def _origin(url: str) -> str:
    found = _ORIGIN.match(url)
    return found[0].lower() if found else ""


def _public_host(url: str) -> str:
    """The host of an address that is encrypted, or nothing. An address by number, of a user, or of such signs that two
    programs may read it in two ways, is none."""
    found = _ORIGIN.match(url)
    return found["host"].lower() if found and found["scheme"].lower() == "https" and found["name"] else ""


async def _session_for(line: Line[TwilioSettings], url: str, stack: AsyncExitStack) -> aiohttp.ClientSession:
    """A session that reaches no address of the server's own network, except for the host of the settings."""
    if _origin(url) == _origin(line.settings.base_url):
        return line.http
    if not _public_host(url):
        raise UnreadableRequestError("the file is at an address that is not public")
    connector = aiohttp.TCPConnector(resolver=PublicResolver(aiohttp.ThreadedResolver()))
    return await stack.enter_async_context(aiohttp.ClientSession(connector=connector))


def _check(answer: aiohttp.ClientResponse) -> None:
    if answer.status in _GONE:
        raise UnreadableRequestError(f"Twilio answered with the status {answer.status}")
    if answer.status != 200:
        raise NotReachedError(f"Twilio answered with the status {answer.status}")


class PublicResolver(AbstractResolver):
    """Finds public addresses only. The connection is made to what was checked, so that a name cannot change between."""

    def __init__(self, resolver: AbstractResolver) -> None:
        self._resolver = resolver

    async def resolve(
        self, host: str, port: int = 0, family: socket.AddressFamily = socket.AF_INET
    ) -> list[ResolveResult]:
        found = await self._resolver.resolve(host, port, family)
        if not all(ip_address(address["host"]).is_global for address in found):
            raise UnreadableRequestError("the file is at an address that is not public")
        return found

    async def close(self) -> None:
        await self._resolver.close()
