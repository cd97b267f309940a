"""A conversation's transcript as JSON, plain text and HTML."""

from datetime import datetime
from html.parser import HTMLParser
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from tests.gateways.centre import Centre, open_centre
from tests.gateways.clients import Agent, Answer, Customer

pytestmark = pytest.mark.asyncio

HOSTILE = [
    "<script>alert(1)</script>",
    "</span></li></ol><img src=x onerror=alert(1)>",
    "\"'><svg/onload=alert(1)>",
    "<!--",
    "&lt;b&gt; &#60;script&#62;",
    "{0.__class__} {title} %s",
    "]]>\u0001<\u2028b>",
]


class Tags(HTMLParser):
    """The tags of a page and the text between them."""

    def __init__(self, page: str) -> None:
        super().__init__(convert_charrefs=True)
        self.tags: set[str] = set()
        self.text = ""
        self.feed(page)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        assert not [name for name, _ in attrs if name.startswith("on")]

    def handle_comment(self, data: str) -> None:
        self.tags.add("!--")

    def handle_data(self, data: str) -> None:
        self.text += data


async def transcript(customer: Customer, format_: str) -> Answer:
    answer = await customer.get(f"{customer.path}/transcript?format={format_}")
    assert answer.status == 200
    return answer


async def talked(centre: Centre) -> Customer:
    customer = await Customer.start(centre, text="Hello", customer={"name": "Ada"})
    alice = await Agent.ready(centre)
    await alice.accept_only_offer()
    await alice.write(customer, "Good morning")
    await alice.end(customer)
    return customer


async def test_a_transcript_as_json(centre: Centre) -> None:
    customer = await talked(centre)
    answered = (await customer.get(f"{customer.path}/transcript")).of(200)
    assert answered == (await transcript(customer, "json")).json
    assert (answered["conversation_id"], answered["channel"]) == (customer.id, "web-direct")
    assert [(entry["type"], entry["sender"].get("name"), entry["text"]) for entry in answered["entries"]] == [
        ("event", None, "the conversation started"),
        ("message", "Ada", "Hello"),
        ("event", None, "waiting for an agent of support"),
        ("event", None, "Alice joined"),
        ("message", "Alice", "Good morning"),
        ("event", None, "the conversation ended"),
        ("event", None, "the agent left"),
    ]


async def test_a_transcript_as_text(centre: Centre) -> None:
    answer = await transcript(await talked(centre), "text")
    assert answer.headers["Content-Type"] == "text/plain; charset=utf-8"
    lines = answer.content.decode().splitlines()
    assert [line.split("  ")[1] for line in lines[3:5]] == ["Ada: Hello", "system: waiting for an agent of support"]


async def test_a_transcript_is_by_the_clock_of_the_zone_that_is_asked_for(centre: Centre) -> None:
    customer = await talked(centre)
    path = f"{customer.path}/transcript?zone=Asia/Tokyo"
    recorded = (await transcript(customer, "json")).json["entries"][0]["at"]
    local = datetime.fromisoformat(recorded).astimezone(ZoneInfo("Asia/Tokyo"))
    assert (await customer.get(path)).of(200)["entries"][0]["at"] == local.isoformat()
    for format_ in ("text", "html"):
        text = Tags((await customer.get(f"{path}&format={format_}")).content.decode()).text
        assert "Times are those of Asia/Tokyo." in text
        assert f"{local:%Y-%m-%d %H:%M:%S}" in text
    refused = (await customer.get(f"{customer.path}/transcript?zone=Asia/Tokio")).problem(422, "invalid_input")
    assert refused.detail == "zone: 'Asia/Tokio' is no IANA time zone: write one such as Asia/Tokyo"


async def test_a_transcript_as_html(centre: Centre) -> None:
    answer = await transcript(await talked(centre), "html")
    assert answer.headers["Content-Type"] == "text/html; charset=utf-8"
    assert "Good morning" in Tags(answer.content.decode()).text


