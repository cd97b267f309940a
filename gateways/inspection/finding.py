"""What an id, the end of one, a name or a position means: everything by which inspection names something."""

import re
from collections.abc import Callable, Iterable, Iterator
from typing import Literal, NamedTuple

from actors.entities import DECIDERS
from actors.journal import Journal
from actors.journal.places import pages_between, record_at
from gateways.inspection.explanations import conversation_of_task
from schemas.configuration import Tables
from schemas.events import REGISTRY
from schemas.identifiers import command_id, event_id
from schemas.records import CENTRE, agent_stream, category_of, conversation_stream, entity_id_of, router_stream

__all__ = ["Finding", "Subjects", "find", "scanned_subjects"]

_UUID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
_TAIL = re.compile(r"[0-9a-f]{4,12}")
_MAX_POSITION = 2**62
_MAX_SEARCHED = 20_000
"""The search for a task reads at most so many records."""


class Finding(NamedTuple):
    """``kind`` is how to look at it: the event of this id, the stream of this name, or all that belongs to the
    conversation or correlation of this id. ``description`` says what was found."""

    kind: Literal["event", "stream", "correlation"]
    id: str
    description: str


Subjects = Callable[[str], Iterable[Finding]]
"""Finds the conversations and tasks whose ids end so."""


def find(journal: Journal, tables: Tables, text: str, subjects: Subjects, names: bool = True) -> list[Finding]:
    """Everything that the text may mean, without repetition. Without ``names``, agents are found by id alone."""
    wanted = text.strip().lstrip("….").lower()
    found = [
        *_streams(journal, text.strip()),
        *_positions(journal, wanted),
        *_configured(journal, tables, wanted, names),
        *_whole_ids(journal, wanted),
        *(subjects(wanted) if _TAIL.fullmatch(wanted) or _UUID.fullmatch(wanted) else ()),
    ]
    return list({(finding.kind, finding.id): finding for finding in reversed(found)}.values())[::-1]


def _streams(journal: Journal, name: str) -> Iterator[Finding]:
    if category_of(name) in DECIDERS and journal.read_stream(name, 0, 1):
        yield Finding("stream", name, f"The stream {name}")


def _positions(journal: Journal, text: str) -> Iterator[Finding]:
    if text.isascii() and text.isdecimal() and int(text) < _MAX_POSITION:
        record = record_at(journal, int(text))
        if record is not None:
            kind = REGISTRY.current_type(record)
            yield Finding("event", record.event_id, f"The event at position {text}: {kind} of {record.stream}")


def _configured(journal: Journal, tables: Tables, text: str, names: bool) -> Iterator[Finding]:
    for agent_id in _agents(tables, text, names):
        if journal.read_stream(agent_stream(agent_id), 0, 1):
            yield Finding("stream", agent_stream(agent_id), f"The agent {agent_id}")
        elif agent_id in tables.agents:
            yield Finding("stream", CENTRE, f"The agent {agent_id}, who never logged in: the configuration")
    if text in tables.queues:
        yield Finding("stream", router_stream(tables.queues[text].mrd), f"The router of the queue {text}")
    if text in tables.mrds:
        yield Finding("stream", router_stream(text), f"The router of the MRD {text}")
    for table in ("channels", "bots", "teams"):
        if text in getattr(tables, table):
            yield Finding("stream", CENTRE, f"{table}.{text} of the configuration")


def _agents(tables: Tables, text: str, names: bool) -> list[str]:
    """The agents of this id, configured or not, and those of this name."""
    named = (agent_id for agent_id, agent in tables.agents.items() if names and text == agent.name.lower())
    return list(dict.fromkeys([text, *named]))


def _whole_ids(journal: Journal, text: str) -> Iterator[Finding]:
    if not _UUID.fullmatch(text):
        return
    if (record := journal.read_event(text)) is not None:
        yield Finding("event", text, f"The event {REGISTRY.current_type(record)} of {record.stream}")
    if journal.read_stream(conversation_stream(text), 0, 1):
        yield Finding("correlation", text, f"The conversation {text}")
    elif command_id(text) == text and journal.read_event(event_id(text, 1)) is not None:
        yield Finding("correlation", text, f"What the command {text} led to")
    elif (conversation_id := conversation_of_task(journal, text, _MAX_SEARCHED)) is not None:
        yield Finding("correlation", conversation_id, f"The task {text} of conversation {conversation_id}")


def scanned_subjects(journal: Journal) -> Subjects:
    """Finds the ends of ids without an index: it reads the whole journal."""

    def subjects(tail: str) -> Iterator[Finding]:
        for page in pages_between(journal, 0, journal.last_position()):
            for record in page:
                if category_of(record.stream) == "conversation" and record.version == 1:
                    conversation_id = entity_id_of(record.stream)
                    if conversation_id.endswith(tail):
                        yield Finding("correlation", conversation_id, f"The conversation {conversation_id}")
                if tail.encode() in record.data:
                    yield from _task(record.data, tail)

    return subjects


def _task(data: bytes, tail: str) -> Iterator[Finding]:
    task = re.search(rb'"task_id":"([0-9a-f-]{36})"', data)
    conversation = re.search(rb'"conversation_id":"([0-9a-f-]{36})"', data)
    if task is not None and conversation is not None and task[1].decode().endswith(tail):
        conversation_id = conversation[1].decode()
        yield Finding("correlation", conversation_id, f"The task {task[1].decode()} of conversation {conversation_id}")
