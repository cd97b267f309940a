"""The interface of all stores of attachments."""

from collections.abc import AsyncIterator
from pathlib import Path
from typing import Protocol

from gateways.attachments.attachment import Attachment, Unposted

__all__ = ["AttachmentStore"]


class AttachmentStore(Protocol):
    """A store of attachments. Every method raises AttachmentStoreError or OSError when the store fails. Ids are UUIDs,
    and therefore safe in paths."""

    async def find(self, conversation_id: str, attachment_id: str) -> Attachment | None: ...

    async def keep(self, attachment: Attachment, file: Path) -> Attachment:
        """Stores the file durably, as unposted. It is then found either whole or not at all.

        The first of two attachments with the same id is kept, and is the one that this returns. The given file may be
        gone afterwards.
        """

    async def open(self, attachment: Attachment) -> Path | AsyncIterator[bytes]:
        """The attachment's bytes: a file that holds them, or an iterator over the pieces as they arrive."""

    async def mark_posted(self, conversation_id: str, attachment_id: str) -> None:
        """Marks the attachment as posted, so that it is kept for good."""

    async def is_unposted(self, conversation_id: str, attachment_id: str) -> bool: ...

    async def unposted(self) -> list[Unposted]: ...

    async def remove(self, conversation_id: str, attachment_id: str) -> None:
        """Removes the attachment, even one that was stored only in part."""
