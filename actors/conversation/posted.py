"""The memory of each message, by which a conversation recognises it when it is posted again."""

import hashlib
from typing import Annotated, Literal, NamedTuple

import msgspec

from schemas.content import Content, Sender, TextContent
from schemas.personal import Personal

__all__ = ["Posted", "fingerprint_of_message", "fingerprint_of_suggestion", "fingerprint_of_text"]


class Posted(NamedTuple):
    """A message or note: what it was, the version at which it was posted, and whether the customer sees it."""

    fingerprint: Annotated[bytes, Personal]
    version: int
    seen_by_customer: bool


def fingerprint_of_message(sender: Sender, content: Content) -> bytes:
    return _fingerprint("message", sender, content)


def fingerprint_of_suggestion(bot: str, content: Content) -> bytes:
    return _fingerprint("suggestion", Sender("bot", bot), content)


def fingerprint_of_text(kind: Literal["note", "whisper"], agent_id: str, text: str) -> bytes:
    return _fingerprint(kind, Sender("agent", agent_id), TextContent(text))


def _fingerprint(kind: Literal["message", "suggestion", "note", "whisper"], sender: Sender, content: Content) -> bytes:
    """The sender's name may change between two tries; it does not count."""
    body = msgspec.json.encode((kind, sender.type, sender.id, content))
    return hashlib.blake2b(body, digest_size=8).digest()
