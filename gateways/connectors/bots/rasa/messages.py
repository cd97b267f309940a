"""The messages of Rasa's REST channel, and what they are in our words.

Source: Rasa documentation, "REST channels", ``POST /webhooks/rest/webhook``.
"""

import re
from typing import Annotated, Any

import msgspec

from gateways.connectors.bots.bot import BotAnswer, Handoff
from gateways.connectors.bots.exceptions import BotError
from gateways.http.nesting import MAX_LEVELS, nests_too_deeply
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

__all__ = ["MAX_BYTES", "RasaAnswer", "contents_of", "handoff_of", "read_answers"]

_MAX_ANSWERS = 50
_WEB = re.compile(URL_PATTERN)
MAX_BYTES = 1024 * 1024
"""The largest body that a bot may answer with."""


class RasaButton(msgspec.Struct, frozen=True):
    title: Annotated[str, msgspec.Meta(min_length=1)]
    payload: str


class RasaAnswer(msgspec.Struct, frozen=True):
    recipient_id: str | None = None
    text: str | None = None
    image: str | None = None
    buttons: list[RasaButton] | None = None
    attachment: Any = None  # any JSON value, as the bot likes
    custom: Any = None  # any JSON value, as the bot likes


_decoder = msgspec.json.Decoder(list[RasaAnswer])


def read_answers(body: bytes) -> BotAnswer:
    """The whole answer to one message. Raises BotError when it is not of Rasa's REST channel, or too large."""
    if len(body) > MAX_BYTES:
        raise BotError(f"the bot's answer is larger than {MAX_BYTES} bytes")
    try:
        answers = _decoder.decode(body)
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError) as error:
        raise BotError(f"the bot's answer is not of Rasa's REST channel: {error}") from error
    if len(answers) > _MAX_ANSWERS:
        raise BotError(f"the bot gave more than {_MAX_ANSWERS} answers at once")
    if any(nests_too_deeply(answer.custom) or nests_too_deeply(answer.attachment) for answer in answers):
        raise BotError(f"the bot's answer nests deeper than {MAX_LEVELS} levels")
    handoffs = (found for found in map(handoff_of, answers) if found is not None)
    return BotAnswer([content for answer in answers for content in contents_of(answer)], next(handoffs, None))


def contents_of(answer: RasaAnswer) -> list[Content]:
    """The messages that one answer holds, each within the limits. A text that is too long becomes several messages."""
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
    """The hand-off that an answer requests with ``{"handoff": true}``; ``queue`` and ``reason`` may stand beside it or
    within it."""
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
