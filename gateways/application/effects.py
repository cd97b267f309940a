"""Runs the effects beside the server."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager, closing
from functools import partial
from importlib import import_module

from gateways.connectors.channels.channel_effect import ChannelEffect
from gateways.connectors.channels.inbound_effect import InboundEffect
from gateways.connectors.channels.polling import keep_polling
from gateways.connectors.channels.signalling import carry_signals
from gateways.effects.consumer import Consumer
from gateways.effects.delivering import DeliveringEffect
from gateways.effects.positions import Positions
from gateways.effects.running import EffectRunner
from gateways.services import Services

__all__ = ["run_effects"]


@asynccontextmanager
async def run_effects(services: Services) -> AsyncIterator[None]:
    """Runs them until the context is left. Raises DataFileError when the file of their positions cannot be used."""
    file = None if services.data_directory is None else services.data_directory.effects
    with closing(Positions(file)) as positions:
        async with AsyncExitStack() as stack:
            await stack.enter_async_context(
                services.supervision.supervised("effects", partial(_serve_bots, services, positions))
            )
            for effect in _effects(services):
                work = EffectRunner(effect, services).run
                await stack.enter_async_context(services.supervision.supervised(f"effect {effect.name}", work))
            stack.enter_context(carry_signals(services))
            polling = services.supervision.supervised("polling of channels", partial(keep_polling, services))
            await stack.enter_async_context(polling)
            await stack.enter_async_context(
                services.supervision.supervised("effect webhooks", partial(_serve_webhooks, services))
            )
            yield


def _effects(services: Services) -> list[DeliveringEffect]:
    return [
        InboundEffect(services),
        ChannelEffect(services, repeatable=False),
        ChannelEffect(services, repeatable=True),
    ]


async def _serve_bots(services: Services, positions: Positions) -> None:
    """Imports the HTTP client on a thread, because that takes long. Nothing that is posted waits for it: the effects
    catch up."""
    await asyncio.to_thread(import_module, "gateways.connectors.bots.bot_effect")
    import aiohttp  # takes long to import, so it was imported on a thread above

    from gateways.connectors.bots.bot_effect import BotEffect  # imports aiohttp
    from gateways.connectors.bots.retried import RetriedBots  # so does this

    async with aiohttp.ClientSession(connector=aiohttp.TCPConnector(limit=0)) as http:
        bots = BotEffect(services, http)
        async with asyncio.TaskGroup() as tasks:
            tasks.create_task(Consumer(bots, services, positions).run())
            tasks.create_task(EffectRunner(RetriedBots(services, bots), services).run())


async def _serve_webhooks(services: Services) -> None:
    await asyncio.to_thread(import_module, "gateways.connectors.webhooks.webhook_effect")
    from gateways.connectors.webhooks.calling import receivers  # imports aiohttp, which was imported on a thread above
    from gateways.connectors.webhooks.webhook_effect import WebhookEffect  # so does this

    async with receivers(services.settings) as called:
        await EffectRunner(WebhookEffect(services, called), services).run()
