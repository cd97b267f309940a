"""Cleans the names of files that come from outside."""

import mimetypes
import re
import unicodedata
from urllib.parse import quote

__all__ = ["clean_name", "content_disposition"]

_MAX_CHARACTERS = 120
_RESERVED = re.compile(r'[<>:"|?*%]')
_INVISIBLE = ("Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp")
_JOINERS = "\u200c\u200d"
_OFFICE = "application/vnd.openxmlformats-officedocument"
_ENDINGS = {
    "image/png": (".png",),
    "image/jpeg": (".jpg", ".jpeg"),
    "image/gif": (".gif",),
    "image/webp": (".webp",),
    "audio/mpeg": (".mp3",),
    "audio/mp4": (".m4a", ".mp4"),
    "audio/ogg": (".ogg", ".oga", ".opus"),
    "audio/wav": (".wav",),
    "audio/webm": (".weba", ".webm"),
    "video/mp4": (".mp4", ".m4v"),
    "video/quicktime": (".mov", ".qt"),
    "video/webm": (".webm",),
    "application/pdf": (".pdf",),
    f"{_OFFICE}.wordprocessingml.document": (".docx",),
    f"{_OFFICE}.spreadsheetml.sheet": (".xlsx",),
    f"{_OFFICE}.presentationml.presentation": (".pptx",),
    "text/plain": (".txt", ".text", ".log", ".md"),
    "text/csv": (".csv",),
}
"""The endings of the usual types. Those of other types come from the system's table."""


def clean_name(name: str, media_type: str) -> str:
    """The last part of a path, without characters that control or reorder text, with an ending of the media type."""
    text = unicodedata.normalize("NFC", name).replace("\\", "/").rpartition("/")[2]
    kept = "".join(sign for sign in text if sign in _JOINERS or unicodedata.category(sign) not in _INVISIBLE)
    stem, dot, ending = _RESERVED.sub("_", kept).strip(". \u00a0\u3000").rpartition(".")
    if not dot:
        stem, ending = ending, ""
    endings = _endings(media_type)
    if endings and f".{ending.lower()}" not in endings:
        stem, ending = f"{stem}.{ending}" if ending else stem, endings[0][1:]
    stem = stem[: _MAX_CHARACTERS - len(ending[:20]) - 1].rstrip(". ") or "file"
    return f"{stem}.{ending[:20]}" if ending else stem


def content_disposition(name: str) -> str:
    """The value ``attachment`` of the header, with the name in the forms of RFC 6266, for both old and new clients."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode()
    plain = re.sub(r'["\\%]', "_", plain).strip() or "file"
    if plain == name:
        return f'attachment; filename="{plain}"'
    return f"attachment; filename=\"{plain}\"; filename*=UTF-8''{quote(name, safe='')}"


def _endings(media_type: str) -> tuple[str, ...]:
    known = _ENDINGS.get(media_type)
    return tuple(sorted(mimetypes.guess_all_extensions(media_type))) if known is None else known
