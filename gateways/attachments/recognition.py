"""The media types that a file's beginning can be of."""

from collections.abc import Mapping

__all__ = ["can_be_recognised", "is_textual", "recognise", "usual_name"]

_NAMES = {
    "image/jpg": "image/jpeg",
    "image/pjpeg": "image/jpeg",
    "image/x-png": "image/png",
    "image/x-ms-bmp": "image/bmp",
    "image/x-bmp": "image/bmp",
    "image/tif": "image/tiff",
    "audio/mp3": "audio/mpeg",
    "audio/mpeg3": "audio/mpeg",
    "audio/x-mp3": "audio/mpeg",
    "audio/x-mpeg": "audio/mpeg",
    "audio/x-mpeg-3": "audio/mpeg",
    "audio/x-mpegaudio": "audio/mpeg",
    "audio/mpg": "audio/mpeg",
    "audio/m4a": "audio/mp4",
    "audio/x-m4a": "audio/mp4",
    "audio/x-m4b": "audio/mp4",
    "audio/x-mp4": "audio/mp4",
    "audio/mp4a-latm": "audio/mp4",
    "audio/wave": "audio/wav",
    "audio/x-wav": "audio/wav",
    "audio/x-pn-wav": "audio/wav",
    "audio/vnd.wave": "audio/wav",
    "audio/x-aac": "audio/aac",
    "audio/aacp": "audio/aac",
    "audio/opus": "audio/ogg",
    "audio/x-ogg": "audio/ogg",
    "audio/x-opus+ogg": "audio/ogg",
    "audio/x-flac": "audio/flac",
    "audio/x-aiff": "audio/aiff",
    "video/x-m4v": "video/mp4",
    "video/x-msvideo": "video/avi",
    "video/msvideo": "video/avi",
    "application/x-pdf": "application/pdf",
    "application/x-zip-compressed": "application/zip",
    "application/x-zip": "application/zip",
    "application/x-gzip": "application/gzip",
    "application/x-rar-compressed": "application/vnd.rar",
    "application/csv": "text/csv",
    "application/x-csv": "text/csv",
    "text/x-csv": "text/csv",
    "text/comma-separated-values": "text/csv",
    "text/x-comma-separated-values": "text/csv",
    "text/x-markdown": "text/markdown",
    "text/rtf": "application/rtf",
    "application/x-rtf": "application/rtf",
    "text/xml": "application/xml",
    "text/json": "application/json",
}
"""The usual names of types that programs give other names."""

_CONTAINERS = {
    "video/mp4": frozenset({"audio/mp4"}),
    "video/webm": frozenset({"audio/webm"}),
    "video/ogg": frozenset({"audio/ogg"}),
    "video/x-matroska": frozenset({"audio/x-matroska"}),
    "video/3gpp": frozenset({"audio/3gpp"}),
    "video/3gpp2": frozenset({"audio/3gpp2"}),
}
"""The types of sound that are kept in the containers of video."""
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_BEGINNINGS: Mapping[bytes, frozenset[str]] = {
    b"#!AMR-WB\n": frozenset({"audio/amr-wb"}),
    b"#!AMR\n": frozenset({"audio/amr", "audio/3gpp"}),
    _OLE: frozenset(
        {
            "application/msword",
            "application/vnd.ms-excel",
            "application/vnd.ms-powerpoint",
            "application/vnd.ms-outlook",
        }
    ),
    b"\xff\xf1": frozenset({"audio/aac"}),
    b"\xff\xf9": frozenset({"audio/aac"}),
}
_RIFF = {b"WAVE": "audio/wav", b"WEBP": "image/webp", b"AVI ": "video/avi"}
_BRANDS = {
    b"qt  ": "video/quicktime",
    b"heic": "image/heic",
    b"heix": "image/heic",
    b"heim": "image/heic",
    b"heis": "image/heic",
    b"hevc": "image/heic",
    b"hevx": "image/heic",
    b"mif1": "image/heif",
    b"msf1": "image/heif",
    b"avif": "image/avif",
    b"avis": "image/avif",
}
"""The brands of ISO base media files (ISO/IEC 14496-12) that are no MP4."""
_PHONE_BRANDS = {b"3gp": "video/3gpp", b"3gr": "video/3gpp", b"3gs": "video/3gpp", b"3g2": "video/3gpp2"}
_TEXTS = frozenset(
    {
        "application/json",
        "application/xml",
        "application/yaml",
        "application/x-yaml",
        "application/x-ndjson",
        "application/sql",
        "application/javascript",
        "message/rfc822",
        "image/svg+xml",
    }
)


