"""What a visitor of a website sends beside text: files, and places; and what is known of what was sent."""

import asyncio
import json
import os
import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from pathlib import Path
from typing import Any

import pytest
from playwright.async_api import Error, FilePayload, Locator, Route, expect

from schemas.records import Record
from tests.browser.host_site import Visiting, Visitor
from tests.browser.inspector import PHONE, violations_in
from tests.browser.serving import posted, served_by, write
from tests.gateways.centre import Centre, eventually
from tests.gateways.uploads import PDF, PNG

pytestmark = pytest.mark.asyncio(loop_scope="package")

UPLOADS = re.compile("/attachments$")
PICTURE = FilePayload(name="mug.png", mimeType="image/png", buffer=PNG)
INVOICE = FilePayload(name="invoice.pdf", mimeType="application/pdf", buffer=PDF)
FALSE = FilePayload(name="false.png", mimeType="image/png", buffer=b"This is no picture.")
EMPTY = FilePayload(name="empty.png", mimeType="image/png", buffer=b"")
MEBIBYTE = 1024 * 1024
GIVING = """([type, name, bytes]) => {
  const given = new DataTransfer();
  given.items.add(new File([new Uint8Array(bytes)], name, { type: "image/png" }));
  const target = type === "paste" ? document.querySelector("textarea") : document.body;
  const options = { bubbles: true, cancelable: true };
  const event = type === "paste"
    ? new ClipboardEvent("paste", { clipboardData: given, ...options })
    : new DragEvent(type, { dataTransfer: given, ...options });
  return target.dispatchEvent(event);
}"""
"""Drops or pastes a file. Returns whether the browser would do with it what it does by itself."""


async def talking(visiting: Visiting, words: str, **options: Any) -> Visitor:
    visitor = await visiting(**options)
    await visitor.open()
    await visitor.write(words)
    await expect(visitor.sending).to_have_count(0)
    return visitor


async def choose(visitor: Visitor, *files: FilePayload | Path) -> None:
    """Chooses files one after the other."""
    for file in files:
        async with visitor.page.expect_file_chooser() as chooser:
            await visitor.chat.get_by_role("button", name="Add a file").click()
        await (await chooser.value).set_files(file)


def picture_of(size: int, folder: Path, name: str) -> Path:
    """A picture that is followed by so many bytes of nothing."""
    path = folder / name
    path.write_bytes(PNG)
    os.truncate(path, len(PNG) + size)
    return path


@asynccontextmanager
async def held(visitor: Visitor) -> AsyncIterator[asyncio.Event]:
    """Uploads do not reach the server until the event is set."""
    released = asyncio.Event()

    async def hold(route: Route) -> None:
        await released.wait()
        with suppress(Error):  # the page that has asked may be left
            await route.continue_()

    await visitor.page.context.route(UPLOADS, hold)
    try:
        yield released
    finally:
        released.set()
        await visitor.page.context.unroute(UPLOADS)


def uploading(visitor: Visitor) -> Locator:
    return visitor.log.get_by_role("progressbar")


def contents(centre: Centre, words: str) -> list[dict[str, Any]]:
    """What the customer who has written these words has posted, in order."""
    stream = posted(centre, words)[0].stream
    records: list[Record] = centre.services.journal.read_stream(stream)
    messages = [json.loads(record.data) for record in records if record.type == "MessagePosted"]
    return [message["content"] for message in messages if message["sender"]["type"] == "customer"]


async def test_files_keep_their_place_among_the_messages(chat_centre: Centre, visiting: Visiting) -> None:
    visitor = await talking(visiting, "Files in order")
    async with held(visitor) as released:
        await choose(visitor, PICTURE, INVOICE)
        await expect(uploading(visitor)).to_have_count(2)
        await visitor.write("This is it")
        await expect(visitor.sending).to_have_count(1)
        assert await violations_in(visitor.page.frames[1]) == []
        assert len(contents(chat_centre, "Files in order")) == 1
        released.set()
        await expect(visitor.sending).to_have_count(0)
    await eventually(lambda: len(contents(chat_centre, "Files in order")) == 4)
    _, picture, invoice, text = contents(chat_centre, "Files in order")
    assert [each["type"] for each in (picture, invoice, text)] == ["image", "file", "text"]
    assert [picture["name"], invoice["name"], invoice["size"]] == ["mug.png", "invoice.pdf", len(PDF)]
    await expect(visitor.log.get_by_role("img", name="Picture from You")).to_be_visible()
    await expect(uploading(visitor)).to_have_count(0)


