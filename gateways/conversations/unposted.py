"""The clean-up: uploads that no message names are removed."""

import asyncio
import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import datetime, timedelta
from functools import partial

from actors.journal import JournalError
from gateways.attachments.attachment import Unposted
from gateways.attachments.exceptions import AttachmentStoreError
from gateways.services import Services
from schemas.content import Media
from schemas.events import REGISTRY, Event, MessagePosted
from schemas.exceptions import SchemaError
from schemas.records import conversation_stream

__all__ = ["clean_up_unposted", "remove_unposted"]

_logger = logging.getLogger(__name__)
_PAUSE_SECONDS = 3600.0
_MARGIN = timedelta(hours=1)
"""The time between the last instant at which an upload can be posted and its removal."""


@asynccontextmanager
async def clean_up_unposted(services: Services) -> AsyncIterator[None]:
    """Cleans up now and every hour until the context is left."""
    async with services.supervision.supervised("clean-up of uploads", partial(_keep_clean, services)):
        yield


async def remove_unposted(services: Services, now: datetime) -> int:
    """Removes uploads that are too old and that no message in the journal names; returns how many they were."""
    store = services.attachments.store
    oldest = now - timedelta(hours=services.attachments.settings.unposted_hours) - _MARGIN
    removed = 0
    for upload in await store.unposted():
        if upload.since > oldest:
            continue
        if await asyncio.to_thread(_is_posted, services, upload):
            await store.mark_posted(upload.conversation_id, upload.attachment_id)
        else:
            await store.remove(upload.conversation_id, upload.attachment_id)
            removed += 1
    return removed


async def _keep_clean(services: Services) -> None:
    while True:
        try:
            if removed := await remove_unposted(services, services.clock()):
                _logger.info("uploads removed that were never posted: %d", removed)
        except (AttachmentStoreError, OSError, JournalError, SchemaError) as error:
            _logger.warning("unposted attachments were not cleaned up: %s", error)
        await asyncio.sleep(_PAUSE_SECONDS)


def _is_posted(services: Services, upload: Unposted) -> bool:
    records = services.journal.read_stream(conversation_stream(upload.conversation_id))
    return any(_names(REGISTRY.decode(record), upload.attachment_id) for record in records)


def _names(event: Event, attachment_id: str) -> bool:
    if not isinstance(event, MessagePosted) or not isinstance(event.content, Media):
        return False
    return event.content.attachment_id == attachment_id