def usual_name(media_type: str) -> str:
    """The name under which the server keeps a type that programs give several names."""
    return _NAMES.get(media_type, media_type)


def is_textual(media_type: str) -> bool:
    return media_type.startswith("text/") or media_type in _TEXTS or media_type.endswith(("+xml", "+json"))


def can_be_recognised(media_type: str) -> bool:
    """Whether any file at all is taken for this type."""
    return is_textual(media_type) or media_type in _ours() or media_type in _of_library()


def recognise(head: bytes) -> set[str]:
    """The types, under their usual names, that a file with this beginning may be of. Texts are not recognised here."""
    found = _own(head) or _found_by_library(head)
    return found.union(*(_CONTAINERS.get(media_type, ()) for media_type in found))


def _own(head: bytes) -> set[str]:
    """The types whose beginnings the library does not know, or takes for each other."""
    for beginning, media_types in _BEGINNINGS.items():
        if head.startswith(beginning):
            return set(media_types)
    if head[:4] in (b"RIFF", b"RF64") and head[8:12] in _RIFF:
        return {_RIFF[head[8:12]]}
    if head[4:8] == b"ftyp":
        return _iso_media(head)
    if head.lstrip(b"\xef\xbb\xbf\0\t\r\n ").startswith(b"%PDF-"):
        return {"application/pdf"}
    return {"audio/mpeg"} if _is_mpeg_audio(head) else set()


def _iso_media(head: bytes) -> set[str]:
    major, size = head[8:12], min(int.from_bytes(head[:4], "big"), len(head))
    brands = {major, *(head[at : at + 4] for at in range(16, size - 3, 4))}
    found = {_BRANDS[brand] for brand in brands if brand in _BRANDS}
    found |= {_PHONE_BRANDS[brand[:3]] for brand in brands if brand[:3] in _PHONE_BRANDS}
    if major in _BRANDS:
        is_picture = _BRANDS[major].startswith("image/")
        return {each for each in found if each.startswith("image/") == is_picture}
    return found | {"video/mp4"}


def _is_mpeg_audio(head: bytes) -> bool:
    """Whether a frame of MPEG audio of layer II or III begins here, of any version and rate. Music begins with an ID3
    tag, which the library knows; speech mostly does not."""
    if len(head) < 4 or head[0] != 0xFF or head[1] & 0xE0 != 0xE0:
        return False
    version, layer = head[1] >> 3 & 3, head[1] >> 1 & 3
    bit_rate, sampling_rate = head[2] >> 4, head[2] >> 2 & 3
    return version != 1 and layer in (1, 2) and bit_rate not in (0, 15) and sampling_rate != 3


def _ours() -> set[str]:
    found = {*_RIFF.values(), *_BRANDS.values(), *_PHONE_BRANDS.values(), "video/mp4", "audio/mpeg", "application/pdf"}
    found = found.union(*_BEGINNINGS.values())
    return found.union(*(_CONTAINERS.get(media_type, ()) for media_type in found))


def _of_library() -> set[str]:
    from puremagic import main

    matches = [*main.magic_header_array, *(match for each in main.multi_part_dict.values() for match in each)]
    found = {usual_name(match.mime_type.lower()) for match in matches if match.mime_type}
    return found.union(*(_CONTAINERS.get(media_type, ()) for media_type in found))


def _found_by_library(head: bytes) -> set[str]:
    import puremagic  # takes 20 ms to import, which a start need not wait for

    try:
        found = puremagic.magic_string(head)
    except (puremagic.PureError, ValueError):
        return set()
    return {usual_name(match.mime_type.lower()) for match in found if match.mime_type}
