"""A file's declared media type is checked against its content."""

import io
import zipfile

import pytest

from config import AttachmentSettings
from gateways.attachments.media_types import agree, declared_type
from tests.gateways.uploads import PDF, PNG


def _zip(*names: str) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name in names:
            archive.writestr(name, "<x/>")
    return buffer.getvalue()


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


@pytest.mark.parametrize("head", [b"a\0b", b"\xff\xfea\0", b"caf\xe9", b"\x7fELF", PNG, PDF + b"\0"])
def test_binary_data_is_not_text(head: bytes) -> None:
    assert not agree("text/plain", head, whole=True)


def test_a_cut_character_is_text_only_if_more_follows() -> None:
    assert agree("text/plain", "Grü".encode()[:-1], whole=False)
    assert not agree("text/plain", "Grü".encode()[:-1], whole=True)
    assert not agree("text/plain", b"Gr\xfce", whole=False)


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
