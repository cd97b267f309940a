"""What keeps attachments, whichever way."""

from collections.abc import AsyncIterator
from pathlib import Path
from typing import Protocol

from gateways.attachments.attachment import Attachment, Unposted

__all__ = ["AttachmentStore"]


class AttachmentStore(Protocol):
    """Every method raises AttachmentStoreError or OSError when the store fails. Ids are UUIDs, and so fit for paths."""

    async def find(self, conversation_id: str, attachment_id: str) -> Attachment | None: ...

    async def keep(self, attachment: Attachment, file: Path) -> Attachment:
        """Takes the file in, durably and as unposted: it is found whole or not at all.

        Of two with the same id the first one stays, and is what this answers. The file may be gone afterwards.
        """

    async def open(self, attachment: Attachment) -> Path | AsyncIterator[bytes]:
        """The attachment's bytes: a file that holds them, or the pieces as they come in."""

    async def mark_posted(self, conversation_id: str, attachment_id: str) -> None:
        """From now on it is kept for good."""

    async def is_unposted(self, conversation_id: str, attachment_id: str) -> bool: ...

    async def unposted(self) -> list[Unposted]: ...

    async def remove(self, conversation_id: str, attachment_id: str) -> None:
        """Removes all there is of it, also what was kept halfway."""