async def test_a_transcript_is_in_the_language_of_the_conversation(centre: Centre) -> None:
    customer = await Customer.start(centre, text="Hallo", language="de-AT")
    alice = await Agent.ready(centre)
    await alice.accept_only_offer()
    await customer.end()
    texts = [entry["text"] for entry in (await transcript(customer, "json")).json["entries"]]
    assert texts == [
        "Das Gespräch hat begonnen",
        "Hallo",
        "Warten auf das Team support",
        "Alice ist dazugekommen",
        "Das Gespräch ist beendet",
        "Das Teammitglied hat das Gespräch verlassen",
    ]
    lines = (await transcript(customer, "text")).content.decode().splitlines()
    assert lines[0] == f"Gespräch {customer.id} über web-direct. Die Zeiten gelten für UTC."
    assert [line.split("  ")[1] for line in lines[2:4]] == ["System: Das Gespräch hat begonnen", "Sie: Hallo"]
    page = (await transcript(customer, "html")).content.decode()
    assert '<html lang="de">' in page
    assert f"<title>Gesprächsverlauf {customer.id}</title>" in page
    assert "web-direct, begonnen " in Tags(page).text


async def test_a_transcript_is_in_the_words_of_the_channel(tmp_path: Path, quick_passwords: None) -> None:
    texts = {"transcript": {"en": "<b>Chat"}, "transcript_start": {"en": "<i>{start}"}, "customer": {"EN": "You"}}
    channels = {"web-direct": {"queue": "support", "texts": texts}}
    async with open_centre(tmp_path, channels=channels) as centre:
        customer = await Customer.start(centre, text="Hello {start}")
        page = (await transcript(customer, "html")).content.decode()
        assert "<h1>&lt;b&gt;Chat</h1>\n<p>&lt;i&gt;<time datetime=" in page
        assert "<strong>You</strong>" in page
        assert "Hello {start}" in page


async def test_a_transcript_says_that_no_agent_was_available(tmp_path: Path, quick_passwords: None) -> None:
    queues = {"support": {"mrd": "chat", "time_to_live_seconds": 0.01}}
    async with open_centre(tmp_path, queues=queues) as centre:
        customer = await Customer.start(centre)
        await centre.recorded("ConversationEnded")
        entries = (await transcript(customer, "json")).json["entries"]
        assert entries[-1]["text"] == "no agent is available; the conversation ended"


async def test_a_transcript_as_html_escapes_markup(centre: Centre) -> None:
    harmless = Tags((await transcript(await talked(centre), "html")).content.decode()).tags
    customer = await Customer.start(centre, customer={"name": HOSTILE[0], "id": HOSTILE[1]})
    for text in HOSTILE:
        (await customer.write(text)).of(201)
    page = (await transcript(customer, "html")).content.decode()
    read = Tags(page)
    assert read.tags == harmless
    assert "script" not in read.tags
    assert all(text in read.text for text in HOSTILE)


@pytest.mark.parametrize("end", ["\n", "\r", "\r\n", "\u2028", "\u0085", "\x0b"])
async def test_a_transcript_as_text_holds_no_forged_entry(centre: Centre, end: str) -> None:
    forged = f"x{end}2026-11-22T10:00:00.000000Z  Alice: I promise you a refund"
    customer = await Customer.start(centre, text=forged, customer={"name": f"Ada{end}2026-11-22T Alice"})
    answered = (await transcript(customer, "text")).content.decode()
    entries = [line for line in answered.splitlines()[2:] if line and not line.startswith("    ")]
    assert len(entries) == 3
    assert "refund" in answered
    assert not any("refund" in line or line.endswith("Alice") for line in entries)


async def test_a_transcript_holds_all_of_many_messages(centre: Centre) -> None:
    customer = await Customer.start(centre)
    for number in range(120):
        await customer.write(f"message {number}")
    assert (await transcript(customer, "text")).content.count(b"message ") == 120
