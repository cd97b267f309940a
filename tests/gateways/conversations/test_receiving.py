"""Files that arrive as bytes with a name and a media type, without a form."""

from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path

import pytest

from gateways.application.opening import open_services
from gateways.conversations.attachments import (
    FileDescription,
    KeptAttachment,
    find_attachment,
    keep_agent_attachment,
    keep_customer_attachment,
)
from gateways.conversations.contents import content_to_record, keep_for_good
from gateways.conversations.posting import post_customer_message
from gateways.conversations.receiving import receive_file
from gateways.conversations.requests import end_by_customer
from gateways.conversations.unposted import remove_unposted
from gateways.services import Services
from schemas.content import ImageContent
from schemas.events import MessagePosted
from schemas.identifiers import new_id
from schemas.posting import PostedImage
from schemas.replies import RefusalCode
from tests.gateways.calling import events, refused, serve, start
from tests.gateways.centre import centre_settings
from tests.gateways.uploads import PNG

pytestmark = pytest.mark.asyncio

PHOTO = FileDescription("photo.png", "image/png")


async def chunks(content: bytes, size: int = 16) -> AsyncIterator[bytes]:
    for place in range(0, len(content), size):
        yield content[place : place + size]


async def upload(
    services: Services, conversation_id: str, content: bytes = PNG, description: FileDescription = PHOTO
) -> KeptAttachment:
    async with receive_file(services, chunks(content)) as received:
        return await keep_customer_attachment(services, conversation_id, received, description)


def incoming(services: Services) -> list[Path]:
    return list(services.attachments.incoming.iterdir())


async def test_a_received_file_is_kept_and_posted(services: Services) -> None:
    conversation_id = await start(services)
    kept, replayed = await upload(services, conversation_id)
    assert (kept.name, kept.media_type, kept.size, kept.uploaded_by) == ("photo.png", "image/png", len(PNG), "customer")
    assert not replayed
    found = await find_attachment(services, conversation_id, kept.attachment_id)
    path = await services.attachments.store.open(found)
    assert isinstance(path, Path)
    assert path.read_bytes() == PNG
    await post_customer_message(services, conversation_id, PostedImage(attachment_id=kept.attachment_id))
    posted = events(services, conversation_id)[-1]
    assert isinstance(posted, MessagePosted)
    assert isinstance(posted.content, ImageContent)
    assert (posted.content.attachment_id, posted.content.name) == (kept.attachment_id, "photo.png")
    assert await services.attachments.store.unposted() == []
    assert incoming(services) == []


async def test_an_upload_is_unposted_until_it_is_kept_for_good(services: Services) -> None:
    conversation_id = await start(services)
    kept, _ = await upload(services, conversation_id)
    content = await content_to_record(services, conversation_id, PostedImage(attachment_id=kept.attachment_id))
    assert len(await services.attachments.store.unposted()) == 1
    await keep_for_good(services, conversation_id, content)
    assert await services.attachments.store.unposted() == []


async def test_an_upload_is_removed_when_no_message_names_it_in_time(services: Services) -> None:
    conversation_id = await start(services)
    kept, _ = await upload(services, conversation_id)
    assert await remove_unposted(services, services.clock() + timedelta(hours=24)) == 0
    assert await remove_unposted(services, services.clock() + timedelta(hours=26)) == 1
    with refused(services, RefusalCode.NOT_FOUND):
        await find_attachment(services, conversation_id, kept.attachment_id)


async def test_an_agents_file_is_kept(services: Services) -> None:
    conversation_id = await serve(services)
    async with receive_file(services, chunks(PNG)) as received:
        kept, _ = await keep_agent_attachment(services, conversation_id, "alice", received, PHOTO)
    assert kept.uploaded_by == "agent:alice"
    async with receive_file(services, chunks(PNG)) as received:
        with refused(services, RefusalCode.NOT_PARTICIPANT):
            await keep_agent_attachment(services, conversation_id, "bob", received, PHOTO)


async def test_a_repeated_upload_gets_the_same_answer_even_after_the_end(services: Services) -> None:
    conversation_id, description = await start(services), PHOTO._replace(attachment_id=new_id())
    first = await upload(services, conversation_id, description=description)
    with refused(services, RefusalCode.ID_CONFLICT):
        await upload(services, conversation_id, PNG + b"more", description)
    await end_by_customer(services, conversation_id)
    again = await upload(services, conversation_id, description=description)
    assert (again.attachment, again.replayed) == (first.attachment, True)
    with refused(services, RefusalCode.CONVERSATION_ENDED):
        await upload(services, conversation_id)


@pytest.mark.parametrize(
    ("content", "media_type", "code"),
    [
        (PNG, "image/jpeg", RefusalCode.MEDIA_TYPE_MISMATCH),
        (PNG, "text/html", RefusalCode.MEDIA_TYPE_NOT_ALLOWED),
        (PNG, "", RefusalCode.MEDIA_TYPE_NOT_ALLOWED),
    ],
)
async def test_a_file_is_refused_for_its_type(
    services: Services, content: bytes, media_type: str, code: RefusalCode
) -> None:
    conversation_id = await start(services)
    with refused(services, code):
        await upload(services, conversation_id, content, FileDescription("photo", media_type))
    assert incoming(services) == []
    assert await services.attachments.store.unposted() == []


async def test_an_empty_file_is_refused(services: Services) -> None:
    conversation_id = await start(services)
    with refused(services, RefusalCode.INVALID_INPUT, "file"):
        await upload(services, conversation_id, b"")


async def test_a_file_is_refused_as_soon_as_it_is_too_large(tmp_path: Path, quick_passwords: None) -> None:
    taken = 0

    async def endless() -> AsyncIterator[bytes]:
        nonlocal taken
        while True:
            taken += 1000
            yield bytes(1000)

    async with open_services(centre_settings(tmp_path, attachments={"max_bytes": 10_000})) as services:
        with refused(services, RefusalCode.BODY_TOO_LARGE):
            async with receive_file(services, endless()):
                pass
        assert taken == 11_000
        assert incoming(services) == []


async def test_a_file_is_refused_when_the_disk_fails(services: Services) -> None:
    services.attachments.incoming.rmdir()
    with refused(services, RefusalCode.ATTACHMENTS_UNAVAILABLE):
        await upload(services, new_id())


async def test_an_attachment_of_another_conversation_is_not_found(services: Services) -> None:
    kept, _ = await upload(services, await start(services))
    other = await start(services)
    with refused(services, RefusalCode.NOT_FOUND):
        await find_attachment(services, other, kept.attachment_id)
    with refused(services, RefusalCode.INVALID_INPUT, "content.attachment_id"):
        await post_customer_message(services, other, PostedImage(attachment_id=kept.attachment_id))
