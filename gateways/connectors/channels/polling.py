"""Asks the providers that cannot call this server for what their customers write."""

import asyncio
from contextlib import aclosing

from actors.engine import Committed
from gateways.connectors.channels.lines import open_line, settings_of
from gateways.connectors.channels.receiving import receive
from gateways.effects.uninterrupted import cancelled
from gateways.services import Services
from schemas.configuration.connectors import ConnectorSettings, TelegramSettings
from schemas.events import ItemConfigured, ItemRemoved

__all__ = ["keep_polling"]


async def keep_polling(services: Services) -> None:
    """Runs until it is cancelled. Channels that are configured meanwhile are polled too, with their new settings."""
    pollers = _Pollers(services)
    services.engine.observe(pollers.notice, ItemConfigured, ItemRemoved)
    try:
        await pollers.run()
    finally:
        services.engine.forget(pollers.notice)


class _Pollers:
    def __init__(self, services: Services) -> None:
        self._services = services
        self._tasks: dict[str, tuple[ConnectorSettings, asyncio.Task[None]]] = {}
        self._changed = asyncio.Event()

    def notice(self, committed: list[Committed]) -> None:
        self._changed.set()

    async def run(self) -> None:
        try:
            while True:
                self._changed.clear()
                await self._adjust()
                await self._changed.wait()
        finally:
            await self._end(list(self._tasks))

    async def _adjust(self) -> None:
        wanted = {name: settings for name in self._services.configuration.channels if (settings := self._polled(name))}
        await self._end([name for name, (settings, _) in self._tasks.items() if wanted.get(name) != settings])
        for name, settings in wanted.items():
            if name not in self._tasks:
                self._tasks[name] = settings, asyncio.create_task(self._poll(name))

    async def _end(self, channels: list[str]) -> None:
        for name in channels:
            await cancelled(self._tasks.pop(name)[1])

    def _polled(self, channel: str) -> ConnectorSettings | None:
        settings = settings_of(self._services, channel)
        return settings if isinstance(settings, TelegramSettings) and settings.updates == "polling" else None

    async def _poll(self, channel: str) -> None:
        """What fails on this server's side is asked for again: the provider keeps it until then."""
        supervision, name = self._services.supervision, f"polling of channel {channel}"

        async def poll() -> None:
            opened = await open_line(self._services, channel)
            assert opened is not None  # noqa: S101 - the task ends before its channel does
            from gateways.connectors.channels.telegram.polling import poll as updates  # imports aiohttp

            async with aclosing(updates(opened.line)) as batches:
                async for batch in batches:
                    for inbound in batch:
                        await receive(self._services, channel, inbound)

        async with supervision.supervised(name, poll):
            await asyncio.Event().wait()
