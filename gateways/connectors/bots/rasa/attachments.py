"""The attachment of a bot's answer: an address, or an object as Rasa has it,
``{"type": "video", "payload": {"src": "https://…"}}``."""

import re
from collections.abc import Callable
from typing import Any

from gateways.connectors.bots.rasa.left_out import LeftOut
from schemas.content import (
    MAX_ADDRESS,
    URL_PATTERN,
    VISIBLE_PATTERN,
    AttachmentContent,
    AudioContent,
    Content,
    FileContent,
    ImageContent,
    VideoContent,
)

__all__ = ["attached", "is_web_address"]

_MAX_NAME = 255
_MAX_TYPE = 40
_KINDS: dict[str, type[ImageContent | AudioContent | VideoContent | FileContent]] = {
    "image": ImageContent,
    "audio": AudioContent,
    "video": VideoContent,
    "file": FileContent,
    "document": FileContent,
}
_ADDRESSES = ("src", "url", "link", "href")
_NAMES = ("name", "title", "filename")
_WEB = re.compile(URL_PATTERN)
_VISIBLE = re.compile(VISIBLE_PATTERN)


def is_web_address(value: Any) -> bool:
    return isinstance(value, str) and len(value) <= MAX_ADDRESS and _WEB.match(value) is not None


def attached(value: Any) -> Content | LeftOut:
    """What is attached, of its kind if the object names one, else of any kind. Where the address and the name stand
    differs between bots."""
    if isinstance(value, str) and len(value) <= MAX_ADDRESS:
        return AttachmentContent(value)
    if not isinstance(value, dict):
        return LeftOut("the attachment is neither an address nor an object")
    within = value.get("payload")
    places = [{"url": within} if isinstance(within, str) else within, value]
    address = _first(places, _ADDRESSES, is_web_address)
    if address is None:
        return LeftOut(f"the attachment{_of_type(value)} has no address that begins with http:// or https://")
    kind = _kind_of(value)
    return AttachmentContent(address) if kind is None else kind(address, name=_first(places, _NAMES, _is_name))


def _kind_of(value: dict[str, Any]) -> type[ImageContent | AudioContent | VideoContent | FileContent] | None:
    """``video`` and also ``video/mp4``."""
    named = value.get("type")
    return _KINDS.get(named.partition("/")[0].strip().lower()) if isinstance(named, str) else None


def _of_type(value: dict[str, Any]) -> str:
    named = value.get("type")
    return f" of the type {named[:_MAX_TYPE]!r}" if isinstance(named, str) else ""


def _first(places: list[Any], names: tuple[str, ...], fits: Callable[[Any], bool]) -> str | None:
    found = (place.get(name) for place in places if isinstance(place, dict) for name in names)
    return next((value for value in found if fits(value)), None)


def _is_name(value: Any) -> bool:
    return isinstance(value, str) and len(value) <= _MAX_NAME and _VISIBLE.match(value) is not None
