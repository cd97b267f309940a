"""The pages of docs/events as the code makes them."""

from pathlib import Path

from gateways.application.application import API
from gateways.feeds.closings import CLOSINGS
from gateways.http.endpoints import Feed
from gateways.openapi.events import STREAMS, feeds_of, seen_by
from gateways.openapi.feeds import ALL_SIGNALS, SEEN, SIGNALS
from schemas.events import HIDDEN_FROM_CUSTOMER, REGISTRY
from tests.gateways.feeds.pages.shapes import description, fields, objects_of

__all__ = ["FOLDER", "pages"]

FOLDER = Path(__file__).parents[4] / "docs" / "events"

_INTRODUCTION = """# Events

Every type of event that the journal keeps and that feeds carry, with its fields, when it occurs and who sees it.
`make events` writes these pages from the code; `/docs` on a server shows the same types, with a search.

An event on a feed is a JSON object with its `type`, the instant `at` which it was recorded, its fields in `data`, and
its cursor: `version` on a customer's feed, `position` on an agent's, which names the `conversation_id` too, and both on
the feeds of [inspection](../inspection.md#events), with all that the journal keeps beside. A client passes over types
and fields that it does not know: later versions add some.

## Feeds

| feed | what it is for | events | signals |
|---|---|---|---|
"""
_AUDIENCES = """
A supervisor sees the events of the conversations that the supervisor has come into, as agents see them, and all the
others in [inspection](../inspection.md), where personal data may be masked.

Of agents, the customer sees those who are `primary` or `assistant`. One who was in the conversation unseen and becomes
visible is an `AgentJoined` for the customer at that moment, whatever event that was; leaving, and receipts of messages,
are seen of visible agents alone. Receipts of notes, whispers and suggestions are not seen by the customer. Of the
`queue` of an `AgentRequested`, the customer sees `name` and `mrd`.

## All types

*Agents* are those who take part in the conversation; an event of an agent is seen by that agent alone. Inspection shows
every type.

| type | stream | customer | agents | what it says |
|---|---|---|---|---|
"""
_SIGNALS = """
## Signals

Signals are carried by event streams and WebSockets alone. They are not kept and have no cursor: a client that was away
has missed them.
"""
_ENDS = """
## How a feed ends

A JSON page is whole in itself. The live forms go on until the client closes them or the server ends them; the end of a
conversation does not end its feed. The server closes a WebSocket with one of these codes:

| code | because | the client |
|---|---|---|
"""
_AFTER_CODES = """
A WebSocket message of more than 64 KiB is answered with 1009. Any other code, or none, is a lost connection: connect
again at the cursor, after a moment that grows from one attempt to the next.

An event stream just ends, for the same reasons. `EventSource` connects again by itself, with the cursor in
`Last-Event-ID`, and the answer says what is wrong: 401 `token_expired` or `session_ended`. A handshake that is refused
is answered with the same problems as any other call: [operations.md](../operations.md#when-it-is-busy) has those of a
busy server.
"""


def pages() -> dict[str, str]:
    """The pages by file name."""
    groups = {f"{group}.md": _group_page(group) for group in STREAMS}
    return {"README.md": _readme(), **groups, "objects.md": _objects_page()}


def _readme() -> str:
    feeds = [_feed_row(feed) for feed in API if isinstance(feed, Feed)]
    types = [_type_row(group, type_) for group, stream in STREAMS.items() for type_ in stream.types]
    closings = [f"| {closing.code} | {closing.meaning} | {closing.remedy} |" for closing in CLOSINGS]
    signals = [_signal_section(signal.__name__) for signal in ALL_SIGNALS]
    parts = (_INTRODUCTION, _lines(feeds), _AUDIENCES, _lines(types), _SIGNALS, *signals, _ENDS, _lines(closings))
    return "".join(parts) + _AFTER_CODES


def _feed_row(feed: Feed) -> str:
    signals = ", ".join(f"`{signal.__name__}`" for signal in SIGNALS.get(feed.access, ())) or "none"
    seen = f"{len(SEEN[feed.access])} types" if feed.access in SEEN else "all types"
    return f"| `GET {feed.path}` | {feed.summary} | {seen} | {signals} |"


def _type_row(group: str, type_: str) -> str:
    customer, agents = ("yes" if type_ in SEEN[audience] else "no" for audience in ("customer", "agent"))
    occurs = description(type_).partition(". ")[0].partition("\n\n")[0].rstrip(".")
    return f"| [{type_}]({group}.md#{type_.lower()}) | {group} | {customer} | {agents} | {occurs} |"


def _signal_section(name: str) -> str:
    feeds = " and ".join(feeds_of(name))
    return f"\n### {name}\n\n{description(name)}\n\nOn the feeds of {feeds}.\n\n{fields(name)}"


def _group_page(group: str) -> str:
    stream = STREAMS[group]
    return f"# Events: {group}\n\n{stream.description}\n" + "".join(map(_event_section, stream.types)) + _BACK


def _event_section(type_: str) -> str:
    version = REGISTRY.types[type_].VERSION
    table = fields(type_, HIDDEN_FROM_CUSTOMER.get(type_, ()))
    return f"\n## {type_}\n\n{description(type_)}\n\nVersion {version}. {_seen_by(type_)}\n\n{table}"


def _seen_by(type_: str) -> str:
    *seen, inspection = seen_by(type_)
    return f"Seen by {', '.join(seen)} and {inspection}." if seen else f"Seen by {inspection} alone."


def _objects_page() -> str:
    names = objects_of([*REGISTRY.types, *(signal.__name__ for signal in ALL_SIGNALS)])
    sections = [_object_section(name) for name in names]
    return "# Objects in events\n\nThe objects that fields of events hold.\n" + "".join(sections) + _BACK


def _object_section(name: str) -> str:
    described = description(name)
    return f"\n## {name}\n\n" + (f"{described}\n\n" if described else "") + fields(name)


_BACK = "\n[All events](README.md)\n"


def _lines(rows: list[str]) -> str:
    return "\n".join(rows) + "\n"
