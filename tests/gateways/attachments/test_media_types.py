"""The media type of a file is decided by what is declared, by its content and by its ending."""

import io
import zipfile
from pathlib import Path

import pytest

from config import AttachmentSettings, SettingsError
from gateways.attachments import open_attachments
from gateways.attachments.media_types import agree, decide, declared_type, unmatchable
from tests.gateways.uploads import PDF, PNG


def _zip(*names: str) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name in names:
            archive.writestr(name, "<x/>")
    return buffer.getvalue()


TYPES = AttachmentSettings().media_types
OFFICE = "application/vnd.openxmlformats-officedocument"
FILES = {
    "image/png": PNG,
    "image/jpeg": b"\xff\xd8\xff\xe0\0\x10JFIF\0\1\1" + bytes(30),
    "image/gif": b"GIF89a\1\0\1\0",
    "image/webp": b"RIFF\x24\0\0\0WEBPVP8 ",
    "audio/mpeg": b"ID3\4\0\0" + bytes(30),
    "audio/mp4": b"\0\0\0\x20ftypM4A \0\0\2\0isomiso2",
    "audio/ogg": b"OggS\0\2" + bytes(22) + b"\1\x1eOpusHead" + bytes(20),
    "audio/wav": b"RIFF\x24\0\0\0WAVEfmt ",
    "audio/webm": b"\x1a\x45\xdf\xa3\x9f\x42\x86\x81\1\x42\xf7\x81\1\x42\xf2\x81\4\x42\xf3\x81\x08\x42\x82\x84webm",
    "video/mp4": b"\0\0\0\x20ftypisom\0\0\2\0isomiso2avc1mp41",
    "video/quicktime": b"\0\0\0\x14ftypqt  \0\0\2\0qt  ",
    "video/webm": b"\x1a\x45\xdf\xa3\x9f\x42\x86\x81\1\x42\xf7\x81\1\x42\xf2\x81\4\x42\xf3\x81\x08\x42\x82\x84webm",
    "application/pdf": PDF,
    f"{OFFICE}.wordprocessingml.document": _zip("[Content_Types].xml", "word/document.xml"),
    f"{OFFICE}.spreadsheetml.sheet": _zip("[Content_Types].xml", "xl/workbook.xml"),
    f"{OFFICE}.presentationml.presentation": _zip("[Content_Types].xml", "ppt/presentation.xml"),
    "text/plain": b"Gr\xc3\xbc\xc3\x9fe\n",
    "text/csv": b"a;b\r\n1;2\r\n",
}
PROGRAMS = {
    "html": b"<!DOCTYPE html><html><script>alert(1)</script>",
    "svg": b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>",
    "windows": b"MZ\x90\0\3" + bytes(60),
    "linux": b"\x7fELF\2\1\1" + bytes(60),
    "script": b"#!/bin/sh\nrm -rf /\n",
    "zip": _zip("a.txt"),
}


@pytest.mark.parametrize("media_type", AttachmentSettings().media_types)
def test_a_file_agrees_with_its_own_media_type(media_type: str) -> None:
    assert agree(media_type, FILES[media_type], whole=True)


@pytest.mark.parametrize("media_type", [kind for kind in FILES if not kind.startswith(("text/", OFFICE))])
@pytest.mark.parametrize("program", PROGRAMS)
def test_programs_do_not_agree_with_other_media_types(media_type: str, program: str) -> None:
    assert not agree(media_type, PROGRAMS[program], whole=True)


def test_files_do_not_agree_with_each_others_media_types() -> None:
    assert not agree("image/png", FILES["image/jpeg"], whole=True)
    assert not agree("image/gif", FILES["image/webp"], whole=True)
    assert not agree("video/mp4", FILES["application/pdf"], whole=True)


@pytest.mark.parametrize(
    "head", [b"a\0b", b"\xff\xfea\0\0\0", b"\xff\xfea", b"\x7fELF", PNG, PDF + b"\0", b"\xe9\x81a"]
)
def test_binary_data_is_not_text(head: bytes) -> None:
    assert not agree("text/plain", head, whole=True)


def test_a_cut_character_is_text_only_if_more_follows() -> None:
    assert agree("text/plain", "\u20ac".encode()[:-1], whole=False)
    assert not agree("text/plain", "\u20ac".encode()[:-1], whole=True)


@pytest.mark.parametrize(
    ("content", "charset"),
    [
        (b"a;b", "utf-8"),
        ("Gr\u00fc\u00dfe".encode(), "utf-8"),
        ("\ufeffGr\u00fc\u00dfe".encode(), "utf-8"),
        ("Gr\u00fc\u00dfe; 5 \u20ac".encode("cp1252"), "windows-1252"),
        ("Gr\u00fc\u00dfe".encode("utf-16"), "utf-16"),
        ("\ufeffGr\u00fc\u00dfe".encode("utf-16-be"), "utf-16"),
    ],
)
def test_the_charset_of_a_text_is_kept(content: bytes, charset: str) -> None:
    assert decide("text/csv", "a.csv", content, True, TYPES) == ("text/csv", charset)


