"""All stores of attachments behave alike, and each reports its own failures."""

import asyncio
import hashlib
import logging
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from gateways.attachments.attachment import Attachment
from gateways.attachments.bucket import BucketStore
from gateways.attachments.exceptions import AttachmentStoreError
from gateways.attachments.local import LocalStore
from gateways.attachments.store import AttachmentStore
from schemas.identifiers import new_id
from tests.gateways.attachments.seaweed import settings_at

pytestmark = pytest.mark.asyncio

NOW = datetime(2026, 11, 22, 10, tzinfo=UTC)


def an_attachment(content: bytes, conversation_id: str | None = None, attachment_id: str | None = None) -> Attachment:
    return Attachment(
        conversation_id=conversation_id or new_id(),
        attachment_id=attachment_id or new_id(),
        name="Grüße.txt",
        media_type="text/plain",
        size=len(content),
        sha256=hashlib.sha256(content).hexdigest(),
        uploaded_at=NOW,
        uploaded_by="customer",
    )


def files_in(directory: Path) -> list[str]:
    return [path.name for path in directory.rglob("*") if path.is_file()]


async def kept(store: AttachmentStore, directory: Path, content: bytes, attachment: Attachment) -> Attachment:
    file = directory / new_id()
    file.write_bytes(content)
    return await store.keep(attachment, file)


async def read(store: AttachmentStore, attachment: Attachment) -> bytes:
    content = await store.open(attachment)
    return content.read_bytes() if isinstance(content, Path) else b"".join([chunk async for chunk in content])


@pytest.mark.parametrize("size", [1, 64 * 1024, 64 * 1024 + 1, 6 * 1024 * 1024])
async def test_a_kept_attachment_is_found_and_read(store: AttachmentStore, tmp_path: Path, size: int) -> None:
    content = bytes(range(256)) * (size // 256) + b"x" * (size % 256)
    attachment = an_attachment(content)
    assert await kept(store, tmp_path, content, attachment) is attachment
    assert await store.find(attachment.conversation_id, attachment.attachment_id) == attachment
    assert await read(store, attachment) == content


async def test_an_unknown_attachment_is_not_found(store: AttachmentStore, tmp_path: Path) -> None:
    attachment = an_attachment(b"x")
    assert await store.find(attachment.conversation_id, attachment.attachment_id) is None
    await kept(store, tmp_path, b"x", attachment)
    assert await store.find(new_id(), attachment.attachment_id) is None
    assert await store.find(attachment.conversation_id, new_id()) is None


@pytest.mark.parametrize("other", [b"first", b"other"])
async def test_the_first_of_two_uploads_with_one_id_is_kept(
    store: AttachmentStore, tmp_path: Path, other: bytes
) -> None:
    first = an_attachment(b"first")
    second = an_attachment(other, first.conversation_id, first.attachment_id)
    await kept(store, tmp_path, b"first", first)
    earlier = await kept(store, tmp_path, other, second)
    assert earlier is not second
    assert earlier == first
    assert await read(store, first) == b"first"


async def test_one_of_many_simultaneous_uploads_with_one_id_is_kept_whole(
    store: AttachmentStore, tmp_path: Path
) -> None:
    conversation_id, attachment_id = new_id(), new_id()
    contents = [f"content {number}".encode() for number in range(8)]
    attachments = [an_attachment(content, conversation_id, attachment_id) for content in contents]
    answers = await asyncio.gather(*map(lambda c, a: kept(store, tmp_path, c, a), contents, attachments))
    assert len({answer.sha256 for answer in answers}) == 1
    found = await store.find(conversation_id, attachment_id)
    assert found is not None
    assert hashlib.sha256(await read(store, found)).hexdigest() == found.sha256


async def test_uploads_are_unposted_until_they_are_marked(store: AttachmentStore, tmp_path: Path) -> None:
    before = datetime.now(UTC) - timedelta(seconds=2)
    uploads = [an_attachment(b"x") for _ in range(3)]
    for attachment in uploads:
        await kept(store, tmp_path, b"x", attachment)
    posted = uploads[0]
    await store.mark_posted(posted.conversation_id, posted.attachment_id)
    await store.mark_posted(posted.conversation_id, posted.attachment_id)
    unposted = await store.unposted()
    assert {found.attachment_id for found in unposted} == {attachment.attachment_id for attachment in uploads[1:]}
    assert all(before <= found.since <= datetime.now(UTC) + timedelta(seconds=2) for found in unposted)
    for attachment in uploads:
        found = await store.is_unposted(attachment.conversation_id, attachment.attachment_id)
        assert found is (attachment is not posted)
    assert await store.find(posted.conversation_id, posted.attachment_id) == posted


async def test_a_removed_attachment_is_neither_found_nor_read(store: AttachmentStore, tmp_path: Path) -> None:
    attachment = an_attachment(b"x")
    stays = an_attachment(b"y", attachment.conversation_id)
    await kept(store, tmp_path, b"x", attachment)
    await kept(store, tmp_path, b"y", stays)
    for _ in range(2):
        await store.remove(attachment.conversation_id, attachment.attachment_id)
        assert await store.find(attachment.conversation_id, attachment.attachment_id) is None
        with pytest.raises((AttachmentStoreError, OSError)):
            await read(store, attachment)
    assert [found.attachment_id for found in await store.unposted()] == [stays.attachment_id]
    assert await read(store, stays) == b"y"


async def test_an_attachment_whose_bytes_are_lost_raises(tmp_path: Path) -> None:
    store = LocalStore(tmp_path)
    attachment = an_attachment(b"x")
    await kept(store, tmp_path, b"x", attachment)
    (tmp_path / "kept" / attachment.conversation_id / attachment.attachment_id / attachment.sha256).unlink()
    with pytest.raises(AttachmentStoreError):
        await read(store, attachment)


async def test_a_local_store_leaves_no_other_files(tmp_path: Path) -> None:
    store = LocalStore(tmp_path / "attachments")
    attachment = an_attachment(b"x")
    await kept(store, tmp_path, b"x", attachment)
    await kept(store, tmp_path, b"y", an_attachment(b"y", attachment.conversation_id, attachment.attachment_id))
    assert set(files_in(tmp_path)) == {
        "info.json",
        attachment.sha256,
        f"{attachment.conversation_id}_{attachment.attachment_id}",
    }
    await store.remove(attachment.conversation_id, attachment.attachment_id)
    assert files_in(tmp_path) == []
    assert not (tmp_path / "attachments" / "kept" / attachment.conversation_id).exists()


async def test_wrong_credentials_fail_without_being_revealed(
    seaweed: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "a wrong secret")
    store = BucketStore(settings_at(seaweed))
    with pytest.raises(AttachmentStoreError) as failed:
        await store.find(new_id(), new_id())
    with pytest.raises(AttachmentStoreError):
        await kept(store, tmp_path, b"x", an_attachment(b"x"))
    assert "PermissionDenied" in str(failed.value)
    assert "secret" not in str(failed.value) + caplog.text


async def test_an_unreachable_bucket_raises(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "a")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "b")
    store = BucketStore(settings_at("http://127.0.0.1:9"))
    for failing in (store.find("a", "b"), store.unposted(), store.remove("a", "b"), store.is_unposted("a", "b")):
        with pytest.raises(AttachmentStoreError):
            await failing
