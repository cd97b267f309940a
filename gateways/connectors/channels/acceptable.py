"""What a provider brings, within the rules for what customers may post: nothing of it is lost for its form."""

import msgspec

from gateways.connectors.channels.rendering.cutting import cut, is_visible
from schemas.content import MAX_TEXT
from schemas.posting import CustomerContent, PostedText

__all__ = ["acceptable"]

_NOTHING = "[a message without a visible sign]"


def acceptable(content: CustomerContent) -> list[CustomerContent]:
    """The contents to post, in their order: a text that is too long becomes several, and what breaks another rule
    becomes a text that says so."""
    if isinstance(content, PostedText):
        return list(_texts(content))
    try:
        msgspec.convert(msgspec.to_builtins(content), CustomerContent)
    except msgspec.ValidationError as error:
        return [PostedText(f"[what cannot be shown here: {error}]"[:MAX_TEXT])]
    return [content]


def _texts(content: PostedText) -> list[PostedText]:
    text, payload = content.text.replace("\0", ""), content.payload
    if payload is not None and not (len(payload) <= MAX_TEXT and is_visible(payload)):
        payload = None
    texts = [PostedText(part, payload) for part in cut(text, MAX_TEXT, "code_points") if is_visible(part)]
    return texts or [PostedText(_NOTHING, payload)]
