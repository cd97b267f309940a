"""The messages of Rasa's REST channel, and what they are in our words.

Source: Rasa documentation, "REST channels", ``POST /webhooks/rest/webhook``.
"""

from collections.abc import Iterator
from typing import Any, NamedTuple

import msgspec

from gateways.connectors.bots.bot import BotAnswer, Handoff
from gateways.connectors.bots.exceptions import UnusableAnswerError
from gateways.connectors.bots.rasa.attachments import attached, is_web_address
from gateways.connectors.bots.rasa.decoding import entries_of
from gateways.connectors.bots.rasa.left_out import LeftOut
from gateways.http.nesting import MAX_LEVELS, nests_too_deeply
from schemas.content import (
    MAX_TEXT,
    Button,
    ButtonsContent,
    Content,
    CustomContent,
    ImageContent,
    TextContent,
)

__all__ = ["RasaAnswer", "contents_of", "free_text", "handoff_of", "parts_of", "read_answers"]

_MAX_ANSWERS = 50
_MAX_BUTTONS = 50
_MAX_TITLE = 256
_NO_COMMAND = "\u200b"


class RasaAnswer(msgspec.Struct, frozen=True):
    """One entry of an answer. A bot may send any JSON value in each field; what does not fit is left out alone."""

    text: Any = None
    image: Any = None
    buttons: Any = None
    attachment: Any = None
    custom: Any = None


class _Link(NamedTuple):
    text: str


def free_text(text: str) -> str:
    """The text as Rasa takes it for a text. One that begins with ``/``, after white space too, would be an intent or a
    command such as ``/restart``: a space without width stands before it."""
    return f"{_NO_COMMAND}{text}" if text.lstrip().startswith("/") else text


def read_answers(body: bytes) -> BotAnswer:
    """The whole answer to one message: whatever of it can be posted. Raises UnusableAnswerError when something was said
    and nothing of it can."""
    entries = entries_of(body)
    answers = [_answer_of(entry) for entry in entries[:_MAX_ANSWERS]]
    parts = [part for answer in answers for part in parts_of(answer)]
    left_out = [part.reason for part in parts if isinstance(part, LeftOut)]
    if len(entries) > _MAX_ANSWERS:
        left_out.append(f"the bot gave more than {_MAX_ANSWERS} answers at once")
    contents = [part for part in parts if not isinstance(part, LeftOut)]
    handoff = next((found for found in map(handoff_of, answers) if found is not None), None)
    if left_out and not contents and handoff is None:
        raise UnusableAnswerError(f"nothing of the bot's answer can be posted: {'; '.join(left_out[:5])}")
    return BotAnswer(contents, handoff, left_out, silent_on_purpose=any(map(_means_silence, answers)))


def contents_of(answer: RasaAnswer) -> list[Content]:
    """The messages that one answer holds, each within the limits. A text that is too long becomes several messages."""
    return [part for part in parts_of(answer) if not isinstance(part, LeftOut)]


def parts_of(answer: RasaAnswer) -> Iterator[Content | LeftOut]:
    """The messages that one answer holds, and what of it cannot be posted."""
    text = _words(answer.text)
    if text is None:
        yield LeftOut("text is no text")
    yield from _buttons_below(text or "", answer.buttons)
    if answer.image:
        yield ImageContent(answer.image) if is_web_address(answer.image) else _as_it_is({"image": answer.image})
    if answer.attachment:
        yield attached(answer.attachment)
    if answer.custom is not None and handoff_of(answer) is None and not _means_silence(answer):
        yield _as_it_is(answer.custom)


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


def _means_silence(answer: RasaAnswer) -> bool:
    """True for ``{"silent": true}``, by which a bot that says nothing shows that it means to."""
    return isinstance(answer.custom, dict) and answer.custom.get("silent") is True


def _answer_of(entry: Any) -> RasaAnswer:
    if isinstance(entry, dict):
        return RasaAnswer(**{name: entry.get(name) for name in RasaAnswer.__struct_fields__})
    return RasaAnswer(text=entry)


def _buttons_below(text: str, buttons: Any) -> Iterator[Content | LeftOut]:
    """The text with the buttons that can be pressed, the rest of the text, then the buttons that open a page, as texts
    with their addresses."""
    given = buttons if isinstance(buttons, list) else [buttons]
    read = [_button(button) for button in given] if buttons else []
    pressed = [button for button in read if isinstance(button, Button)]
    if pressed:
        yield ButtonsContent(pressed[:_MAX_BUTTONS], text[:MAX_TEXT] or None)
        text = text[MAX_TEXT:]
    for start in range(0, len(text), MAX_TEXT):
        yield TextContent(text[start : start + MAX_TEXT])
    for other in read:
        if isinstance(other, _Link):
            yield TextContent(other.text)
        elif isinstance(other, LeftOut):
            yield other


def _button(button: Any) -> Button | _Link | LeftOut:
    """A button without a payload that names a page opens it; any other without one says its title."""
    given = button if isinstance(button, dict) else {}
    title, payload, address = _words(given.get("title")), _words(given.get("payload")), given.get("url")
    if not title:
        return LeftOut("a button has no title")
    if payload is None:
        return LeftOut(f"the payload of the button {title[:_MAX_TITLE]!r} is no text")
    if given.get("payload") is not None:
        return Button(title[:_MAX_TITLE], payload[:MAX_TEXT])
    if address is None:
        return Button(title[:_MAX_TITLE], title[:MAX_TEXT])
    if not is_web_address(address):
        return LeftOut(f"the address of the button {title[:_MAX_TITLE]!r} does not begin with http:// or https://")
    return _Link(f"{title[:_MAX_TITLE]}: {address}")


def _words(value: Any) -> str | None:
    """A text, or a number as one; empty for nothing, None for anything else."""
    if value is None:
        return ""
    return str(value) if isinstance(value, str | int | float) and not isinstance(value, bool) else None


def _as_it_is(value: Any) -> CustomContent | LeftOut:
    if nests_too_deeply(value):
        return LeftOut(f"a part nests deeper than {MAX_LEVELS} levels")
    return CustomContent(value)
