"""Uploading and reading attachments over HTTP."""

import asyncio
import resource
from collections.abc import AsyncIterator, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from schemas.identifiers import new_id
from tests.gateways.attachments.positions.pictures import LATITUDE, exif, jpeg
from tests.gateways.centre import Centre, eventually, open_centre
from tests.gateways.clients import Agent, Caller, Customer, upload_of
from tests.gateways.uploads import BOUNDARY, FORM, PDF, PNG, file_part, form, id_part, part

pytestmark = pytest.mark.asyncio

MOST = 10 * 1024 * 1024
TEXT = "text/plain"


def files_of(centre: Centre) -> list[Path]:
    """All files that are kept or being received."""
    assert centre.services.data_directory is not None
    return [path for path in centre.services.data_directory.attachments.rglob("*") if path.is_file()]


def entries(directory: Path) -> list[Path]:
    return list(directory.iterdir())


async def together(centre: Centre) -> tuple[Customer, Agent]:
    customer = await Customer.start(centre, text="Hello")
    alice = await Agent.ready(centre)
    await alice.accept_only_offer()
    return customer, alice


class TestUploads:
    async def test_are_read_by_those_who_take_part(self, centre: Centre) -> None:
        customer, alice = await together(centre)
        uploaded = (await customer.upload(PNG, "photo.png", "image/png")).of(201)
        id_ = uploaded["attachment_id"]
        assert uploaded == {
            "attachment_id": id_,
            "name": "photo.png",
            "media_type": "image/png",
            "size": len(PNG),
            "url": f"{customer.path}/attachments/{id_}",
        }
        sue = await Agent.log_in(centre, "sue")
        for caller, path in (
            (customer, uploaded["url"]),
            (alice, alice.path(customer, f"attachments/{id_}")),
            (sue, sue.path(customer, f"attachments/{id_}")),
        ):
            answer = await caller.get(path)
            assert (answer.status, answer.content) == (200, PNG)

    async def test_are_not_read_by_others(self, centre: Centre) -> None:
        customer, _ = await together(centre)
        id_ = (await customer.upload(PNG, "photo.png", "image/png")).of(201)["attachment_id"]
        other = await Customer.start(centre)
        bob = await Agent.log_in(centre, "bob")
        path = f"{customer.path}/attachments/{id_}"
        (await other.get(path)).problem(403, "foreign_token")
        (await other.get(f"{other.path}/attachments/{id_}")).problem(404, "not_found")
        (await bob.get(bob.path(customer, f"attachments/{id_}"))).problem(403, "not_participant")
        (await Caller(centre).get(path)).problem(401, "token_missing")
        (await bob.upload(customer, PNG, "photo.png", "image/png")).problem(403, "not_participant")
        (await customer.get(f"{customer.path}/attachments/..%2f{id_}")).problem(404, "not_found")

    async def test_of_agents_reach_the_customer(self, centre: Centre) -> None:
        customer, alice = await together(centre)
        uploaded = (await alice.upload(customer, PDF, "offer.pdf", "application/pdf")).of(201)
        assert (await alice.get(uploaded["url"])).content == PDF
        answer = await customer.get(f"{customer.path}/attachments/{uploaded['attachment_id']}")
        assert answer.content == PDF

    async def test_never_run_in_a_browser(self, centre: Centre) -> None:
        customer = await Customer.start(centre)
        uploaded = (await customer.upload(b"<script>alert(1)</script>", 'Grüße "1".html', TEXT)).of(201)
        assert uploaded["name"] == "Grüße _1_.html.txt"
        headers = (await customer.get(uploaded["url"])).headers
        assert headers["Content-Type"] == "text/plain; charset=utf-8"
        assert headers["X-Content-Type-Options"] == "nosniff"
        assert headers["Content-Security-Policy"].startswith("sandbox")
        assert headers["Content-Disposition"] == (
            "attachment; filename=\"Grue _1_.html.txt\"; filename*=UTF-8''Gr%C3%BC%C3%9Fe%20_1_.html.txt"
        )
        assert "private" in headers["Cache-Control"]

    async def test_of_a_spreadsheet_on_windows_are_tables_in_their_charset(self, centre: Centre) -> None:
        customer = await Customer.start(centre)
        table = "Kunde;Betrag\r\nMüller;5 €\r\n".encode("cp1252")
        uploaded = (await customer.upload(table, "orders.csv", "application/vnd.ms-excel")).of(201)
        assert (uploaded["name"], uploaded["media_type"]) == ("orders.csv", "text/csv")
        answer = await customer.get(uploaded["url"])
        assert (answer.content, answer.headers["Content-Type"]) == (table, "text/csv; charset=windows-1252")

    async def test_of_photos_tell_no_position(self, centre: Centre) -> None:
        customer, alice = await together(centre)
        photo, id_ = jpeg(b"Exif\0\0" + exif()), new_id()
        first = await customer.upload(photo, "photo.jpg", "image/jpeg", id_)
        content = (await alice.get(alice.path(customer, f"attachments/{first.of(201)['attachment_id']}"))).content
        assert (LATITUDE in photo, LATITUDE in content, len(content)) == (True, False, len(photo))
        again = await customer.upload(photo, "photo.jpg", "image/jpeg", id_)
        assert (again.status, again.content) == (201, first.content)

    async def test_of_photos_keep_their_position_where_the_setting_says_so(
        self, tmp_path: Path, quick_passwords: None
    ) -> None:
        async with open_centre(tmp_path, attachments={"strip_location": False}) as centre:
            customer = await Customer.start(centre)
            photo = jpeg(b"Exif\0\0" + exif())
            url = (await customer.upload(photo, "photo.jpg", "image/jpeg")).of(201)["url"]
            assert (await customer.get(url)).content == photo

    async def test_outlive_the_server(self, tmp_path: Path, quick_passwords: None) -> None:
        async with open_centre(tmp_path) as centre:
            customer = await Customer.start(centre)
            url = (await customer.upload(PNG, "photo.png", "image/png")).of(201)["url"]
            (tmp_path / "attachments" / "incoming" / "half").write_bytes(b"left by a crash")
        async with open_centre(tmp_path) as centre:
            assert (await Caller(centre, customer.token).get(url)).content == PNG
            assert entries(tmp_path / "attachments" / "incoming") == []

    async def test_are_lost_together_with_a_journal_in_memory(self, tmp_path: Path, quick_passwords: None) -> None:
        async with open_centre(tmp_path, journal={"backend": "memory"}) as centre:
            customer = await Customer.start(centre)
            url = (await customer.upload(PNG, "photo.png", "image/png")).of(201)["url"]
            assert (await customer.get(url)).content == PNG
        assert entries(tmp_path) == []

    async def test_are_read_in_part(self, centre: Centre) -> None:
        customer = await Customer.start(centre)
        url = (await customer.upload(b"0123456789", "digits.txt", TEXT)).of(201)["url"]
        some = await customer.call("GET", url, headers={"Range": "bytes=2-4"})
        assert (some.status, some.content, some.headers["Content-Range"]) == (206, b"234", "bytes 2-4/10")
        assert (await customer.call("GET", url, headers={"Range": "bytes=99-"})).status == 416
        whole = await customer.call("HEAD", url)
        assert (whole.status, whole.content, whole.headers["Content-Length"]) == (200, b"", "10")

    async def test_are_kept_in_an_s3_bucket(self, seaweed: str, tmp_path: Path, quick_passwords: None) -> None:
        bucket = {"backend": "s3", "bucket": "attachments", "endpoint": seaweed, "prefix": new_id()}
        async with open_centre(tmp_path, attachments=bucket) as centre:
            customer, alice = await together(centre)
            content = b"x" * (6 * 1024 * 1024)
            uploaded = (await customer.upload(content, "long.txt", TEXT)).of(201)
            answer = await alice.get(alice.path(customer, f"attachments/{uploaded['attachment_id']}"))
            assert (answer.status, answer.content) == (200, content)
            assert answer.headers["Content-Disposition"] == 'attachment; filename="long.txt"'
            file = {"type": "file", "attachment_id": uploaded["attachment_id"]}
            (await customer.send(file)).of(201)
            assert await centre.services.attachments.store.unposted() == []
            assert files_of(centre) == []

    async def test_to_an_unreachable_bucket_are_refused_until_later(
        self, tmp_path: Path, quick_passwords: None, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setenv("AWS_ACCESS_KEY_ID", "a")
        monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "b")
        bucket = {"backend": "s3", "bucket": "attachments", "endpoint": "http://127.0.0.1:9"}
        async with open_centre(tmp_path, attachments=bucket) as centre:
            customer = await Customer.start(centre)
            answer = await customer.upload(PNG, "photo.png", "image/png")
            answer.problem(503, "attachments_unavailable")
            assert answer.headers["Retry-After"] == "5"
            assert files_of(centre) == []


