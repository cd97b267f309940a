"""The base of every event."""

from typing import ClassVar

import msgspec

__all__ = ["Event"]


class Event(msgspec.Struct, frozen=True, kw_only=True):
    """A fact, named in the past tense. Its class name is its type in the journal.

    A change that recorded data would no longer fit raises ``VERSION`` and adds an upcaster from the version before.
    """

    VERSION: ClassVar[int] = 1
