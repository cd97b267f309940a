"""Texts: whether bytes are text, and in which charset."""

import codecs

__all__ = ["charset_of"]

_CONTROLS = frozenset(range(32)) - frozenset(b"\t\n\f\r\x1b") | {127}
_UNUSED_IN_WINDOWS = frozenset(b"\x81\x8d\x8f\x90\x9d")
_WIDE = {codecs.BOM_UTF16_LE: "utf-16-le", codecs.BOM_UTF16_BE: "utf-16-be"}


def charset_of(head: bytes, whole: bool) -> str | None:
    """The charset of a text that begins with these bytes; None if they are no text. Programs write UTF-8, UTF-16 with
    a byte order mark, or, as spreadsheets on Windows do, one byte a character. The last character may be cut unless
    the bytes are ``whole``."""
    if head[:2] in _WIDE:
        return "utf-16" if _is_wide(head, whole) else None
    if not _CONTROLS.isdisjoint(head):
        return None
    if _is_utf8(head, whole):
        return "utf-8"
    return "windows-1252" if _UNUSED_IN_WINDOWS.isdisjoint(head) and _reads_as_words(head) else None


def _is_utf8(head: bytes, whole: bool) -> bool:
    try:
        codecs.getincrementaldecoder("utf-8")().decode(head, final=whole)
    except UnicodeDecodeError:
        return False
    return True


def _is_wide(head: bytes, whole: bool) -> bool:
    try:
        text = codecs.getincrementaldecoder(_WIDE[head[:2]])().decode(head[2:], final=whole)
    except UnicodeDecodeError:
        return False
    return _CONTROLS.isdisjoint(map(ord, text))


def _reads_as_words(head: bytes) -> bool:
    """Whether most bytes are ASCII, as in the texts of Western languages; pictures and sound are not."""
    return sum(byte < 128 for byte in head) * 2 > len(head)
