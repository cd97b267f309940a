"""Conversations are found by their words, in both databases alike."""

from collections.abc import Callable

import pytest
import sqlalchemy as sql
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from actors.journal import MemoryJournal
from projections.facts import AGENT_TASKS, CONVERSATIONS
from projections.runner import Database, read_tables
from projections.runner.rebuild import rebuild
from projections.search import SEARCH, Found, ReadableBy, Wanted, find_conversations
from projections.search.folding import folded_words
from projections.search.messages import MESSAGE_WORDS
from schemas.content import Sender, TextContent
from schemas.events import AgentJoined, ConversationStarted, Customer, Event, MessagePosted, NoteAdded
from tests.projections.facts.conversing import started
from tests.projections.facts.given import at, journal_of

PROJECTIONS = (SEARCH, CONVERSATIONS, AGENT_TASKS)
Search = Callable[..., list[str]]


def begun(conversation_id: str, customer: Customer = Customer()) -> ConversationStarted:  # noqa: B008 - frozen
    return started(conversation_id=conversation_id, customer=customer)


def said(text: str) -> MessagePosted:
    return MessagePosted(message_id="m", sender=Sender("customer"), content=TextContent(text))


def joined(agent_id: str) -> AgentJoined:
    return AgentJoined(task_id="t", agent_id=agent_id, agent_name=agent_id, role="primary", direction="inbound")


def centre(**conversations: list[Event]) -> MemoryJournal:
    """A journal of these conversations, one after the other."""
    cascades = [
        at(number, f"conversation-{name}", *events) for number, (name, events) in enumerate(conversations.items())
    ]
    return journal_of([each for events in cascades for each in events])


@pytest.fixture
def search(database: Database) -> Search:
    rebuild_with = centre(
        c1=[
            begun("c1", Customer(id="k-7", name="Åsa Öberg", phone="+44 20 7946")),
            said("Where is my invoice?"),
            joined("alice"),
        ],
        c2=[begun("c2"), said("Die Straße ist gesperrt"), said("My invoice no. 12-345 is wrong"), joined("bob")],
        c3=[
            begun("c3"),
            said("東京タワーへ行きたい"),
            NoteAdded(note_id="n", agent_id="bob", agent_name="Bob", text="Invoice sent"),
        ],
        c4=[begun("c4", Customer(email="grace@example.org")), said('x\' OR "1"="1 * : & | ! <-> NEAR(')],
    )
    for projection in PROJECTIONS:
        rebuild(rebuild_with, database, [projection])

    def find(text: str, readable: ReadableBy | None = None, before: int | None = None, limit: int = 10) -> list[str]:
        with read_tables(database, *PROJECTIONS) as reader:
            found = find_conversations(reader, Wanted(text), readable, before, limit)
        return [each.conversation_id for each in found]

    return find


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("invoice", ["c3", "c2", "c1"]),
        ("INVOICE wrong", ["c2"]),
        ("inv", ["c3", "c2", "c1"]),
        ("nvoice", []),
        ("strasse", ["c2"]),
        ("asa", ["c1"]),
        ("oberg invoice", ["c1"]),
        ("strasse invoice", ["c2"]),
        ("12-345", ["c2"]),
        ("345-12", []),
        ("44207946", ["c1"]),
        ("k-7", ["c1"]),
        ("grace@example", ["c4"]),
        ("タワー", ["c3"]),
        ("ワタ", []),
        ('" OR near(', ["c4"]),
        ("c2", ["c2"]),
        ("'simple'", []),
    ],
)
def test_conversations_are_found_by_words_of_any_message(search: Search, text: str, found: list[str]) -> None:
    assert search(text) == found


def test_conversations_are_found_in_pages(search: Search) -> None:
    assert search("invoice", limit=2) == ["c3", "c2"]
    began = {"c1": 1, "c2": 4, "c3": 8}
    assert search("invoice", before=began["c2"]) == ["c1"]


def test_only_readable_conversations_are_found(search: Search) -> None:
    assert search("invoice", ReadableBy(["alice"])) == ["c1"]
    assert search("invoice", ReadableBy(["alice", "bob"])) == ["c2", "c1"]
    assert search("invoice", ReadableBy(["carol"])) == []
    assert search("invoice", ReadableBy(["carol"], ["c2"])) == ["c2"]
    assert search("invoice", ReadableBy(["carol"], unserved=True)) == ["c3"]


def test_tables_that_are_replaced_leave_no_index_behind(database: Database) -> None:
    journal = centre(c1=[begun("c1"), said("Hello")])
    for _ in range(3):
        rebuild(journal, database, [SEARCH])
    with read_tables(database, SEARCH) as reader:
        names = sql.inspect(reader.connection).get_table_names()
        live = reader.table(MESSAGE_WORDS).name
    assert {name for name in names if name.startswith("message_words")} == {
        live,
        *(name for name in names if name.startswith(f"{live}_text")),
    }


WORDS = st.lists(st.sampled_from(["abc", "abd", "ab", "b", "straße", "7", "ÄB"]), max_size=4)


@given(st.lists(WORDS, min_size=1, max_size=4), WORDS)
@settings(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
def test_the_database_finds_what_comparing_the_words_finds(
    database: Database, texts: list[list[str]], wanted: list[str]
) -> None:
    looked_for = Wanted("-".join(wanted[:2]) + " " + " ".join(wanted[2:]))
    if not looked_for.terms:
        return
    messages = [" ".join(words) for words in texts]
    rebuild(centre(c1=[begun("c1"), *(said(message) for message in messages if message)]), database, [SEARCH])
    with read_tables(database, SEARCH) as reader:
        found = find_conversations(reader, looked_for, None, None, 10)
    texts_of_c1 = [["c1"], *(folded_words(message) for message in messages)]
    assert found == ([Found(1, "c1")] if looked_for.among(texts_of_c1) else [])
