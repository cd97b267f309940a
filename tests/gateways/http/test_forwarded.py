"""What a proxy says of the address that was called is taken from trusted proxies alone."""

from collections.abc import Sequence

import pytest
from starlette.types import Message, Receive, Scope, Send

from gateways.http.forwarded import ForwardedAddress, prefix_of

pytestmark = pytest.mark.asyncio


async def forwarded(client: str, headers: Sequence[tuple[bytes, bytes]]) -> tuple[str, bytes]:
    """The prefix and the host that the application sees."""
    seen: list[tuple[str, bytes]] = []

    async def application(scope: Scope, receive: Receive, send: Send) -> None:
        seen.append((prefix_of(scope), dict(scope["headers"])[b"host"]))

    async def receive() -> Message:
        raise NotImplementedError

    async def send(message: Message) -> None:
        raise NotImplementedError

    scope = {"type": "http", "client": (client, 4711), "headers": [(b"host", b"inner"), *headers]}
    await ForwardedAddress(application, ["10.0.0.0/8"])(scope, receive, send)
    (found,) = seen
    return found


SAID = [(b"x-forwarded-host", b"chat.example.org"), (b"x-forwarded-prefix", b"/chat/")]


async def test_of_a_trusted_proxy_they_count() -> None:
    assert await forwarded("10.1.2.3", SAID) == ("/chat", b"chat.example.org")
    assert await forwarded("::ffff:10.1.2.3", SAID) == ("/chat", b"chat.example.org")


async def test_of_anybody_else_they_do_not() -> None:
    assert await forwarded("192.0.2.1", SAID) == ("", b"inner")


@pytest.mark.parametrize(
    "prefix", [b"chat", b"//evil.example", b"/a b", b'/"><script>', b"/%2e%2e", b"/" * 9, b"/a" * 9]
)
async def test_what_is_no_prefix_is_ignored(prefix: bytes) -> None:
    assert (await forwarded("10.1.2.3", [(b"x-forwarded-prefix", prefix)]))[0] == ""


@pytest.mark.parametrize("host", [b"", b"a b", b"a/b", b"a@b"])
async def test_what_is_no_host_is_ignored(host: bytes) -> None:
    assert (await forwarded("10.1.2.3", [(b"x-forwarded-host", host)]))[1] == b"inner"
