"""Connections are counted by address."""

import pytest

from config import ConnectionSettings
from gateways.command_line.serve.connection_bounds import ConnectionBounds


def refused(bounds: ConnectionBounds, *addresses: str) -> list[str | None]:
    return [None if problem is None else problem.code for problem in map(bounds.add, addresses)]


def one_per_address(*trusted_proxies: str) -> ConnectionBounds:
    return ConnectionBounds(ConnectionSettings(max_open_per_address=1), trusted_proxies)


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("192.0.2.1", "192.0.2.1"),
        ("2001:db8::1", "2001:db8::2"),
        ("192.0.2.1", "::ffff:192.0.2.1"),
    ],
)
def test_the_connections_of_one_site_count_together(first: str, second: str) -> None:
    bounds = one_per_address()
    assert refused(bounds, first, second) == [None, "too_many_connections"]
    bounds.remove(second)
    bounds.remove(first)
    assert refused(bounds, second) == [None]


@pytest.mark.parametrize(
    ("first", "second"), [("192.0.2.1", "192.0.2.2"), ("2001:db8::1", "2001:db8:0:1::1"), ("", "")]
)
def test_the_connections_of_several_sites_count_apart(first: str, second: str) -> None:
    assert refused(one_per_address(), first, second) == [None, None]


@pytest.mark.parametrize("proxy", ["127.0.0.1", "::1", "10.1.2.3", "192.0.2.7", "::ffff:10.1.2.3"])
def test_the_connections_that_a_proxy_brings_do_not_count_by_address(proxy: str) -> None:
    assert refused(one_per_address("10.0.0.0/8", "192.0.2.7"), proxy, proxy) == [None, None]
