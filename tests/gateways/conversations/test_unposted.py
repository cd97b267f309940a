"""The clean-up of uploads that were never posted."""

import logging
from datetime import timedelta

import pytest

from gateways.conversations.unposted import clean_up_unposted, remove_unposted
from tests.gateways.centre import Centre, eventually
from tests.gateways.clients import Customer
from tests.gateways.uploads import PNG

pytestmark = pytest.mark.asyncio


async def two_uploads(centre: Centre) -> tuple[Customer, str, str]:
    """Two uploads, of which the first is posted and the second is not."""
    customer = await Customer.start(centre)
    urls = []
    for post in (True, False):
        uploaded = (await customer.upload(PNG, "photo.png", "image/png")).of(201)
        urls.append(uploaded["url"])
        if post:
            (await customer.send({"type": "image", "attachment_id": uploaded["attachment_id"]})).of(201)
    return customer, urls[0], urls[1]


async def test_the_clean_up_removes_uploads_that_no_message_names(centre: Centre) -> None:
    customer, posted, unposted = await two_uploads(centre)
    now = centre.services.clock()
    assert await remove_unposted(centre.services, now + timedelta(hours=24, minutes=59)) == 0
    assert (await customer.get(unposted)).status == 200
    assert await remove_unposted(centre.services, now + timedelta(hours=25, minutes=1)) == 1
    (await customer.get(unposted)).problem(404, "not_found")
    assert (await customer.get(posted)).content == PNG
    assert await centre.services.attachments.store.unposted() == []


async def test_the_clean_up_trusts_the_journal_rather_than_the_mark(
    centre: Centre, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    """A crash between a message and the mark that its attachment is posted has the same effect."""
    store = centre.services.attachments.store

    async def fails(conversation_id: str, attachment_id: str) -> None:
        raise OSError("the disk failed")

    with monkeypatch.context() as patch:
        patch.setattr(store, "mark_posted", fails)
        customer, posted, unposted = await two_uploads(centre)
    assert "not marked as posted" in caplog.text
    assert len(await store.unposted()) == 2
    assert await remove_unposted(centre.services, centre.services.clock() + timedelta(hours=26)) == 1
    assert (await customer.get(posted)).content == PNG
    assert (await customer.get(unposted)).status == 404
    assert await store.unposted() == []


async def test_the_clean_up_removes_incomplete_uploads(centre: Centre) -> None:
    """A crash while an upload is being kept has the same effect."""
    store = centre.services.attachments.store
    customer = await Customer.start(centre)
    uploaded = (await customer.upload(PNG, "photo.png", "image/png")).of(201)
    assert centre.services.data_directory is not None
    folder = centre.services.data_directory.attachments / "kept" / customer.id / uploaded["attachment_id"]
    (folder / "info.json").unlink()
    await remove_unposted(centre.services, centre.services.clock() + timedelta(hours=26))
    await eventually(lambda: not folder.exists())
    assert await store.unposted() == []


async def test_the_clean_up_runs_as_long_as_the_server(centre: Centre, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.INFO)
    customer = await Customer.start(centre)
    url = (await customer.upload(PNG, "photo.png", "image/png")).of(201)["url"]
    late = centre.services.clock() + timedelta(hours=26)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(type(centre.services), "clock", property(lambda _: lambda: late))
        async with clean_up_unposted(centre.services):
            await eventually(lambda: "never posted: 1" in caplog.text)
    (await customer.get(url)).problem(404, "not_found")
