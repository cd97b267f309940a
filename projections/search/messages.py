"""The words of every message and of every customer's details, for the search in conversations."""

from typing import Annotated

import msgspec

from projections.live.wording import in_words
from projections.runner import Index, Projection, RecordedEvent, Table, Transaction, doc, on
from projections.search.folding import folded_words
from schemas.events import ConversationStarted, MessagePosted, NoteAdded
from schemas.personal import Personal
from schemas.records import entity_id_of

__all__ = ["MESSAGE_WORDS", "SEARCH", "SEARCHED_CONVERSATIONS", "MessageWords", "words_of"]


class MessageWords(msgspec.Struct):
    position: Annotated[int, doc("The position of the event that brought the words.")]
    conversation_id: Annotated[str, doc("The conversation.")]
    words: Annotated[str, Personal, doc("The words, folded, with spaces between them.")]


class SearchedConversation(msgspec.Struct):
    conversation_id: Annotated[str, doc("The conversation.")]
    began: Annotated[int, doc("The position of the event that started it.")]


MESSAGE_WORDS = Table(
    "message_words",
    MessageWords,
    key=("position",),
    grain="One row for each message and note, and one for the details of each conversation's customer.",
    searched="words",
    internal=True,
)
SEARCHED_CONVERSATIONS = Table(
    "searched_conversations",
    SearchedConversation,
    key=("conversation_id",),
    grain="One row for each conversation.",
    indexes=(Index(("began",)),),
    internal=True,
)


def words_of(event: ConversationStarted | MessagePosted | NoteAdded) -> list[str]:
    """The words by which an event is found."""
    if isinstance(event, MessagePosted):
        return folded_words(in_words(event.content))
    if isinstance(event, NoteAdded):
        return folded_words(event.text)
    customer = event.customer
    details = (event.conversation_id, customer.id, customer.name, customer.email, customer.phone)
    words = folded_words(" ".join(detail for detail in details if detail))
    digits = "".join(folded_words(customer.phone or ""))
    return [*words, digits] if digits else words


def _started(tx: Transaction, recorded: RecordedEvent, event: ConversationStarted) -> None:
    tx.append(SEARCHED_CONVERSATIONS, SearchedConversation(event.conversation_id, recorded.record.position))
    _append(tx, recorded, event)


def _append(tx: Transaction, recorded: RecordedEvent, event: ConversationStarted | MessagePosted | NoteAdded) -> None:
    if words := words_of(event):
        record = recorded.record
        tx.append(MESSAGE_WORDS, MessageWords(record.position, entity_id_of(record.stream), " ".join(words)))


SEARCH = Projection(
    name="search",
    version=1,
    description="Search: the words of every message and note, and of every customer's details.",
    tables=(MESSAGE_WORDS, SEARCHED_CONVERSATIONS),
    handlers=(on(ConversationStarted, _started), on(MessagePosted, _append), on(NoteAdded, _append)),
)
