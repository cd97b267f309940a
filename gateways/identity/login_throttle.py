"""Failed logins are slowed down: each account at each address, each account over all addresses, and each address."""

import ipaddress
import math
import time
from functools import lru_cache

from cachetools import LRUCache
from limits import RateLimitItem, RateLimitItemPerDay, RateLimitItemPerHour, RateLimitItemPerMinute
from limits.storage import MemoryStorage
from limits.strategies import FixedWindowRateLimiter

from gateways.exceptions import RefusedError
from gateways.identity.password_rules import normal_form
from schemas.replies import RefusalCode

__all__ = ["LoginThrottle", "network_of"]

_MAX_FAMILIAR = 100_000
_MAX_NAME = 256
_AT_LEAST = 60
"""The seconds that a refused caller is asked to wait at the least."""


class LoginThrottle:
    """Counts failed logins, for this process alone. With ``per_minute`` 0 nothing is refused.

    The same account may fail ``per_minute`` times at one address, and twice as often in an hour. Over all addresses an
    account may fail twice as often in an hour and five times as often in a day, so that it cannot be tried from many.
    An address may fail at ``per_minute`` accounts: a colleague who fails again and again counts once, and does not lock
    out the office. An account that has logged in at an address is familiar there: only its own failures at this address
    count, so that nobody can lock it out from elsewhere.
    """

    def __init__(self, per_minute: int) -> None:
        self._limiter = FixedWindowRateLimiter(MemoryStorage())
        self._at_address: list[RateLimitItem] = []
        self._anywhere: list[RateLimitItem] = []
        if per_minute:
            self._at_address = [RateLimitItemPerMinute(per_minute), RateLimitItemPerHour(2 * per_minute)]
            self._anywhere = [RateLimitItemPerHour(2 * per_minute), RateLimitItemPerDay(5 * per_minute)]
        self._familiar: LRUCache[tuple[str, str], bool] = LRUCache(_MAX_FAMILIAR)

    def check(self, account: str, address: str) -> None:
        """Raises RefusedError when too many logins have failed lately."""
        name, network = _name(account), network_of(address)
        self._check(self._at_address, "failed logins of this account from this address", "pair", name, network)
        if (name, network) not in self._familiar:
            self._check(self._anywhere, "failed logins of this account", "account", name)
            self._check(self._at_address[:1], "failed logins from this address", "network", network)

    def failed(self, account: str, address: str) -> None:
        name, network = _name(account), network_of(address)
        is_first = all(
            self._limiter.get_window_stats(each, "pair", name, network).remaining == each.amount
            for each in self._at_address[:1]
        )
        for each in self._at_address:
            self._limiter.hit(each, "pair", name, network)
        if (name, network) in self._familiar:
            return
        for each in self._anywhere:
            self._limiter.hit(each, "account", name)
        if is_first:
            for each in self._at_address[:1]:
                self._limiter.hit(each, "network", network)

    def succeeded(self, account: str, address: str) -> None:
        """The account's failures are forgotten, and it is familiar at the address from now on."""
        name, network = _name(account), network_of(address)
        self._familiar[name, network] = True
        for each in self._at_address:
            self._limiter.clear(each, "pair", name, network)
        for each in self._anywhere:
            self._limiter.clear(each, "account", name)

    def forget(self, account: str) -> None:
        """A later account of the same name is familiar nowhere, and has not failed."""
        name = _name(account)
        for pair in [pair for pair in self._familiar if pair[0] == name]:
            del self._familiar[pair]
        for each in self._anywhere:
            self._limiter.clear(each, "account", name)

    def _check(self, limits: list[RateLimitItem], what: str, *key: str) -> None:
        for each in limits:
            if not self._limiter.test(each, *key):
                left = self._limiter.get_window_stats(each, *key).reset_time - time.time()
                seconds = max(_AT_LEAST, math.ceil(left))
                detail = f"too many {what}; wait {_in_words(seconds)}"
                raise RefusedError(RefusalCode.TOO_MANY_REQUESTS, detail, retry_after=seconds)


@lru_cache(10_000)
def network_of(address: str) -> str:
    """The address as it is counted. A customer of a network provider has a whole /64 of IPv6."""
    try:
        parsed = ipaddress.ip_address(address.partition("%")[0])
    except ValueError:
        return address
    if isinstance(parsed, ipaddress.IPv4Address):
        return str(parsed)
    if parsed.ipv4_mapped is not None:
        return str(parsed.ipv4_mapped)
    return str(ipaddress.ip_network((parsed, 64), strict=False))


def _name(account: str) -> str:
    return normal_form(account)[:_MAX_NAME]


def _in_words(seconds: int) -> str:
    return "a minute" if seconds <= _AT_LEAST else f"{math.ceil(seconds / 60)} minutes"
