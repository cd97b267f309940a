"""``python -m tests.crash.channels [KILLS]``: the whole path of every channel through many kills, while every third
answer of the provider gets lost."""

import asyncio
import sys
import tempfile
import time
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from pathlib import Path

import aiohttp

from tests.crash.crashed_channel import ChannelReport, write_through_crashes
from tests.gateways.connectors.bots.bots import serve_bot
from tests.gateways.connectors.channels.graph.provider import (
    ACCOUNT,
    InstagramProvider,
    MessengerProvider,
    WhatsAppProvider,
)
from tests.gateways.connectors.channels.graph.stand_in import serve_graph
from tests.gateways.connectors.channels.rest.provider import RestProvider
from tests.gateways.connectors.channels.rest.stand_in import serve_connector
from tests.gateways.connectors.channels.telegram.provider import TelegramProvider
from tests.gateways.connectors.channels.telegram.stand_in import serve_telegram
from tests.gateways.connectors.channels.twilio.provider import TwilioProvider
from tests.gateways.connectors.channels.twilio.stand_in import serve_twilio
from tests.gateways.connectors.channels.whole_path.provider import Provider

__all__ = ["KINDS", "open_provider"]

KINDS = ("rest", "telegram", "sms", "whatsapp over twilio", "whatsapp", "messenger", "instagram")

_CUSTOMERS = 10


@asynccontextmanager
async def open_provider(kind: str, http: aiohttp.ClientSession) -> AsyncIterator[Provider]:
    """The stand-in of a channel's provider, as tests drive it."""
    async with AsyncExitStack() as stack:
        match kind:
            case "rest":
                yield RestProvider(await stack.enter_async_context(serve_connector()), http)
            case "telegram":
                yield TelegramProvider(await stack.enter_async_context(serve_telegram()), http)
            case "sms":
                yield TwilioProvider(await stack.enter_async_context(serve_twilio()))
            case "whatsapp over twilio":
                yield TwilioProvider(await stack.enter_async_context(serve_twilio()), "whatsapp:")
            case "whatsapp":
                yield WhatsAppProvider(await stack.enter_async_context(serve_graph(ACCOUNT)))
            case "messenger":
                yield MessengerProvider(await stack.enter_async_context(serve_graph(ACCOUNT)))
            case "instagram":
                yield InstagramProvider(await stack.enter_async_context(serve_graph(ACCOUNT)))
            case _:
                raise ValueError(f"no channel is {kind!r}; name one of {', '.join(KINDS)}")


async def _write_over(kind: str, kills: int, seed: int) -> ChannelReport:
    with tempfile.TemporaryDirectory() as directory:
        async with (
            serve_bot() as bot,
            aiohttp.ClientSession() as http,
            open_provider(kind, http) as provider,
        ):
            return await write_through_crashes(
                Path(directory), provider, bot.url, customers=_CUSTOMERS, turns=2 * kills, kills=kills, seed=seed
            )


def main() -> int:
    """Returns 1 when a text came twice, out of order, or not at all without being known to be unknown."""
    kills, seed, sound = int(sys.argv[1]) if len(sys.argv) > 1 else 20, time.time_ns(), True
    print(f"seed {seed}")
    for kind in KINDS:
        report = asyncio.run(_write_over(kind, kills, seed))
        sound = sound and report.is_sound and report.kills == kills
        print(
            f"{kind:<21} {report.kills} kills, {report.written} written, {report.sent} sent, twice {len(report.twice)},"
            f" out of order {len(report.out_of_order)}, missing {len(report.missing)}, unknown {report.unknown}"
        )
    return 0 if sound else 1


if __name__ == "__main__":
    sys.exit(main())
