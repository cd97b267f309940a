"""One call of a bot, whatever system it runs on."""

from functools import partial

import aiohttp

from config import Secrets
from gateways.connectors.bots.bot import BotAnswer
from gateways.connectors.bots.proof import proof_headers
from gateways.connectors.bots.rasa.outbound import RasaMessage, send_to_rasa
from schemas.configuration import Bot

__all__ = ["RasaMessage", "call_bot"]


async def call_bot(
    http: aiohttp.ClientSession, bot: Bot, secrets: Secrets, message_id: str, message: RasaMessage
) -> BotAnswer:
    """The bot's answer to one try, with the proof that it expects. ``message_id`` is the id that the proof names.
    Raises BotError."""
    return await send_to_rasa(http, bot, message, partial(proof_headers, bot, secrets, message_id))
