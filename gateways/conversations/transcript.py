"""A conversation's transcript as JSON, plain text or HTML."""

import html
from collections.abc import Iterable
from datetime import datetime
from typing import Literal
from zoneinfo import ZoneInfo

import msgspec
from msgspec.structs import replace

from gateways.conversations.customer_texts import CustomerTexts, customer_texts
from gateways.conversations.reading import find_conversation, read_customer_records
from gateways.inspection.masking import MASK
from gateways.services import Services
from projections import ConversationView, in_words
from schemas.content import SenderType
from schemas.customer_texts import fill_placeholders
from schemas.events import (
    REGISTRY,
    AgentJoined,
    AgentLeft,
    AgentRequested,
    BotAssigned,
    ConversationEnded,
    ConversationStarted,
    CustomerReturned,
    Event,
    MessagePosted,
)
from schemas.instants import format_instant, parse_instant
from schemas.records import Record

__all__ = ["Speaker", "Transcript", "TranscriptEntry", "as_html", "as_text", "by_clock_of", "read_transcript"]


class Speaker(msgspec.Struct, frozen=True):
    type: SenderType
    role: str
    id: str | None = None
    name: str | None = None


class TranscriptEntry(msgspec.Struct, frozen=True):
    at: str
    type: Literal["message", "event"]
    sender: Speaker
    text: str


class Transcript(msgspec.Struct, frozen=True):
    """The entries, oldest first, hold only events that the customer may see. ``texts`` are the words around them."""

    conversation_id: str
    channel: str
    started_at: datetime
    entries: list[TranscriptEntry]
    texts: CustomerTexts


UTC = ZoneInfo("UTC")

_PAGE = """<!doctype html>
<html lang="{language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{title} {conversation}</title>
<style>
:root {{ color-scheme: light dark; }}
body {{ font: 1rem/1.5 system-ui, sans-serif; max-width: 42rem; margin: 1.5rem auto; padding: 0 1rem; }}
ol {{ list-style: none; padding: 0; }}
li {{ margin: 0 0 0.75rem; overflow-wrap: anywhere; }}
time {{ opacity: 0.75; font-size: 0.85em; }}
.text {{ white-space: pre-wrap; }}
</style>
</head>
<body>
<h1>{title}</h1>
<p>{start}</p>
<ol>
{entries}
</ol>
</body>
</html>
"""
_OMITTED = ("ReceiptRecorded", "CustomerReminded", "ConversationRated")
_SYSTEM = Speaker("system", "system")


async def read_transcript(services: Services, conversation_id: str, in_clear: bool = True) -> Transcript:
    """Unless it is ``in_clear``, words and names are masked. Raises RefusedError when there is no such conversation."""
    view = await find_conversation(services, conversation_id)
    texts = customer_texts(services, view)
    records = await read_customer_records(services, conversation_id)
    return _make_transcript(view, records, texts, in_clear)


def by_clock_of(zone: ZoneInfo, transcript: Transcript) -> Transcript:
    """The same transcript with the zone's offset at each instant; in UTC, as recorded."""
    if zone.key == "UTC":
        return transcript
    entries = [replace(entry, at=_local(entry.at, zone).isoformat()) for entry in transcript.entries]
    return replace(transcript, started_at=transcript.started_at.astimezone(zone), entries=entries)


def as_text(transcript: Transcript, zone: ZoneInfo = UTC) -> str:
    """Only the first line of an entry begins at the margin, so that no text can pass itself off as another entry."""
    lines = [
        _indented(f"{_local_text(entry.at, zone)}  {_name(transcript.texts, entry.sender)}: {entry.text}")
        for entry in transcript.entries
    ]
    heading = transcript.texts.word(
        "transcript_heading", conversation=transcript.conversation_id, channel=transcript.channel, zone=zone.key
    )
    return "\n".join([heading, "", *lines, ""])


