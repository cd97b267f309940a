"""Which button of a message the customer means: by the token of a pressed one, or by what the customer types."""

import base64
import binascii
import re
import unicodedata
from typing import NamedTuple
from uuid import UUID

from gateways.connectors.channels.rendering.cutting import is_visible
from schemas.content import Button, ButtonsContent, CarouselContent, Content, RatingContent

__all__ = [
    "ChoiceToken",
    "Chosen",
    "buttons_of",
    "choice_token",
    "match_choice",
    "read_token",
    "resolve_choice",
    "title_of",
]

_TOKEN = re.compile(r"([A-Za-z0-9_-]{22}):(0|[1-9][0-9]{0,4})")
_NUMBER = re.compile(r"\s*(\d{1,3})\s*[.):]?\s*")


class ChoiceToken(NamedTuple):
    """The message that held the button, and the number of the button in it, from 0."""

    message_id: str
    number: int


class Chosen(NamedTuple):
    """The button's whole title, and its payload if it has one."""

    title: str
    payload: str | None


def choice_token(message_id: str, index: int) -> str:
    """The token by which a channel reports the press of a button."""
    return f"{base64.urlsafe_b64encode(UUID(message_id).bytes).decode().rstrip('=')}:{index}"


def read_token(token: str) -> ChoiceToken | None:
    """None for a token that is not of this server's form, such as that of another program with the same account."""
    found = _TOKEN.fullmatch(token)
    if found is None:
        return None
    try:
        read = ChoiceToken(str(UUID(bytes=base64.urlsafe_b64decode(found[1] + "=="))), int(found[2]))
    except (binascii.Error, ValueError):
        return None
    return read if choice_token(*read) == token else None


def resolve_choice(token: str, content: Content) -> Chosen | None:
    """The button of the message with this content that was pressed; ``read_token`` says which message that is."""
    read, buttons = read_token(token), buttons_of(content)
    return _chosen(buttons, read.number) if read is not None and read.number < len(buttons) else None


def match_choice(text: str, content: Content) -> Chosen | None:
    """The button that the customer means by typing its title or, as ``2`` or ``2.``, its number. None when it may be
    none or several."""
    buttons, typed = buttons_of(content), _folded(text)
    choices = [_chosen(buttons, index) for index in range(len(buttons))]
    named = [choice for choice in choices if _folded(choice.title) == typed]
    if named:
        return named[0] if all(choice.payload == named[0].payload for choice in named) else None
    number = _NUMBER.fullmatch(text)
    index = int(number[1]) - 1 if number else -1
    return choices[index] if 0 <= index < len(choices) else None


def buttons_of(content: Content) -> list[Button]:
    """All buttons of a message in their order, those of a carousel through all of its cards. The scores of a rating are
    buttons too."""
    if isinstance(content, ButtonsContent):
        return content.buttons
    if isinstance(content, CarouselContent):
        return [button for card in content.cards for button in card.buttons]
    if isinstance(content, RatingContent):
        return [Button(str(score), str(score)) for score in range(1, content.scale + 1)]
    return []


def title_of(button: Button, index: int) -> str:
    """The title on one line, or the button's number when nobody could see it."""
    title = " ".join(button.title.replace("\0", "").split())
    return title if is_visible(title) else str(index + 1)


def _chosen(buttons: list[Button], index: int) -> Chosen:
    return Chosen(title_of(buttons[index], index), buttons[index].payload or None)


def _folded(text: str) -> str:
    return " ".join(unicodedata.normalize("NFKC", text.replace("\0", "")).casefold().split())
