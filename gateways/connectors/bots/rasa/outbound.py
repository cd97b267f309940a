"""Calls of bots over Rasa's REST channel: one message there, the bot's answers back."""

import aiohttp
import msgspec

from gateways.connectors.bots.bot import BotAnswer
from gateways.connectors.bots.exceptions import BotError
from gateways.connectors.bots.rasa.messages import MAX_BYTES, read_answers
from schemas.configuration import Bot

__all__ = ["send_to_rasa"]


async def send_to_rasa(
    http: aiohttp.ClientSession, bot: Bot, conversation_id: str, text: str, channel: str, metadata: dict[str, object]
) -> BotAnswer:
    """The bot's answer to the text. Raises BotError."""
    body = {"sender": conversation_id, "message": text, "input_channel": channel, "metadata": metadata}
    try:
        async with http.post(
            f"{bot.url.rstrip('/')}/webhooks/rest/webhook",
            data=msgspec.json.encode(body),
            headers={"Content-Type": "application/json"},
            timeout=aiohttp.ClientTimeout(total=bot.timeout_seconds),
            allow_redirects=False,
        ) as response:
            if response.status != 200:
                raise BotError(f"the bot answered with status {response.status}")
            answer = await response.content.read(MAX_BYTES + 1)
            while len(answer) <= MAX_BYTES and (more := await response.content.read(MAX_BYTES)):
                answer += more
    except TimeoutError:
        raise BotError(f"the bot did not answer within {bot.timeout_seconds} s") from None
    except aiohttp.ClientError as error:
        raise BotError(f"the bot cannot be reached: {error}") from error
    return read_answers(answer)
