"""The search in conversations: an index of the words of all messages."""

from projections.search.finding import Found, ReadableBy, Wanted, find_conversations
from projections.search.messages import SEARCH, words_of

__all__ = ["SEARCH", "Found", "ReadableBy", "Wanted", "find_conversations", "words_of"]
