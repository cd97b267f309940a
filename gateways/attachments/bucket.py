"""Attachments in a bucket of any store that speaks S3."""

from collections.abc import AsyncIterator, Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path

import msgspec
import obstore
from obstore.exceptions import AlreadyExistsError, BaseError
from obstore.store import S3Store

from config import AttachmentSettings
from gateways.attachments.attachment import Attachment, Unposted
from gateways.attachments.exceptions import AttachmentStoreError

__all__ = ["BucketStore"]

_PART_BYTES = 5 * 1024 * 1024
_CHUNK_BYTES = 64 * 1024
_CONNECTING = timedelta(seconds=5)
_ANSWERING = timedelta(seconds=60)


class BucketStore:
    """The store in a bucket, with the layout of the local store. The bucket's conditional puts ensure that the first
    upload with an id is kept."""

    def __init__(self, settings: AttachmentSettings) -> None:
        """The credentials come from the environment, or from the machine's own role."""
        plain = settings.endpoint is not None and settings.endpoint.startswith("http://")
        self._bucket = S3Store(
            settings.bucket,
            prefix=settings.prefix or None,
            region=settings.region,
            config={} if settings.endpoint is None else {"endpoint": settings.endpoint},
            client_options={"connect_timeout": _CONNECTING, "timeout": _ANSWERING, "allow_http": plain},
            retry_config={"max_retries": 3, "retry_timeout": timedelta(seconds=15)},
        )

    async def find(self, conversation_id: str, attachment_id: str) -> Attachment | None:
        with _failures():
            try:
                found = await obstore.get_async(self._bucket, f"{_folder(conversation_id, attachment_id)}/info.json")
            except FileNotFoundError:
                return None
            return msgspec.json.decode(await found.bytes_async(), type=Attachment)

    async def keep(self, attachment: Attachment, file: Path) -> Attachment:
        folder = _folder(attachment.conversation_id, attachment.attachment_id)
        with _failures():
            await obstore.put_async(self._bucket, _marker(attachment.conversation_id, attachment.attachment_id), b"")
            await obstore.put_async(
                self._bucket, f"{folder}/{attachment.sha256}", file, chunk_size=_PART_BYTES, max_concurrency=1
            )
            try:
                info = msgspec.json.encode(attachment)
                await obstore.put_async(self._bucket, f"{folder}/info.json", info, mode="create")
            except AlreadyExistsError:
                return await self._earlier(attachment, folder)
        return attachment

    async def open(self, attachment: Attachment) -> Path | AsyncIterator[bytes]:
        folder = _folder(attachment.conversation_id, attachment.attachment_id)
        with _failures():
            found = await obstore.get_async(self._bucket, f"{folder}/{attachment.sha256}")
        return _chunks(found)

    async def mark_posted(self, conversation_id: str, attachment_id: str) -> None:
        await self._delete([_marker(conversation_id, attachment_id)])

    async def is_unposted(self, conversation_id: str, attachment_id: str) -> bool:
        with _failures():
            try:
                await obstore.head_async(self._bucket, _marker(conversation_id, attachment_id))
            except FileNotFoundError:
                return False
        return True

    async def unposted(self) -> list[Unposted]:
        with _failures():
            markers = [marker async for page in obstore.list(self._bucket, "unposted") for marker in page]
        return [_unposted(marker) for marker in markers]

    async def remove(self, conversation_id: str, attachment_id: str) -> None:
        """Removes the description first and the marker last, so that a removal that failed in between is repeated."""
        folder = _folder(conversation_id, attachment_id)
        await self._delete([f"{folder}/info.json"])
        with _failures():
            rest = [found["path"] async for page in obstore.list(self._bucket, folder) for found in page]
        await self._delete(rest)
        await self._delete([_marker(conversation_id, attachment_id)])

    async def _earlier(self, attachment: Attachment, folder: str) -> Attachment:
        earlier = await self.find(attachment.conversation_id, attachment.attachment_id)
        if earlier is None:
            raise AttachmentStoreError(f"{folder}: was removed meanwhile")
        if earlier.sha256 != attachment.sha256:
            await self._delete([f"{folder}/{attachment.sha256}"])
        return earlier

    async def _delete(self, paths: list[str]) -> None:
        with _failures():
            for path in paths:
                try:
                    await obstore.delete_async(self._bucket, path)
                except FileNotFoundError:
                    continue


def _folder(conversation_id: str, attachment_id: str) -> str:
    return f"kept/{conversation_id}/{attachment_id}"


def _marker(conversation_id: str, attachment_id: str) -> str:
    return f"unposted/{conversation_id}/{attachment_id}"


def _unposted(marker: "obstore.ObjectMeta") -> Unposted:
    conversation_id, attachment_id = marker["path"].split("/")[-2:]
    return Unposted(conversation_id, attachment_id, marker["last_modified"])


async def _chunks(found: "obstore.GetResult") -> AsyncIterator[bytes]:
    async for chunk in found.stream(min_chunk_size=_CHUNK_BYTES):
        yield bytes(chunk)


@contextmanager
def _failures() -> Iterator[None]:
    """Turns the store's errors into AttachmentStoreError, which names only the kind of the failure: the store's own
    message may quote the secret with which a request was signed."""
    try:
        yield
    except (BaseError, FileNotFoundError) as error:
        raise AttachmentStoreError(f"the bucket failed: {type(error).__name__}") from None
