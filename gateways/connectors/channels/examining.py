"""Asks a channel's provider whether all is set up, or sets it up there. What goes wrong is a finding too."""

import asyncio

from config import SettingsError
from gateways.connectors.channels.connector import Finding
from gateways.connectors.channels.exceptions import ChannelError
from gateways.connectors.channels.lines import OpenLine

__all__ = ["check_line", "set_up_line"]

_MAX_SECONDS = 60.0
_MAX_WORDS = 1000


async def check_line(opened: OpenLine) -> list[Finding]:
    """What the provider says, and changes nothing there."""
    return await _examine(opened, setting_up=False)


async def set_up_line(opened: OpenLine) -> list[Finding]:
    """What was done at the provider, and what is left to do by hand."""
    return await _examine(opened, setting_up=True)


async def _examine(opened: OpenLine, *, setting_up: bool) -> list[Finding]:
    line, connector = opened
    ask = connector.set_up if setting_up else connector.check
    try:
        async with asyncio.timeout(_MAX_SECONDS):
            found = await ask(line)
    except (ChannelError, SettingsError) as error:
        found = [Finding("fault", str(error))]
    except TimeoutError:
        found = [Finding("fault", f"the provider has not answered everything within {_MAX_SECONDS:g} s")]
    return [Finding(each.status, each.words[:_MAX_WORDS]) for each in found]