SPEECH = {
    "MPEG-2, 24 kHz": b"\xff\xf3\x44\xc4",
    "MPEG-2, 24 kHz, with a checksum": b"\xff\xf2\x44\xc4",
    "MPEG-2.5, 8 kHz": b"\xff\xe3\x18\xc4",
    "MPEG-1, 44.1 kHz": b"\xff\xfb\x90\x64",
    "MPEG-1, 44.1 kHz, with a checksum": b"\xff\xfa\x90\x64",
    "layer II": b"\xff\xfd\x84\x04",
}


@pytest.mark.parametrize("recording", SPEECH)
def test_speech_without_a_tag_is_mp3(recording: str) -> None:
    assert agree("audio/mpeg", SPEECH[recording] + bytes(400), whole=False)


@pytest.mark.parametrize(
    "brand", [b"mp41", b"iso2", b"iso5", b"iso6", b"avc1", b"dash", b"M4V ", b"MSNV", b"3gp4", b"XAVC"]
)
def test_video_of_any_brand_is_mp4(brand: bytes) -> None:
    assert agree("video/mp4", b"\0\0\0\x18ftyp" + brand + b"\0\0\2\0isommp42", whole=False)


ISO_PICTURE = b"\0\0\0\x18ftypheic\0\0\0\0mif1heic"
CSV = "Kunde;Betrag\r\nM\u00fcller;5 \u20ac\r\n".encode("cp1252")


@pytest.mark.parametrize(
    ("declared", "name", "content", "expected"),
    [
        ("application/vnd.ms-excel", "orders.csv", CSV, "text/csv"),
        ("application/vnd.ms-excel", "orders.CSV", b"a;b\r\n", "text/csv"),
        (
            "application/vnd.ms-excel",
            "orders.xlsx",
            FILES[f"{OFFICE}.spreadsheetml.sheet"],
            f"{OFFICE}.spreadsheetml.sheet",
        ),
        ("", "orders.csv", CSV, "text/csv"),
        ("application/octet-stream", "photo.jpg", FILES["image/jpeg"], "image/jpeg"),
        (
            "binary/octet-stream",
            "letter.docx",
            FILES[f"{OFFICE}.wordprocessingml.document"],
            f"{OFFICE}.wordprocessingml.document",
        ),
        (
            "application/zip",
            "letter.docx",
            FILES[f"{OFFICE}.wordprocessingml.document"],
            f"{OFFICE}.wordprocessingml.document",
        ),
        ("application/octet-stream", "memo.m4a", FILES["audio/mp4"], "audio/mp4"),
        ("", "clip.mp4", FILES["video/mp4"], "video/mp4"),
        ("", "call.weba", FILES["audio/webm"], "audio/webm"),
        ("application/octet-stream", "speech.mp3", b"\xff\xf3\x44\xc4" + bytes(400), "audio/mpeg"),
        ("application/ogg", "voice.ogg", FILES["audio/ogg"], "audio/ogg"),
        ("", "notes.txt", b"Call me", "text/plain"),
        ("text/comma-separated-values", "a.csv", b"a;b", "text/csv"),
    ],
)
def test_content_and_ending_decide_where_the_declared_type_says_nothing(
    declared: str, name: str, content: bytes, expected: str
) -> None:
    decided = decide(declared_type(declared), name, content, True, TYPES)
    assert decided is not None
    assert decided.media_type == expected


@pytest.mark.parametrize(
    ("declared", "name", "content"),
    [
        ("image/jpeg", "photo.png", PNG),
        ("image/heic", "photo.heic", ISO_PICTURE),
        ("text/html", "page.html", b"<p>Hello</p>"),
        ("application/vnd.ms-excel", "photo.png", PNG),
        ("", "photo", PNG),
        ("", "photo.webp", PNG),
        ("", "program.exe", PROGRAMS["windows"]),
        ("application/octet-stream", "orders.csv", PROGRAMS["linux"]),
    ],
)
def test_a_declared_type_that_contradicts_the_content_is_refused(declared: str, name: str, content: bytes) -> None:
    assert decide(declared, name, content, True, TYPES) is None


def test_types_that_no_file_can_match_are_found() -> None:
    usable = ["image/heic", "audio/amr", "application/zip", "application/json", "text/html", "image/jpg", *TYPES]
    assert unmatchable(usable) == []
    assert unmatchable(["application/x-unheard-of", "image/png", "application/octet-stream"]) == [
        "application/x-unheard-of",
        "application/octet-stream",
    ]


@pytest.mark.parametrize("media_type", ["application/x-unheard-of", "application/octet-stream", "chemical/x-pdb"])
def test_a_start_refuses_a_type_that_no_file_can_match(media_type: str, tmp_path: Path) -> None:
    settings = AttachmentSettings(media_types=["image/png", media_type])
    with (
        pytest.raises(SettingsError, match=rf"attachments\.media_types: .*{media_type}"),
        open_attachments(settings, tmp_path),
    ):
        pass


@pytest.mark.parametrize(
    ("content_type", "media_type"),
    [
        ("image/png", "image/png"),
        ("Text/CSV; charset=utf-8", "text/csv"),
        ("image/jpg", "image/jpeg"),
        ("audio/x-wav", "audio/wav"),
        ("", ""),
        ("\xff", "\u00ff"),
    ],
)
def test_declared_media_types_get_their_usual_names(content_type: str, media_type: str) -> None:
    assert declared_type(content_type) == media_type
