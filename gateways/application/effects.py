"""Runs the effects beside the server."""

import asyncio
import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from importlib import import_module

from gateways.effects.consumer import Consumer
from gateways.effects.positions import Positions
from gateways.services import Services

__all__ = ["run_effects"]

_logger = logging.getLogger(__name__)


@asynccontextmanager
async def run_effects(services: Services) -> AsyncIterator[None]:
    """Runs them until the context is left."""
    file = None if services.data_directory is None else services.data_directory.effects
    positions = Positions(file)
    running = asyncio.create_task(_run(services, positions, services.hub.position))
    running.add_done_callback(_log_failure)
    try:
        yield
    finally:
        running.cancel()
        await asyncio.gather(running, return_exceptions=True)
        positions.close()


async def _run(services: Services, positions: Positions, opened_at: int) -> None:
    """Imports the HTTP client on a thread, because that takes long. Nothing that is posted waits for it: the effects
    catch up."""
    await asyncio.to_thread(import_module, "gateways.connectors.bots.bot_effect")
    import aiohttp  # takes long to import, so it was imported on a thread above

    from gateways.connectors.bots.bot_effect import BotEffect  # imports aiohttp

    async with aiohttp.ClientSession(connector=aiohttp.TCPConnector(limit=0)) as http:
        await Consumer(BotEffect(services, http), services, positions, opened_at).run()


def _log_failure(ended: asyncio.Task[None]) -> None:
    if not ended.cancelled() and (error := ended.exception()):
        _logger.critical("the effects have stopped on an error; restart the server", exc_info=error)
