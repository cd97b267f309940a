"""Finding conversations by their words, in SQLite's and PostgreSQL's own indexes of texts."""

from collections.abc import Collection, Sequence
from typing import Any, NamedTuple

import sqlalchemy as sql

from projections.facts.agent_tasks import TASKS
from projections.facts.conversations import PARTICIPATIONS
from projections.runner import TableReader
from projections.runner.text_index import text_index_of
from projections.search.folding import folded_words
from projections.search.messages import MESSAGE_WORDS, SEARCHED_CONVERSATIONS

__all__ = ["Found", "ReadableBy", "Wanted", "find_conversations"]

_MAX_TERMS = 16


class Wanted:
    """What is looked for: every term, each as words that follow one another, of which the last may be a beginning."""

    def __init__(self, text: str) -> None:
        terms = [folded_words(term) for term in text.split()]
        self.terms = [term for term in terms if term][:_MAX_TERMS]

    def among(self, texts: Collection[Sequence[str]]) -> bool:
        """Whether every term is in one of the texts, given as their words."""
        return all(any(_contains(text, term) for text in texts) for term in self.terms)


class Found(NamedTuple):
    """A conversation with the position of its first event."""

    began: int
    conversation_id: str


class ReadableBy(NamedTuple):
    """The conversations that an agent may read, as far as tables know: those of ``agents``, those among
    ``conversations``, and, if ``unserved``, those in which no agent ever took part."""

    agents: Collection[str]
    conversations: Collection[str] = ()
    unserved: bool = False


def find_conversations(
    reader: TableReader, wanted: Wanted, readable: ReadableBy | None, before: int | None, limit: int
) -> list[Found]:
    """The conversations that hold every term, newest first, at most ``limit``, of those that began ``before`` a
    position. Without ``readable``, all may be read."""
    conversations = reader.table(SEARCHED_CONVERSATIONS)
    conversation = conversations.c.conversation_id
    found = sql.select(conversations.c.began, conversation)
    for term in wanted.terms:
        found = found.where(conversation.in_(_conversations_with(reader, term)))
    if before is not None:
        found = found.where(conversations.c.began < before)
    if readable is not None:
        found = found.where(_is_readable(reader, conversation, readable))
    ordered = found.order_by(conversations.c.began.desc()).limit(limit)
    return [Found(began, conversation_id) for began, conversation_id in reader.connection.execute(ordered)]


def _conversations_with(reader: TableReader, term: list[str]) -> "sql.Select[Any]":
    rows = reader.table(MESSAGE_WORDS)
    if reader.connection.dialect.name == "postgresql":
        return sql.select(rows.c.conversation_id).where(_matches_in_postgresql(rows, " <-> ".join(term) + ":*"))
    return sql.select(rows.c.conversation_id).where(
        rows.c.position.in_(_positions_in_sqlite(rows, '"' + " ".join(term) + '"*'))
    )


def _matches_in_postgresql(rows: sql.Table, query: str) -> "sql.ColumnElement[bool]":
    simple: sql.ColumnElement[Any] = sql.literal_column("'simple'")
    return sql.func.to_tsvector(simple, rows.c.words).bool_op("@@")(sql.func.to_tsquery(simple, query))


def _positions_in_sqlite(rows: sql.Table, query: str) -> "sql.Select[Any]":
    index = text_index_of(rows.name)
    matches = sql.literal_column(index).bool_op("MATCH")(sql.literal(query))
    return sql.select(sql.literal_column("rowid")).select_from(sql.table(index)).where(matches)


def _is_readable(
    reader: TableReader, conversation: "sql.ColumnElement[str]", readable: ReadableBy
) -> "sql.ColumnElement[bool]":
    parts, tasks = reader.table(PARTICIPATIONS), reader.table(TASKS)
    ways: list[sql.ColumnElement[bool]] = [
        conversation.in_(sql.select(parts.c.conversation_id).where(parts.c.agent_id.in_(readable.agents))),
        conversation.in_(sql.select(tasks.c.conversation_id).where(tasks.c.agent_id.in_(readable.agents))),
        conversation.in_(readable.conversations),
    ]
    if readable.unserved:
        ways.append(~sql.exists().where(parts.c.conversation_id == conversation))
    return sql.or_(*ways)


def _contains(words: Sequence[str], term: Sequence[str]) -> bool:
    *whole, beginning = term
    return any(
        list(words[at : at + len(whole)]) == whole and words[at + len(whole)].startswith(beginning)
        for at in range(len(words) - len(whole))
    )
