"""Buttons on WhatsApp. Twilio sends them by templates alone, so that the server makes one for each number of buttons,
with every text as a variable, and uses it again. Within 24 hours of the customer's last message they need no approval.

Source: https://www.twilio.com/docs/content/twilio-quick-reply and https://www.twilio.com/docs/content/twiliolist-picker.
"""

import asyncio
from collections import defaultdict
from typing import Any, NamedTuple

from gateways.connectors.channels.calling import ProviderAnswer
from gateways.connectors.channels.connector import Line
from gateways.connectors.channels.exceptions import AnswerLostError, NotReachedError
from gateways.connectors.channels.pieces import ButtonsPiece
from gateways.connectors.channels.twilio.api import get, post_json
from schemas.configuration.connectors import TwilioSettings

__all__ = ["MAX_CHOICES", "TemplateRefusedError", "Templates", "variables_of"]

MAX_CHOICES = 10
_MAX_REPLIES = 3
"""More than three buttons are sent as a list, which the customer has to open."""


class TemplateRefusedError(Exception):
    """Raised when Twilio does not make the template. ``answer`` is what it answered; no message has been sent."""

    def __init__(self, answer: ProviderAnswer) -> None:
        super().__init__("Twilio does not make the template")
        self.answer = answer


class _Key(NamedTuple):
    account: str
    choices: int


class Templates:
    """The templates of all accounts that are known to exist, by their number of choices."""

    def __init__(self) -> None:
        self._sids: dict[_Key, str] = {}
        self._locks: defaultdict[_Key, asyncio.Lock] = defaultdict(asyncio.Lock)

    async def sid_for(self, line: Line[TwilioSettings], choices: int) -> str:
        """The id of the template, which is made at Twilio if it is not there. Raises TemplateRefusedError, and
        NotReachedError also where an answer is lost, for no message has been sent."""
        key = _Key(line.settings.account, choices)
        async with self._locks[key]:
            if key not in self._sids:
                try:
                    self._sids[key] = await _found(line, choices) or await _made(line, choices)
                except AnswerLostError as error:
                    raise NotReachedError(str(error)) from None
            return self._sids[key]

    def forget(self, line: Line[TwilioSettings], choices: int) -> None:
        """Drops a template that Twilio does not know any more."""
        self._sids.pop(_Key(line.settings.account, choices), None)


def variables_of(piece: ButtonsPiece, label: str) -> dict[str, str]:
    """The values of the template's variables. ``label`` opens a list."""
    return _numbered(piece.text, [(choice.title, choice.token) for choice in piece.choices], label)


def _numbered(text: str, choices: list[tuple[str, str]], label: str) -> dict[str, str]:
    texts = [text, *(part for choice in choices for part in choice), *([label] if len(choices) > _MAX_REPLIES else [])]
    return {str(number): part for number, part in enumerate(texts, 1)}


def _name(choices: int) -> str:
    return f"hybridchat_choices_{choices}"


async def _found(line: Line[TwilioSettings], choices: int) -> str | None:
    name = _name(choices)
    answer = await get(line, f"{line.settings.content_url.rstrip('/')}/v2/Content", [("ContentName", f"^{name}$")])
    listed = answer.json if answer.status == 200 else None
    contents = listed.get("contents", []) if isinstance(listed, dict) else []
    return next((content["sid"] for content in contents if content.get("friendly_name") == name), None)


async def _made(line: Line[TwilioSettings], choices: int) -> str:
    body = {
        "friendly_name": _name(choices),
        "language": "en",
        "variables": _numbered("Text", [(f"Choice {number}", str(number)) for number in range(choices)], "Options"),
        "types": _types(choices),
    }
    answer = await post_json(line, f"{line.settings.content_url.rstrip('/')}/v1/Content", body)
    made = answer.json
    if answer.status != 201 or not isinstance(made, dict) or not isinstance(made.get("sid"), str):
        raise TemplateRefusedError(answer)
    sid: str = made["sid"]
    return sid


def _types(choices: int) -> dict[str, Any]:
    places = [(f"{{{{{number}}}}}", f"{{{{{number + 1}}}}}") for number in range(2, 2 + 2 * choices, 2)]
    if choices <= _MAX_REPLIES:
        actions = [{"type": "QUICK_REPLY", "title": title, "id": token} for title, token in places]
        return {"twilio/quick-reply": {"body": "{{1}}", "actions": actions}}
    items = [{"item": title, "id": token, "description": ""} for title, token in places]
    label = f"{{{{{2 + 2 * choices}}}}}"
    return {"twilio/list-picker": {"body": "{{1}}", "button": label, "items": items}}
