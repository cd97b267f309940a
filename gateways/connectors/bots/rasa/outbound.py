"""Calls of bots over Rasa's REST channel: one message there, the bot's answers back."""

from collections.abc import Callable, Mapping

import aiohttp
import msgspec

from gateways.connectors.bots.bot import BotAnswer
from gateways.connectors.bots.exceptions import NoAnswerError, UnusableAnswerError
from gateways.connectors.bots.rasa.decoding import MAX_BYTES
from gateways.connectors.bots.rasa.messages import read_answers
from schemas.configuration import Bot

__all__ = ["ProofHeaders", "RasaMessage", "send_to_rasa"]

_OK = range(200, 300)
_NOT_LET_IN = (401, 403)


class RasaMessage(msgspec.Struct, frozen=True):
    """A customer's message in the words of Rasa's REST channel; ``sender`` is the conversation's id."""

    sender: str
    message: str
    input_channel: str
    metadata: dict[str, object]


ProofHeaders = Callable[[bytes], Mapping[str, str]]
"""Makes the headers that prove to the bot who calls with a body."""


async def send_to_rasa(http: aiohttp.ClientSession, bot: Bot, message: RasaMessage, proof: ProofHeaders) -> BotAnswer:
    """The bot's answer to the message. Raises NoAnswerError, or UnusableAnswerError once the bot has said that it dealt
    with the message: it has, even if the rest of its answer is lost."""
    body = msgspec.json.encode(message)
    answered = False
    try:
        async with http.post(
            f"{bot.url.rstrip('/')}/webhooks/rest/webhook",
            data=body,
            headers={**proof(body), "Content-Type": "application/json"},
            timeout=aiohttp.ClientTimeout(total=bot.timeout_seconds),
            allow_redirects=False,
        ) as response:
            if response.status not in _OK:
                raise NoAnswerError(f"the bot answered with status {response.status}{_refused(response.status)}")
            answered = True
            answer = await response.content.read(MAX_BYTES + 1)
            while len(answer) <= MAX_BYTES and (more := await response.content.read(MAX_BYTES)):
                answer += more
    except TimeoutError:
        raise _lost(answered, f"the bot did not answer within {bot.timeout_seconds} s") from None
    except aiohttp.ClientError as error:
        raise _lost(answered, f"the bot cannot be reached: {error}") from error
    return read_answers(answer)


def _refused(status: int) -> str:
    return ", as one does that does not accept the signature or the secret headers" if status in _NOT_LET_IN else ""


def _lost(answered: bool, reason: str) -> NoAnswerError | UnusableAnswerError:
    return UnusableAnswerError(f"the bot's answer broke off: {reason}") if answered else NoAnswerError(reason)