async def test_an_upload_says_how_far_it_is_and_can_be_cancelled(
    chat_centre: Centre, visiting: Visiting, tmp_path: Path
) -> None:
    visitor = await talking(visiting, "A slow upload")
    debugging = await visitor.debugging()
    slow = {"offline": False, "latency": 0, "downloadThroughput": -1, "uploadThroughput": 300_000}
    await debugging.send("Network.enable")
    await debugging.send("Network.emulateNetworkConditions", slow)
    await choose(visitor, picture_of(8 * MEBIBYTE, tmp_path, "large.png"))
    await expect(visitor.log.get_by_text(re.compile(r"^([1-9]|[1-8]\d) %$"))).to_be_visible()
    await visitor.write("I have changed my mind")
    await expect(visitor.sending).to_have_count(1)
    await visitor.log.get_by_role("button", name="Cancel").click()
    await debugging.send("Network.emulateNetworkConditions", {**slow, "uploadThroughput": -1})
    await expect(visitor.log).not_to_contain_text("large.png")
    await expect(visitor.sending).to_have_count(0)
    assert [each["type"] for each in contents(chat_centre, "A slow upload")] == ["text", "text"]


async def test_files_that_are_refused_keep_their_names_and_the_reason(
    chat_centre: Centre, visiting: Visiting, tmp_path: Path
) -> None:
    visitor = await talking(visiting, "Files that are refused")
    await choose(visitor, FALSE, picture_of(10 * MEBIBYTE, tmp_path, "huge.png"), EMPTY)
    row = visitor.log.get_by_role("article")
    await expect(row.filter(has_text="false.png")).to_contain_text("Not sent: the file is of another kind")
    await expect(row.filter(has_text="huge.png")).to_contain_text("Not sent: it is larger than 10 MB.")
    await expect(row.filter(has_text="empty.png")).to_contain_text("Not sent: it is empty.")
    await visitor.write("They hold nobody up")
    await expect(visitor.sending).to_have_count(0)
    await row.filter(has_text="huge.png").get_by_role("button", name="Remove").click()
    await expect(visitor.log).not_to_contain_text("huge.png")
    assert [each["type"] for each in contents(chat_centre, "Files that are refused")] == ["text", "text"]


async def test_a_file_that_is_refused_at_once_starts_no_conversation(visiting: Visiting, tmp_path: Path) -> None:
    visitor = await visiting()
    await visitor.open()
    await choose(visitor, picture_of(10 * MEBIBYTE, tmp_path, "huge.png"))
    await expect(visitor.log).to_contain_text("Not sent: it is larger than 10 MB.")
    await visitor.page.wait_for_load_state("networkidle")
    assert not any(path.startswith("/customer/v1/conversations") for path in visitor.asked)


async def test_a_conversation_may_begin_with_a_file(chat_centre: Centre, visiting: Visiting) -> None:
    visitor = await visiting()
    await visitor.open()
    await choose(visitor, FilePayload(name="first-of-all.pdf", mimeType="application/pdf", buffer=PDF))
    await eventually(lambda: posted(chat_centre, "first-of-all.pdf"))
    await expect(uploading(visitor)).to_have_count(0)


