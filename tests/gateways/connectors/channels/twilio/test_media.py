"""Files of customers are fetched from Twilio, and its credentials go nowhere else."""

import socket

import pytest
from aiohttp import web
from aiohttp.abc import AbstractResolver, ResolveResult

from gateways.connectors.channels.connector import Line
from gateways.connectors.channels.exceptions import ChannelError, NotReachedError, UnreadableRequestError
from gateways.connectors.channels.inbound import InboundFile
from gateways.connectors.channels.twilio.connector import TwilioConnector
from gateways.connectors.channels.twilio.media import PublicResolver, takes_credentials
from schemas.configuration.connectors import TwilioSettings
from tests.gateways.connectors.channels.twilio.conftest import LineTo
from tests.gateways.connectors.channels.twilio.requests import ACCOUNT, SMS, TOKEN
from tests.gateways.connectors.channels.twilio.stand_in import StandInTwilio, basic, serve_twilio


async def fetched(line: Line[TwilioSettings], url: str) -> bytes:
    async with TwilioConnector().download(line, InboundFile(kind="image", reference={"url": url})) as chunks:
        return b"".join([chunk async for chunk in chunks])


@pytest.mark.asyncio
async def test_a_file_is_fetched_from_where_twilio_leads(twilio: StandInTwilio, line_to: LineTo) -> None:
    content = bytes(range(256)) * 1000
    assert await fetched(line_to(), twilio.keep_file("image/png", content)) == content
    assert twilio.credentials == [basic(ACCOUNT, TOKEN), ""]


@pytest.mark.asyncio
async def test_a_file_that_is_gone_is_not_asked_for_again(twilio: StandInTwilio, line_to: LineTo) -> None:
    url = twilio.keep_file("image/png", b"x")
    twilio.files.clear()
    with pytest.raises(UnreadableRequestError):
        await fetched(line_to(), url)


@pytest.mark.asyncio
@pytest.mark.parametrize("status", [401, 429, 500])
async def test_a_file_that_is_not_given_now_is_asked_for_again(
    twilio: StandInTwilio, line_to: LineTo, status: int
) -> None:
    url = twilio.keep_file("image/png", b"x")
    twilio.answers.append(web.Response(status=status))
    with pytest.raises(NotReachedError):
        await fetched(line_to(), url)


@pytest.mark.asyncio
async def test_only_one_step_is_followed(twilio: StandInTwilio, line_to: LineTo) -> None:
    url = twilio.keep_file("image/png", b"x")
    twilio.elsewhere = url
    twilio.answers.append(web.Response(status=307, headers={"Location": url}))
    with pytest.raises(NotReachedError):
        await fetched(line_to(), url)


@pytest.mark.asyncio
@pytest.mark.parametrize(
    "elsewhere",
    [
        "http://example.org/x",
        "https://127.0.0.1:9/x",
        "https://[::1]/x",
        "https://10.1.2.3/x",
        "https://169.254.169.254/latest/meta-data",
        "https://[::ffff:127.0.0.1]/x",
        "https://0/x",
        "https://localhost:9/x",
        "https://[::1/x",
        "file:///etc/passwd",
    ],
)
async def test_no_address_of_the_servers_own_network_is_called(
    twilio: StandInTwilio, line_to: LineTo, elsewhere: str
) -> None:
    url = twilio.keep_file("image/png", b"x")
    twilio.answers.append(web.Response(status=307, headers={"Location": elsewhere}))
    with pytest.raises(UnreadableRequestError):
        await fetched(line_to(), url)


@pytest.mark.asyncio
async def test_a_name_of_this_machine_is_not_called(twilio: StandInTwilio, line_to: LineTo) -> None:
    """Where the name is not known at all, the file cannot be fetched now."""
    twilio.elsewhere = "https://files.localhost/x"
    with pytest.raises(ChannelError):
        await fetched(line_to(), twilio.keep_file("image/png", b"x"))


@pytest.mark.asyncio
async def test_another_server_on_this_machine_gets_nothing(twilio: StandInTwilio, line_to: LineTo) -> None:
    async with serve_twilio() as other:
        with pytest.raises(UnreadableRequestError):
            await fetched(line_to(), other.keep_file("image/png", b"x"))
        assert other.calls == []


@pytest.mark.parametrize(
    ("url", "taken"),
    [
        (f"https://api.twilio.com/2010-04-01/Accounts/{ACCOUNT}/Messages/MM1/Media/ME1", True),
        ("https://api.dublin.ie1.twilio.com/x", True),
        ("http://api.twilio.com/x", False),
        ("https://twilio.com.example.org/x", False),
        ("https://eviltwilio.com/x", False),
        ("https://api.twilio.com@example.org/x", False),
        ("https://user:password@api.twilio.com/x", False),
        ("https://example.org/api.twilio.com", False),
        ("https://example.org\\.twilio.com/x", False),
        ("https://[::1/x", False),
        ("", False),
    ],
)
def test_credentials_go_to_twilio_alone(url: str, taken: bool) -> None:
    assert takes_credentials(SMS, url) is taken


class _Names(AbstractResolver):
    def __init__(self, *addresses: str) -> None:
        self._addresses = addresses

    async def resolve(
        self, host: str, port: int = 0, family: socket.AddressFamily = socket.AF_INET
    ) -> list[ResolveResult]:
        return [
            ResolveResult(hostname=host, host=address, port=port, family=family, proto=0, flags=0)
            for address in self._addresses
        ]

    async def close(self) -> None:
        pass


@pytest.mark.asyncio
async def test_a_public_name_is_found() -> None:
    found = await PublicResolver(_Names("93.184.215.14", "2606:2800:21f::1")).resolve("media.example.org", 443)
    assert [address["host"] for address in found] == ["93.184.215.14", "2606:2800:21f::1"]


@pytest.mark.asyncio
@pytest.mark.parametrize("address", ["127.0.0.1", "10.0.0.1", "169.254.169.254", "::1", "fd00::1", "::ffff:10.0.0.1"])
async def test_a_name_with_any_private_address_is_not(address: str) -> None:
    with pytest.raises(UnreadableRequestError):
        await PublicResolver(_Names("93.184.215.14", address)).resolve("media.example.org", 443)
