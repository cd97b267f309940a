"""Only public addresses are called, and the address that is checked is the one that is connected to."""

import socket
from pathlib import Path

import pytest
from aiohttp.abc import AbstractResolver, ResolveResult
from yarl import URL

from gateways.connectors.webhooks.addresses import GuardedResolver, RefusedAddressError, check_literal, networks_of
from gateways.connectors.webhooks.calling import receivers
from gateways.connectors.webhooks.exceptions import NoAnswerError
from tests.gateways.centre import centre_settings
from tests.gateways.connectors.webhooks.receiver import Receiver

pytestmark = pytest.mark.asyncio

REFUSED = [
    "0.0.0.0",  # noqa: S104 - it is not listened on
    "10.0.0.1",
    "100.100.100.200",
    "127.0.0.1",
    "127.255.255.254",
    "168.63.129.16",
    "169.254.169.254",
    "172.16.0.1",
    "192.0.0.192",
    "192.168.1.1",
    "198.18.0.1",
    "224.0.0.1",
    "240.0.0.1",
    "255.255.255.255",
    "::",
    "::1",
    "::127.0.0.1",
    "::ffff:10.0.0.1",
    "::ffff:127.0.0.1",
    "64:ff9b::10.0.0.1",
    "64:ff9b:1::7f00:1",
    "2002:7f00:1::",
    "2001:0:4136:e378:8000:63bf:f5ff:fffe",
    "fc00::1",
    "fd00:ec2::254",
    "fe80::1",
    "fec0::1",
    "3fff::1",
    "ff02::1",
]
PUBLIC = ["8.8.8.8", "93.184.215.14", "2606:4700:4700::1111", "::ffff:8.8.8.8", "64:ff9b::8.8.8.8"]


class FixedResolver(AbstractResolver):
    """A name server whose answers the test gives, one after the other."""

    def __init__(self, *answers: list[str]) -> None:
        self._answers = list(answers)

    async def resolve(
        self, host: str, port: int = 0, family: socket.AddressFamily = socket.AF_UNSPEC
    ) -> list[ResolveResult]:
        addresses = self._answers.pop(0)
        return [
            {"hostname": host, "host": each, "port": port, "family": family, "proto": 0, "flags": 0}
            for each in addresses
        ]

    async def close(self) -> None:
        pass


def literal(address: str) -> URL:
    return URL(f"http://[{address}]/" if ":" in address else f"http://{address}/")


async def resolved(resolver: GuardedResolver) -> list[str]:
    return [each["host"] for each in await resolver.resolve("crm.example", 443)]


@pytest.mark.parametrize("address", REFUSED)
async def test_others_are_refused_as_a_name_and_in_the_url(address: str) -> None:
    with pytest.raises(RefusedAddressError, match="allowed_private_networks"):
        await resolved(GuardedResolver([], FixedResolver([address])))
    with pytest.raises(RefusedAddressError):
        check_literal(literal(address), [])


@pytest.mark.parametrize("address", PUBLIC)
async def test_public_addresses_are_called(address: str) -> None:
    assert await resolved(GuardedResolver([], FixedResolver([address]))) == [address]
    check_literal(literal(address), [])


async def test_of_several_addresses_the_public_ones_are_called() -> None:
    assert await resolved(GuardedResolver([], FixedResolver(["10.0.0.1", "8.8.8.8"]))) == ["8.8.8.8"]


async def test_a_name_that_changes_its_address_is_checked_each_time() -> None:
    resolver = GuardedResolver([], FixedResolver(["8.8.8.8"], ["127.0.0.1"]))
    assert await resolved(resolver) == ["8.8.8.8"]
    with pytest.raises(RefusedAddressError):
        await resolved(resolver)


@pytest.mark.parametrize("address", ["10.1.2.3", "::ffff:10.1.2.3", "64:ff9b::10.1.2.3"])
async def test_private_networks_may_be_allowed(address: str) -> None:
    allowed = networks_of(["10.1.0.0/16", "fd00::/8"])
    assert await resolved(GuardedResolver(allowed, FixedResolver([address]))) == [address]
    check_literal(literal(address), allowed)
    with pytest.raises(RefusedAddressError):
        check_literal(literal("10.2.0.1"), allowed)


@pytest.mark.parametrize("host", ["2130706433", "127.1", "0177.0.0.1", "127.0.0.1.", "0", "①②⑦.0.0.1", "[::1%25lo]"])
async def test_numbers_that_some_systems_take_for_an_address_are_refused(host: str) -> None:
    with pytest.raises(RefusedAddressError):
        check_literal(URL(f"http://{host}/"), [])


@pytest.mark.parametrize(
    "host", ["127.0.0.1", "localhost", "2130706433", "0x7f000001", "0177.0.0.1", "127.1", "[::ffff:127.0.0.1]"]
)
async def test_no_way_of_writing_this_machine_reaches_it(receiver: Receiver, tmp_path: Path, host: str) -> None:
    url = receiver.url.replace("127.0.0.1", host)
    async with receivers(centre_settings(tmp_path)) as called:
        with pytest.raises(NoAnswerError) as raised:
            await called.call(url, {}, b"{}")
    assert host not in str(raised.value)
    assert receiver.calls == []


async def test_a_name_of_an_allowed_network_is_called(receiver: Receiver, tmp_path: Path) -> None:
    allowed = {"allowed_private_networks": ["127.0.0.0/8"]}
    async with receivers(centre_settings(tmp_path, webhook_delivery=allowed)) as called:
        answer = await called.call(receiver.url.replace("127.0.0.1", "localhost"), {}, b"{}")
    assert (answer.status, answer.fault) == (204, None)