async def test_a_file_is_kept_once_although_the_answers_are_lost(chat_centre: Centre, visiting: Visiting) -> None:
    visitor = await talking(visiting, "Lost answers to a file")
    sent: list[bytes] = []

    async def lose(route: Route) -> None:
        sent.append(route.request.post_data_buffer or b"")
        if len(sent) > 2:
            await route.continue_()
            return
        await route.fetch()
        await route.abort()

    await visitor.page.context.route(UPLOADS, lose)
    await choose(visitor, PICTURE)
    await eventually(lambda: len(contents(chat_centre, "Lost answers to a file")) == 2)
    ids = {re.findall(rb'name="id"\r\n\r\n([0-9a-f-]{36})', body)[0] for body in sent}
    assert len(ids) == 1
    picture = contents(chat_centre, "Lost answers to a file")[-1]
    assert picture["attachment_id"].encode() in ids
    visitor.faults.clear()


async def test_a_token_that_has_expired_is_renewed_for_files(chat_centre: Centre, visiting: Visiting) -> None:
    visitor = await talking(visiting, "An old token and a file")
    asked: dict[str, list[str | None]] = {"POST": [], "GET": []}

    async def expire(route: Route) -> None:
        tokens = asked[route.request.method]
        tokens.append(await route.request.header_value("authorization"))
        if len(tokens) > 1:
            await route.continue_()
        else:
            await route.fulfill(status=401, json={"code": "token_expired", "detail": "it has expired"})

    await visitor.page.context.route(re.compile("/attachments"), expire)
    starts = visitor.asked.count("/customer/v1/conversations")
    await choose(visitor, PICTURE)
    await eventually(lambda: len(contents(chat_centre, "An old token and a file")) == 2)
    assert visitor.asked.count("/customer/v1/conversations") == starts + 1
    assert len(asked["POST"]) == 2
    await visitor.come()
    await visitor.open()
    await expect(visitor.log.get_by_role("img", name="Picture from You")).to_be_visible()
    assert visitor.asked.count("/customer/v1/conversations") == starts + 2
    assert len(asked["GET"]) == 2


async def test_a_page_that_is_left_in_the_middle_of_an_upload_names_the_file_afterwards(
    chat_centre: Centre, visiting: Visiting
) -> None:
    visitor = await talking(visiting, "Left in the middle")
    async with held(visitor):
        await choose(visitor, INVOICE)
        await expect(uploading(visitor)).to_have_count(1)
        await visitor.write("And this is why")
        await visitor.come()
    await visitor.open()
    row = visitor.log.get_by_role("article").filter(has_text="invoice.pdf")
    await expect(row).to_contain_text("Not sent: the page was left too early. Please choose the file again.")
    await expect(visitor.sending).to_have_count(0)
    assert [each["type"] for each in contents(chat_centre, "Left in the middle")] == ["text", "text"]
    await row.get_by_role("button", name="Remove").click()
    await choose(visitor, INVOICE)
    await eventually(lambda: len(contents(chat_centre, "Left in the middle")) == 3)


async def test_another_tab_waits_for_an_upload(chat_centre: Centre, visiting: Visiting) -> None:
    visitor = await talking(visiting, "A file in two tabs")
    async with held(visitor) as released:
        await choose(visitor, PICTURE)
        await expect(uploading(visitor)).to_have_count(1)
        other = await visitor.in_another_tab()
        await expect(other.log.get_by_text("Uploading…")).to_be_visible()
        await other.write("From the other tab")
        await expect(other.sending).to_have_count(1)
        released.set()
        await expect(other.sending).to_have_count(0)
    kinds = [each["type"] for each in contents(chat_centre, "A file in two tabs")]
    assert kinds == ["text", "image", "text"]


async def test_an_upload_ends_with_its_conversation(chat_centre: Centre, visiting: Visiting) -> None:
    visitor = await talking(visiting, "Forget the file")
    async with held(visitor):
        await choose(visitor, PICTURE, INVOICE)
        await expect(uploading(visitor)).to_have_count(2)
        async with visitor.page.expect_event("requestfailed", lambda request: bool(UPLOADS.search(request.url))):
            await visitor.page.evaluate("hybridchat('reset')")
        await expect(uploading(visitor)).to_have_count(0)
    uploads = [path for path in visitor.asked if UPLOADS.search(path)]
    await visitor.write("Somebody else")
    await expect(visitor.sending).to_have_count(0)
    assert [each["type"] for each in contents(chat_centre, "Somebody else")] == ["text"]
    assert [path for path in visitor.asked if UPLOADS.search(path)] == uploads
    assert len(uploads) == 1


