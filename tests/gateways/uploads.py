"""The forms and files of uploads."""

import zlib

__all__ = ["BOUNDARY", "FORM", "PDF", "PNG", "file_part", "form", "id_part", "part"]

BOUNDARY = "boundary-of-the-tests"
FORM = {"Content-Type": f"multipart/form-data; boundary={BOUNDARY}"}


def _png() -> bytes:
    """A PNG of one white pixel."""
    chunks = [
        (b"IHDR", b"\0\0\0\1\0\0\0\1\x08\0\0\0\0"),
        (b"IDAT", zlib.compress(b"\0\xff")),
        (b"IEND", b""),
    ]
    framed = [
        len(data).to_bytes(4, "big") + kind + data + zlib.crc32(kind + data).to_bytes(4, "big") for kind, data in chunks
    ]
    return b"\x89PNG\r\n\x1a\n" + b"".join(framed)


PNG = _png()
PDF = b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"


def part(disposition: bytes, content: bytes, *headers: bytes) -> bytes:
    lines = [b"Content-Disposition: form-data; " + disposition, *headers]
    return b"\r\n".join([*lines, b"", content])


def file_part(content: bytes, name: str, media_type: str) -> bytes:
    """The part of a form that holds a file, as browsers write it."""
    escaped = name.replace('"', "%22").replace("\r", "%0D").replace("\n", "%0A").encode()
    disposition = b'name="file"; filename="' + escaped + b'"'
    return part(disposition, content, f"Content-Type: {media_type}".encode())


def id_part(attachment_id: str) -> bytes:
    return part(b'name="id"', attachment_id.encode())


def form(*parts: bytes) -> bytes:
    line = f"--{BOUNDARY}".encode()
    return b"".join(line + b"\r\n" + each + b"\r\n" for each in parts) + line + b"--\r\n"
