"""The base of every command."""

from datetime import datetime

import msgspec

__all__ = ["Command"]


class Command(msgspec.Struct, frozen=True, kw_only=True):
    """A wish, named in the imperative. Its time and every new id arrive inside it."""

    at: datetime