@pytest.mark.parametrize("way", ["drop", "paste"])
async def test_files_are_dropped_and_pasted(chat_centre: Centre, visiting: Visiting, way: str) -> None:
    words = f"A file to {way}"
    visitor = await talking(visiting, words)
    frame = visitor.page.frames[1]
    assert not await frame.evaluate(GIVING, [way, f"{way}.png", list(PNG)])
    await eventually(lambda: len(contents(chat_centre, words)) == 2)
    assert contents(chat_centre, words)[-1]["name"] == f"{way}.png"


async def test_a_phone_offers_its_camera_and_the_place_where_the_channel_asks_for_it(
    chat_centre: Centre, visiting: Visiting
) -> None:
    visitor = await visiting(viewport=PHONE, has_touch=True, is_mobile=True)
    context = visitor.page.context

    async def with_places(route: Route) -> None:
        answer = await route.fetch()
        await route.fulfill(response=answer, json={**await answer.json(), "location": True})

    await context.route("**/customer/v1/widget?*", with_places)
    await context.grant_permissions(["geolocation"])
    await context.set_geolocation({"latitude": 48.2082, "longitude": 16.3738})
    page = visitor.page
    await page.goto(f"{chat_centre.url}/widget/frame?channel=web-direct")
    add = page.get_by_role("button", name="Add a file")
    await add.click()
    offers = page.get_by_role("group", name="Add a file").get_by_role("button")
    await expect(offers).to_have_text(["File or picture", "Take a photo", "Send my location"])
    await expect(offers.first).to_be_focused()
    assert await violations_in(page.main_frame) == []
    await page.keyboard.press("Escape")
    await expect(add).to_be_focused()
    await expect(offers.first).to_be_hidden()
    await add.click()
    async with page.expect_file_chooser() as chooser:
        await offers.nth(1).click()
    attributes = "input => [input.accept, input.getAttribute('capture')]"
    assert await (await chooser.value).element.evaluate(attributes) == ["image/*", "environment"]
    await add.click()
    await offers.nth(2).click()
    await expect(page.get_by_role("log").get_by_role("link", name="Open the map")).to_have_attribute(
        "href", "https://www.openstreetmap.org/?mlat=48.20820&mlon=16.37380#map=17/48.20820/16.37380"
    )
    await eventually(lambda: posted(chat_centre, '"location"'))


async def test_receipts_are_shown_and_given(chat_centre: Centre, visiting: Visiting) -> None:
    visitor = await talking(visiting, "Have you read this?")
    last = visitor.log.get_by_role("article").filter(has_text="Have you read this?")
    await expect(last).to_contain_text("Sent")
    async with served_by(chat_centre, "Have you read this?") as (agent, path):
        message_id = json.loads(posted(chat_centre, "Have you read this?")[0].data)["message_id"]
        for status, words in (("delivered", "Delivered"), ("read", "Read")):
            (await agent.post(f"{path}/receipts", {"message_id": message_id, "status": status})).of(200)
            await expect(last).to_contain_text(words)
        await write(agent, path, "Yes, I have")
        await eventually(lambda: [each["status"] for each in given(chat_centre, "Have you read this?")] == ["read"])
        await visitor.page.keyboard.press("Escape")
        await write(agent, path, "Are you there?")
        await eventually(
            lambda: [each["status"] for each in given(chat_centre, "Have you read this?")] == ["read", "delivered"]
        )
        await visitor.open()
        await eventually(lambda: given(chat_centre, "Have you read this?")[-1]["status"] == "read")


def given(centre: Centre, words: str) -> list[dict[str, Any]]:
    """The receipts that the customer has given."""
    records = centre.services.journal.read_stream(posted(centre, words)[0].stream)
    receipts = [json.loads(record.data) for record in records if record.type == "ReceiptRecorded"]
    return [receipt for receipt in receipts if receipt["by"]["type"] == "customer"]
