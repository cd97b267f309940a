"""What ``serve --demo`` adds to its settings: the bot's address, known passwords, and loopback only."""

import asyncio
import contextlib
import ipaddress

import msgspec

from config import SettingsError
from config.demo import DEMO_BOT, DEMO_PASSWORD, DEMO_TEXTS
from gateways.configuration.changing import configure_item
from gateways.services import Services

__all__ = ["require_loopback", "set_up_demo"]


def require_loopback(host: str) -> None:
    """Raises SettingsError for an address that is not on loopback."""
    with contextlib.suppress(ValueError):
        if host == "localhost" or ipaddress.ip_address(host).is_loopback:
            return
    raise SettingsError(
        f"--demo has well-known passwords and listens on loopback only, not on {host}; use --host 127.0.0.1"
    )


async def set_up_demo(services: Services) -> None:
    """Configures the addresses that the bot and the service for text messages have this time, and sets the passwords
    that are missing.

    Passwords are set only once, because hashing takes a while and the accounts are kept.
    """
    configured, demo = services.configuration, services.settings.tables
    bot, url = configured.bots.get(DEMO_BOT), demo.bots[DEMO_BOT].url
    if bot is not None and bot.url != url:
        here = msgspec.structs.replace(bot, url=url)
        await configure_item(services, DEMO_BOT, here, "system")
    channel, now = configured.channels.get(DEMO_TEXTS), demo.channels.get(DEMO_TEXTS)
    if now is not None and (channel is None or channel.connector != now.connector):
        connected = now if channel is None else msgspec.structs.replace(channel, connector=now.connector)
        await configure_item(services, DEMO_TEXTS, connected, "system")
    missing = configured.agents.keys() & demo.agents.keys() - services.accounts.with_password()
    if missing:
        await asyncio.to_thread(services.accounts.set_known_password, missing, DEMO_PASSWORD)
