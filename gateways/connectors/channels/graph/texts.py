"""Customers' texts within the limits of what customers post."""

from gateways.connectors.channels.rendering.choices import read_token
from gateways.connectors.channels.rendering.cutting import cut, is_visible, shorten
from schemas.content import MAX_TEXT
from schemas.posting import PostedText

__all__ = ["line_of", "note", "pressed", "text_of", "texts_of"]

_MAX_LINE = 256


def texts_of(text: str | None) -> list[PostedText]:
    """The text as messages, none when nobody would see it. One that is too long becomes several, cut at lines or
    words where it has some."""
    pieces = cut((text or "").replace("\0", ""), MAX_TEXT, "code_points")
    return [PostedText(piece) for piece in pieces if is_visible(piece)]


def text_of(text: str | None) -> str | None:
    """The beginning of a text that comes with something else."""
    return next((message.text for message in texts_of(text)), None)


def line_of(text: str | None, limit: int = _MAX_LINE) -> str | None:
    """The text as one line of at most 256 characters."""
    line = shorten(" ".join((text or "").replace("\0", "").split()), limit, "code_points")
    return line if is_visible(line) else None


def note(text: str) -> PostedText:
    """What the customer did, in brackets, where there is no such thing here."""
    return PostedText(f"[{line_of(text, _MAX_LINE - 2) or 'message'}]")


def pressed(title: str | None, token: str | None) -> PostedText:
    """The title of a pressed button. A token that is not this server's, such as that of a button in a template, is a
    payload for the bot."""
    payload = text_of(token) if token and read_token(token) is None else None
    return PostedText(text_of(title) or "…", payload)
