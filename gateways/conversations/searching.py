"""The search for conversations by the words of their messages.

The index is a projection, which another process builds. What it has not seen yet is read from the journal, so that a
search finds what was written before it.
"""

import asyncio
from collections.abc import AsyncIterator, Iterator, Sequence
from functools import partial
from typing import NamedTuple

from actors.journal import Journal
from gateways.conversations.rights import is_leader, may_supervise
from gateways.exceptions import invalid_field
from gateways.http.principal import Principal
from gateways.read_models import ReportBehindError, read
from gateways.services import Services
from projections.facts import AGENT_TASKS, CONVERSATIONS
from projections.runner import NotBuiltError, TableReader
from projections.search import SEARCH, Found, ReadableBy, Wanted, find_conversations, words_of
from schemas.events import REGISTRY, ConversationStarted, MessagePosted, NoteAdded
from schemas.records import Record, entity_id_of

__all__ = ["FoundConversation", "search_conversations"]

_BATCH = 200
_MAX_UNSEEN = 50_000
_MAX_LENGTH = 256
_ALL = 2**63
_SEARCHED = (ConversationStarted, MessagePosted, NoteAdded)
_NAMES = frozenset(event.__name__ for event in _SEARCHED)
_PROJECTIONS = (SEARCH, CONVERSATIONS, AGENT_TASKS)


class FoundConversation(NamedTuple):
    """``number`` counts what was found, from 1."""

    number: int
    conversation_id: str


class _Batch(NamedTuple):
    found: Sequence[Found]
    is_last: bool


async def search_conversations(
    services: Services, principal: Principal, text: str, before: int | None
) -> AsyncIterator[FoundConversation]:
    """The conversations that hold every word of the text, or a longer word that begins so, in a message, a note or the
    customer's details, the newest first, of those that
    began ``before`` a position. They are those that the agent may read as far as tables know; callers check the
    right with ``may_see``. Raises RefusedError, ReportBehindError or DatabaseUnavailableError."""
    wanted = Wanted(text)
    if len(text) > _MAX_LENGTH:
        raise invalid_field("q", f"must have at most {_MAX_LENGTH} characters")
    if not wanted.terms:
        return
    readable, number = _readable_by(services, principal), 0
    while True:
        batch = await _next_batch(services, wanted, readable, before)
        for found in batch.found:
            number += 1
            yield FoundConversation(number, found.conversation_id)
            before = found.began
        if batch.is_last:
            return


def _readable_by(services: Services, principal: Principal) -> ReadableBy | None:
    """None for those who may read all. What an agent may read on account of a current conversation is not in tables."""
    if principal.kind == "application":
        return None
    agents = services.configuration.agents
    leads = is_leader(principal)
    supervised = [agent_id for agent_id in agents if may_supervise(services, principal, agent_id)] if leads else []
    if leads and len(supervised) == len(agents):
        return None
    held = [services.conversations.get(task.conversation_id) for task in services.agents.held(principal.subject)]
    current = {view.conversation_id for view in held if view}
    current.update(
        other.conversation_id for view in held if view for other in services.conversations.of_same_customer(view)
    )
    return ReadableBy([principal.subject, *supervised], sorted(current), unserved=leads)


async def _next_batch(services: Services, wanted: Wanted, readable: ReadableBy | None, before: int | None) -> _Batch:
    look = partial(_batch, services.journal, wanted, readable, before)
    try:
        return await read(services.projections, _PROJECTIONS, look)
    except NotBuiltError:
        return await asyncio.to_thread(look, None)


def _batch(
    journal: Journal, wanted: Wanted, readable: ReadableBy | None, before: int | None, reader: TableReader | None
) -> _Batch:
    seen = 0 if reader is None else reader.position
    found = [] if reader is None else find_conversations(reader, wanted, readable, before, _BATCH)
    is_last = len(found) < _BATCH
    oldest = 0 if is_last else found[-1].began
    late = [each for each in _unseen(journal, wanted, seen) if oldest < each.began and each.began < (before or _ALL)]
    return _Batch(sorted({*found, *late}, reverse=True), is_last)


def _unseen(journal: Journal, wanted: Wanted, position: int) -> Iterator[Found]:
    """The conversations that match and have messages beyond the position. Raises ReportBehindError when there is too
    much to read."""
    if journal.last_position() - position > _MAX_UNSEEN:
        raise ReportBehindError("the search has not seen the last messages yet; try again shortly")
    streams = dict.fromkeys(record.stream for record in _records_after(journal, position) if _is_searched(record))
    for stream in streams:
        records = journal.read_stream(stream)
        if wanted.among([_words(record) for record in records if _is_searched(record)]):
            yield Found(records[0].position, entity_id_of(stream))


def _records_after(journal: Journal, position: int) -> Iterator[Record]:
    while records := journal.read_all(position):
        yield from records
        position = records[-1].position


def _is_searched(record: Record) -> bool:
    return REGISTRY.current_type(record) in _NAMES


def _words(record: Record) -> list[str]:
    event = REGISTRY.decode(record)
    return words_of(event) if isinstance(event, _SEARCHED) else []