class TestRepetition:
    async def test_gets_the_same_answer_byte_for_byte(self, centre: Centre) -> None:
        customer = await Customer.start(centre)
        id_ = new_id()
        first = await customer.upload(PNG, "photo.png", "image/png", id_)
        again = await customer.upload(PNG, "photo.png", "image/png", id_)
        assert first.of(201)["attachment_id"] == id_
        assert (first.replayed, again.replayed) == (False, True)
        assert (again.status, again.content) == (first.status, first.content)
        await customer.end()
        assert (await customer.upload(PNG, "photo.png", "image/png", id_)).content == first.content

    async def test_with_other_bytes_is_refused(self, centre: Centre) -> None:
        customer = await Customer.start(centre)
        id_ = new_id()
        url = (await customer.upload(b"one", "a.txt", TEXT, id_)).of(201)["url"]
        (await customer.upload(b"two", "a.txt", TEXT, id_)).problem(409, "id_conflict")
        assert (await customer.get(url)).content == b"one"

    async def test_at_the_same_time_keeps_one_attachment(self, centre: Centre) -> None:
        customer = await Customer.start(centre)
        id_ = new_id()
        answers = await asyncio.gather(*(customer.upload(PNG, "photo.png", "image/png", id_) for _ in range(10)))
        assert {answer.content for answer in answers} == {answers[0].content}
        assert [answer.replayed for answer in answers].count(False) == 1

    async def test_at_the_same_time_with_other_bytes_keeps_one_whole_attachment(self, centre: Centre) -> None:
        customer = await Customer.start(centre)
        id_ = new_id()
        contents = [f"content {number}".encode() for number in range(10)]
        answers = await asyncio.gather(*(customer.upload(content, "a.txt", TEXT, id_) for content in contents))
        statuses = [answer.status for answer in answers]
        assert sorted(statuses) == [201] + [409] * 9
        kept = contents[statuses.index(201)]
        assert (await customer.get(f"{customer.path}/attachments/{id_}")).content == kept
        assert len(files_of(centre)) == 3

    async def test_in_another_conversation_is_another_attachment(self, centre: Centre) -> None:
        id_ = new_id()
        for content in (b"one", b"two"):
            customer = await Customer.start(centre)
            answer = await customer.upload(content, "a.txt", TEXT, id_)
            assert (answer.status, answer.replayed) == (201, False)


