"""The endpoints of bots: an administrator tries one out."""

import asyncio
from importlib import import_module
from typing import cast

from gateways.api.call import Call
from gateways.api.path_parameters import ITEM_NAME
from gateways.configuration.changing import find_item
from gateways.http.answer import Answer
from gateways.http.endpoints import Endpoint, Feed
from schemas.api.admin import BotAttempt, BotAttemptRequest, BotHandoff
from schemas.configuration import Bot

__all__ = ["ENDPOINTS"]


async def try_bot(call: Call, body: BotAttemptRequest) -> Answer[BotAttempt]:
    """Sends the text to the bot as it is configured, once, and waits 15 seconds at most. A bot that fails is no
    problem of the request: ``failure`` says in words what was wrong. Nothing is recorded; the bot's metadata has
    ``"try": true``."""
    await asyncio.to_thread(import_module, "gateways.connectors.bots.trying")
    from gateways.connectors.bots import trying  # imports aiohttp, which takes long; it was imported on a thread above

    bot = cast("Bot", find_item(call.services, "bots", call.parameter("name")))
    attempt = await trying.try_bot(call.services, bot, body.text, body.sender)
    if attempt.answer is None:
        return Answer(BotAttempt(attempt.sender, attempt.seconds, failure=attempt.failure))
    handoff = attempt.answer.handoff
    tried = BotAttempt(
        attempt.sender,
        attempt.seconds,
        contents=attempt.answer.contents,
        handoff=None if handoff is None else BotHandoff(handoff.queue, handoff.reason),
        left_out=attempt.answer.left_out,
    )
    return Answer(tried)


ENDPOINTS: tuple[Endpoint | Feed, ...] = (
    Endpoint(
        method="POST",
        path="/admin/v1/bots/{name}/try",
        path_parameters=(ITEM_NAME,),
        handler=try_bot,
        audited="bot_tried",
        summary="Try a bot out",
        access="administrator",
        errors=("not_found",),
    ),
)
