"""Cleans the names of files that come from outside."""

import mimetypes
import re
import unicodedata
from urllib.parse import quote

__all__ = ["clean_name", "content_disposition", "ending_of", "endings_of"]

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
    "text/tab-separated-values": (".tsv", ".tab"),
    "audio/aac": (".aac",),
    "audio/amr": (".amr",),
    "image/heic": (".heic",),
    "image/heif": (".heif", ".hif"),
    "video/3gpp": (".3gp", ".3gpp"),
    "audio/3gpp": (".3gp", ".3gpp"),
    "application/vnd.ms-excel": (".xls",),
    "application/msword": (".doc",),
    "application/vnd.ms-powerpoint": (".ppt",),
}
"""The endings of the usual types. Those of other types come from the system's table."""


def clean_name(name: str, media_type: str) -> str:
    """The last part of a path, without characters that control or reorder text, with an ending of the media type."""
    text = unicodedata.normalize("NFC", name).replace("\\", "/").rpartition("/")[2]
    kept = "".join(sign for sign in text if sign in _JOINERS or unicodedata.category(sign) not in _INVISIBLE)
    stem, dot, ending = _RESERVED.sub("_", kept).strip(". \u00a0\u3000").rpartition(".")
    if not dot:
        stem, ending = ending, ""
    endings = endings_of(media_type)
    if endings and f".{ending.lower()}" not in endings:
        stem, ending = f"{stem}.{ending}" if ending else stem, endings[0][1:]
    stem = stem[: _MAX_CHARACTERS - len(ending[:20]) - 1].rstrip(". ") or "file"
    return f"{stem}.{ending[:20]}" if ending else stem


def ending_of(name: str) -> str:
    """The ending of a name with its dot, in lower case; empty if it has none."""
    _, dot, ending = name.strip().rpartition(".")
    return f".{ending.lower()}" if dot else ""


def content_disposition(name: str) -> str:
    """The value ``attachment`` of the header, with the name in the forms of RFC 6266, for both old and new clients."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode()
    plain = re.sub(r'["\\%]', "_", plain).strip() or "file"
    if plain == name:
        return f'attachment; filename="{plain}"'
    return f"attachment; filename=\"{plain}\"; filename*=UTF-8''{quote(name, safe='')}"


def endings_of(media_type: str) -> tuple[str, ...]:
    """The endings of the names of files of a type, each with its dot; none if the type is unknown."""
    known = _ENDINGS.get(media_type)
    return tuple(sorted(mimetypes.guess_all_extensions(media_type))) if known is None else known
