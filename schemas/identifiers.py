"""Ids: UUIDv7 for new things, and ids derived from them so that a repetition makes the same ids."""

import hashlib
import random
import time
from collections.abc import Callable
from typing import Annotated

import msgspec

__all__ = [
    "MAX_EVENTS_A_COMMAND",
    "NAME_PATTERN",
    "UUID_PATTERN",
    "AgentName",
    "BotName",
    "CalendarName",
    "ChannelName",
    "ConfiguredName",
    "Id",
    "IdSource",
    "MrdName",
    "QueueName",
    "TeamName",
    "command_id",
    "conversation_started_by",
    "derived_id",
    "event_id",
    "new_id",
    "uuid7",
]

UUID_PATTERN = r"^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}(?!\n)$"

Id = Annotated[
    str,
    msgspec.Meta(pattern=UUID_PATTERN, description="A UUID in lower case, version 7 by preference."),
]
NAME_PATTERN = r"^[a-z0-9][a-z0-9._-]{0,63}(?!\n)$"
ConfiguredName = Annotated[str, msgspec.Meta(pattern=NAME_PATTERN)]
"""The name of something configured: an agent, a queue, a channel, a bot."""
AgentName = Annotated[ConfiguredName, msgspec.Meta(description="The name of a configured agent.")]
BotName = Annotated[ConfiguredName, msgspec.Meta(description="The name of a configured bot.")]
CalendarName = Annotated[ConfiguredName, msgspec.Meta(description="The name of a configured calendar.")]
ChannelName = Annotated[
    ConfiguredName, msgspec.Meta(description="The name of a configured channel, of the kind that the request is for.")
]
MrdName = Annotated[ConfiguredName, msgspec.Meta(description="The name of a configured MRD.")]
QueueName = Annotated[ConfiguredName, msgspec.Meta(description="The name of a configured queue.")]
TeamName = Annotated[ConfiguredName, msgspec.Meta(description="The name of a configured team.")]

IdSource = Callable[[], str]

MAX_EVENTS_A_COMMAND = 0xFFFF
_RANDOM_BITS = 74
# Rejected: reading the system's randomness for each id, which lets the engine's thread in at every request.
_random = random.Random()  # noqa: S311


def uuid7(milliseconds: int, randomness: int) -> str:
    """A UUIDv7 (RFC 9562, section 5.7) of a Unix time and 74 bits of randomness."""
    high, low = randomness >> 62, randomness & ((1 << 62) - 1)
    value = (milliseconds << 80) | (0x7 << 76) | ((high & 0xFFF) << 64) | (0b10 << 62) | low
    digits = value.to_bytes(16).hex()
    return f"{digits[:8]}-{digits[8:12]}-{digits[12:16]}-{digits[16:20]}-{digits[20:]}"


def new_id() -> str:
    """A fresh UUIDv7. It is a name, not a secret: use ``secrets`` for values that must not be guessed."""
    return uuid7(time.time_ns() // 1_000_000, _random.getrandbits(_RANDOM_BITS))


def command_id(identifier: str) -> str:
    """The id of a command: its last 16 bits are zero, for the numbers of the events it causes."""
    return identifier[:-4] + "0000"


def event_id(command: str, number: int) -> str:
    """The id of the ``number``-th event (from 1) that a command caused: the command's id and the number."""
    return f"{command[:-4]}{number:04x}"


def conversation_started_by(request_id: str) -> str:
    """The id of the conversation that a caller without an API key starts by a request with this id. It does not tell
    the request's id."""
    return derived_id(request_id, "start")


def derived_id(source: str, label: str) -> str:
    """The id of the thing that ``source`` caused under this label: the same arguments give the same id."""
    digest = hashlib.blake2b(label.encode(), key=source.encode(), digest_size=10).digest()
    milliseconds = int(source[:8] + source[9:13], 16)
    return uuid7(milliseconds, int.from_bytes(digest, "big") >> 6)
