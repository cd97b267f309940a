"""The files of a conversation, as a connector gets at them: their bytes, or an address for the provider."""

import asyncio
import time
from collections.abc import AsyncIterator
from pathlib import Path

from gateways.connectors.channels.exceptions import NotReachedError
from gateways.connectors.channels.pieces import MediaPiece
from gateways.conversations.attachments import find_attachment, open_attachment
from gateways.exceptions import RefusedError
from gateways.identity.exceptions import ExpiredTokenError, InvalidTokenError
from gateways.services import Services
from schemas.replies import RefusalCode

__all__ = ["ConversationFiles", "named_file"]

_LINK_SECONDS = 3600


class ConversationFiles:
    """The ``Media`` of one conversation on one channel."""

    def __init__(self, services: Services, channel_url: str | None, conversation_id: str) -> None:
        self._services = services
        self._channel_url = channel_url
        self._conversation_id = conversation_id

    async def read(self, piece: MediaPiece) -> bytes:
        if piece.attachment_id is None:
            raise NotReachedError("the file is elsewhere, at an address")
        try:
            attachment = await find_attachment(self._services, self._conversation_id, piece.attachment_id)
            content = await open_attachment(self._services, attachment)
        except RefusedError as refused:
            raise NotReachedError(f"the file cannot be read: {refused.detail}") from None
        return await _whole(content)

    def public_url(self, piece: MediaPiece) -> str | None:
        if piece.attachment_id is None:
            return piece.url
        return self.link(piece.attachment_id)

    def link(self, attachment_id: str) -> str | None:
        """An address that opens the attachment for an hour; None without a public address."""
        if self._channel_url is None:
            return None
        subject = f"{self._conversation_id}/{attachment_id}"
        token = self._services.tokens.issue("file", subject, int(time.time()), _LINK_SECONDS)
        return f"{self._channel_url}/files/{token}"


def named_file(services: Services, token: str) -> tuple[str, str]:
    """The conversation and the attachment that a link opens. Raises RefusedError for one that is over or no link."""
    try:
        principal = services.tokens.check(token)
    except (InvalidTokenError, ExpiredTokenError):
        principal = None
    if principal is None or principal.kind != "file":
        raise RefusedError(RefusalCode.NOT_FOUND, "the link is over")
    conversation_id, _, attachment_id = principal.subject.partition("/")
    return conversation_id, attachment_id


async def _whole(content: Path | AsyncIterator[bytes]) -> bytes:
    if isinstance(content, Path):
        return await asyncio.to_thread(content.read_bytes)
    return b"".join([chunk async for chunk in content])
