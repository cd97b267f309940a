"""A conversation's transcript as JSON, plain text or HTML."""

import html
from collections.abc import Iterable
from datetime import datetime
from typing import Literal
from zoneinfo import ZoneInfo

import msgspec
from msgspec.structs import replace

from gateways.conversations.reading import find_conversation, read_customer_records
from gateways.services import Services
from projections import ConversationView, in_words
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
    type: str
    role: str
    id: str | None = None
    name: str | None = None


class TranscriptEntry(msgspec.Struct, frozen=True):
    at: str
    type: Literal["message", "event"]
    sender: Speaker
    text: str


class Transcript(msgspec.Struct, frozen=True):
    """The entries, oldest first, hold only events that the customer may see."""

    conversation_id: str
    channel: str
    started_at: datetime
    entries: list[TranscriptEntry]


UTC = ZoneInfo("UTC")

_PAGE = """<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Transcript {title}</title>
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
<h1>Transcript</h1>
<p>{channel}, started <time datetime="{started}">{started_text}</time>. Times are those of {zone}.</p>
<ol>
{entries}
</ol>
</body>
</html>
"""
_OMITTED = ("ReceiptRecorded", "CustomerReminded", "ConversationRated")
_SYSTEM = Speaker("system", "system")


async def read_transcript(services: Services, conversation_id: str) -> Transcript:
    """Raises RefusedError when there is no such conversation."""
    view = await find_conversation(services, conversation_id)
    return _make_transcript(view, await read_customer_records(services, conversation_id))


def by_clock_of(zone: ZoneInfo, transcript: Transcript) -> Transcript:
    """The same transcript with the zone's offset at each instant; in UTC, as recorded."""
    if zone.key == "UTC":
        return transcript
    entries = [replace(entry, at=_local(entry.at, zone).isoformat()) for entry in transcript.entries]
    return replace(transcript, started_at=transcript.started_at.astimezone(zone), entries=entries)


def as_text(transcript: Transcript, zone: ZoneInfo = UTC) -> str:
    """Only the first line of an entry begins at the margin, so that no text can pass itself off as another entry."""
    lines = [
        _indented(f"{_local_text(entry.at, zone)}  {_name(entry.sender)}: {entry.text}") for entry in transcript.entries
    ]
    heading = f"Conversation {transcript.conversation_id} on {transcript.channel}. Times are those of {zone.key}."
    return "\n".join([heading, "", *lines, ""])


def as_html(transcript: Transcript, zone: ZoneInfo = UTC) -> str:
    entries = "\n".join(
        f'<li><time datetime="{entry.at}">{_local_text(entry.at, zone)}</time> '
        f'<strong>{html.escape(_name(entry.sender))}</strong> <span class="text">{html.escape(entry.text)}</span></li>'
        for entry in transcript.entries
    )
    return _PAGE.format(
        title=transcript.conversation_id,
        channel=html.escape(transcript.channel),
        started=(started := format_instant(transcript.started_at)),
        started_text=_local_text(started, zone),
        zone=zone.key,
        entries=entries,
    )


def _make_transcript(view: ConversationView, records: Iterable[Record]) -> Transcript:
    entries = [
        _entry(record, REGISTRY.decode(record)) for record in records if REGISTRY.current_type(record) not in _OMITTED
    ]
    return Transcript(view.conversation_id, view.channel, view.started_at, entries)


def _entry(record: Record, event: Event) -> TranscriptEntry:
    if isinstance(event, MessagePosted):
        sender = Speaker(event.sender.type, event.sender.type, event.sender.id, event.sender.name)
        return TranscriptEntry(record.at, "message", sender, in_words(event.content))
    return TranscriptEntry(record.at, "event", _SYSTEM, _describe(event))


def _local_text(instant: str, zone: ZoneInfo) -> str:
    """The instant by the zone's clock, which the heading names."""
    return f"{_local(instant, zone):%Y-%m-%d %H:%M:%S}"


def _local(instant: str, zone: ZoneInfo) -> datetime:
    return parse_instant(instant).astimezone(zone)


def _indented(text: str) -> str:
    return "\n    ".join(text.splitlines())


def _describe(event: Event) -> str:
    match event:
        case ConversationStarted():
            return "the conversation started"
        case CustomerReturned():
            return "the customer came back"
        case BotAssigned():
            return "the bot took over"
        case AgentRequested():
            return f"waiting for an agent of {event.queue.name}"
        case AgentJoined():
            return f"{event.agent_name} joined"
        case AgentLeft():
            return "the agent left"
        case ConversationEnded():
            return "the conversation ended"
    return type(event).__name__


def _name(sender: Speaker) -> str:
    return sender.name or sender.id or sender.type