class TestRefusals:
    async def test_uploads_after_the_end_are_refused(self, centre: Centre) -> None:
        customer, alice = await together(centre)
        url = (await customer.upload(PNG, "photo.png", "image/png")).of(201)["url"]
        await customer.end()
        before = len(files_of(centre))
        (await customer.upload(PNG, "photo.png", "image/png")).problem(409, "conversation_ended")
        (await alice.upload(customer, PNG, "photo.png", "image/png")).problem(409, "conversation_ended")
        assert (await customer.get(url)).content == PNG
        assert len(files_of(centre)) == before

    async def test_uploads_of_supervisors_who_only_monitor_are_refused(self, centre: Centre) -> None:
        customer, _ = await together(centre)
        sue = await Agent.log_in(centre, "sue")
        (await sue.upload(customer, PNG, "photo.png", "image/png")).problem(403, "not_participant")
        assert files_of(centre) == []

    @pytest.mark.parametrize(
        ("content", "media_type", "code"),
        [
            (b"<!DOCTYPE html><html></html>", "text/html", "media_type_not_allowed"),
            (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "image/svg+xml", "media_type_not_allowed"),
            (PNG, "application/octet-stream", "media_type_not_allowed"),
            (PNG, "", "media_type_not_allowed"),
            (PNG, "\xff/\xff" * 200, "media_type_not_allowed"),
            (PNG, "image/jpeg", "media_type_mismatch"),
            (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "image/png", "media_type_mismatch"),
            (b"MZ\x90\0\3" + bytes(99), TEXT, "media_type_mismatch"),
            (b"nothing", "application/pdf", "media_type_mismatch"),
        ],
    )
    async def test_uploads_of_wrong_types_are_refused(
        self, centre: Centre, content: bytes, media_type: str, code: str
    ) -> None:
        customer = await Customer.start(centre)
        (await customer.upload(content, "a", media_type)).problem(415, code)
        assert files_of(centre) == []

    async def test_uploads_that_are_too_large_are_refused(self, tmp_path: Path, quick_passwords: None) -> None:
        async with open_centre(tmp_path, attachments={"max_bytes": 100_000}) as centre:
            customer = await Customer.start(centre)
            (await customer.upload(b"x" * 100_000, "a.txt", TEXT)).of(201)
            for size in (100_001, 5_000_000):
                details = (await customer.upload(b"x" * size, "a.txt", TEXT)).problem(413, "body_too_large")
                assert "100000" in details.detail
            assert len(files_of(centre)) == 3

    async def test_endless_uploads_are_refused_as_soon_as_they_are_too_large(self, centre: Centre) -> None:
        customer = await Customer.start(centre)
        sent = 0

        async def endless() -> AsyncIterator[bytes]:
            nonlocal sent
            yield form(file_part(b"", "a.txt", TEXT)).partition(b"\r\n--")[0]
            while True:
                yield b"x" * 65_536
                sent += 65_536

        answer = await customer.post(f"{customer.path}/attachments", endless(), **FORM)
        answer.problem(413, "body_too_large")
        assert sent < 4 * MOST
        assert files_of(centre) == []

    async def test_forms_that_go_on_after_their_end_are_refused(self, centre: Centre) -> None:
        customer = await Customer.start(centre)
        body = form(file_part(b"x", "a.txt", TEXT)) + b"x" * (MOST + 100_000)
        (await customer.post(f"{customer.path}/attachments", body, **FORM)).problem(413, "body_too_large")

    async def test_uploads_without_room_on_the_disk_are_refused(self, centre: Centre) -> None:
        customer = await Customer.start(centre)
        with _largest_file(2 * 1024 * 1024):
            answer = await customer.upload(b"x" * (4 * 1024 * 1024), "a.txt", TEXT)
        answer.problem(507, "storage_full")
        assert answer.headers["Retry-After"] == "60"
        assert files_of(centre) == []
        assert (await customer.upload(b"x" * (4 * 1024 * 1024), "a.txt", TEXT)).status == 201

    async def test_uploads_while_the_directory_is_missing_are_refused(self, centre: Centre) -> None:
        customer = await Customer.start(centre)
        centre.services.attachments.incoming.rmdir()
        (await customer.upload(PNG, "photo.png", "image/png")).problem(503, "attachments_unavailable")