def as_html(transcript: Transcript, zone: ZoneInfo = UTC) -> str:
    entries = "\n".join(_entry_as_html(transcript, entry, zone) for entry in transcript.entries)
    language, title = transcript.texts.find("transcript")
    return _PAGE.format(
        language=language,
        title=html.escape(title),
        conversation=transcript.conversation_id,
        start=_start_as_html(transcript, zone),
        entries=entries,
    )


def _entry_as_html(transcript: Transcript, entry: TranscriptEntry, zone: ZoneInfo) -> str:
    return (
        f'<li><time datetime="{entry.at}">{_local_text(entry.at, zone)}</time> '
        f"<strong>{html.escape(_name(transcript.texts, entry.sender))}</strong> "
        f'<span class="text">{html.escape(entry.text)}</span></li>'
    )


def _start_as_html(transcript: Transcript, zone: ZoneInfo) -> str:
    """The text is escaped before its placeholders are filled, because one of the values is markup."""
    started = format_instant(transcript.started_at)
    values = {
        "channel": html.escape(transcript.channel),
        "start": f'<time datetime="{started}">{_local_text(started, zone)}</time>',
        "zone": zone.key,
    }
    _, text = transcript.texts.find("transcript_start")
    return fill_placeholders(html.escape(text), values)


def _make_transcript(
    view: ConversationView, records: Iterable[Record], texts: CustomerTexts, in_clear: bool
) -> Transcript:
    entries = [
        _entry(record, event, texts) if in_clear else _masked_entry(record, event, texts)
        for record in records
        if REGISTRY.current_type(record) not in _OMITTED and not _writes_first(event := REGISTRY.decode(record))
    ]
    return Transcript(view.conversation_id, view.channel, view.started_at, entries, texts)


def _writes_first(event: Event) -> bool:
    """Whether an agent starts the conversation by this: its customer does not wait."""
    return isinstance(event, AgentRequested) and event.direction == "outbound" and event.requested_by.type == "agent"


def _entry(record: Record, event: Event, texts: CustomerTexts) -> TranscriptEntry:
    if isinstance(event, MessagePosted):
        sender = Speaker(event.sender.type, event.sender.type, event.sender.id, event.sender.name)
        return TranscriptEntry(record.at, "message", sender, in_words(event.content))
    return TranscriptEntry(record.at, "event", _SYSTEM, _describe(event, texts))


def _masked_entry(record: Record, event: Event, texts: CustomerTexts) -> TranscriptEntry:
    if isinstance(event, AgentJoined):
        event = replace(event, agent_name=MASK)
    entry = _entry(record, event, texts)
    if not isinstance(event, MessagePosted):
        return entry
    sender = entry.sender
    identifier = MASK if sender.type == "customer" and sender.id is not None else sender.id
    name = None if sender.name is None else MASK
    return replace(entry, sender=replace(sender, id=identifier, name=name), text=MASK)


def _local_text(instant: str, zone: ZoneInfo) -> str:
    """The instant by the zone's clock, which the heading names."""
    return f"{_local(instant, zone):%Y-%m-%d %H:%M:%S}"


def _local(instant: str, zone: ZoneInfo) -> datetime:
    return parse_instant(instant).astimezone(zone)


def _indented(text: str) -> str:
    return "\n    ".join(text.splitlines())


def _describe(event: Event, texts: CustomerTexts) -> str:
    match event:
        case ConversationStarted():
            return texts.word("conversation_started")
        case CustomerReturned():
            return texts.word("customer_returned")
        case BotAssigned():
            return texts.word("bot_took_over")
        case AgentRequested():
            return texts.word("waiting_for_agent", queue=event.queue.name)
        case AgentJoined():
            return texts.word("agent_joined", agent=event.agent_name)
        case AgentLeft():
            return texts.word("agent_left")
        case ConversationEnded(reason="no_agent_available"):
            return texts.word("no_agent_available")
        case ConversationEnded():
            return texts.word("conversation_ended")
    return type(event).__name__


def _name(texts: CustomerTexts, sender: Speaker) -> str:
    return sender.name or sender.id or texts.word(sender.type)
