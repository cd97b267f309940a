"""Trying a bot out without a customer: what it answers to a text, or why it does not. Nothing is recorded."""

import time
from typing import NamedTuple

import aiohttp
from msgspec.structs import replace

from gateways.connectors.bots.bot import BotAnswer
from gateways.connectors.bots.calling import RasaMessage, call_bot
from gateways.connectors.bots.exceptions import BotError
from gateways.services import Services
from schemas.configuration import Bot
from schemas.identifiers import new_id

__all__ = ["Attempt", "try_bot"]

_MAX_SECONDS = 15.0
"""A person waits for the answer."""
_CHANNEL = "try"


class Attempt(NamedTuple):
    """``sender`` is the id by which the bot knows the dialogue. There is an answer, or a ``failure`` in words."""

    sender: str
    seconds: float
    answer: BotAnswer | None
    failure: str | None


async def try_bot(services: Services, bot: Bot, text: str, sender: str | None) -> Attempt:
    """Asks the bot once, as a customer's message does, but for ``"try": true`` in the metadata. Without ``sender`` a
    dialogue begins."""
    dialogue, message_id = sender or new_id(), new_id()
    metadata: dict[str, object] = {
        "event_id": message_id,
        "message_id": message_id,
        "language": None,
        "customer": {},
        "try": True,
    }
    message = RasaMessage(dialogue, text, _CHANNEL, metadata)
    hasty = replace(bot, timeout_seconds=min(bot.timeout_seconds, _MAX_SECONDS))
    began = time.monotonic()
    answer, failure = None, None
    async with aiohttp.ClientSession() as http:
        try:
            answer = await call_bot(http, hasty, services.settings.secrets, message_id, message)
        except BotError as error:
            failure = str(error)
    return Attempt(dialogue, round(time.monotonic() - began, 3), answer, failure)