class TestBrokenOff:
    @pytest.mark.parametrize("framing", [b"Content-Length: 5000000", b"Transfer-Encoding: chunked"])
    async def test_an_upload_that_breaks_off_leaves_nothing(self, centre: Centre, framing: bytes) -> None:
        customer = await Customer.start(centre)
        body = form(file_part(b"x" * 300_000, "a.txt", TEXT))[:-100]
        if framing.endswith(b"chunked"):
            body = b"%x\r\n" % len(body) + body + b"\r\n"
        lines = [
            f"POST {customer.path}/attachments HTTP/1.1".encode(),
            b"Host: localhost",
            f"Authorization: Bearer {customer.token}".encode(),
            f"Content-Type: {FORM['Content-Type']}".encode(),
            framing,
        ]
        _, writer = await asyncio.open_connection("127.0.0.1", centre.port)
        writer.write(b"\r\n".join([*lines, b"", body]))
        await writer.drain()
        incoming = centre.services.attachments.incoming
        await eventually(lambda: [file for file in incoming.iterdir() if file.stat().st_size > 200_000])
        writer.close()
        await eventually(lambda: not list(incoming.iterdir()))
        assert files_of(centre) == []


ID = part(b'name="id"', b"0193b1f0-7c00-7d52-9c1e-3f6d2c9a1b4e")
FILE = file_part(PNG, "photo.png", "image/png")
LINE = f"--{BOUNDARY}".encode()
FORMS: dict[str, tuple[bytes, int, str, str | None]] = {
    "nothing": (b"", 400, "malformed_form", None),
    "no parts": (form(), 422, "invalid_input", "file"),
    "only an id": (form(ID), 422, "invalid_input", "file"),
    "an empty file": (form(file_part(b"", "a.png", "image/png")), 422, "invalid_input", "file"),
    "two files": (form(FILE, FILE), 422, "invalid_input", "file"),
    "two ids": (form(ID, ID, FILE), 422, "invalid_input", "id"),
    "an id that is none": (form(id_part("../../x"), FILE), 422, "invalid_input", "id"),
    "an id in capitals": (form(id_part(new_id().upper()), FILE), 422, "invalid_input", "id"),
    "an endless id": (form(id_part("a" * 100_000), FILE), 422, "invalid_input", "id"),
    "a strange part": (form(part(b'name="nonsense"', b"1"), FILE), 422, "invalid_input", "nonsense"),
    "a part without a name": (form(part(b"", b"1"), FILE), 422, "invalid_input", ""),
    "a part without headers": (form(b"\r\n\r\nx"), 422, "invalid_input", ""),
    "many parts": (form(*[part(b'name="p"', b"")] * 10_000), 422, "invalid_input", "p"),
    "many headers": (form(part(b'name="file"', b"x", *[b"X-A: 1"] * 1000)), 400, "malformed_form", None),
    "huge headers": (form(part(b'name="file"', b"x", b"X-A: " + b"x" * 1_000_000)), 400, "malformed_form", None),
    "a huge name": (form(file_part(PNG, "x" * 100_000, "image/png")), 400, "malformed_form", None),
    "no end": (form(FILE)[:-30], 400, "malformed_form", None),
    "no last line": (LINE + b"\r\n" + FILE, 400, "malformed_form", None),
    "another boundary": (form(FILE).replace(b"--boundary", b"--other"), 400, "malformed_form", None),
    "json": (b'{"file": "x"}', 400, "malformed_form", None),
    "a broken header": (LINE + b"\r\nContent-Disposition\r\n\r\nx\r\n" + LINE + b"--", 400, "malformed_form", None),
}
CONTENT_TYPES = [
    ("multipart/form-data", 400, "malformed_form"),
    ("multipart/form-data; boundary=", 400, "malformed_form"),
    ('multipart/form-data; boundary=""', 400, "malformed_form"),
    ("multipart/form-data; boundary=" + "b" * 300, 400, "malformed_form"),
    ("multipart/mixed; boundary=b", 415, "not_a_form"),
    ("application/json", 415, "not_a_form"),
    ("application/x-www-form-urlencoded", 415, "not_a_form"),
    ("image/png", 415, "not_a_form"),
    (";", 415, "not_a_form"),
]


