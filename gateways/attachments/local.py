"""Attachments in a directory."""

import asyncio
import contextlib
import os
import shutil
from collections.abc import AsyncIterator, Iterator
from datetime import UTC, datetime
from pathlib import Path

import msgspec

from gateways.attachments.attachment import Attachment, Unposted
from gateways.attachments.exceptions import AttachmentStoreError

__all__ = ["LocalStore"]

_INFO = "info.json"


class LocalStore:
    """The store in a directory. ``kept/<conversation>/<attachment>/`` holds the bytes, named by their digest, and
    ``info.json``; the attachment exists as soon as that file does. ``unposted/`` holds an empty file for each
    attachment that no message names yet."""

    def __init__(self, directory: Path) -> None:
        """Creates the directories if they are missing. Raises OSError."""
        self._kept = directory / "kept"
        self._unposted = directory / "unposted"
        for made in (self._kept, self._unposted):
            made.mkdir(parents=True, exist_ok=True)

    async def find(self, conversation_id: str, attachment_id: str) -> Attachment | None:
        return await asyncio.to_thread(_read, self._folder(conversation_id, attachment_id) / _INFO)

    async def keep(self, attachment: Attachment, file: Path) -> Attachment:
        return await asyncio.to_thread(self._keep, attachment, file)

    async def open(self, attachment: Attachment) -> Path | AsyncIterator[bytes]:
        file = self._folder(attachment.conversation_id, attachment.attachment_id) / attachment.sha256
        try:
            await asyncio.to_thread(file.stat)
        except OSError as error:
            raise AttachmentStoreError(f"{file}: {error.strerror}") from error
        return file

    async def mark_posted(self, conversation_id: str, attachment_id: str) -> None:
        await asyncio.to_thread(self._marker(conversation_id, attachment_id).unlink, missing_ok=True)

    async def is_unposted(self, conversation_id: str, attachment_id: str) -> bool:
        return await asyncio.to_thread(self._marker(conversation_id, attachment_id).exists)

    async def unposted(self) -> list[Unposted]:
        return await asyncio.to_thread(lambda: [_unposted(marker) for marker in self._unposted.iterdir()])

    async def remove(self, conversation_id: str, attachment_id: str) -> None:
        await asyncio.to_thread(self._remove, conversation_id, attachment_id)

    def _folder(self, conversation_id: str, attachment_id: str) -> Path:
        return self._kept / conversation_id / attachment_id

    def _marker(self, conversation_id: str, attachment_id: str) -> Path:
        return self._unposted / f"{conversation_id}_{attachment_id}"

    def _keep(self, attachment: Attachment, file: Path) -> Attachment:
        folder = self._folder(attachment.conversation_id, attachment.attachment_id)
        with _written(file.with_suffix(".json"), msgspec.json.encode(attachment)) as info:
            self._marker(attachment.conversation_id, attachment.attachment_id).touch()
            folder.mkdir(parents=True, exist_ok=True)
            file.replace(folder / attachment.sha256)
            try:
                os.link(info, folder / _INFO)
            except FileExistsError:
                return self._earlier(attachment, folder)
        for changed in (folder, folder.parent, self._kept, self._unposted):
            _sync(changed)
        return attachment

    def _earlier(self, attachment: Attachment, folder: Path) -> Attachment:
        earlier = _read(folder / _INFO)
        if earlier is None:
            raise AttachmentStoreError(f"{folder}: was removed meanwhile")
        if earlier.sha256 != attachment.sha256:
            (folder / attachment.sha256).unlink(missing_ok=True)
        return earlier

    def _remove(self, conversation_id: str, attachment_id: str) -> None:
        """Removes the description first and the marker last, so that a removal that a crash interrupts is repeated."""
        folder = self._folder(conversation_id, attachment_id)
        (folder / _INFO).unlink(missing_ok=True)
        shutil.rmtree(folder, ignore_errors=True)
        with contextlib.suppress(OSError):
            folder.parent.rmdir()
        self._marker(conversation_id, attachment_id).unlink(missing_ok=True)


def _read(info: Path) -> Attachment | None:
    try:
        return msgspec.json.decode(info.read_bytes(), type=Attachment)
    except FileNotFoundError:
        return None


@contextlib.contextmanager
def _written(draft: Path, content: bytes) -> Iterator[Path]:
    """A file on the disk with this content. It is removed at the end, unless it is linked elsewhere too."""
    try:
        with draft.open("wb") as writing:
            writing.write(content)
            writing.flush()
            os.fsync(writing.fileno())
        yield draft
    finally:
        draft.unlink(missing_ok=True)


def _unposted(marker: Path) -> Unposted:
    conversation_id, _, attachment_id = marker.name.partition("_")
    return Unposted(conversation_id, attachment_id, datetime.fromtimestamp(marker.stat().st_mtime, UTC))


def _sync(directory: Path) -> None:
    descriptor = os.open(directory, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
