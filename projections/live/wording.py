"""A message of any kind in words: for transcripts, previews, sentences, and bots that only read."""

from collections.abc import Callable, Iterable, Mapping
from typing import Any

import msgspec

from schemas.content import Content, NotificationContent, RatingContent, TextContent

__all__ = ["data_in_words", "in_words"]

Data = Mapping[str, Any]

_OF_TEXT = (TextContent, NotificationContent)
_SCALE = RatingContent("").scale
"""The scale of a rating whose data leave it out."""


def in_words(content: Content) -> str:
    """The content as plain text, never empty. A text stays as it is; any other kind is named in brackets."""
    if isinstance(content, _OF_TEXT):
        return content.text
    return data_in_words(msgspec.to_builtins(content))


def data_in_words(data: Data) -> str:
    """The same words for content as JSON data, in which a mask may stand for any value.

    Raises KeyError, TypeError or AttributeError for data that are no content.
    """
    return _WORDING[data["type"]](data)


def _text(data: Data) -> str:
    return str(data["text"])


def _media(data: Data) -> str:
    name = data.get("name") or data.get("url") or data.get("attachment_id")
    return _joined(" ", [f"[{data['type']}]", name, data.get("text")])


def _attachment(data: Data) -> str:
    return f"[attachment] {data['url']}"


def _buttons(data: Data) -> str:
    return _joined(" ", [data.get("text"), _titles(data["buttons"])])


def _carousel(data: Data) -> str:
    cards = (
        _joined(" ", [card["title"], card.get("text"), _titles(card.get("buttons", ()))]) for card in data["cards"]
    )
    return "\n".join([_joined(" ", ["[carousel]", data.get("text")]), *cards])


def _location(data: Data) -> str:
    degrees = [data["latitude"], data["longitude"]]
    place = ", ".join(f"{each:.6f}" if isinstance(each, int | float) else each for each in degrees)
    return f"[location] {_joined(', ', [data.get('name'), data.get('address'), place])}"


def _contact(data: Data) -> str:
    return f"[contact] {_joined(', ', [data.get(name) for name in ('name', 'organization', 'phone', 'email')])}"


def _form(data: Data) -> str:
    labels = "; ".join(field["label"] for field in data["fields"])
    return _joined(" ", [f"[form] {data['title']}: {labels}", data.get("text")])


def _form_answers(data: Data) -> str:
    """A mask stands for all answers."""
    answers = data["answers"]
    lines = [f"{name}: {_answer(value)}" for name, value in answers.items()] if isinstance(answers, dict) else [answers]
    return "\n".join(["[form answers]", *lines])


def _rating(data: Data) -> str:
    return f"[rating] {data['text']} (1 to {data.get('scale', _SCALE)})"


def _custom(data: Data) -> str:
    return "[custom]"


_WORDING: Mapping[str, Callable[[Data], str]] = {
    "text": _text,
    "notification": _text,
    "image": _media,
    "audio": _media,
    "video": _media,
    "file": _media,
    "attachment": _attachment,
    "buttons": _buttons,
    "carousel": _carousel,
    "location": _location,
    "contact": _contact,
    "form": _form,
    "form_answers": _form_answers,
    "rating": _rating,
    "custom": _custom,
}


def _titles(buttons: Iterable[Data]) -> str | None:
    titles = " | ".join(button["title"] for button in buttons)
    return f"[{titles}]" if titles else None


def _answer(value: object) -> str:
    if isinstance(value, list):
        return ", ".join(value)
    if isinstance(value, bool):
        return "yes" if value else "no"
    return str(value)


def _joined(separator: str, parts: Iterable[str | None]) -> str:
    return separator.join(part for part in parts if part)
