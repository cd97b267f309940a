"""What a trusted proxy says of the address that the client has called."""

import ipaddress
import re
from collections.abc import Iterable

from starlette.types import ASGIApp, Receive, Scope, Send

__all__ = ["ForwardedAddress", "is_one_of", "networks", "prefix_of"]

_KEY = "hybridchat.prefix"
_HOST = re.compile(rb"[A-Za-z0-9.\-\[\]:]{1,255}")
_PREFIX = re.compile(rb"(/[A-Za-z0-9._~-]{1,64}){1,8}/?")

Network = ipaddress.IPv4Network | ipaddress.IPv6Network


def networks(texts: Iterable[str]) -> list[Network]:
    return [ipaddress.ip_network(text, strict=False) for text in texts]


def is_one_of(address: str, trusted: Iterable[Network]) -> bool:
    try:
        found = ipaddress.ip_address(address)
    except ValueError:
        return False
    if isinstance(found, ipaddress.IPv6Address) and found.ipv4_mapped is not None:
        found = found.ipv4_mapped
    return any(found in network for network in trusted)


def prefix_of(scope: Scope) -> str:
    """The path under which a trusted proxy shows this server, such as ``/chat``; empty if it is shown at the root."""
    prefix: str = scope.get(_KEY, "")
    return prefix


class ForwardedAddress:
    """Takes X-Forwarded-Host and X-Forwarded-Prefix from trusted proxies; those of others are ignored."""

    def __init__(self, application: ASGIApp, trusted_proxies: Iterable[str]) -> None:
        self._application = application
        self._trusted = networks(trusted_proxies)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        client = scope.get("client")
        if client is not None and is_one_of(client[0], self._trusted):
            _apply(scope)
        await self._application(scope, receive, send)


def _apply(scope: Scope) -> None:
    """Where several proxies have each added a value, the first one is of the proxy that the client has called."""
    sent = {name: value.split(b",")[0].strip() for name, value in scope["headers"]}
    host, prefix = sent.get(b"x-forwarded-host", b""), sent.get(b"x-forwarded-prefix", b"")
    if _HOST.fullmatch(host):
        others = [(name, value) for name, value in scope["headers"] if name != b"host"]
        scope["headers"] = [(b"host", host), *others]
    if _PREFIX.fullmatch(prefix):
        scope[_KEY] = prefix.decode().rstrip("/")
