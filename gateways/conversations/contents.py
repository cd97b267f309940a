"""From posted content to recorded content: the attachments that a message names are looked up."""

import logging
from datetime import timedelta

import msgspec

from gateways.attachments.attachment import Attachment
from gateways.attachments.exceptions import AttachmentStoreError
from gateways.conversations.store_refusals import store_refusals
from gateways.exceptions import invalid_field
from gateways.services import Services
from schemas.content import AudioContent, Content, FileContent, ImageContent, Media, TextContent, VideoContent
from schemas.posting import (
    BotContent,
    CustomerContent,
    PostedAudio,
    PostedFile,
    PostedImage,
    PostedMedia,
    PostedText,
    PostedVideo,
)

__all__ = ["content_to_record", "keep_for_good"]

_logger = logging.getLogger(__name__)
_RECORDED: dict[type[PostedMedia], type[ImageContent | AudioContent | VideoContent | FileContent]] = {
    PostedImage: ImageContent,
    PostedAudio: AudioContent,
    PostedVideo: VideoContent,
    PostedFile: FileContent,
}


async def content_to_record(services: Services, conversation_id: str, posted: CustomerContent | BotContent) -> Content:
    """Raises RefusedError when an attachment does not belong to this conversation or to this kind of message."""
    if isinstance(posted, PostedText):
        return TextContent(posted.text, posted.payload)
    if not isinstance(posted, PostedMedia):
        return posted
    recorded = _RECORDED[type(posted)]
    if posted.attachment_id is None:
        return recorded(**msgspec.structs.asdict(posted))
    attachment = await _find(services, conversation_id, posted.attachment_id)
    kind = recorded.__struct_config__.tag
    if kind != "file" and not attachment.media_type.startswith(f"{kind}/"):
        raise invalid_field("content.attachment_id", f"is of type {attachment.media_type}; post it as a file")
    return recorded(
        attachment_id=attachment.attachment_id,
        name=attachment.name,
        media_type=attachment.media_type,
        size=attachment.size,
        text=posted.text,
    )


async def keep_for_good(services: Services, conversation_id: str, content: Content) -> None:
    """Keeps the attachment from being cleaned up. Callers call it once the message is in the journal; when it fails,
    the clean-up finds the message there."""
    if isinstance(content, Media) and content.attachment_id is not None:
        try:
            await services.attachments.store.mark_posted(conversation_id, content.attachment_id)
        except (AttachmentStoreError, OSError) as error:
            _logger.warning("an attachment was not marked as posted: %s", error)


async def _find(services: Services, conversation_id: str, attachment_id: str) -> Attachment:
    """An upload can no longer be posted some time before the clean-up removes it, so that the two never meet."""
    store = services.attachments.store
    with store_refusals():
        attachment = await store.find(conversation_id, attachment_id)
        if attachment is None:
            raise invalid_field("content.attachment_id", "is no attachment of this conversation; upload it first")
        age = services.clock() - attachment.uploaded_at
        if age > timedelta(hours=services.attachments.settings.unposted_hours) and await store.is_unposted(
            conversation_id, attachment_id
        ):
            raise invalid_field("content.attachment_id", "was uploaded too long ago; upload it again")
    return attachment
