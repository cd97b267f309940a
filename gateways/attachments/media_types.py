"""The media type of a file, checked against its content."""

__all__ = ["HEAD_BYTES", "agree", "declared_type"]

HEAD_BYTES = 4096
"""The number of bytes at a file's beginning that are needed to check its type."""

_NAMES = {
    "image/jpg": "image/jpeg",
    "image/pjpeg": "image/jpeg",
    "audio/mp3": "audio/mpeg",
    "audio/m4a": "audio/mp4",
    "audio/x-m4a": "audio/mp4",
    "audio/wave": "audio/wav",
    "audio/x-wav": "audio/wav",
    "audio/vnd.wave": "audio/wav",
    "application/x-pdf": "application/pdf",
}
_CONTAINERS = {"audio/mp4": "video/mp4", "audio/webm": "video/webm"}
"""The types of video whose containers audio uses too."""
_TEXT_CONTROLS = frozenset(range(32)) - frozenset(b"\t\n\f\r\x1b") | {127}


def declared_type(content_type: str) -> str:
    """The media type without its parameters, under its usual name; empty if none is declared."""
    name = content_type.partition(";")[0].strip().lower()
    return _NAMES.get(name, name)


def agree(media_type: str, head: bytes, whole: bool) -> bool:
    """Whether a file that begins with these bytes may be of the type. ``whole`` is true when they are the whole
    file."""
    if media_type.startswith("text/"):
        return _is_text(head, whole)
    return not {media_type, _CONTAINERS.get(media_type, media_type)}.isdisjoint(_found(head))


def _found(head: bytes) -> set[str]:
    import puremagic  # takes 20 ms to import, which a start need not wait for

    try:
        found = puremagic.magic_string(head)
    except (puremagic.PureError, ValueError):
        return set()
    return {declared_type(match.mime_type) for match in found if match.mime_type}


def _is_text(head: bytes, whole: bool) -> bool:
    """Whether the bytes are UTF-8 without control characters. The last character may be cut unless they are the whole
    file."""
    if not _TEXT_CONTROLS.isdisjoint(head):
        return False
    try:
        head.decode()
    except UnicodeDecodeError as error:
        return not whole and error.reason == "unexpected end of data"
    return True