class TestForms:
    @pytest.mark.parametrize("name", FORMS)
    async def test_that_are_wrong_leave_nothing(self, centre: Centre, name: str) -> None:
        body, status, code, path = FORMS[name]
        customer = await Customer.start(centre)
        details = (await customer.post(f"{customer.path}/attachments", body, **FORM)).problem(status, code)
        assert [error.path for error in details.errors] == ([] if path is None else [path])
        assert files_of(centre) == []

    @pytest.mark.parametrize(("content_type", "status", "code"), CONTENT_TYPES)
    async def test_need_their_content_type(self, centre: Centre, content_type: str, status: int, code: str) -> None:
        customer = await Customer.start(centre)
        headers = {"Content-Type": content_type}
        (await customer.post(f"{customer.path}/attachments", form(FILE), **headers)).problem(status, code)

    async def test_may_hold_the_id_behind_the_file(self, centre: Centre) -> None:
        customer = await Customer.start(centre)
        body = form(FILE, ID)
        uploaded = (await customer.post(f"{customer.path}/attachments", body, **FORM)).of(201)
        assert uploaded["attachment_id"] == "0193b1f0-7c00-7d52-9c1e-3f6d2c9a1b4e"

    async def test_may_come_in_bytes(self, centre: Centre) -> None:
        customer = await Customer.start(centre)
        body = upload_of(PNG, "Grüße.png", "image/png")

        async def slowly() -> AsyncIterator[bytes]:
            for place in range(len(body)):
                yield body[place : place + 1]

        uploaded = (await customer.post(f"{customer.path}/attachments", slowly(), **FORM)).of(201)
        assert uploaded["name"] == "Grüße.png"
        assert (await customer.get(uploaded["url"])).content == PNG

    @pytest.mark.parametrize(
        ("written", "name"), [(b"a%22b%0D%0A.png", "a_b.png"), (b"\xff\xfe.png", "\ufffd\ufffd.png")]
    )
    async def test_may_name_the_file_as_browsers_do(self, centre: Centre, written: bytes, name: str) -> None:
        customer = await Customer.start(centre)
        body = form(part(b'name="file"; filename="' + written + b'"', PNG, b"Content-Type: image/png"))
        uploaded = (await customer.post(f"{customer.path}/attachments", body, **FORM)).of(201)
        assert uploaded["name"] == name

    async def test_may_hold_a_file_that_looks_like_a_form(self, centre: Centre) -> None:
        customer = await Customer.start(centre)
        content = form(FILE.replace(PNG, b"x"))[: -len(LINE)] + b"\r\n--boundary-of-the-test\r\n"
        content = content.replace(LINE, LINE[:-1])
        uploaded = (await customer.upload(content, "a.txt", TEXT)).of(201)
        assert (await customer.get(uploaded["url"])).content == content


@contextmanager
def _largest_file(size: int) -> Iterator[None]:
    """No larger file can be written, as on a full disk."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
