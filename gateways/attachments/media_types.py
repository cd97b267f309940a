"""The media type of a file: decided by what is declared, by the content and by the ending of the name."""

from collections.abc import Collection
from typing import NamedTuple

from gateways.attachments.naming import ending_of, endings_of
from gateways.attachments.recognition import can_be_recognised, is_textual, recognise, usual_name
from gateways.attachments.texts import charset_of

__all__ = ["HEAD_BYTES", "KeptType", "agree", "decide", "declared_type", "unmatchable"]

HEAD_BYTES = 4096
"""The number of bytes at a file's beginning that are needed to check its type."""

_SAYING_NOTHING = frozenset(
    {
        "",
        "application/octet-stream",
        "binary/octet-stream",
        "application/binary",
        "application/x-binary",
        "application/x-octet-stream",
        "application/download",
        "application/x-download",
        "application/force-download",
        "application/unknown",
        "application/x-unknown",
        "unknown/unknown",
        "application/x-msdownload",
    }
)
"""The declared types that say nothing about a file."""

_WORKBOOK = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_DOCUMENT = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_SLIDES = "application/vnd.openxmlformats-officedocument.presentationml.presentation"
_ALSO = {
    "application/vnd.ms-excel": ("text/csv", "text/tab-separated-values", "text/plain", _WORKBOOK),
    "application/msexcel": ("text/csv", "text/tab-separated-values", "text/plain", _WORKBOOK),
    "application/msword": (_DOCUMENT, "application/rtf"),
    "application/vnd.ms-powerpoint": (_SLIDES,),
    "application/zip": (_DOCUMENT, _WORKBOOK, _SLIDES),
    "application/ogg": ("audio/ogg", "video/ogg"),
    "video/mpeg": ("audio/mpeg",),
    "video/quicktime": ("video/mp4", "audio/mp4"),
    "video/mp4": ("video/quicktime", "audio/mp4"),
    "video/webm": ("audio/webm",),
    "video/3gpp": ("audio/3gpp", "video/mp4", "audio/mp4"),
    "audio/aac": ("audio/mp4",),
    "image/heic": ("image/heif",),
    "image/heif": ("image/heic",),
}
"""What else files are that programs declare to be of a type: the program that opens them, or their container."""


class KeptType(NamedTuple):
    """``charset`` is that of a text."""

    media_type: str
    charset: str | None


def declared_type(content_type: str) -> str:
    """The media type without its parameters, under its usual name; empty if none is declared."""
    return usual_name(content_type.partition(";")[0].strip().lower())


def agree(media_type: str, head: bytes, whole: bool) -> bool:
    """Whether a file that begins with these bytes may be of the type. ``whole`` is true when they are the whole
    file."""
    return _fits(media_type, charset_of(head, whole), recognise(head))


def decide(declared: str, name: str, head: bytes, whole: bool, allowed: Collection[str]) -> KeptType | None:
    """The type under which a file is kept. The declared type stands if the content agrees; where it says nothing, or
    only which program opens the file, content and ending decide together. None if no type that is allowed fits."""
    charset = charset_of(head, whole)
    recognised = recognise(head)
    if declared in allowed and _fits(declared, charset, recognised):
        return _kept(declared, charset)
    asked = allowed if declared in _SAYING_NOTHING else _ALSO.get(declared, ())
    fitting = [each for each in asked if each in allowed and _fits(each, charset, recognised)]
    chosen = _named_by(ending_of(name), fitting)
    return None if chosen is None else _kept(chosen, charset)


def unmatchable(media_types: Collection[str]) -> list[str]:
    """Those of the types that no file is ever taken for, because nothing tells by its content that it is of the
    type."""
    names = [(media_type, usual_name(media_type)) for media_type in media_types]
    return [given for given, name in names if name in _SAYING_NOTHING or not can_be_recognised(name)]


def _fits(media_type: str, charset: str | None, recognised: set[str]) -> bool:
    return charset is not None if is_textual(media_type) else media_type in recognised


def _named_by(ending: str, media_types: list[str]) -> str | None:
    """The type of which the ending is the most usual."""
    named = [each for each in media_types if ending in endings_of(each)]
    return min(named, key=lambda each: endings_of(each).index(ending), default=None)


def _kept(media_type: str, charset: str | None) -> KeptType:
    return KeptType(media_type, charset if media_type.startswith("text/") else None)
