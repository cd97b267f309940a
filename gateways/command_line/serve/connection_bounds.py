"""What one connection may send and hold, and how many may be open at once."""

import ipaddress
import resource
from collections import Counter
from collections.abc import Iterable

from config import ConnectionSettings
from gateways.http.problems import Problem

__all__ = ["ConnectionBounds"]

_FILES_KEPT_FREE = 256
"""Open files that are left for the journal, attachments and refused connections."""
_MAX_REFUSED = 1_000
_MACHINE_ITSELF = ("127.0.0.1", "::1")
_IPV6 = 6
_IPV6_SITE = 64
_MAX_LOOK_SECONDS = 5.0


class ConnectionBounds:
    """Counts the connections of one server, in all and by address. Addresses of IPv6 count by their /64. A proxy brings
    the connections of many, so neither those of trusted proxies nor those of the machine itself count by address."""

    def __init__(self, settings: ConnectionSettings, trusted_proxies: Iterable[str] = ()) -> None:
        self.settings = settings
        self.look_seconds = min(
            _MAX_LOOK_SECONDS, settings.head_seconds / 2, settings.body_seconds / 2, settings.unread_seconds / 2
        )
        files, _ = resource.getrlimit(resource.RLIMIT_NOFILE)
        unlimited = files == resource.RLIM_INFINITY
        self._max_open = settings.max_open if unlimited else max(1, min(settings.max_open, files - _FILES_KEPT_FREE))
        self._uncounted = [ipaddress.ip_network(proxy, strict=False) for proxy in (*_MACHINE_ITSELF, *trusted_proxies)]
        self._open = 0
        self._by_address: Counter[str] = Counter()

    @property
    def open(self) -> int:
        return self._open

    @property
    def flooded(self) -> bool:
        """Whether even refused connections are too many, so that a further one is dropped without an answer."""
        return self._open > self._max_open + _MAX_REFUSED

    def add(self, address: str) -> Problem | None:
        """Counts a connection, and returns the problem if it is one too many. It counts until ``remove``."""
        self._open += 1
        site = self._site(address)
        if site is not None:
            self._by_address[site] += 1
        if self._open > self._max_open:
            return Problem("overloaded", "too many connections are open; try again shortly")
        if site is not None and self._by_address[site] > self.settings.max_open_per_address:
            return Problem("too_many_connections", "too many connections from this address are open; close some")
        return None

    def remove(self, address: str) -> None:
        self._open -= 1
        site = self._site(address)
        if site is not None:
            self._by_address[site] -= 1
            if not self._by_address[site]:
                del self._by_address[site]

    def _site(self, address: str) -> str | None:
        """The address, or the network of its site; None when it is not counted."""
        try:
            found = ipaddress.ip_address(address)
        except ValueError:
            return None
        if isinstance(found, ipaddress.IPv6Address) and found.ipv4_mapped is not None:
            found = found.ipv4_mapped
        if any(found in network for network in self._uncounted):
            return None
        if found.version == _IPV6:
            return str(ipaddress.ip_network((found, _IPV6_SITE), strict=False))
        return str(found)
