"""Events are chosen by type, and by the channel, the queue and the team to which they belong."""

from collections.abc import Iterable

import pytest

from actors.journal.memory import MemoryJournal
from gateways.inspection.journal_filter import JournalFilter, Wanted
from schemas.content import Sender, TextContent
from schemas.events import (
    REGISTRY,
    AgentJoined,
    AgentLeft,
    AgentRequested,
    AgentStateChanged,
    ConversationStarted,
    Customer,
    Event,
    MessagePosted,
    TaskExpired,
    TaskReserved,
)
from schemas.records import NewRecord, Record
from tests.examples import NOW, SALES, SUPPORT, later

TEAMS = {"alice": "blue", "bob": "red"}
CHAT = "conversation-c1"
OTHER = "conversation-c2"


def started(conversation_id: str, channel: str) -> ConversationStarted:
    return ConversationStarted(
        conversation_id=conversation_id,
        channel=channel,
        customer=Customer(),
        queue="support",
        mrd="chat",
        bot="greeter",
        language=None,
        attributes={},
        started_at=NOW,
        opened_at_version=1,
        request_digest="",
    )


def requested(queue: str = "support") -> AgentRequested:
    settings = SUPPORT if queue == "support" else SALES
    return AgentRequested(
        task_id="t1", queue=settings, reason=None, requested_by=Sender("customer"), queued_at=NOW, direction="inbound"
    )


def joined(agent_id: str) -> AgentJoined:
    return AgentJoined(agent_id=agent_id, agent_name=agent_id, role="primary", task_id="t1")


POSTED = MessagePosted(message_id="m", sender=Sender("customer"), content=TextContent("Hello"))
RESERVED = TaskReserved(
    task_id="t1",
    conversation_id="c1",
    mrd="chat",
    queue="sales",
    reserved_at=NOW,
    expires_at=later(20),
    direction="inbound",
)
HISTORY: list[tuple[str, Event]] = [
    (CHAT, started("c1", "web")),
    (OTHER, started("c2", "sms")),
    (CHAT, POSTED),
    (CHAT, requested("sales")),
    ("agent-alice", RESERVED),
    (CHAT, joined("alice")),
    (CHAT, AgentLeft(agent_id="alice", reason="left")),
    (CHAT, POSTED),
    ("agent-bob", AgentStateChanged(state="ready", reason=None)),
    ("router-chat", TaskExpired(task_id="t2", conversation_id="c2", queue="support", reason="no_agent_available")),
]


@pytest.fixture
def journal() -> MemoryJournal:
    journal, versions = MemoryJournal(), dict.fromkeys((stream for stream, _ in HISTORY), 0)
    for number, (stream, event) in enumerate(HISTORY):
        versions[stream] += 1
        record = NewRecord(
            stream=stream,
            version=versions[stream],
            event_id=f"event-{number}",
            type=type(event).__name__,
            at="2026-11-22T10:00:00.000000Z",
            schema_version=event.VERSION,
            correlation_id="",
            causation_id="",
            actor="system",
            data=REGISTRY.encode(event),
        )
        journal.append([record])
    return journal


def chosen(journal: MemoryJournal, wanted: Wanted, records: Iterable[Record]) -> list[int]:
    choice = JournalFilter(journal, wanted, TEAMS.get)
    return [record.position for record in records if choice.admits(record)]


def named(**names: str) -> Wanted:
    return Wanted(**{field: frozenset(text.split(",")) for field, text in names.items()})


@pytest.mark.parametrize(
    ("wanted", "positions"),
    [
        (Wanted(), [1, 2, 3, 4, 5, 6, 7, 8, 9, 10]),
        (named(types="MessagePosted,TaskExpired"), [3, 8, 10]),
        (named(channels="web"), [1, 3, 4, 5, 6, 7, 8]),
        (named(channels="sms"), [2, 10]),
        (named(channels="web,sms"), [1, 2, 3, 4, 5, 6, 7, 8, 10]),
        (named(queues="support"), [1, 2, 3, 10]),
        (named(queues="sales"), [4, 5, 6, 7, 8]),
        (named(teams="blue"), [5, 6, 7, 8]),
        (named(teams="red"), [9]),
        (named(types="MessagePosted", teams="blue", queues="sales", channels="web"), [8]),
        (named(types="MessagePosted", teams="red"), []),
    ],
)
def test_an_event_is_chosen_by_what_was_so_then(journal: MemoryJournal, wanted: Wanted, positions: list[int]) -> None:
    history = journal.read_all()
    assert chosen(journal, wanted, history) == positions
    for after in range(len(HISTORY)):
        assert chosen(journal, wanted, history[after:]) == [each for each in positions if each > after]


def test_an_event_that_does_not_decode_belongs_nowhere(journal: MemoryJournal) -> None:
    (record,) = journal.read_all(8, 1)
    broken = Record(**{name: getattr(record, name) for name in Record.__struct_fields__ if name != "data"}, data=b"{")
    assert not JournalFilter(journal, named(channels="web"), TEAMS.get).admits(broken)
    assert JournalFilter(journal, named(types="AgentStateChanged"), TEAMS.get).admits(broken)
