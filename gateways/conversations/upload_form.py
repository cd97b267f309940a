"""The upload's form: one file, and if wanted an id, read as it comes in."""

import re

from python_multipart.exceptions import FormParserError
from python_multipart.multipart import MultipartParser, parse_options_header

from gateways.exceptions import RefusedError, invalid_field
from schemas.identifiers import UUID_PATTERN
from schemas.replies import RefusalCode

__all__ = ["UploadForm"]

_MAX_ID_BYTES = 64


class UploadForm:
    """Takes the body chunk by chunk and gives back what belongs to the file."""

    def __init__(self, content_type: bytes | None) -> None:
        """Raises RefusedError unless this is the content type of a form with parts."""
        kind, options = parse_options_header(content_type)
        if kind != b"multipart/form-data":
            raise RefusedError(RefusalCode.NOT_A_FORM, "send the file as multipart/form-data")
        boundary = options.get(b"boundary")
        if not boundary:
            raise RefusedError(RefusalCode.MALFORMED_FORM, "the Content-Type names no boundary")
        self.file_name = b""
        self.content_type = b""
        self._id = bytearray()
        self._seen: set[str] = set()
        self._part = ""
        self._header = [bytearray(), bytearray()]
        self._headers: dict[bytes, bytes] = {}
        self._file: list[bytes] = []
        self._complete = False
        try:
            self._parser = MultipartParser(
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
            raise RefusedError(RefusalCode.MALFORMED_FORM, str(error)) from None

    def feed(self, chunk: bytes) -> list[bytes]:
        """Raises RefusedError when this is no such form."""
        self._file = []
        try:
            self._parser.write(chunk)
        except FormParserError as error:
            raise RefusedError(RefusalCode.MALFORMED_FORM, f"the form does not parse: {error}") from None
        return self._file

    def finish(self) -> str | None:
        """The id, if there is one. Raises RefusedError when something is missing."""
        if not self._complete:
            raise RefusedError(RefusalCode.MALFORMED_FORM, "the form breaks off")
        if "file" not in self._seen:
            raise invalid_field("file", "is missing: send one part of this name, with a filename")
        if "id" not in self._seen:
            return None
        text = self._id.decode("latin-1")
        if re.search(UUID_PATTERN, text) is None:
            raise invalid_field("id", "Expected a UUID in lower case")
        return text

    def _end_header(self) -> None:
        name, value = self._header
        self._headers[bytes(name).lower()] = bytes(value)
        self._header = [bytearray(), bytearray()]

    def _begin_part(self) -> None:
        _, options = parse_options_header(self._headers.get(b"content-disposition"))
        self._part = options.get(b"name", b"").decode("utf-8", "replace")
        if self._part not in ("file", "id"):
            raise invalid_field(self._part[:64], "no such part is taken: send file and, if wanted, id")
        if self._part in self._seen:
            raise invalid_field(self._part, "is there twice")
        self._seen.add(self._part)
        if self._part == "file":
            self.file_name = options.get(b"filename", b"")
            self.content_type = self._headers.get(b"content-type", b"")

    def _take(self, data: bytes, start: int, end: int) -> None:
        if self._part == "file":
            self._file.append(data[start:end])
        elif len(self._id) + end - start > _MAX_ID_BYTES:
            raise invalid_field("id", "Expected a UUID in lower case")
        else:
            self._id.extend(data[start:end])

    def _end(self) -> None:
        self._complete = True
