"""Receiving a file: its bytes come in piece by piece and are written to a file of our own."""

import asyncio
import hashlib
import os
import secrets
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import BinaryIO, NamedTuple

from gateways.attachments.media_types import HEAD_BYTES
from gateways.attachments.positions import holds_positions, remove_positions
from gateways.conversations.store_refusals import store_refusals
from gateways.exceptions import RefusedError, invalid_field
from gateways.services import Services
from schemas.replies import RefusalCode

__all__ = ["ReceivedFile", "receive_file"]


class ReceivedFile(NamedTuple):
    """A file that has come in whole; ``head`` is its beginning as it came."""

    file: Path
    size: int
    sha256: str
    head: bytes


class _Draft:
    """A file being written, with its digest."""

    def __init__(self, opened: BinaryIO) -> None:
        self._opened = opened
        self._digest = hashlib.sha256()
        self.size = 0
        self.head = b""

    def write(self, chunk: bytes) -> None:
        self._opened.write(chunk)
        self._digest.update(chunk)
        self.size += len(chunk)
        self.head += chunk[: HEAD_BYTES - len(self.head)]

    def finish(self, file: Path, strip_location: bool) -> str:
        """The digest of the ``file`` that was written, once it is on the disk and, if wanted, tells no position."""
        self._opened.flush()
        stripped = strip_location and holds_positions(self.head) and remove_positions(file)
        os.fsync(self._opened.fileno())
        if not stripped:
            return self._digest.hexdigest()
        with file.open("rb") as written:
            return hashlib.file_digest(written, "sha256").hexdigest()


@asynccontextmanager
async def receive_file(services: Services, chunks: AsyncIterator[bytes]) -> AsyncIterator[ReceivedFile]:
    """Writes the bytes to a file, which is removed at the end unless somebody has moved it.

    Raises RefusedError for an empty file, for one that is too large as soon as the limit is passed, and when the disk
    fails.
    """
    attachments = services.attachments
    file = attachments.incoming / secrets.token_hex(16)
    with store_refusals():
        try:
            with await asyncio.to_thread(file.open, "xb") as opened:
                draft = _Draft(opened)
                await _fill(draft, chunks, attachments.settings.max_bytes)
                sha256 = await asyncio.to_thread(draft.finish, file, attachments.settings.strip_location)
            yield ReceivedFile(file, draft.size, sha256, draft.head)
        finally:
            file.unlink(missing_ok=True)


async def _fill(draft: _Draft, chunks: AsyncIterator[bytes], max_bytes: int) -> None:
    async for chunk in chunks:
        if draft.size + len(chunk) > max_bytes:
            raise _too_large(max_bytes)
        await asyncio.to_thread(draft.write, chunk)
    if draft.size == 0:
        raise invalid_field("file", "is empty")


def _too_large(max_bytes: int) -> RefusedError:
    return RefusedError(RefusalCode.BODY_TOO_LARGE, f"the body is larger than {max_bytes} bytes")
