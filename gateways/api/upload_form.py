"""The form of an upload, which holds one file and may hold an id; it is read as it comes in."""

import re
from collections.abc import AsyncIterator
from urllib.parse import unquote

from python_multipart.exceptions import FormParserError
from python_multipart.multipart import MultipartParser, parse_options_header

from gateways.conversations.attachments import FileDescription
from gateways.http.call import too_large
from gateways.http.problems import Problem, invalid_input
from schemas.identifiers import UUID_PATTERN

__all__ = ["UploadForm"]

_MAX_FORM_BYTES = 16 * 1024
"""A form may hold so many bytes beside its file."""
_MAX_ID_BYTES = 64
_ESCAPED = re.compile(r"%(?:22|0[aAdD])")
"""Browsers write these instead of quotes and line ends in the name of a file."""


class UploadForm:
    """Takes the body chunk by chunk and gives back the bytes of the file. Every method raises Problem."""

    def __init__(self, content_type: bytes | None) -> None:
        """``content_type`` is that of the request, which has to be multipart/form-data."""
        kind, options = parse_options_header(content_type)
        if kind != b"multipart/form-data":
            raise Problem("not_a_form", "send the file as multipart/form-data")
        boundary = options.get(b"boundary")
        if not boundary:
            raise Problem("malformed_form", "the Content-Type names no boundary")
        self._file_name = b""
        self._content_type = b""
        self._id = bytearray()
        self._seen: set[str] = set()
        self._part = ""
        self._header = [bytearray(), bytearray()]
        self._headers: dict[bytes, bytes] = {}
        self._file: list[bytes] = []
        self._complete = False
        self._parser = self._make_parser(boundary)

    async def read_file(self, chunks: AsyncIterator[bytes], length: int, max_bytes: int) -> AsyncIterator[bytes]:
        """The file's bytes out of the body's ``chunks``. ``length`` is the declared length of the body, or 0 where none
        is declared. The file may have at most ``max_bytes``."""
        if length > max_bytes + _MAX_FORM_BYTES:
            raise too_large(max_bytes)
        taken = 0
        async for chunk in chunks:
            taken += len(chunk)
            content = self._feed(chunk)
            if taken > max_bytes + _MAX_FORM_BYTES:
                raise too_large(max_bytes)
            if content:
                yield content
        self._check_complete()

    def description(self) -> FileDescription:
        """The file as the form describes it. Callers ask for it once the file has been read."""
        name = _ESCAPED.sub(lambda found: unquote(found[0]), self._file_name.decode("utf-8", "replace"))
        return FileDescription(name, self._content_type.decode("latin-1"), self._attachment_id())

    def _make_parser(self, boundary: bytes) -> MultipartParser:
        try:
            return MultipartParser(
                boundary,
                {
                    "on_part_begin": self._headers.clear,
                    "on_header_field": lambda data, start, end: self._header[0].extend(data[start:end]),
                    "on_header_value": lambda data, start, end: self._header[1].extend(data[start:end]),
                    "on_header_end": self._end_header,
                    "on_headers_finished": self._begin_part,
                    "on_part_data": self._take,
                    "on_end": self._end,
                },
            )
        except FormParserError as error:
            raise Problem("malformed_form", str(error)) from None

    def _feed(self, chunk: bytes) -> bytes:
        self._file = []
        try:
            self._parser.write(chunk)
        except FormParserError as error:
            raise Problem("malformed_form", f"the form does not parse: {error}") from None
        return b"".join(self._file)

    def _check_complete(self) -> None:
        if not self._complete:
            raise Problem("malformed_form", "the form breaks off")
        if "file" not in self._seen:
            raise invalid_input("file", "is missing: send one part of this name, with a filename")
        self._attachment_id()

    def _attachment_id(self) -> str | None:
        if "id" not in self._seen:
            return None
        text = self._id.decode("latin-1")
        if re.search(UUID_PATTERN, text) is None:
            raise invalid_input("id", "Expected a UUID in lower case")
        return text

    def _end_header(self) -> None:
        name, value = self._header
        self._headers[bytes(name).lower()] = bytes(value)
        self._header = [bytearray(), bytearray()]

    def _begin_part(self) -> None:
        _, options = parse_options_header(self._headers.get(b"content-disposition"))
        self._part = options.get(b"name", b"").decode("utf-8", "replace")
        if self._part not in ("file", "id"):
            raise invalid_input(self._part[:64], "no such part is taken: send file and, if wanted, id")
        if self._part in self._seen:
            raise invalid_input(self._part, "is there twice")
        self._seen.add(self._part)
        if self._part == "file":
            self._file_name = options.get(b"filename", b"")
            self._content_type = self._headers.get(b"content-type", b"")

    def _take(self, data: bytes, start: int, end: int) -> None:
        if self._part == "file":
            self._file.append(data[start:end])
        elif len(self._id) + end - start > _MAX_ID_BYTES:
            raise invalid_input("id", "Expected a UUID in lower case")
        else:
            self._id.extend(data[start:end])

    def _end(self) -> None:
        self._complete = True
