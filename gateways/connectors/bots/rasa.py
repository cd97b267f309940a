"""Rasa's REST channel: one message in, the bot's answers out.

Facts: Rasa documentation, "REST channels", ``POST /webhooks/rest/webhook``.
"""

import re
from typing import Annotated, Any

import aiohttp
import msgspec

from gateways.http.nesting import MAX_LEVELS, nests_too_deeply
from schemas.configuration import Bot
from schemas.content import (
    MAX_ADDRESS,
    MAX_TEXT,
    URL_PATTERN,
    AttachmentContent,
    Button,
    ButtonsContent,
    Content,
    CustomContent,
    ImageContent,
    TextContent,
)

__all__ = ["Handoff", "RasaAnswer", "RasaError", "contents_of", "handoff_of", "send_to_rasa"]

_MAX_ANSWERS = 50
_WEB = re.compile(URL_PATTERN)
_MAX_BYTES = 1024 * 1024


class RasaError(Exception):
    """Raised when the bot does not answer, or not as Rasa's REST channel does."""


class RasaButton(msgspec.Struct, frozen=True):
    title: Annotated[str, msgspec.Meta(min_length=1)]
    payload: str


class RasaAnswer(msgspec.Struct, frozen=True):
    recipient_id: str | None = None
    text: str | None = None
    image: str | None = None
    buttons: list[RasaButton] | None = None
    attachment: Any = None
    custom: Any = None


class Handoff(msgspec.Struct, frozen=True):
    """The bot wants an agent to take over, of this queue if it names one."""

    queue: str | None = None
    reason: str | None = None


_decoder = msgspec.json.Decoder(list[RasaAnswer])


async def send_to_rasa(
    http: aiohttp.ClientSession, bot: Bot, conversation_id: str, text: str, channel: str, metadata: dict[str, Any]
) -> list[RasaAnswer]:
    """Raises RasaError."""
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
                raise RasaError(f"the bot answered with status {response.status}")
            answer = await response.content.read(_MAX_BYTES + 1)
            while len(answer) <= _MAX_BYTES and (more := await response.content.read(_MAX_BYTES)):
                answer += more
    except TimeoutError:
        raise RasaError(f"the bot did not answer within {bot.timeout_seconds} s") from None
    except aiohttp.ClientError as error:
        raise RasaError(f"the bot cannot be reached: {error}") from error
    return _decode(answer)


def _decode(answer: bytes) -> list[RasaAnswer]:
    if len(answer) > _MAX_BYTES:
        raise RasaError(f"the bot's answer is larger than {_MAX_BYTES} bytes")
    try:
        answers = _decoder.decode(answer)
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError) as error:
        raise RasaError(f"the bot's answer is not of Rasa's REST channel: {error}") from error
    if len(answers) > _MAX_ANSWERS:
        raise RasaError(f"the bot gave more than {_MAX_ANSWERS} answers at once")
    if any(nests_too_deeply(answer.custom) or nests_too_deeply(answer.attachment) for answer in answers):
        raise RasaError(f"the bot's answer nests deeper than {MAX_LEVELS} levels")
    return answers


def contents_of(answer: RasaAnswer) -> list[Content]:
    """The messages that one answer holds, each within the limits; texts beyond theirs are cut into several."""
    contents: list[Content] = []
    text = answer.text or ""
    if answer.buttons:
        buttons = [Button(button.title[:256], button.payload[:MAX_TEXT]) for button in answer.buttons[:50]]
        contents.append(ButtonsContent(buttons, text[:MAX_TEXT] or None))
        text = text[MAX_TEXT:]
    contents += [TextContent(text[start : start + MAX_TEXT]) for start in range(0, len(text), MAX_TEXT)]
    if answer.image:
        fits = len(answer.image) <= MAX_ADDRESS and _WEB.match(answer.image) is not None
        contents.append(ImageContent(answer.image) if fits else CustomContent({"image": answer.image}))
    if answer.attachment:
        fits = isinstance(answer.attachment, str) and len(answer.attachment) <= MAX_ADDRESS
        plain = AttachmentContent(answer.attachment) if fits else None
        contents.append(plain or CustomContent({"attachment": answer.attachment}))
    if answer.custom is not None and handoff_of(answer) is None:
        contents.append(CustomContent(answer.custom))
    return contents


def handoff_of(answer: RasaAnswer) -> Handoff | None:
    """``{"handoff": true}``, or with ``queue`` and ``reason`` beside it or within it."""
    custom = answer.custom
    if not isinstance(custom, dict) or not custom.get("handoff"):
        return None
    inner = custom["handoff"]
    details = {**custom, **inner} if isinstance(inner, dict) else custom
    queue, reason = details.get("queue"), details.get("reason")
    return Handoff(
        queue if isinstance(queue, str) else None,
        reason[:1024] if isinstance(reason, str) else None,
    )
