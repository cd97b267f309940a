"""Taking an upload in: from the socket to a file of its own, piece by piece."""

import asyncio
import hashlib
import os
import secrets
from collections.abc import AsyncIterator, Iterable
from contextlib import asynccontextmanager
from pathlib import Path
from typing import BinaryIO, NamedTuple

from gateways.attachments.media_types import HEAD_BYTES
from gateways.conversations.upload_form import UploadForm
from gateways.exceptions import RefusedError, invalid_field
from schemas.replies import RefusalCode

__all__ = ["IncomingForm", "Received", "receive"]

_FORM_BYTES = 16 * 1024
"""So much may a form hold beside its file."""


class IncomingForm(NamedTuple):
    """A form with a file on its way in: its Content-Type, how large it says it is (0 where it does not say), and its
    bytes as they come."""

    content_type: bytes | None
    length: int
    chunks: AsyncIterator[bytes]


class Received(NamedTuple):
    """A file that has come in whole; ``head`` is its beginning, the names are as the client gave them."""

    file: Path
    size: int
    sha256: str
    head: bytes
    file_name: bytes
    content_type: bytes
    attachment_id: str | None


class _Draft:
    """A file being written, with its digest."""

    def __init__(self, opened: BinaryIO) -> None:
        self._opened = opened
        self._digest = hashlib.sha256()
        self.size = 0
        self.head = b""

    def write(self, pieces: Iterable[bytes]) -> None:
        for piece in pieces:
            self._opened.write(piece)
            self._digest.update(piece)
            self.size += len(piece)
            self.head += piece[: HEAD_BYTES - len(self.head)]

    def finish(self) -> str:
        """The digest, once the file is on the disk."""
        self._opened.flush()
        os.fsync(self._opened.fileno())
        return self._digest.hexdigest()


@asynccontextmanager
async def receive(incoming: IncomingForm, directory: Path, max_bytes: int) -> AsyncIterator[Received]:
    """The upload, as a file that is gone at the end unless it was moved.

    Raises RefusedError for a bad form or one too large, as soon as it shows, and OSError when the disk fails.
    """
    form = UploadForm(incoming.content_type)
    if incoming.length > max_bytes + _FORM_BYTES:
        raise _too_large(max_bytes)
    file = directory / secrets.token_hex(16)
    try:
        with await asyncio.to_thread(file.open, "xb") as opened:
            draft = _Draft(opened)
            await _fill(draft, form, incoming, max_bytes)
            attachment_id = form.finish()
            if draft.size == 0:
                raise invalid_field("file", "is empty")
            sha256 = await asyncio.to_thread(draft.finish)
        yield Received(file, draft.size, sha256, draft.head, form.file_name, form.content_type, attachment_id)
    finally:
        file.unlink(missing_ok=True)


async def _fill(draft: _Draft, form: UploadForm, incoming: IncomingForm, max_bytes: int) -> None:
    taken = 0
    async for chunk in incoming.chunks:
        taken += len(chunk)
        pieces = form.feed(chunk)
        if draft.size + sum(map(len, pieces)) > max_bytes or taken > max_bytes + _FORM_BYTES:
            raise _too_large(max_bytes)
        if pieces:
            await asyncio.to_thread(draft.write, pieces)


def _too_large(max_bytes: int) -> RefusedError:
    return RefusedError(RefusalCode.BODY_TOO_LARGE, f"the body is larger than {max_bytes} bytes")
