"""The addresses that may be called. Applications choose the addresses of their webhooks, and must not reach through
this server what only this server reaches: its own network, and what clouds tell their machines.

An address is checked when it is connected to, and the checked address is the one that is connected to: a name that
resolves to another address a moment later gains nothing.
"""

import ipaddress
import socket
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from typing import TypeAlias

from aiohttp.abc import AbstractResolver, ResolveResult
from aiohttp.resolver import ThreadedResolver
from yarl import URL

__all__ = ["GuardedResolver", "RefusedAddressError", "check_literal", "networks_of"]

Address: TypeAlias = ipaddress.IPv4Address | ipaddress.IPv6Address
Network: TypeAlias = ipaddress.IPv4Network | ipaddress.IPv6Network

_NEVER_CALLED: tuple[Network, ...] = tuple(
    ipaddress.ip_network(text)
    for text in (
        "168.63.129.16",  # where a cloud answers its own machines
        "192.0.0.0/24",
        "192.88.99.0/24",
        "64:ff9b:1::/48",
        "2001::/23",
        "3fff::/20",
        "5f00::/16",
        "fec0::/10",
    )
)
"""What some releases of Python take for public, and is not: see the special-purpose registries of IANA."""
_REMEMBERED = 1024
_TRANSLATED = ipaddress.IPv6Network("64:ff9b::/96")
"""IPv6 addresses that a gateway translates to IPv4 (RFC 6052). Their last 32 bits are the IPv4 address."""


class RefusedAddressError(OSError):
    """Raised when an address may not be called. It is an OSError, as a resolver has to raise."""


class GuardedResolver(AbstractResolver):
    """Resolves names to addresses that may be called. ``allowed`` are private networks that may be called too."""

    def __init__(self, allowed: Sequence[Network], resolver: AbstractResolver | None = None) -> None:
        self._allowed = allowed
        self._resolver = resolver or ThreadedResolver()

    async def resolve(
        self, host: str, port: int = 0, family: socket.AddressFamily = socket.AF_UNSPEC
    ) -> list[ResolveResult]:
        """Raises RefusedAddressError when the name has no address that may be called."""
        found = await self._resolver.resolve(host, port, family)
        usable = [each for each in found if _may_be_called(ipaddress.ip_address(each["host"]), self._allowed)]
        if not usable:
            raise _refusal()
        return usable

    async def close(self) -> None:
        await self._resolver.close()


def networks_of(texts: Iterable[str]) -> list[Network]:
    return [ipaddress.ip_network(text, strict=False) for text in texts]


def check_literal(url: URL, allowed: Sequence[Network]) -> None:
    """Checks an address that stands in the URL itself, which no resolver is asked for. Raises RefusedAddressError, also
    for numbers that some systems take for an address, such as 2130706433 and 127.1."""
    host = url.host or ""
    address = _literal(host)
    if address is None:
        may_be_called = ":" not in host and not host.replace(".", "").isdigit()
    else:
        may_be_called = _may_be_called(address, allowed)
    if not may_be_called:
        raise _refusal()


@lru_cache(maxsize=_REMEMBERED)
def _literal(host: str) -> Address | None:
    """The address that the host is written as; None for a name."""
    try:
        return ipaddress.ip_address(host)
    except ValueError:
        return None


def _refusal() -> RefusedAddressError:
    return RefusedAddressError("the address is private or reserved; webhook_delivery.allowed_private_networks lacks it")


def _may_be_called(address: Address, allowed: Sequence[Network]) -> bool:
    return all(_is_public(each) or any(each in network for network in allowed) for each in _meant(address))


def _meant(address: Address) -> Iterator[Address]:
    """The IPv4 addresses that are wrapped in an IPv6 address, or else the address itself."""
    if isinstance(address, ipaddress.IPv6Address):
        wrapped = [address.ipv4_mapped, address.sixtofour, *(address.teredo or ())]
        if address in _TRANSLATED:
            wrapped.append(ipaddress.IPv4Address(int(address) & 0xFFFF_FFFF))
        if found := [each for each in wrapped if each is not None]:
            yield from found
            return
    yield address


@lru_cache(maxsize=_REMEMBERED)
def _is_public(address: Address) -> bool:
    special = address.is_multicast or address.is_reserved or address.is_unspecified or address.is_loopback
    return address.is_global and not special and not any(address in network for network in _NEVER_CALLED)
